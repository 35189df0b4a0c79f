"""What a meeting costs and what comes of it: for the chair alone."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from math import ceil
from typing import Any

from sqlalchemy import Engine

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.transactions import read
from meeting.action_effects import Moved, Verdict
from meeting.actions import DONE, Action
from meeting.agenda import Agenda, AgendaItem, ItemKind, item_of
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
class MeetingCosts:
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
        return sum(spent.minutes for spent in self.spent)


@dataclass(frozen=True)
class _Sitting:
    """One earlier meeting, with its items and the ids of those that led to a decision."""

    month: Period
    items: tuple[AgendaItem, ...]
    decided: frozenset[str]


def meeting_costs(
    store: Engine,
    agenda: Agenda,
    actions: Sequence[Action],
    verdicts: Mapping[str, Verdict],
    day: date,
) -> MeetingCosts:
    """What the meeting of `agenda` cost, and what came of it and of the `actions` up to `day`.

    `verdicts` are those on the actions that are linked to a figure, by the action's id.
    """
    decisions = [
        decision for decision in read(store, stored_agendas.decisions()) if _is_of(agenda, decision)
    ]
    people = attended(store, agenda)
    due = [action for action in actions if action.due_on <= day]
    judged_verdicts = [
        verdict for verdict in verdicts.values() if verdict.moved in (Moved.MOVED, Moved.NOT_MOVED)
    ]
    return MeetingCosts(
        people=sum(people.values()) if people else None,
        spent=tuple(_time_spent(item, decisions) for item in agenda.items),
        decisions=tuple(decision.words for decision in decisions),
        were_due=len(due),
        done_in_time=sum(_is_in_time(action) for action in due),
        can_be_judged=len(judged_verdicts),
        moved=sum(verdict.moved is Moved.MOVED for verdict in judged_verdicts),
        to_drop=proposed_for_dropping(agenda.items, _sittings_before(store, agenda), actions),
    )


def attended(store: Engine, agenda: Agenda) -> dict[str, int]:
    """How many people of each role sat in the meeting; empty where nobody noted it."""
    rows = read(store, stored_agendas.attendances())
    return {row.role: row.people for row in rows if _is_of(agenda, row)}


def _is_of(agenda: Agenda, row: Any) -> bool:
    return row.meeting_id == agenda.meeting_id


def _is_in_time(action: Action) -> bool:
    return (
        action.outcome == DONE and action.done_on is not None and (action.done_on <= action.due_on)
    )


def _time_spent(item: AgendaItem, decisions: Iterable[Any]) -> Spent:
    led_to = sum(decision.agenda_item_id == item.id for decision in decisions)
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
    last_sittings = earlier[-MEETINGS_WITHOUT_DECISION:]
    if len(last_sittings) < MEETINGS_WITHOUT_DECISION:
        return ()
    agreed = {
        (action.discussed, action.metric, action.unit_id) for action in actions if action.metric
    }
    return tuple(
        item
        for item in items
        if item.kind is not ItemKind.ACTION
        and all(_led_to_nothing(item, sitting, agreed) for sitting in last_sittings)
    )


def _led_to_nothing(item: AgendaItem, sitting: _Sitting, agreed: set[tuple]) -> bool:
    """Whether the sitting had the item and nothing came of it; not so where it did not have it."""
    same_items = [earlier for earlier in sitting.items if _subject(earlier) == _subject(item)]
    decided = any(earlier.id in sitting.decided for earlier in same_items)
    acted = any(
        (sitting.month, earlier.metric, earlier.unit_id) in agreed for earlier in same_items
    )
    return bool(same_items) and not decided and not acted


def _subject(item: AgendaItem) -> tuple:
    """What makes an item the same in another month: its figure, or its kind, or its own title."""
    title = item.title.casefold() if item.kind is ItemKind.OWN else None
    return item.kind, item.metric, item.unit_id, title


def _sittings_before(store: Engine, agenda: Agenda) -> list[_Sitting]:
    """The earlier meetings that took place, oldest first: an agenda alone is no meeting."""
    by_meeting = {
        id: tuple(item_of(row) for row in rows if row.removed_at is None)
        for id, rows in groupby(
            sorted(read(store, stored_agendas.items()), key=lambda row: row.meeting_id),
            key=lambda row: row.meeting_id,
        )
    }
    had_people = {row.meeting_id for row in read(store, stored_agendas.attendances())}
    decided = frozenset(row.agenda_item_id for row in read(store, stored_agendas.decisions()))
    return [
        _Sitting(Period.of(row.month), by_meeting.get(row.id, ()), decided)
        for row in read(store, stored_agendas.meetings())
        if row.month < agenda.month.start
        and (row.id in had_people or any(item.started_at for item in by_meeting.get(row.id, ())))
    ]
