"""The day on which an interval is up: so many days, working days, weeks or months after a start."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, Subquery, and_, case, func, literal, select

from data_access.dialect import add_days, add_months
from data_access.schema import calendar_day


def applies(standard: FromClause, clocks: FromClause) -> ColumnElement[bool]:
    """Whether a standard is of the clock's kind, limb and phase, and in force as it starts."""
    return and_(
        standard.c.kind == clocks.c.kind,
        standard.c.limb == clocks.c.limb,
        standard.c.phase == clocks.c.phase,
        standard.c.in_force_from <= clocks.c.clock_started_on,
        standard.c.in_force_to > clocks.c.clock_started_on,
    )


def working_days() -> Subquery:
    """Every working day of the calendar with its number: day, working_day_number."""
    return (
        select(calendar_day.c.day, calendar_day.c.working_day_number)
        .where(calendar_day.c.working)
        .subquery()
    )


def so_many_on(
    working: FromClause, clocks: FromClause, interval: FromClause, day_counts_as: int
) -> ColumnElement[bool]:
    """The working day that lies the interval's number of working days after the start.

    The start itself can be the first of them only if it is a working day.
    """
    first = case((clocks.c.starts_on_working_day, day_counts_as), else_=0)
    on = clocks.c.working_day_number + _days_on(interval.c.every, first)
    return working.c.working_day_number == case((interval.c.period == "working_days", on))


def _days_on(number: ColumnElement[int], first: ColumnElement[int] | int) -> ColumnElement[int]:
    """How many days after the start so many days are up, the start counting as `first`.

    At least one: on the day of a visit the next one can't be due yet.
    """
    return func.greatest(number - first, 1)


def day_after(
    clocks: FromClause, interval: FromClause, working: FromClause, day_counts_as: int
) -> ColumnElement[date]:
    """The date one interval after the start; months are clipped to the month's last day.

    `working` is the day that `so_many_on` finds, and holds where working days are counted.
    """
    day, number = clocks.c.clock_started_on, interval.c.every
    return case(
        (interval.c.period == "days", add_days(day, _days_on(number, day_counts_as))),
        (interval.c.period == "weeks", add_days(day, number * 7 - day_counts_as)),
        (interval.c.period == "months", add_days(add_months(day, number), literal(-day_counts_as))),
        (interval.c.period == "working_days", working.c.day),
    )
