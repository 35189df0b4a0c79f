"""The concern factors of a page, in the census's order: those of a split beneath what they were."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from data_access.code_sets.children import FACTOR
from metrics.segments.words import factor_words

# The census split these by who did it: a child, or an adult. The first code is that of before.
SPLIT = {
    "18": ("any physical abuse", ("18A", "18B", "18C")),
    "19": ("any sexual abuse", ("19A", "19B", "19C")),
}


@dataclass(frozen=True)
class Factor:
    """One line: any of `codes` counts once. `part_of` is the key of the line that it is within."""

    key: str
    name: str
    codes: frozenset[str]
    part_of: str | None = None


NOTHING = Factor("nothing", "no factor is recorded", frozenset())


def factors_in_order(found: Iterable[str]) -> tuple[Factor, ...]:
    """Lines for these codes in the census's order, those that it does not know last.

    Codes of a split stand beneath a line of them all together, by which months before and after
    the split can be set beside each other.
    """
    codes = frozenset(found)
    known = [one.code for one in FACTOR.codes]
    in_order = [code for code in known if code in codes] + sorted(codes.difference(known))
    lines = {line.key: line for code in in_order for line in _lines(code)}
    return tuple(lines.values())


def _lines(code: str) -> Iterator[Factor]:
    for key, (name, codes) in SPLIT.items():
        if code in codes:
            yield Factor(key, f"{name} ({', '.join(codes)})", frozenset(codes))
            before = "before it was split" if code == codes[0] else factor_words(code)
            said = f"{before} ({code})" if code == codes[0] else before
            yield Factor(code, said, frozenset({code}), key)
            return
    yield Factor(code, factor_words(code), frozenset({code}))


def held(lines: Iterable[Factor], found: frozenset[str]) -> Iterator[str]:
    """The keys of the lines that a child with these codes counts in."""
    return (line.key for line in lines if not line.codes.isdisjoint(found))
