"""Who looked at a child with a reason: for the child's own unit, which is told of each look."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Engine, Row, select

from access.audit.events import What
from access.openings import AGREED
from access.store.reading import read
from access.store.tables import event, event_child
from access.store.tables import person as people


def second_looks(store: Engine, since: datetime, *, agreed: bool) -> Sequence[Row]:
    """Every second look from a moment on, newest first: at, name, child_id, reason.

    With `agreed` also those that were asked of the child's unit, and agreed.
    """
    query = (
        select(event.c.at, people.c.name, event_child.c.child_id, event.c.reason)
        .join(event_child, event_child.c.number == event.c.number)
        .outerjoin(people, people.c.id == event.c.person)
        .where(event.c.what == What.LOOKED_CLOSER.value, event.c.at >= since)
        .order_by(event.c.number.desc())
    )
    by_agreement = event.c.reason.startswith(f"{AGREED}, ")
    return read(store, query if agreed else query.where(~by_agreement))
