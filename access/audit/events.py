"""What the audit keeps of one event, and the one way to write it: before anything is shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection, Engine, Row, func, insert, select

from access.audit.chain import START, digest_of
from access.audit.heads import Head, tell_the_day_s_head
from access.store.tables import anchor, event, event_child
from data_access.london import now
from data_access.stores.driver_faults import faults_as_problems
from data_access.stores.opening import WRITES

# Any number that no other program's lock is likely to have.
LOCK = 19_891_116
MOST_LETTERS = 2000


class What(StrEnum):
    """What happened, in the past, as the auditor reads it."""

    SIGNED_IN = "signed in"
    SIGNED_OUT = "signed out"
    REFUSED = "was refused"
    OPENED_CHILD = "opened a child"
    LISTED = "listed"
    EXPORTED = "exported"
    SEARCHED = "searched"
    LOOKED_CLOSER = "looked closer"
    ASKED_NETWORK = "asked for linked adults"
    ASKED_LEAD = "asked another unit's lead"
    ANSWERED_REQUEST = "answered a request"
    MEETING_SHOWN = "meeting shown"
    GRANTED = "granted"
    WITHDREW = "withdrew"
    CONFIRMED = "confirmed"
    ENDED = "ended"
    READ_AUDIT = "read the audit"
    PURGED = "purged"


@dataclass(frozen=True)
class Event:
    """One event. `children` are the ids of every child of whom something was shown or given out.

    No name and no token: who `person` is stands in the store's people alone.
    """

    what: What
    person: str | None = None
    session: str | None = None
    role: str | None = None
    page: str | None = None
    metric: str | None = None
    unit: str | None = None
    children: tuple[str, ...] = ()
    rows: int | None = None
    reason: str | None = None
    at: datetime = field(default_factory=now)


def note(store: Engine, *events: Event) -> None:
    """Writes the events, in their order, at the end of the chain: when it returns they are kept.

    What it wrote survives a kill and a loss of power. A Problem where it can't be written, after
    which nothing may be shown.
    """
    with noted(store, *events):
        return


@contextmanager
def noted(store: Engine, *events: Event) -> Iterator[Connection]:
    """One transaction: the events and all that the block writes, or nothing of either."""
    writer = store.execution_options(**{WRITES: True})
    with faults_as_problems(store), writer.begin() as connection:
        before = _last(connection)
        last = before
        for one in events:
            last = _append(connection, one, last)
        yield connection
    tell_the_day_s_head(store, before, last)


def _last(connection: Connection) -> Head:
    """The end of the chain; nobody else can write at it until this transaction ends."""
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(LOCK)))
    return last_head(connection)


def last_head(connection: Connection) -> Head:
    """The number, digest and moment of the last event; of the anchor where all were purged."""
    for table in (event, anchor):
        query = select(table.c.number, table.c.digest, table.c.at)
        row: Row | None = connection.execute(query.order_by(table.c.number.desc()).limit(1)).first()
        if row:
            return Head(*row)
    return Head(0, START, None)


def _append(connection: Connection, one: Event, last: Head) -> Head:
    number = last.number + 1
    children = sorted(set(one.children))
    values = {
        "number": number,
        "at": one.at,
        "person": one.person,
        "session": one.session,
        "role": one.role,
        "what": one.what.value,
        "page": one.page,
        "metric": one.metric,
        "unit_id": one.unit,
        "rows": one.rows,
        "reason": None if one.reason is None else one.reason[:MOST_LETTERS],
        "children": len(children),
        "before": last.digest,
    }
    digest = digest_of(values, children)
    connection.execute(insert(event), {**values, "digest": digest})
    if children:
        belonging = [{"number": number, "child_id": child} for child in children]
        connection.execute(insert(event_child), belonging)
    return Head(number, digest, one.at)
