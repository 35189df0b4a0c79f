"""What loads tell of a visit that has no recording date: the day after which it was entered."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, and_, case, exists, func, literal, select

from data_access.dialect import add_days
from data_access.schema import visit, visit_seen


def told_by_loads(of: FromClause, name: str) -> ColumnElement[date]:
    """A column of visit_seen beside `of`, which it is joined to; NULL where a recording date is."""
    return case((of.c.recorded_on.is_(None), visit_seen.c[name]))


def recorded_at_the_earliest(
    recorded_on: ColumnElement[date], not_seen_on: ColumnElement[date]
) -> ColumnElement[date]:
    """The recording date, else the first day on which a visit can have been entered.

    That is the day after the last day of the load that lacked it: the data cover all that was known
    on that day. NULL where neither is known. The true day may be later, up to the load's that had
    it: what is late by this day is late, and of the rest nobody knows.
    """
    return func.coalesce(recorded_on, add_days(not_seen_on, literal(1)))


def was_missing_on(day: date) -> ColumnElement[bool]:
    """A visit was in no load that covers `day`: it can't have been known then."""
    seen = visit_seen.c
    missing = and_(seen.visit_id == visit.c.visit_id, seen.not_seen_on >= day)
    return exists(select(literal(1)).select_from(visit_seen).where(missing))
