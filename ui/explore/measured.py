"""What each part's value is made of: its own tally, and that of what it is set beside."""

from dataclasses import replace

from metrics.explore.cutting import Part, whole_of
from metrics.model import Tally
from ui.explore.question import Question
from ui.explore.words import place_of

Measured = tuple[Tally | None, Tally | None]
NOTHING: Measured = (None, None)


def measured(question: Question, part: Part, other: Tally | None) -> Measured:
    """The two tallies of a part; neither where what it is keeps it out of what is counted.

    A visit made in time is never out of timescale: 0% would read as a value of theirs.
    """
    counted = part.tally.numerator or (other.numerator if other else 0)
    if question.cut.is_outcome and not part.is_closed and not counted:
        return NOTHING
    return part.tally, other


def sorted_parts(question: Question) -> list[Part]:
    """All parts in their order; those of what it is set beside that it has none of, too."""
    own = {part.place: part for part in question.parts}
    none = _of_none(question, question.parts) or Tally()
    lacking = [
        replace(part, tally=none, rows=0, own_denominator=0)
        for part in question.other_parts
        if part.place not in own
    ]
    return sorted([*question.parts, *lacking], key=lambda part: place_of(question, part))


def other_tally(question: Question, part: Part) -> Tally | None:
    """What the same part is of what the figure is set beside."""
    return question.others.get(part.place, _of_none(question, question.other_parts))


def _of_none(question: Question, parts: list[Part]) -> Tally | None:
    """What a part without a row is: 0 of the whole, or nothing where it has its own denominator."""
    if question.cut.has_own_denominator or not parts:
        return None
    return Tally(0, parts[0].tally.denominator)


def other_whole(question: Question) -> Tally | None:
    """All parts together of what the figure is set beside."""
    if not question.other_parts:
        return None
    return whole_of(question.other_parts, question.cut).tally
