"""Finds units that rows name and that are in no row of the unit table: once a unit.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd
from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    Table,
    and_,
    func,
    literal,
    or_,
    select,
    union_all,
)

from data_access.schema import CANONICAL, allocation, post, unit
from loading.checks.breaches import ADD_UNIT, Breach, Situation, key_of
from loading.checks.check import PERFORMANCE, Check
from loading.sources.reading import WARNING, Issue

UNIT_IN_NO_TABLE = "unit_in_no_table"
_NAMING = [table for table in CANONICAL if table is not unit and "unit_id" in table.c]
SHOWN, IN_SERVICE = "is shown under its id", "counts in the service alone"


def in_no_table(_: Situation) -> Iterator[Breach]:
    """Units in no row of their table, with how many rows name each, and the first of these.

    One that holds a child, or in which two workers have a post, becomes a unit under its id; so do
    all where there would be none else. Any other is a slip of the pen, and no unit.
    """
    unknown = _named()
    is_known_otherwise, any_unit = _has_children_or_posts(unknown), select(unit.c.unit_id).exists()
    added = (is_known_otherwise, and_(~is_known_otherwise, ~any_unit))
    for where in added:
        shown = _said(unknown, SHOWN).where(where)
        yield Breach(unit, shown, ADD_UNIT, "unit_id", asks=select(*unknown.c))
    rest = _said(unknown, IN_SERVICE).where(and_(~is_known_otherwise, any_unit))
    yield Breach(unit, rest, column="unit_id", asks=select(*unknown.c))


def _said(unknown: Subquery, becomes: str) -> Select:
    key = unknown.c.missing.label("row_key")
    return select(key, *unknown.c, literal(becomes).label("becomes"))


def _has_children_or_posts(unknown: Subquery) -> ColumnElement[bool]:
    holds = select(literal(1)).where(allocation.c.unit_id == unknown.c.missing).exists()
    workers = (
        select(func.count(post.c.worker_id.distinct()))
        .where(post.c.unit_id == unknown.c.missing)
        .scalar_subquery()
    )
    return or_(holds, workers > 1)


def _named() -> Subquery:
    """One row for each unit in no table: how many rows name it, and the first of them."""
    named = union_all(*(_naming(place, table) for place, table in enumerate(_NAMING))).subquery()
    unit_id, order = named.c.missing, (named.c.place, named.c.first_key)
    first = select(
        *named.c,
        func.count().over(partition_by=unit_id).label("rows"),
        func.row_number().over(partition_by=unit_id, order_by=order).label("nth"),
    ).subquery()
    columns = (first.c[name] for name in ("missing", "first_table", "first_key", "rows"))
    return select(*columns).where(first.c.nth == 1).subquery()


def _naming(place: int, table: Table) -> Select:
    known = select(literal(1)).where(unit.c.unit_id == table.c.unit_id).exists()
    return select(
        table.c.unit_id.label("missing"),
        literal(place).label("place"),
        literal(table.name).label("first_table"),
        key_of(table).label("first_key"),
    ).where(table.c.unit_id.is_not(None), ~known)


CHECKS = (
    Check(
        UNIT_IN_NO_TABLE,
        WARNING,
        PERFORMANCE,
        "unit {missing} is in no row of the unit table, and {becomes}: so in {rows}"
        " {rows:row|rows}. Add the unit, or correct the id",
        in_no_table,
    ),
)


def added_for_rows(issue: Issue) -> bool:
    """Whether the issue is of a unit that a load made because rows name it."""
    return issue.rule == UNIT_IN_NO_TABLE and issue.table_name == unit.name


def without_added(
    frames: Mapping[str, pd.DataFrame], issues: Sequence[Issue]
) -> dict[str, pd.DataFrame]:
    """The tables that stand, less the units that a load made: no source has told of them."""
    if unit.name not in frames:
        return dict(frames)
    made = [issue.row_key for issue in issues if added_for_rows(issue)]
    rows = frames[unit.name]
    return {**frames, unit.name: rows[~rows["unit_id"].isin(made)]}
