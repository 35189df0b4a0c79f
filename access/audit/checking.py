"""Whether the audit is as it was written: the first break of its chain, if there is one."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, func, select

from access.audit.chain import START, digest_of
from access.audit.events import What, last_head
from access.audit.heads import Head
from access.store.tables import anchor, event, event_child
from data_access.stores.driver_faults import faults_as_problems

EVENTS_AT_ONCE = 2000


@dataclass(frozen=True)
class Checked:
    """How many events were looked at, where the chain ends, and what breaks it first, if any."""

    events: int
    head: Head
    broken: str | None


def verify(store: Engine, heads: Sequence[Head] = ()) -> Checked:
    """Reads the whole chain and names the first event that is not as it was written.

    `heads` were kept elsewhere: only by them is it seen that events were cut off at the end. One
    of an event that was purged since says nothing any more.
    """
    with faults_as_problems(store), _as_of_one_moment(store).connect() as connection:
        begins = _anchor(connection)
        number, broken = 0, _unsaid_purge(connection, begins)
        kept = {head.number: head.digest for head in heads if head.number > begins.number}
        last = begins
        for rows, children in _events(connection, begins.number):
            for row in rows:
                broken = broken or _broken(row, children.get(row.number, []), last, kept)
                last, number = Head(row.number, row.digest, row.at), number + 1
        broken = broken or _left_over(connection, begins, last) or _cut_off(kept, last)
        return Checked(number, last_head(connection), broken)


def _as_of_one_moment(store: Engine) -> Engine:
    """All reads of a transaction see the same events, whoever writes meanwhile."""
    if store.dialect.name == "postgresql":
        return store.execution_options(isolation_level="REPEATABLE READ")
    return store


def _anchor(connection: Connection) -> Head:
    query = select(anchor.c.number, anchor.c.digest, anchor.c.at)
    row = connection.execute(query.order_by(anchor.c.number.desc()).limit(1)).first()
    return Head(*row) if row else Head(0, START)


def _unsaid_purge(connection: Connection, begins: Head) -> str | None:
    """A purge is told by an event that says up to where: an anchor without one is forged."""
    if begins.number == 0:
        return None
    told = select(event.c.number).where(
        event.c.what == What.PURGED.value, event.c.reason.startswith(purged_words(begins))
    )
    if connection.execute(told).first():
        return None
    return (
        f"The events up to {begins.number} were removed, and no event says that they were purged."
    )


def purged_words(begins: Head) -> str:
    """What the event of a purge says, so that it and the anchor can be compared."""
    return f"up to {begins.number} {begins.digest}"


def _events(
    connection: Connection, after: int
) -> Iterator[tuple[Sequence[Row], Mapping[int, list[str]]]]:
    """The events in their order, some at a time, each with the ids of its children."""
    while True:
        query = select(event).where(event.c.number > after).order_by(event.c.number)
        rows = connection.execute(query.limit(EVENTS_AT_ONCE)).all()
        if not rows:
            return
        yield rows, _children(connection, after, rows[-1].number)
        after = rows[-1].number


def _children(connection: Connection, after: int, to: int) -> Mapping[int, list[str]]:
    query = select(event_child).where(event_child.c.number > after, event_child.c.number <= to)
    children: dict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        children[row.number].append(row.child_id)
    return children


def _broken(row: Row, children: Sequence[str], last: Head, kept: Mapping[int, str]) -> str | None:
    expected = last.number + 1
    if row.number != expected:
        return f"Event {expected} was removed: after {last.number} stands {row.number}."
    if row.before != last.digest:
        return f"Event {row.number} was slipped in, or {last.number} before it was changed."
    if row.digest != digest_of(row._asdict(), children):
        return f"Event {row.number} was changed since it was written."
    if kept.get(row.number, row.digest) != row.digest:
        return f"Event {row.number} is not the one whose digest was kept elsewhere."
    return None


def _left_over(connection: Connection, begins: Head, last: Head) -> str | None:
    """Children of events that are not there."""
    outside = (event_child.c.number <= begins.number) | (event_child.c.number > last.number)
    number = connection.execute(select(func.min(event_child.c.number)).where(outside)).scalar()
    return None if number is None else f"Event {number} was removed: children of it are left."


def _cut_off(kept: Mapping[int, str], last: Head) -> str | None:
    newest = max(kept, default=0)
    if newest <= last.number:
        return None
    return (
        f"Event {last.number + 1} and all after it were removed: {newest} was written, as the head"
        " kept elsewhere says."
    )
