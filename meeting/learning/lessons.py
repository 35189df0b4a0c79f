"""Lessons: what a meeting learnt of something that was tried, to be found again by others."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store.learning import lessons as stored
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from meeting.actions import Action
from meeting.agenda import Agenda, AgendaItem
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period

AS_KEPT = (
    *("id", "agenda_item_id", "action_id", "metric", "unit_id", "tried", "happened"),
    *("taken_up_by", "by", "at", "child_id"),
)


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """A lesson before the store has it. A unit is as in `Scope`: '*' where it is of none alone."""

    meeting_id: str
    agenda_item_id: str | None = None
    action_id: str | None = None
    metric: str | None = None
    unit_id: str | None = SERVICE
    tried: str
    happened: str
    taken_up_by: str


@dataclass(frozen=True)
class Lesson:
    """A lesson that was kept, of the meeting about `discussed`.

    `child_id` is the child whom its action was about, if it was about one.
    """

    id: str
    agenda_item_id: str | None
    action_id: str | None
    metric: str | None
    unit_id: str | None
    tried: str
    happened: str
    taken_up_by: str
    by: str
    at: datetime
    child_id: str | None
    discussed: Period

    @property
    def words(self) -> str:
        """All that was written of it, in which words are looked for."""
        return " ".join((self.tried, self.happened, self.taken_up_by))

    def has(self, words: str) -> bool:
        """Whether it has each of the words, in any order and in capitals or not."""
        written = self.words.casefold()
        return all(word in written for word in words.casefold().split())

    def is_of(self, metric: str | None, unit_id: str | None) -> bool:
        """Whether it is of the metric, or of any for None, and of the unit, or any for '*'."""
        return metric in (None, self.metric) and unit_id in (SERVICE, self.unit_id)


def of_item(agenda: Agenda, item: AgendaItem | None, *said: str) -> Learnt:
    """What was learnt of an item, or of none; `said`: what was tried, happened, who takes it up."""
    tried, happened, taken_up_by = said
    words = {"tried": tried, "happened": happened, "taken_up_by": taken_up_by}
    if item is None:
        return Learnt(meeting_id=agenda.meeting_id, **words)
    return Learnt(
        meeting_id=agenda.meeting_id,
        agenda_item_id=item.id,
        action_id=item.action_id,
        metric=item.metric,
        unit_id=item.unit_id if item.metric else SERVICE,
        **words,
    )


def of_action(action: Action, happened: str, taken_up_by: str) -> Learnt:
    """What was learnt of an action: it is what was tried."""
    return Learnt(
        meeting_id=action.meeting_id,
        action_id=action.id,
        metric=action.metric,
        unit_id=action.unit_id if action.metric else SERVICE,
        tried=action.task,
        happened=happened,
        taken_up_by=taken_up_by,
    )


def refuse_unless_whole(learnt: Learnt) -> None:
    """A Problem that says what a lesson lacks."""
    needed = {
        "what was tried": learnt.tried,
        "what happened": learnt.happened,
        "who takes it up": learnt.taken_up_by,
    }
    missing = [name for name, words in needed.items() if not words.strip()]
    if missing:
        raise Problem(f"A lesson needs {' and '.join(missing)}.")


def keep_lesson(store: Engine, learnt: Learnt, by: str) -> str:
    """Writes a lesson, which is never changed after; its id."""
    refuse_unless_whole(learnt)
    words = ("tried", "happened", "taken_up_by")
    said = {name: getattr(learnt, name).strip() for name in words}
    return stored.keep_lesson(store, {**vars(learnt), **said}, by)


def every_lesson(store: Engine) -> list[Lesson]:
    """All lessons of all meetings, the latest first."""
    return [_lesson(row) for row in read(store, stored.lessons())]


def _lesson(row: Any) -> Lesson:
    kept = {name: getattr(row, name) for name in AS_KEPT}
    return Lesson(**kept, discussed=Period.of(row.month))


def lessons_on_figures(store: Engine, with_children: bool) -> dict[tuple[str, str | None], int]:
    """By metric and unit how many lessons there are; of a child's actions `with_children` only."""
    found: Counter[tuple[str, str | None]] = Counter()
    for row in read(store, stored.lessons_by_figure()):
        if with_children or not row.is_about_child:
            found[row.metric, row.unit_id] += row.number
    return dict(found)


def metrics_of(lessons: Iterable[Lesson]) -> dict[str, str]:
    """The metrics that the lessons are of, by key, in the catalogue's order, with their names."""
    found = {lesson.metric for lesson in lessons}
    return {key: metric.name for key, metric in CATALOGUE.items() if key in found}
