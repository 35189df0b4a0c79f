"""The agenda of a month: made by rule when it is first opened, and read from then on."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import IntegrityError

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from meeting.actions import Action, every_action, open_before
from metrics.agenda_rules import Item, Worth, worth_the_rooms_time
from metrics.figures import Figures
from metrics.model import Period
from metrics.sentence import written_date


class ItemKind(Enum):
    """What an item of the agenda is."""

    ACTION = "action"
    WORTH = "worth"
    CASE_REVIEW = "case_review"
    UNIT_FIGURES = "unit_figures"
    CASE_IN_DEPTH = "case_in_depth"
    OWN = "own"


@dataclass(frozen=True)
class AgendaItem:
    """One item; `unit_id` is as in `Scope` where there is a metric, else it says nothing."""

    id: str
    kind: ItemKind
    title: str
    question: str
    minutes: int
    metric: str | None
    unit_id: str | None
    action_id: str | None
    draw_id: str | None
    started_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class Agenda:
    """The items that stand, in their order. `key` makes children's codes and is never shown."""

    meeting_id: str
    month: Period
    held_on: date | None
    key: bytes = field(repr=False)
    items: tuple[AgendaItem, ...]

    @property
    def minutes(self) -> int:
        return sum(item.minutes for item in self.items)


# The meeting's three elements: kind, title, question, minutes.
ELEMENTS = (
    (ItemKind.CASE_REVIEW, "Case review", "What do these children’s records tell us together?", 20),
    (ItemKind.UNIT_FIGURES, "Unit figures", "What does each unit see in its own figures?", 15),
    (
        ItemKind.CASE_IN_DEPTH,
        "One case in depth",
        "What was it like for this child, and what would have helped sooner?",
        20,
    ),
)
IS_IT_DONE = "Is it done, and did it change what it was meant to change?"
MINUTES_WORTH, MINUTES_DUE, MINUTES_NOT_DUE = 6, 3, 1


def open_agenda(store: Engine, figures: Figures, month: Period, by: str) -> Agenda:
    """The month's agenda: made by rule the first time, read after.

    An open action that an earlier meeting agreed since then is added: none is ever left out.
    """
    agenda = read_agenda(store, month)
    if agenda is None:
        return _new_agenda(store, figures, month, by)
    return _with_every_action(store, figures, agenda, by)


def read_agenda(store: Engine, month: Period) -> Agenda | None:
    """The month's agenda as it is; None where nobody has opened it yet."""
    for meeting in read(store, stored_agendas.meetings()):
        if meeting.month == month.start:
            rows = read(store, stored_agendas.items_of(meeting.id))
            items = tuple(item_of(row) for row in rows if row.removed_at is None)
            return Agenda(meeting.id, month, meeting.held_on, bytes.fromhex(meeting.key), items)
    return None


def struck_off(store: Engine, agenda: Agenda) -> tuple[AgendaItem, ...]:
    """The items that somebody took off the agenda."""
    rows = read(store, stored_agendas.items_of(agenda.meeting_id))
    return tuple(item_of(row) for row in rows if row.removed_at is not None)


def strike_off(store: Engine, item: AgendaItem, by: str) -> None:
    """Takes an item off; refused for an action that is open."""
    if any(action.id == item.action_id and action.is_open for action in every_action(store)):
        raise Problem("An action stays on the agenda until it is closed: close it with an outcome.")
    stored_agendas.strike_off(store, item.id, by)


def add_own_item(
    store: Engine, agenda: Agenda, title: str, question: str, minutes: int, by: str
) -> None:
    """Puts an item of the analyst's own at the agenda's end."""
    if not title.strip():
        raise Problem("An item needs a title.")
    item = _item_columns(ItemKind.OWN, title.strip(), question.strip(), minutes)
    stored_agendas.add_items(store, agenda.meeting_id, [item], by)


def proposed_items(
    store: Engine, figures: Figures, month: Period, worth: Worth
) -> tuple[AgendaItem, ...]:
    """What the rule would put on the month's agenda now; nothing is kept of it."""
    empty = dict.fromkeys(("draw_id", "started_at", "ended_at"))
    proposed = _proposed_columns(store, figures, month, worth)
    return tuple(
        item_of(SimpleNamespace(id=str(place), **empty, **columns))
        for place, columns in enumerate(proposed)
    )


def _proposed_columns(
    store: Engine, figures: Figures, month: Period, worth: Worth
) -> list[dict[str, Any]]:
    actions = open_before(every_action(store), month)
    return items_by_rule(actions, worth.items, month, figures.as_at(month))


def _new_agenda(store: Engine, figures: Figures, month: Period, by: str) -> Agenda:
    items = _proposed_columns(store, figures, month, worth_the_rooms_time(figures, month))
    return _agenda_after(
        store, month, lambda: stored_agendas.make_meeting(store, month.start, items, by)
    )


def _with_every_action(store: Engine, figures: Figures, agenda: Agenda, by: str) -> Agenda:
    """The agenda with the open actions that it lacks, unless a later meeting has taken over."""
    has = {item.action_id for item in agenda.items}
    lacking = [
        action for action in open_before(every_action(store), agenda.month) if action.id not in has
    ]
    last = max(row.month for row in read(store, stored_agendas.meetings()))
    if not lacking or last > agenda.month.start:
        return agenda
    day = figures.as_at(agenda.month)
    items = [_action_item(action, agenda.month, day) for action in lacking]
    return _agenda_after(
        store, agenda.month, lambda: stored_agendas.put_first(store, agenda.meeting_id, items, by)
    )


def _agenda_after(store: Engine, month: Period, write: Callable[[], object]) -> Agenda:
    """The agenda after `write`; where somebody else did the same at the same moment, theirs."""
    try:
        write()
    except Problem as problem:
        if not isinstance(problem.__cause__, IntegrityError):
            raise
    agenda = read_agenda(store, month)
    assert agenda is not None, "the agenda was just written"
    return agenda


def items_by_rule(
    actions: Iterable[Action], worth: Sequence[Item], month: Period, day: date
) -> list[dict[str, Any]]:
    """What the rule puts on the agenda, in its order: columns of the store's `agenda_item`.

    Actions that are due or to be looked at come first, those that are not yet in a line each; then
    what is `worth` the room's time, and the meeting's three elements. `day` is today.
    """
    ordered = sorted(actions, key=lambda action: not _has_its_time(action, month, day))
    elements = [_item_columns(*element) for element in ELEMENTS]
    return [
        *(_action_item(action, month, day) for action in ordered),
        *(_worth_item(item) for item in worth),
        *elements,
    ]


def _has_its_time(action: Action, month: Period, day: date) -> bool:
    return action.is_due(day) or action.is_to_be_looked_at(month)


def _action_item(action: Action, month: Period, day: date) -> dict[str, Any]:
    about = {"action_id": action.id, "metric": action.metric, "unit_id": action.unit_id}
    if _has_its_time(action, month, day):
        return _item_columns(ItemKind.ACTION, action.task, IS_IT_DONE, MINUTES_DUE, **about)
    due = f"Due {written_date(action.due_on)}: is anything in its way?"
    return _item_columns(ItemKind.ACTION, action.task, due, MINUTES_NOT_DUE, **about)


def _worth_item(item: Item) -> dict[str, Any]:
    """It is about the first of its figures; the question names the others that its rule found."""
    about = {"metric": item.metric.key, "unit_id": item.unit_ids[0]}
    question = f"{item.question} {item.others}".strip()
    return _item_columns(ItemKind.WORTH, item.sentence, question, MINUTES_WORTH, **about)


def _item_columns(
    kind: ItemKind, title: str, question: str, minutes: int, **about: str | None
) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "title": title,
        "question": question,
        "minutes": minutes,
        **dict.fromkeys(("metric", "unit_id", "action_id")),
        **about,
    }


def item_of(row: Any) -> AgendaItem:
    """The item that a row of the store's `agenda_item` is."""
    return AgendaItem(
        row.id,
        ItemKind(row.kind),
        row.title,
        row.question,
        row.minutes,
        row.metric,
        row.unit_id,
        row.action_id,
        row.draw_id,
        row.started_at,
        row.ended_at,
    )
