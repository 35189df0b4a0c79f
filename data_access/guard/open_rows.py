"""Which rows are open, as conditions on them: by unit, by who holds the child, by restriction."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    and_,
    case,
    column,
    false,
    not_,
    null,
    or_,
    select,
    table,
    true,
    type_coerce,
)

from data_access.database import KEPT
from data_access.problems import NotAllowed
from data_access.schema import allocation, child
from data_access.settings import EVERY_UNIT

HELD_NOW = "held_now"
_held = table(f"{KEPT}{HELD_NOW}", column("child_id"), column("worker_id"))
CLOSED = "is_closed"
# The place of a published row among the others, which no name decides.
LINE = "line"
# What a list counts of a restricted child, with who holds it: all else of it is not read, nor its
# place among the others, which its name, its number or its dates gave it.
COUNTED = frozenset(
    {
        *("month", "unit_id", "unit_name", "worker_id", "worker_name", "child_id"),
        *("numerator", "denominator", "place"),
    }
)


class Restricted(Enum):
    """What is read of a restricted child's rows by one who may not see them.

    Nothing; or, for a list that adds up to a figure, what it counts; or, for sums, the whole row,
    of which only sums are given back; or, for sums by what records say, the whole row with
    `is_closed`, so that it is set apart from them.
    """

    LEFT_OUT = "left out"
    COUNTED = "counted"
    ADDED_UP = "added up"
    SET_APART = "set apart"


@dataclass(frozen=True)
class Children:
    """The children whom a worker holds now, and those who are restricted: ids, or their query."""

    own: Select | Sequence[str]
    restricted: Select | Sequence[str]


def held_now_by(worker_id: str | None) -> Select:
    """The ids of the children whom this worker holds today as lead: see `held_now`."""
    return select(_held.c.child_id).where(_held.c.worker_id == worker_id)


def restricted_children() -> Select:
    """The ids of the children whose records are restricted."""
    return select(child.c.child_id).where(child.c.restricted)


def closed_rows(
    rows: Subquery, restricted: Select | Sequence[str], opened: frozenset[str]
) -> ColumnElement[bool]:
    """Whether a row is about a restricted child who has not been opened for a time."""
    if "child_id" not in rows.c:
        return false()
    closed = and_(rows.c.child_id.is_not(None), rows.c.child_id.in_(restricted))
    return and_(closed, rows.c.child_id.not_in(sorted(opened))) if opened else closed


def open_rows(
    rows: Subquery, units: frozenset[str], own: tuple[str | None, Children], opened: frozenset[str]
) -> ColumnElement[bool]:
    """Whether a row is of an open unit and, for one who sees own children only, of one of them.

    Rows of children who are opened for a time are open besides.
    """
    worker_id, children = own
    conditions: list[ColumnElement[bool]] = [
        true() if EVERY_UNIT in units else rows.c.unit_id.in_(sorted(units))
    ]
    if worker_id is not None:
        conditions.append(_of_worker(rows, worker_id, children.own))
    if opened and "child_id" in rows.c:
        return or_(and_(*conditions), rows.c.child_id.in_(sorted(opened)))
    return and_(*conditions)


def _of_worker(rows: Subquery, worker_id: str, own: Select | Sequence[str]) -> ColumnElement[bool]:
    """Rows about the worker's own children; of rows about no child, those about the worker."""
    if "child_id" not in rows.c and "worker_id" not in rows.c:
        raise NotAllowed("These rows name no worker, so nobody may be shown a part of them.")
    of_worker = rows.c.worker_id == worker_id if "worker_id" in rows.c else false()
    if "child_id" not in rows.c:
        return of_worker
    return or_(rows.c.child_id.in_(own), and_(rows.c.child_id.is_(None), of_worker))


def shown_rows(
    rows: Subquery,
    hidden: frozenset[str],
    is_open: ColumnElement[bool],
    closed: ColumnElement[bool],
    restricted: Restricted,
) -> Select:
    """The open rows, `hidden` columns as NULL; closed ones as `restricted` says.

    Where closed ones are counted or set apart, `is_closed` tells which they are.
    """
    columns = [null().label(c.name) if c.name in hidden else c for c in rows.c]
    if restricted is Restricted.SET_APART:
        return select(*columns, closed.label(CLOSED)).where(is_open)
    if restricted is not Restricted.COUNTED:
        return select(*columns).where(is_open, not_(closed))
    # Worked out once, and asked of for each column.
    told = select(*rows.c, closed.label(CLOSED)).where(is_open).subquery()
    names = rows.c.keys()
    shown = (_shown_column(told.c[name], told.c[CLOSED], hidden) for name in names)
    return select(*shown, told.c[CLOSED])


def _shown_column(
    of: ColumnElement, closed: ColumnElement[bool], hidden: frozenset[str]
) -> ColumnElement:
    """A column as it is given back: NULL where it is hidden, or not counted of a closed row."""
    if of.key in hidden:
        return null().label(of.key)
    if of.key in COUNTED:
        return of
    return type_coerce(case((closed, null()), else_=of), of.type).label(of.key)


def named_in_units(ids: Sequence[str], units: frozenset[str]) -> Select:
    """The children's names, once for each unit that has held them as lead; NULL where none has.

    A restricted child's is NULL: it stands on the child's own page alone. Of `units` that are all
    units it doesn't matter which, so nobody's are looked up.
    """
    name = case((child.c.restricted, None), else_=child.c.name).label("child_name")
    if EVERY_UNIT in units:
        unit_id = null().label("unit_id")
        named = select(child.c.child_id, unit_id, name)
        return named.where(child.c.child_id.in_(ids))
    held = and_(allocation.c.child_id == child.c.child_id, allocation.c.lead.is_(True))
    return (
        select(child.c.child_id, allocation.c.unit_id, name)
        .select_from(child.outerjoin(allocation, held))
        .where(child.c.child_id.in_(ids))
        .distinct()
    )
