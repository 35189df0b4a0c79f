"""What of the counts is told: no number of 1 to 5 children, and no way to one."""

from collections.abc import Iterator, Mapping, Sequence

from exports.disclosure import hidden_units
from exports.disclosure_counts import Counts, is_small, parts
from metrics.model import SERVICE
from metrics.others.counting import LINES, CountedOfOthers, LineOfOthers, Part

Hidden = frozenset[tuple[Part, str]]


def hidden_lines(counted: CountedOfOthers, beside: CountedOfOthers | None = None) -> Hidden:
    """The parts ("*" for all) and lines whose number is not told.

    As slides for others hide them: two parts at a time, never chosen by what they count, and the
    lines of one group together. `beside` is another cut of the same children of which the whole is
    told: what the two wholes differ by must not be few either.
    """
    return frozenset(
        (part, line.key)
        for group in _groups()
        for part in _hidden(counted, group, beside)
        for line in group
    )


def _groups() -> Iterator[list[LineOfOthers]]:
    for name in dict.fromkeys(line.group for line in LINES):
        yield [line for line in LINES if line.group == name]


def _hidden(
    counted: CountedOfOthers, group: Sequence[LineOfOthers], beside: CountedOfOthers | None
) -> frozenset[Part]:
    whole = _counts(counted, group, SERVICE)
    of_parts: Mapping[Part, Counts] = {
        part: _counts(counted, group, part) for part in counted.parts
    }
    if beside is not None:
        others = _counts(beside, group, SERVICE)
        if is_small(tuple(one - other for one, other in zip(others, whole, strict=True))):
            return frozenset({*of_parts, SERVICE})
    return hidden_units(of_parts, whole)


def _counts(counted: CountedOfOthers, group: Sequence[LineOfOthers], part: Part) -> Counts:
    """Who has each, who has none of them, and of whom it is not known."""
    told = [counted.share(part, line.key) for line in group]
    of_all = told[0].denominator
    rest = of_all - sum(one.numerator for one in told)
    own = (count for one in told for count in parts(one, True))
    return (*own, rest, counted.opened[part] - of_all)
