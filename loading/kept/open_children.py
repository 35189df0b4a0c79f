"""How many open children have no lead worker, no unit, no visit: what an extract lacks, mostly."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Select,
    Table,
    and_,
    case,
    exists,
    func,
    literal,
    not_,
    select,
)

from data_access.due.clocks import child_was_seen
from data_access.relations import covers, with_lead
from data_access.schema import allocation, status_run, visit
from loading.kept.report import OpenChildren
from metrics.levels.levels import LEVELS
from metrics.model import Basis


def open_children(connection: Connection, basis: Basis) -> tuple[OpenChildren, ...]:
    """By level on the basis's day, the highest first: children, and those without each of three.

    A lead worker and a unit are those of the child's lead allocation on that day; a visit is one
    on which the child was seen, since the child came to the level. None where the database has no
    allocation, or no visit, at all. A level that no child is at is left out.
    """
    has_leads, has_visits = (_has_rows(connection, table) for table in (allocation, visit))
    found = [
        OpenChildren(
            row.level,
            row.children,
            row.no_lead_worker if has_leads else None,
            row.no_unit if has_leads else None,
            row.no_visit if has_visits else None,
        )
        for row in connection.execute(_counted(basis))
    ]
    return tuple(sorted(found, key=lambda one: -LEVELS[one.level]))


def _has_rows(connection: Connection, table: Table) -> bool:
    return connection.execute(select(literal(1)).select_from(table).limit(1)).first() is not None


def _counted(basis: Basis) -> Select:
    run = status_run.c
    on_the_day = literal(basis.as_at, Date).label("day")
    is_open = covers(status_run, basis.as_at)
    open_then = select(run.child_id, run.level, run.started_on, on_the_day).where(is_open)
    led = with_lead(open_then.subquery(), "day", ("child_id",))
    return select(
        led.c.level,
        func.count().label("children"),
        _so_many(led.c.lead_worker_id.is_(None)).label("no_lead_worker"),
        _so_many(led.c.lead_unit_id.is_(None)).label("no_unit"),
        _so_many(not_(_was_visited(led.c.child_id, led.c.started_on, basis))).label("no_visit"),
    ).group_by(led.c.level)


def _so_many(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return func.sum(case((is_so, 1), else_=0))


def _was_visited(
    child_id: ColumnElement[str], since: ColumnElement[date], basis: Basis
) -> ColumnElement[bool]:
    made = and_(
        visit.c.child_id == child_id,
        visit.c.visited_on >= since,
        visit.c.visited_on <= basis.as_at,
    )
    return exists(select(literal(1)).select_from(visit).where(made).where(child_was_seen()))
