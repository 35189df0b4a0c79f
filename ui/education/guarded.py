"""What of the counts is told: no number of 1 to 5 children, and no way to one."""

from collections.abc import Iterator, Sequence

from exports.disclosure_counts import Counts, is_small
from exports.fewest import hidden_in_a_row, within_a_total
from metrics.model import SERVICE
from metrics.others.counting import LINES, CountedOfOthers, LineOfOthers, Part

Hidden = frozenset[tuple[Part, str]]


def hidden_lines(counted: CountedOfOthers, beside: CountedOfOthers | None = None) -> Hidden:
    """The parts ("*" for all) and lines whose number is not told.

    The lines of one group are hidden together. `beside` is another cut of the same children of
    which the whole is told: what the two wholes differ by must not be few either.
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
    of_parts = {part: _counts(counted, group, part) for part in counted.parts}
    if beside is not None:
        both = zip(_counts(beside, group, SERVICE), _counts(counted, group, SERVICE), strict=True)
        if is_small(tuple(other - one for other, one in both)):
            return frozenset({*of_parts, SERVICE})
    return hidden_in_a_row(of_parts, within_a_total(len(group) + 2))


def _counts(counted: CountedOfOthers, group: Sequence[LineOfOthers], part: Part) -> Counts:
    """Who has each, who has none of them, and of whom it is not known: together the open ones."""
    told = [counted.share(part, line.key) for line in group]
    of_all = told[0].denominator
    having = [one.numerator for one in told]
    return (*having, of_all - sum(having), counted.opened[part] - of_all)
