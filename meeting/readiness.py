"""What of a meeting is not ready yet: told before the room is opened, and no reason to refuse."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine

from meeting.agenda import Agenda, ItemKind
from meeting.drawing import cases_of
from metrics.figures import Figures

NO_CHILD = {
    ItemKind.CASE_REVIEW: "No child is drawn for the case review.",
    ItemKind.CASE_IN_DEPTH: "No child is drawn for the case in depth.",
}


@dataclass(frozen=True)
class NotReady:
    """One thing that is missing; `page` is where it is mended, by its name."""

    words: str
    page: str


def not_ready(store: Engine, figures: Figures, agenda: Agenda) -> list[NotReady]:
    """What the room would notice: no items, no day, no child, figures that may still change."""
    return [*_of_the_agenda(agenda), *_of_cases(store, agenda), *_of_figures(figures, agenda)]


def _of_the_agenda(agenda: Agenda) -> Iterator[NotReady]:
    if not agenda.items:
        yield NotReady("The agenda has no item.", "agenda")
    if agenda.held_on is None:
        words = "No day is set for the meeting, so the time that items take is not kept."
        yield NotReady(words, "agenda")


def _of_cases(store: Engine, agenda: Agenda) -> Iterator[NotReady]:
    """The items on children for which nobody is drawn or chosen yet."""
    drawn = cases_of(store, agenda.meeting_id)
    kinds = {item.kind for item in agenda.items}
    for kind, words in NO_CHILD.items():
        if kind in kinds and not drawn.get(kind.value):
            yield NotReady(words, "cases")


def _of_figures(figures: Figures, agenda: Agenda) -> Iterator[NotReady]:
    month = agenda.month
    if figures.is_provisional(month):
        yield NotReady(f"{month} is not over in the data.", "month")
    elif month not in figures.stamps:
        yield NotReady(f"{month} is not published: its figures can still change.", "export")
    if told := figures.doubts(month):
        yield NotReady(told, "export")
