"""How past months stood when they were as old as the latest complete one is now, visit by visit.

What was recorded more days after its month's end than have passed since then was not known. What
fell due on the last of those days counts, as in the latest month, only if it was made and known:
on a month's last day whoever is to be seen on it can still be seen.
"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    and_,
    case,
    false,
    func,
    literal,
    not_,
    or_,
    select,
)

from data_access.dialect import add_days, add_months
from data_access.due.first_seen import recorded_at_the_earliest
from metrics.late_entry.entered_late import days_since_month_end
from metrics.model import Basis, Months, Rows


def entered_after(rows: Rows) -> Rows:
    """Of `rows`, those due by then: numerator 1 if made in time and entered after that day."""

    def entered(months: Months, basis: Basis) -> Select:
        counted = rows(months, basis).subquery()
        return _due_by_then(counted, _is_entered_after(counted, basis), basis)

    return entered


def as_it_stood(rows: Rows) -> Rows:
    """Of `rows`, those due by then: numerator 1 if not made in time as far as was known."""

    def stood(months: Months, basis: Basis) -> Select:
        counted = rows(months, basis).subquery()
        was_out = or_(counted.c.numerator == 1, _is_entered_after(counted, basis))
        return _due_by_then(counted, was_out, basis)

    return stood


def _due_by_then(counted: FromClause, is_so: ColumnElement[bool], basis: Basis) -> Select:
    told, day_after = _day_told(counted, basis), add_days(counted.c.due_on, literal(1))
    is_known = and_(counted.c.numerator == 0, not_(_is_entered_after(counted, basis)))
    return select(
        counted.c.month,
        counted.c.unit_id,
        case((is_so, 1), else_=0).label("numerator"),
        counted.c.denominator,
    ).where(or_(day_after < told, and_(day_after == told, is_known)))


def _is_entered_after(counted: FromClause, basis: Basis) -> ColumnElement[bool]:
    """Of what was made in time; without a recording date it counts as known at once.

    Unless loads tell that it was entered later.
    """
    entered = recorded_at_the_earliest(counted.c.recorded_on, counted.c.not_seen_on)
    is_later = func.coalesce(entered >= _day_told(counted, basis), false())
    return and_(counted.c.numerator == 0, is_later)


def _day_told(counted: FromClause, basis: Basis) -> ColumnElement:
    """The first day on which what is recorded was not known, by the month's end."""
    end_of_month = add_months(counted.c.month, literal(1))
    return add_days(end_of_month, literal(days_since_month_end(basis.as_at)))
