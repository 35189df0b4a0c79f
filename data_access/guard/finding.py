"""Who is found, before anybody is shown: within the guard, and written down as seen by nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, Select, func, select

from data_access.database import read
from data_access.guard.asked import CHILD, Asked, as_sorted, in_order
from data_access.viewer import Viewer, visible


@dataclass(frozen=True)
class Found:
    """Ids of the first children who were found, and how many there are beside them."""

    ids: list[str]
    more: int


def ids_found(
    engine: Engine,
    query: Select,
    viewer: Viewer,
    order_by: Sequence[str],
    asked: Asked,
    limit: int,
) -> Found:
    """The first `limit` children whose rows are open to `viewer` and asked for, each once.

    By `order_by`, of whose values each child's least counts. No restricted child's. Never to be
    shown: of those who are to be, the rows are read. However many there are, no more come back.
    """
    found = in_order(visible(query, viewer), asked, order_by, viewer.may_see_names)
    rows = found.order_by(None).subquery()
    least = [func.min(rows.c[name]).label(name) for name in order_by if name != CHILD]
    once = select(rows.c[CHILD], *least).group_by(rows.c[CHILD]).subquery()
    order = [key for name in order_by for key in as_sorted(once.c[name])]
    first = (
        select(once.c[CHILD], func.count().over().label("children")).order_by(*order).limit(limit)
    )
    read_rows = read(engine, first.execution_options(**found.get_execution_options()))
    ids = [row.child_id for row in read_rows]
    return Found(ids, read_rows[0].children - len(ids) if ids else 0)
