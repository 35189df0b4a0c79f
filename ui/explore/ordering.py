"""In which order the parts stand: by name unless the address asks for another, by a heading."""

from collections.abc import Callable

from charts.tables import Heading
from metrics.explore.cutting import Part
from ui.address import WrongAddress
from ui.explore.question import Question
from ui.listing.asked_for import DESCENDING

ORDER = "order"
NO_MERIT = "In order of unit and name, in no order of merit."
AS_ASKED = "In the order that you asked for; the heading of the first column undoes it."


def in_order(question: Question, parts: list[Part]) -> list[Part]:
    """`parts`, which are in order of name, as the address asks; those without a value last."""
    by, descending = _asked(question)
    if not by:
        return parts
    value = _values(question)[by]
    known = [part for part in parts if value(part) is not None]
    unknown = [part for part in parts if value(part) is None]
    return sorted(known, key=lambda part: value(part) or 0, reverse=descending) + unknown


def heading(question: Question, words: str, by: str | None) -> str | Heading:
    """A heading that orders: the first click the largest first, then the smallest, then by name."""
    asked, descending = _asked(question)
    if by is None:
        return Heading(words, question.link(**{ORDER: None})) if asked else words
    if asked != by:
        return Heading(words, question.link(**{ORDER: f"{DESCENDING}{by}"}))
    turned = by if descending else None
    order = "descending" if descending else "ascending"
    return Heading(words, question.link(**{ORDER: turned}), order)


def order_words(question: Question) -> str:
    """What the order says of those who work: nothing, unless its reader asked for it."""
    return AS_ASKED if _asked(question)[0] else NO_MERIT


def _asked(question: Question) -> tuple[str, bool]:
    written = question.said.get(ORDER, "")
    by = written.removeprefix(DESCENDING)
    if by and by not in _values(question):
        raise WrongAddress(
            "The address’s “order” is nothing that the parts can be put in order by. These are:",
            {one.capitalize(): question.link(**{ORDER: one}) for one in _values(question)},
        )
    return by, written.startswith(DESCENDING)


def _values(question: Question) -> dict[str, Callable[[Part], float | None]]:
    return {
        "value": lambda part: question.metric.figure(part.tally),
        "counted": lambda part: part.tally.numerator,
        "of": lambda part: part.tally.denominator,
    }
