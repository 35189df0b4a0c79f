"""A meeting and its agenda as they are kept: made once, then changed item by item."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from secrets import token_hex

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    delete,
    func,
    insert,
    select,
    update,
)

from data_access.meeting_store.meeting_tables import agenda_item, attendance, decision, meeting
from data_access.meeting_store.transactions import changing, new_id, now
from data_access.problems import Problem

KEY_BYTES = 32
GONE = "This item is not on the agenda as it was: open the agenda again."


def make_meeting(store: Engine, month: date, items: Sequence[Mapping], by: str) -> str:
    """Writes the month's meeting with its items, in their order; the meeting's id.

    A month has one meeting: a Problem where there is one already, and nothing is written.
    """
    id = new_id()
    columns = {"id": id, "month": month, "key": token_hex(KEY_BYTES)}
    with changing(store, by, "made an agenda", f"{month:%Y-%m}") as connection:
        connection.execute(insert(meeting), {**columns, "created_by": by, "created_at": now()})
        _insert(connection, id, items, 1)
    return id


def meetings() -> Select:
    """Every meeting, by month."""
    return select(*meeting.c).order_by(meeting.c.month)


def items_of(meeting_id: str) -> Select:
    """The meeting's items in their order, those struck off too."""
    return items().where(agenda_item.c.meeting_id == meeting_id)


def items() -> Select:
    """The items of every meeting, each meeting's in their order."""
    return select(*agenda_item.c).order_by(agenda_item.c.position, agenda_item.c.id)


def hold_meeting(store: Engine, meeting_id: str, held_on: date, by: str) -> None:
    """Writes on which day the meeting is held."""
    with changing(store, by, f"set the day {held_on} of a meeting", meeting_id) as connection:
        connection.execute(
            update(meeting).where(meeting.c.id == meeting_id).values(held_on=held_on)
        )


def add_items(store: Engine, meeting_id: str, items: Sequence[Mapping], by: str) -> None:
    """Puts items at the agenda's end, in their order."""
    titles = "; ".join(str(item["title"]) for item in items)
    with changing(store, by, "added to an agenda", titles) as connection:
        _lock(connection, meeting_id)
        last = connection.execute(_end_position(meeting_id, func.max)).scalar() or 0
        _insert(connection, meeting_id, items, last + 1)


def put_first(store: Engine, meeting_id: str, items: Sequence[Mapping], by: str) -> None:
    """Puts items before all others, in their order."""
    titles = "; ".join(str(item["title"]) for item in items)
    with changing(store, by, "put first on an agenda", titles) as connection:
        _lock(connection, meeting_id)
        first = connection.execute(_end_position(meeting_id, func.min)).scalar() or 1
        _insert(connection, meeting_id, items, first - len(items))


def reword_item(store: Engine, id: str, title: str, question: str, minutes: int, by: str) -> None:
    """Gives an item other words and minutes; it stays what it is about."""
    if not title.strip() or minutes < 0:
        raise Problem("An item needs a title, and minutes that are 0 or more.")
    columns = {"title": title.strip(), "question": question.strip(), "minutes": minutes}
    _change(store, id, by, "reworded an item", columns)


def place_item(store: Engine, id: str, place: int, by: str) -> None:
    """Moves an item to a place among those that stand, counted from 1."""
    with changing(store, by, f"moved an item to {place}", id) as connection:
        meeting_id = connection.execute(
            select(agenda_item.c.meeting_id).where(agenda_item.c.id == id)
        ).scalar_one_or_none()
        _lock(connection, str(meeting_id))
        ordered = items_of(str(meeting_id)).where(agenda_item.c.removed_at.is_(None))
        standing = [row.id for row in connection.execute(ordered)]
        if id not in standing:
            raise Problem(GONE)
        standing.remove(id)
        standing.insert(max(place, 1) - 1, id)
        for position, item_id in enumerate(standing, start=1):
            connection.execute(
                update(agenda_item).where(agenda_item.c.id == item_id).values(position=position)
            )


def strike_off(store: Engine, id: str, by: str) -> None:
    """Takes an item off the agenda; it stays in the store, with who struck it off."""
    removal = {"removed_at": now(), "removed_by": by}
    _change(store, id, by, "struck off an item", removal, agenda_item.c.removed_at.is_(None))


def put_back(store: Engine, id: str, by: str) -> None:
    """Puts an item back that was struck off, where it stood."""
    back = {"removed_at": None, "removed_by": None}
    _change(store, id, by, "put back an item", back, agenda_item.c.removed_at.is_not(None))


def start_item(store: Engine, id: str, by: str) -> None:
    """Writes that the room turned to an item; the first time counts."""
    began = {"started_at": func.coalesce(agenda_item.c.started_at, now())}
    _change(store, id, by, "began an item", began)


def end_item(store: Engine, id: str, by: str) -> None:
    """Writes that the room left an item that it had turned to; the last time counts."""
    was_begun = agenda_item.c.started_at.is_not(None)
    _change(store, id, by, "ended an item", {"ended_at": now()}, was_begun)


def set_attendance(store: Engine, meeting_id: str, people: Mapping[str, int], by: str) -> None:
    """Writes how many people of each role sat in the meeting, in the place of what was there."""
    with changing(store, by, "noted who attended", meeting_id) as connection:
        _lock(connection, meeting_id)
        connection.execute(delete(attendance).where(attendance.c.meeting_id == meeting_id))
        rows = [
            {"meeting_id": meeting_id, "role": role, "people": number}
            for role, number in people.items()
            if number
        ]
        if rows:
            connection.execute(insert(attendance), rows)


def attendances() -> Select:
    """meeting_id, role and people of every meeting."""
    return select(*attendance.c).order_by(attendance.c.meeting_id, attendance.c.role)


def note_decision(store: Engine, meeting_id: str, item_id: str | None, words: str, by: str) -> str:
    """Writes what was decided, under an item or none; its id."""
    if not words.strip():
        raise Problem("Say what was decided.")
    id = new_id()
    with changing(store, by, "noted a decision", meeting_id) as connection:
        about = {"id": id, "meeting_id": meeting_id, "agenda_item_id": item_id}
        decided = {"words": words.strip(), "by": by, "at": now()}
        connection.execute(insert(decision), {**about, **decided})
    return id


def decisions() -> Select:
    """Every decision, in the order noted."""
    return select(*decision.c).order_by(decision.c.at, decision.c.id)


def _end_position(meeting_id: str, first_or_last: Callable) -> Select:
    """The first or the last place that an item of the meeting has."""
    return select(first_or_last(agenda_item.c.position)).where(
        agenda_item.c.meeting_id == meeting_id
    )


def _insert(connection: Connection, meeting_id: str, items: Sequence[Mapping], place: int) -> None:
    rows = [
        {"id": new_id(), "meeting_id": meeting_id, "position": position, **item}
        for position, item in enumerate(items, start=place)
    ]
    if rows:
        connection.execute(insert(agenda_item), rows)


def _lock(connection: Connection, meeting_id: str) -> None:
    """Lets nobody else change the meeting's lists until this transaction ends."""
    connection.execute(select(meeting.c.id).where(meeting.c.id == meeting_id).with_for_update())


def _change(
    store: Engine, id: str, by: str, what: str, values: Mapping, *only: ColumnElement[bool]
) -> None:
    with changing(store, by, what, id) as connection:
        change = update(agenda_item).where(agenda_item.c.id == id, *only)
        if not connection.execute(change.values(**values)).rowcount:
            raise Problem(GONE)
