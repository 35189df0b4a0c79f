"""Removes the audit's oldest months, as long as the council has decided to keep them."""

from datetime import date, datetime, time

from sqlalchemy import Engine, Row, delete, insert, select

from access.audit.checking import purged_words, verify
from access.audit.events import Event, What, noted
from access.audit.heads import Head
from access.store.forgetting import forget
from access.store.reading import read
from access.store.tables import anchor, event, event_child
from data_access.london import LONDON
from data_access.problems import Problem


def purge(store: Engine, before: date, by: str, now: datetime) -> int:
    """Removes every event of the months before that of `before`; how many those were.

    What is left hangs on an anchor: the number and digest of the last that went. An event says
    that it was done, up to where, and by whom. Refused where the chain is broken: what was done
    to it could not be seen any more. With them go the sessions of those months, what was withdrawn
    in them, and people of whom nothing is left.
    """
    first_kept = datetime.combine(before.replace(day=1), time(), LONDON)
    if first_kept > now:
        raise Problem(f"{before} is still to come: only whole months that are over are purged.")
    found = verify(store)
    if found.broken:
        raise Problem(f"The audit is broken, so nothing of it is purged: {found.broken}")
    last = _last_before(store, first_kept)
    if last is None:
        return 0
    head = Head(last.number, last.digest, last.at)
    said = f"{purged_words(head)}: before {first_kept:%B %Y}, by {by}"
    gone = read(store, select(event.c.number).where(event.c.number <= head.number))
    purged = Event(What.PURGED, rows=len(gone), reason=said, at=now)
    with noted(store, purged) as connection:
        values = {"number": head.number, "digest": head.digest, "at": now}
        connection.execute(insert(anchor).values(values))
        for table in (event_child, event):
            connection.execute(delete(table).where(table.c.number <= head.number))
        forget(connection, first_kept)
    return len(gone)


def _last_before(store: Engine, moment: datetime) -> Row | None:
    """The last event before the first that is to stay: the order of the chain, not of the clock."""
    stays = select(event.c.number).where(event.c.at >= moment).order_by(event.c.number).limit(1)
    query = select(event.c.number, event.c.digest, event.c.at).order_by(event.c.number.desc())
    first = next((row.number for row in read(store, stays)), None)
    if first is not None:
        query = query.where(event.c.number < first)
    return next(iter(read(store, query.limit(1))), None)
