"""The evaluation report's own comparison, counted again: what its percentages can and can't show.

Family Insights evaluation (DfE, 2017): 243 of its cases beside 300 from before. The report gives
percentages and these two bases, no counts, and not for how long those before were followed.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

from metrics.model import Tally, round_half_up, with_minus
from metrics.spc.proportions import newcombe


@dataclass(frozen=True)
class Reported:
    """Two percentages as they were printed, of so many cases, and what they are of."""

    what: str
    percent: int
    of: int
    percent_before: int
    of_before: int


REPORT = (
    Reported("stepped down", 12, 243, 21, 300),
    Reported("closed", 22, 243, 41, 300),
    Reported("re-referred", 2, 243, 4, 300),
)


@dataclass(frozen=True)
class Recount:
    """What can be said of two printed percentages; points, the one less the one before.

    `counts` and `counts_before` are every count that is printed so; `least` and `most` the ends of
    the difference over all of them, `low` and `high` those of all 95% intervals.
    """

    reported: Reported
    counts: list[int]
    counts_before: list[int]
    least: float
    most: float
    low: float
    high: float

    @property
    def is_told_apart(self) -> bool:
        """Whether no difference at all is left out by every count's interval."""
        return self.low > 0 or self.high < 0

    @property
    def of_one_rate(self) -> float:
        """Percent that would be printed of the later cases if nothing differed but the time."""
        return 100 * seen_of_staggered(self.reported.percent_before / 100)


def counts_printed_as(percent: int, of: int) -> list[int]:
    """Every whole number that is so many percent of `of` when it is rounded; there may be none."""
    return [one for one in range(of + 1) if round_half_up(100 * one / of, 0) == percent]


def seen_of_staggered(share: float) -> float:
    """What is seen so far of a share, of cases that came in evenly over the time it takes.

    Each was followed for half of the time, on average, at the same constant rate. Shares of 1.
    """
    return 1 - share / -log(1 - share) if share else 0.0


def recounted(reported: Reported) -> Recount:
    """The two percentages by every count that is printed so.

    An assertion fails where a percentage is printed of no whole number.
    """
    counts = counts_printed_as(reported.percent, reported.of)
    before = counts_printed_as(reported.percent_before, reported.of_before)
    assert counts and before, f"{reported.what}: no whole number is printed so"
    pairs = [
        (Tally(one, reported.of), Tally(other, reported.of_before))
        for one in counts
        for other in before
    ]
    apart = [
        one.numerator / one.denominator - other.numerator / other.denominator
        for one, other in pairs
    ]
    intervals = [found for one, other in pairs if (found := newcombe(one, other))]
    ends = (
        min(apart),
        max(apart),
        min(one.low for one in intervals),
        max(one.high for one in intervals),
    )
    return Recount(reported, counts, before, *(100 * end for end in ends))


def example_sentences() -> Iterator[str]:
    """The example in words: each of the report's contrasts, and what it leaves open."""
    for one in map(recounted, REPORT):
        yield _said(one)
    seen = ", ".join(
        f"{one.reported.what} {one.reported.percent_before}% is seen as {_points(one.of_one_rate)}%"
        for one in map(recounted, REPORT)
    )
    yield (
        "The report doesn’t say how long the cases before were followed. If for as long as the"
        " later ones came in, evenly, then with exactly the same rate and half the follow-up"
        f" {seen}: all three contrasts without any difference."
        " That proves nothing; it is why a share is compared here after the same time only."
    )


def _said(one: Recount) -> str:
    told = "told apart" if one.is_told_apart else "not told apart"
    of = one.reported
    return (
        f"{of.what.capitalize()}: {of.percent}% of {of.of} ({_run(one.counts)}) beside"
        f" {of.percent_before}% of {of.of_before} ({_run(one.counts_before)}):"
        f" {_points(one.least)} to {_points(one.most)} points,"
        f" with chance {_points(one.low)} to {_points(one.high, '+')}: {told},"
        " if the follow-up were the same."
    )


def _run(counts: list[int]) -> str:
    return f"{counts[0]} to {counts[-1]}" if len(counts) > 1 else str(counts[0])


def _points(number: float, sign: str = "") -> str:
    return with_minus(f"{round_half_up(number, 1):{sign}}")
