"""What a meeting costs and what comes of it: for the chair alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store import agendas as kept
from data_access.meeting_store.transactions import read
from meeting.action_effects import Moved, Verdict
from meeting.actions import DONE, Action
from meeting.agenda import Agenda, AgendaItem, Kind, item_of
from metrics.model import Period

MEETINGS_WITHOUT_DECISION = 2
SECONDS = 60


@dataclass(frozen=True)
class Spent:
    """One item's minutes: those that it took where the projector knows them, else those planned."""

    item: AgendaItem
    minutes: int
    is_timed: bool
    decisions: int


@dataclass(frozen=True)
class Sum:
    """The meeting's costs and yields. `people` is None where nobody noted who attended."""

    people: int | None
    spent: tuple[Spent, ...]
    decisions: tuple[str, ...]
    were_due: int
    done_in_time: int
    can_be_judged: int
    moved: int
    to_drop: tuple[AgendaItem, ...]

    @property
    def minutes(self) -> int:
        return sum(one.minutes for one in self.spent)


@dataclass(frozen=True)
class _Sitting:
    """One earlier meeting, with its items and the ids of those that led to a decision."""

    month: Period
    items: tuple[AgendaItem, ...]
    decided: frozenset[str]


def summed(
    store: Engine,
    agenda: Agenda,
    actions: Sequence[Action],
    verdicts: Mapping[str, Verdict],
    day: date,
) -> Sum:
    """What the meeting of `agenda` cost, and what came of it and of the `actions` up to `day`.

    `verdicts` are those on the actions that are linked to a figure, by the action's id.
    """
    decisions = [one for one in read(store, kept.decisions()) if _is_of(agenda, one)]
    people = attended(store, agenda)
    due = [one for one in actions if one.due_on <= day]
    judged = [one for one in verdicts.values() if one.moved in (Moved.MOVED, Moved.NOT_MOVED)]
    return Sum(
        people=sum(people.values()) if people else None,
        spent=tuple(_spent(item, decisions) for item in agenda.items),
        decisions=tuple(one.words for one in decisions),
        were_due=len(due),
        done_in_time=sum(_is_in_time(one) for one in due),
        can_be_judged=len(judged),
        moved=sum(one.moved is Moved.MOVED for one in judged),
        to_drop=proposed_for_dropping(agenda.items, _sittings_before(store, agenda), actions),
    )


def attended(store: Engine, agenda: Agenda) -> dict[str, int]:
    """How many people of each role sat in the meeting; empty where nobody noted it."""
    rows = read(store, kept.attendances())
    return {row.role: row.people for row in rows if _is_of(agenda, row)}


def _is_of(agenda: Agenda, row: Any) -> bool:
    return row.meeting_id == agenda.meeting_id


def _is_in_time(action: Action) -> bool:
    return (
        action.outcome == DONE and action.done_on is not None and (action.done_on <= action.due_on)
    )


def _spent(item: AgendaItem, decisions: Iterable[Any]) -> Spent:
    led_to = sum(one.agenda_item_id == item.id for one in decisions)
    if item.started_at is None or item.ended_at is None:
        return Spent(item, item.minutes, False, led_to)
    seconds = (item.ended_at - item.started_at).total_seconds()
    return Spent(item, ceil(seconds / SECONDS), True, led_to)


def proposed_for_dropping(
    items: Iterable[AgendaItem], earlier: Sequence[_Sitting], actions: Iterable[Action]
) -> tuple[AgendaItem, ...]:
    """The items that the last two sittings had too and that led to nothing in either.

    A decision is something, and so is an action on the same figure. An action itself leaves the
    agenda when it is closed, never by this.
    """
    last = earlier[-MEETINGS_WITHOUT_DECISION:]
    if len(last) < MEETINGS_WITHOUT_DECISION:
        return ()
    agreed = {(one.discussed, one.metric, one.unit_id) for one in actions if one.metric}
    return tuple(
        item
        for item in items
        if item.kind is not Kind.ACTION and all(_led_to_nothing(item, one, agreed) for one in last)
    )


def _led_to_nothing(item: AgendaItem, sitting: _Sitting, agreed: set[tuple]) -> bool:
    """Whether the sitting had the item and nothing came of it; not so where it did not have it."""
    same = [one for one in sitting.items if _subject(one) == _subject(item)]
    decided = any(one.id in sitting.decided for one in same)
    acted = any((sitting.month, one.metric, one.unit_id) in agreed for one in same)
    return bool(same) and not decided and not acted


def _subject(item: AgendaItem) -> tuple:
    """What makes an item the same in another month: its figure, or its kind, or its own title."""
    title = item.title.casefold() if item.kind is Kind.OWN else None
    return item.kind, item.metric, item.unit_id, title


def _sittings_before(store: Engine, agenda: Agenda) -> list[_Sitting]:
    """The earlier meetings that took place, oldest first: an agenda alone is no meeting."""
    by_meeting = {
        id: tuple(item_of(row) for row in rows if row.removed_at is None)
        for id, rows in groupby(
            sorted(read(store, kept.items()), key=lambda row: row.meeting_id),
            key=lambda row: row.meeting_id,
        )
    }
    had_people = {row.meeting_id for row in read(store, kept.attendances())}
    decided = frozenset(row.agenda_item_id for row in read(store, kept.decisions()))
    return [
        _Sitting(Period.of(row.month), by_meeting.get(row.id, ()), decided)
        for row in read(store, kept.meetings())
        if row.month < agenda.month.start
        and (row.id in had_people or any(one.started_at for one in by_meeting.get(row.id, ())))
    ]
