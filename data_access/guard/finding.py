"""Who is found, before anybody is shown: within the guard, and written down as seen by nobody."""

from collections.abc import Sequence

from sqlalchemy import Engine, Select

from data_access.database import read
from data_access.guard.asked import CHILD, Asked, in_order
from data_access.viewer import Viewer, visible


def ids_found(
    engine: Engine, query: Select, viewer: Viewer, order_by: Sequence[str], asked: Asked
) -> list[str]:
    """Ids of the children whose rows are open to `viewer` and asked for, each once, in order.

    No restricted child's. Never to be shown: of those who are to be, the rows are read.
    """
    found = in_order(visible(query, viewer), asked, order_by, viewer.may_see_names)
    ids = found.with_only_columns(found.selected_columns[CHILD])
    return list(dict.fromkeys(row.child_id for row in read(engine, ids)))
