"""When a visit was first seen in a load: what tells late entry where no recording date is given.

A visit is known again by its id, or as a visit of the same child on the same day: a source may make
its ids anew, and may call a visit of one plan that of another.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Date,
    Engine,
    FromClause,
    MetaData,
    Select,
    String,
    Table,
    and_,
    case,
    false,
    func,
    literal,
    or_,
    select,
)

from data_access.database import connect, expect_large_joins, make, read, read_in_parts, write
from data_access.problems import Problem
from data_access.schema import child, visit, visit_seen
from loading.combining import FROM, Combined
from loading.fitting import typed
from loading.kept.report import VisitsSeen

LONG_AGO, NEVER = date(1, 1, 1), date(9999, 12, 31)
TEMPORARY = MetaData()
# The visits of this load: the last day that it covers, and that of the same source's load before.
VISIT_NOW = Table(
    "visit_now",
    TEMPORARY,
    Column("visit_id", String),
    Column("seen_on", Date),
    Column("before_on", Date),
    prefixes=["TEMPORARY"],
)
CHILD_BEFORE = Table("child_before", TEMPORARY, Column("child_id", String), prefixes=["TEMPORARY"])
SEEN_BEFORE = Table(
    "seen_before",
    TEMPORARY,
    *(Column(column.name, column.type) for column in visit_seen.c),
    prefixes=["TEMPORARY"],
)


def note_first_seen(
    connection: Connection, combined: Combined, loaded: Sequence[Mapping[str, Any]], url: str
) -> None:
    """Fills visit_seen, which is empty, of the visits written and of what stands at `url`.

    `loaded` are the records of the loads that stand there, the latest last; without one every
    visit is first seen now, and of none is it known when it was not there yet. What is no longer
    among the visits is kept as long as its child is in the data: an extract may miss it once.
    """
    first_days: Mapping[str, date] = {}
    for table in (VISIT_NOW, CHILD_BEFORE, SEEN_BEFORE):
        make(connection, table)
    write(connection, VISIT_NOW, typed(VISIT_NOW, _now(combined, loaded)))
    if loaded:
        first_days = _taken_over(connection, url)
    expect_large_joins(connection)
    names = visit_seen.c.keys()
    connection.execute(visit_seen.insert().from_select(names, _seen_now(first_days)))
    connection.execute(visit_seen.insert().from_select(names, _not_here_now()))


def _now(combined: Combined, loaded: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    rows = combined.frames.get(visit.name)
    if rows is None:
        return pd.DataFrame(columns=VISIT_NOW.c.keys())
    before = _last_day_of_visits(loaded)
    readings = dict(enumerate(combined.readings))
    seen_on = {place: min(one.data_to, combined.as_at) for place, one in readings.items()}
    before_on = {place: before.get(one.source) for place, one in readings.items()}
    of = rows[FROM].astype(int)
    return pd.DataFrame(
        {"visit_id": rows["visit_id"], "seen_on": of.map(seen_on), "before_on": of.map(before_on)}
    )


def _last_day_of_visits(loaded: Iterable[Mapping[str, Any]]) -> dict[str, date]:
    """By source, the last day that its last load with visits covered."""
    days = {}
    for row in loaded:
        counts = json.loads(row["rows_json"] or "{}").get("tables", {}).get(visit.name, {})
        if counts.get("written") and row["data_to"]:
            days[row["source"]] = row["data_to"]
    return days


def _taken_over(connection: Connection, url: str) -> Mapping[str, date]:
    """Copies what stands at `url`; by kind the day of the first visit that stands there.

    Nothing of a database that an earlier version made, which noted nothing.
    """
    engine = connect(url)
    try:
        _copy(connection, engine, select(*visit_seen.c), SEEN_BEFORE)
        _copy(connection, engine, select(child.c.child_id), CHILD_BEFORE)
        day = func.min(visit.c.visited_on).label("day")
        first = select(visit.c.kind, day).group_by(visit.c.kind)
        return {row.kind: row.day for row in read(engine, first)}
    except Problem:
        return {}
    finally:
        engine.dispose()


def _copy(connection: Connection, engine: Engine, query: Select, to: Table) -> None:
    for part in read_in_parts(engine, query):
        rows = pd.DataFrame(part, columns=to.c.keys(), dtype=object)
        write(connection, to, typed(to, rows))


def _seen_now(first_days: Mapping[str, date]) -> Select:
    """One row per visit: what was known of it before, else that this load is the first."""
    now, by_id, by_day = VISIT_NOW, SEEN_BEFORE.alias("by_id"), _by_day()
    first = func.least(
        _or(by_id.c.first_seen_on, NEVER), _or(by_day.c.first_seen_on, NEVER), type_=Date
    )
    is_new = and_(by_id.c.visit_id.is_(None), by_day.c.child_id.is_(None))
    not_seen = case(
        (and_(is_new, _could_have_been_there(first_days)), now.c.before_on),
        (is_new, None),
        else_=func.nullif(_not_seen_before(by_id, by_day), literal(LONG_AGO, Date)),
    )
    return select(
        visit.c.visit_id,
        visit.c.child_id,
        visit.c.visited_on,
        case((is_new, now.c.seen_on), else_=first),
        not_seen.cast(Date),
    ).select_from(_beside_what_was_seen(by_id, by_day))


def _beside_what_was_seen(by_id: FromClause, by_day: FromClause) -> FromClause:
    same_id = and_(by_id.c.visit_id == visit.c.visit_id, by_id.c.child_id == visit.c.child_id)
    same_day = and_(
        by_day.c.child_id == visit.c.child_id, by_day.c.visited_on == visit.c.visited_on
    )
    return (
        visit.join(VISIT_NOW, VISIT_NOW.c.visit_id == visit.c.visit_id)
        .outerjoin(CHILD_BEFORE, CHILD_BEFORE.c.child_id == visit.c.child_id)
        .outerjoin(by_id, same_id)
        .outerjoin(by_day, same_day)
    )


def _or(column: ColumnElement[date], day: date) -> ColumnElement[date]:
    return func.coalesce(column, literal(day, Date))


def _by_day() -> FromClause:
    """What was known of each child's visits on each day; LONG_AGO where one was always there."""
    seen = SEEN_BEFORE.c
    return (
        select(
            seen.child_id,
            seen.visited_on,
            func.min(seen.first_seen_on).label("first_seen_on"),
            func.min(_or(seen.not_seen_on, LONG_AGO)).label("not_seen_on"),
        )
        .group_by(seen.child_id, seen.visited_on)
        .subquery("by_day")
    )


def _not_seen_before(by_id: FromClause, by_day: FromClause) -> ColumnElement[date]:
    """The earliest of what is known of either; LONG_AGO where of one nothing is."""
    of_id = case(
        (by_id.c.visit_id.is_(None), literal(NEVER, Date)), else_=_or(by_id.c.not_seen_on, LONG_AGO)
    )
    return func.least(of_id, _or(by_day.c.not_seen_on, NEVER), type_=Date)


def _could_have_been_there(first_days: Mapping[str, date]) -> ColumnElement[bool]:
    """That a visit was missing from the load before tells when it was entered.

    Not where that load covers the same day or a later one, nor where an extract may have been
    widened: to a child, a kind of visit or days that the load before had nothing of.
    """
    now = VISIT_NOW.c
    within = (
        and_(visit.c.kind == kind, visit.c.visited_on >= day) for kind, day in first_days.items()
    )
    was_covered = and_(CHILD_BEFORE.c.child_id.is_not(None), or_(false(), *within))
    return and_(now.before_on < now.seen_on, or_(visit.c.visited_on > now.before_on, was_covered))


def _not_here_now() -> Select:
    seen = SEEN_BEFORE.c
    return (
        select(*seen)
        .select_from(SEEN_BEFORE.join(child, child.c.child_id == seen.child_id))
        .where(seen.visit_id.not_in(select(visit.c.visit_id)))
    )


def visits_seen(connection: Connection, as_at: date) -> VisitsSeen | None:
    """What loads tell of the visits without a recording date; None where no load noted any.

    `entered_late`: those that the load before the first that had them could have had.
    """
    seen = visit_seen.c
    is_told = seen.not_seen_on.is_not(None)
    counted = (
        select(
            func.count().label("without_date"),
            _so_many(is_told).label("told_by_loads"),
            _so_many(and_(is_told, visit.c.visited_on <= seen.not_seen_on)).label("entered_late"),
            _so_many(and_(is_told, seen.first_seen_on == as_at)).label("new_in_this_load"),
        )
        .select_from(visit.join(visit_seen, seen.visit_id == visit.c.visit_id))
        .where(visit.c.recorded_on.is_(None))
    )
    row = connection.execute(counted).one()
    return VisitsSeen(**row._mapping) if row.without_date else None


def _so_many(is_so: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((is_so, 1), else_=0)), 0)
