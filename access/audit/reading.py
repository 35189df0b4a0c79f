"""What the auditor reads: events of a child, of a person, of a time. Reading them is an event."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Engine, Row, Select, select

from access.audit.events import Event, What, note
from access.in_cases import child_called
from access.store.reading import read
from access.store.tables import event, event_child
from access.store.tables import person as people
from data_access.london import LONDON, today
from data_access.problems import Problem

MOST_EVENTS = 1000
READ_FIRST = (
    "Read the reasons before giving this out: they are what somebody wrote, and may tell of another"
    " child."
)
SUBJECT_COLUMNS = ("at", "what", "who", "role", "page", "reason")


@dataclass(frozen=True)
class Reader:
    """Who reads the audit: a person in a session, or a command of this machine's user."""

    person: str | None = None
    session: str | None = None
    role: str | None = None
    command: str | None = None


@dataclass(frozen=True)
class Asked:
    """Which events: of one child, of one person, of some kinds, from a moment to before another."""

    child: str | None = None
    person: str | None = None
    what: tuple[What, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    most: int = MOST_EVENTS


def events_asked(store: Engine, asked: Asked, reader: Reader) -> Sequence[Row]:
    """The newest events that were asked for, newest first; columns as in `event_columns`.

    That they are read is written first, with whose events they are.
    """
    note(store, reading(reader, _of_what(asked)))
    return read(store, _query(asked).limit(asked.most))


def events_of_subject(store: Engine, child_id: str, reader: Reader) -> Sequence[tuple]:
    """Every event in which something of one child was shown or given out, the oldest first.

    For whoever asks who has looked: columns as in `SUBJECT_COLUMNS`, moments in London's time.
    A second look's reason is theirs to know, and may tell of another child: see `READ_FIRST`.
    """
    note(store, reading(reader, f"all of the child {child_id}, to be given out"))
    asked = _query(Asked(child=child_id)).order_by(None).order_by(event.c.number)
    return [
        (
            row.at.astimezone(LONDON).replace(tzinfo=None, microsecond=0),
            row.what,
            row.name,
            row.role,
            row.page,
            row.reason if row.what == What.LOOKED_CLOSER.value else None,
        )
        for row in read(store, asked)
    ]


def why_no_event(store: Engine, engine: Engine, child_id: str) -> str:
    """One sentence for a child of whom no event was found: no such child, or nobody has looked.

    A Problem where there is no such child, so that a typing mistake is no answer.
    """
    known = child_called(engine, child_id, today())
    if known is None:
        raise Problem(f"No child has the number {child_id} in the case database or in the audit.")
    if known.child_id != child_id:
        raise Problem(f"The child’s number is {known.child_id}: ask with that.")
    first = next(iter(read(store, select(event.c.at).order_by(event.c.number).limit(1))), None)
    began = f" since {first.at.astimezone(LONDON):%d/%m/%Y}, when the audit begins" if first else ""
    return f"Nobody has looked at {child_id}{began}."


def is_in_the_audit(store: Engine, child_id: str) -> bool:
    """Whether anything of the child was ever shown to anybody, as far as the audit goes back."""
    query = select(event_child.c.number).where(event_child.c.child_id == child_id).limit(1)
    return bool(read(store, query))


def event_columns() -> tuple[str, ...]:
    """The names of the columns of `events_asked`, in their order."""
    return tuple(_query(Asked()).selected_columns.keys())


def _query(asked: Asked) -> Select:
    return (
        select(
            event.c.number,
            event.c.at,
            event.c.what,
            event.c.person,
            people.c.name,
            event.c.role,
            event.c.page,
            event.c.metric,
            event.c.unit_id,
            event.c.children,
            event.c.rows,
            event.c.reason,
            event.c.session,
        )
        .outerjoin_from(event, people, people.c.id == event.c.person)
        .where(*_conditions(asked))
        .order_by(event.c.number.desc())
    )


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if asked.child is not None:
        of_the_child = select(event_child.c.number).where(event_child.c.child_id == asked.child)
        conditions.append(event.c.number.in_(of_the_child))
    if asked.person is not None:
        conditions.append(event.c.person == asked.person)
    if asked.what:
        conditions.append(event.c.what.in_([what.value for what in asked.what]))
    if asked.since is not None:
        conditions.append(event.c.at >= asked.since)
    if asked.until is not None:
        conditions.append(event.c.at < asked.until)
    return conditions


def reading(reader: Reader, of_what: str | None = None) -> Event:
    """The event that the audit is read: to be written before it is.

    A child that is asked for stands in its words, not among its children: who asks who saw a
    child has not seen the child.
    """
    by = f"by {reader.command}" if reader.command else None
    return Event(
        What.READ_AUDIT,
        person=reader.person,
        session=reader.session,
        role=reader.role,
        page="audit",
        reason="; ".join(words for words in (of_what, by) if words) or None,
    )


def _of_what(asked: Asked) -> str | None:
    of_the_child = f"of the child {asked.child}" if asked.child else ""
    of_the_person = f"of the person {asked.person}" if asked.person else ""
    return " and ".join(filter(None, (of_the_child, of_the_person))) or None
