"""Which visits a source's own id is of: one, or one for each child who was seen at once.

Some systems give what was done for brothers and sisters at once a single id. Their visits are then
known by that id and their child's.
"""

import pandas as pd
from sqlalchemy import Select, Subquery, func, select, union_all

from data_access.schema import visit

BETWEEN = "-"


def ids_of_each(shared_ids: pd.Series, child_ids: pd.Series) -> pd.Series:
    """The ids of what was done for several children at once, one for each child."""
    return shared_ids + BETWEEN + child_ids.astype("str")


def visits_of(visits: pd.DataFrame, named: pd.Series) -> pd.DataFrame:
    """The visits, `visit_id`, of each id of `named` that is no visit's own, `shared_id`.

    No row of an id of which no visit was made for a child.
    """
    none = pd.DataFrame({"shared_id": [], "visit_id": []}, dtype="string")
    unknown = named[named.notna() & ~named.isin(visits["visit_id"])].unique()
    if not len(unknown):
        return none
    pairs = zip(visits["visit_id"], visits["child_id"], strict=True)
    shared = [_without_child(visit_id, child_id) for visit_id, child_id in pairs]
    made = pd.DataFrame({"shared_id": shared, "visit_id": visits["visit_id"]})
    return made[made["shared_id"].isin(unknown)].astype(none.dtypes).reset_index(drop=True)


def _without_child(visit_id: str, child_id: str) -> str | None:
    ending = f"{BETWEEN}{child_id}"
    return visit_id.removesuffix(ending) if visit_id.endswith(ending) else None


def visits_by_name() -> Subquery:
    """Every visit that stands, by its own id and by that which it shares: `name`, and its columns.

    An id that is a visit's own is shared by no other.
    """
    own = select(visit.c.visit_id.label("name"), *visit.c)
    return union_all(own, visits_that_share()).subquery()


def visits_that_share() -> Select:
    """Those that are known by an id and their child's alone: `name` is that id."""
    own, ending = visit.alias(), BETWEEN + visit.c.child_id
    shared = func.left(visit.c.visit_id, -func.length(ending))
    is_own = select(own.c.visit_id).where(own.c.visit_id == shared).exists()
    shares = func.right(visit.c.visit_id, func.length(ending)) == ending
    return select(shared.label("name"), *visit.c).where(shares, ~is_own)
