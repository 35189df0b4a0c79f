"""Counts that would tell of single cases, in words that don't: the same for whoever reads."""

from collections.abc import Iterator, Mapping

from metrics.model import SMALLEST_SHOWN
from metrics.writing import count, several

FEW = f"fewer than {SMALLEST_SHOWN}"


def told_together(counts: Mapping[str, int], others: str) -> Iterator[tuple[str, str]]:
    """Each with its number, the largest first; those of 1 to 5 together as `others`, without names.

    Where even so they are fewer than six, or one alone, the next larger joins them: whoever knows
    the whole could subtract the rest. Of fewer than six in all no number is told.
    """
    left = sorted(((n, one) for one, n in counts.items() if n), reverse=True)
    together: list[int] = []
    while left and (left[-1][0] < SMALLEST_SHOWN or 0 < sum(together) < SMALLEST_SHOWN):
        together.append(left.pop()[0])
    yield from ((one, count(n)) for n, one in left)
    if together:
        yield others, few_or_count(sum(together))


def few_or_count(number: int) -> str:
    """The number, or of 1 to 5 that it is fewer than six."""
    return FEW if 0 < number < SMALLEST_SHOWN else count(number)


def few_or(cases: int) -> str:
    """The same of cases, in words."""
    return f"{FEW} cases" if 0 < cases < SMALLEST_SHOWN else several(cases, "case")
