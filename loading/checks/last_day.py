"""Finds what speaks against the last day that the data cover: all that is open counts up to it.

Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from sqlalchemy import (
    Column,
    ColumnElement,
    Date,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    union_all,
)

from data_access.london import today
from data_access.schema import source_load, visit
from loading.checks.breaches import Breach, Situation
from loading.checks.check import PERFORMANCE, Check
from loading.checks.wrong_values import HAPPENED
from loading.sources.reading import ERROR, WARNING

# Longer than any month: a council writes something down on most days.
DAYS_WITHOUT = 35
# Of data with fewer dates than these nobody can say that they come to an end.
ENOUGH_DATES = 20
_HAPPENED = (*HAPPENED, visit.c.visited_on)
# Of the last day itself, whichever load it came from.
_KEY = literal("data_to").label("row_key")


def dates_after(situation: Situation) -> Iterator[Breach]:
    """That several dates of what has happened lie after the last day: then it may be too early."""
    after = _days(_HAPPENED, after=situation)
    query = select(
        _KEY,
        func.count().label("dates"),
        func.min(after.c.day).label("first"),
        func.max(after.c.day).label("last"),
    ).having(func.count() > 1)
    yield Breach(source_load, query)


def still_to_come(situation: Situation) -> Iterator[Breach]:
    """That the last day is after today: no source can say that nothing more happened until then."""
    query = select(_KEY, literal(today(), Date).label("today"))
    yield Breach(source_load, query.where(literal(situation.as_at > today())))


def hardly_any_before(situation: Situation) -> Iterator[Breach]:
    """That what happened ends long before the last day, but for one date at most.

    So it is where nobody said the last day and today was taken, or where it rests on a mistyped
    date. When a thing was recorded says nothing of that.
    """
    happened = _days([column for column in _HAPPENED if column.name != "recorded_on"])
    begin = situation.as_at - timedelta(DAYS_WITHOUT)
    is_before = happened.c.day <= begin
    query = select(
        _KEY,
        func.max(case((is_before, happened.c.day))).label("latest"),
        literal(DAYS_WITHOUT).label("days"),
    ).having(
        _dates(happened.c.day, and_(~is_before, happened.c.day <= situation.as_at)) <= 1,
        _dates(happened.c.day, is_before) >= ENOUGH_DATES,
    )
    yield Breach(source_load, query)


def _dates(day: ColumnElement[date], where: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count(case((where, day)).distinct())


def _days(columns: Iterable[Column], after: Situation | None = None) -> Subquery:
    """One row per date in the columns: all, or those after the last day."""
    days = [select(column.label("day")).where(column.is_not(None)) for column in columns]
    if after is not None:
        days = [one.where(one.selected_columns.day > after.as_at) for one in days]
    return union_all(*days).subquery()


CHECKS: tuple[Check, ...] = (
    Check(
        "dates_after_the_last_day",
        ERROR,
        PERFORMANCE,
        "{dates} dates of what has happened, from {first} to {last}, lie after {as_at}, the last"
        " day that the data cover, and can't be used. If they are right, load again and say the"
        " last day by --data-to",
        dates_after,
    ),
    Check(
        "last_day_to_come",
        ERROR,
        PERFORMANCE,
        "the last day that the data cover is given as {as_at}, and today is {today}: visits that"
        " fall due until then count as not made, and what is open as open. Load again, and say the"
        " last day by --data-to or in source_load.csv",
        still_to_come,
    ),
    Check(
        "last_day_in_doubt",
        WARNING,
        PERFORMANCE,
        "in the {days} days up to {as_at}, the last day that the data cover, nothing happened or"
        " all on one date; the latest date before is {latest}. Up to the last day all that is open"
        " counts, and visits not made are overdue. If it is wrong, correct that one date, or load"
        " again and say the last day by --data-to",
        hardly_any_before,
    ),
)
