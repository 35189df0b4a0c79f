"""Fills the tables of settled runs, and of the changes that were taken back."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import Any

import pandas as pd
from sqlalchemy import Connection, FromClause, Row, Select, and_, func, literal, or_, select

from data_access.database import run, staged, write
from data_access.dialect import add_days
from data_access.due.clocks import Children
from data_access.schema import PLAN_KINDS, change_taken_back, status_run
from loading.status_runs.levels import NONE, level_runs
from loading.status_runs.settling import Run, settled


def fill_status_runs(
    connection: Connection, as_at: date, settle_days: int, children: Children
) -> None:
    """Fills status_run and change_taken_back, neither of which has a row of `children` yet.

    Nothing after `as_at` is known. Only children with a run that is taken back are looked at one
    by one: of all others the runs stand as they are.
    """
    runs = staged(connection, "level_run", level_runs(as_at, children))
    unsettled = _unsettled(runs, settle_days)
    columns = [column.name for column in status_run.columns]
    as_they_are = (
        select(*(runs.c[name] for name in columns))
        .where(runs.c.level != NONE, runs.c.child_id.not_in(unsettled))
        .order_by(runs.c.child_id, runs.c.started_on)
    )
    run(connection, status_run.insert().from_select(columns, as_they_are))
    in_order = (runs.c.child_id, runs.c.started_on)
    asked = select(*runs.c).where(runs.c.child_id.in_(unsettled)).order_by(*in_order)
    of_each = list(_settled_of_each(connection.execute(asked), settle_days))
    for table, at in ((status_run, 0), (change_taken_back, 1)):
        rows = [(child_id, *vars(one).values()) for child_id, both in of_each for one in both[at]]
        write(connection, table, pd.DataFrame(rows, columns=columns))


def _settled_of_each(
    rows: Iterable[Row], settle_days: int
) -> Iterator[tuple[str, tuple[list[Run], list[Run]]]]:
    for child_id, of_child in groupby(rows, key=lambda row: row.child_id):
        runs = [Run(row.level, row.started_on, row.ended_on) for row in of_child]
        yield child_id, settled(runs, settle_days)


def _unsettled(runs: FromClause, settle_days: int) -> Select:
    """The children of whom some run settles into another, at first sight."""
    in_order: dict[str, Any] = {"partition_by": runs.c.child_id, "order_by": runs.c.started_on}
    beside = select(
        *runs.c,
        func.coalesce(func.lag(runs.c.level).over(**in_order), NONE).label("before"),
        func.lead(runs.c.level).over(**in_order).label("after"),
    ).subquery()
    short = beside.c.ended_on < add_days(beside.c.started_on, literal(settle_days))
    of_plans = and_(
        beside.c.level == "open",
        beside.c.before.in_(PLAN_KINDS),
        beside.c.after.in_((*PLAN_KINDS, NONE)),
    )
    settles = or_(beside.c.before == beside.c.after, of_plans)
    return select(beside.c.child_id).where(short, settles).distinct()
