"""Named sets of rows that metrics are built from. Each is a Select, not yet run."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    exists,
    extract,
    func,
    literal,
    select,
    type_coerce,
)

from data_access.dialect import add_days
from data_access.schema import allocation, assessment, calendar_day, plan, referral, unit

NEVER = date(9999, 12, 31)
MORE_THAN_DAYS_OF_A_MONTH = 100


def years_old(born: ColumnElement[date], day: ColumnElement[date]) -> ColumnElement[int]:
    """Completed years on a day; negative for a child born later, NULL without a date of birth.

    Whoever is born on 29 February is a year older on 1 March.
    """
    years = extract("year", day) - extract("year", born)
    not_yet = case((_place_in_year(born) > _place_in_year(day), 1), else_=0)
    return type_coerce(years - not_yet, Integer)


def _place_in_year(day: ColumnElement[date]) -> ColumnElement[int]:
    return extract("month", day) * MORE_THAN_DAYS_OF_A_MONTH + extract("day", day)


def covers(spell: FromClause, day: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Whether a half-open spell covers `day`: it has started and has not yet ended."""
    return and_(spell.c.started_on <= day, ends_after(spell.c.ended_on, day))


def ends_after(end: ColumnElement[date], day: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Whether `end` lies after `day`; NULL is an end that never comes.

    Not written with OR: an outer join on an OR makes DuckDB compare every row with every other.
    """
    return func.coalesce(end, literal(NEVER, Date)) > day


def not_ended_before(
    end: ColumnElement[date], day: ColumnElement[date] | date
) -> ColumnElement[bool]:
    """Whether `end` is on `day` or after it; NULL is an end that never comes."""
    return func.coalesce(end, literal(NEVER, Date)) >= day


def month_ends(first: date, last: date, as_at: date) -> Subquery:
    """One row per month that starts from `first` to `last`: month, last_day.

    `last_day` is the last day that the data cover: for the month of `as_at`, `as_at` itself.
    """
    return (
        select(calendar_day.c.month, func.max(calendar_day.c.day).label("last_day"))
        .where(calendar_day.c.month >= first)
        .where(calendar_day.c.month <= last)
        .where(calendar_day.c.day <= as_at)
        .group_by(calendar_day.c.month)
        .subquery()
    )


def first_of_each(
    rows: Select, keys: Sequence[ColumnElement], order: Sequence[ColumnElement]
) -> Subquery:
    """Of the rows that agree in `keys`, the one that comes first in `order`; columns as in `rows`.

    `order` says how every tie is broken: of two rows that agree in all of it, either may come.
    """
    place = func.row_number().over(partition_by=keys, order_by=order)
    ranked = rows.add_columns(place.label("place_in_each")).subquery()
    columns = (ranked.c[column.name] for column in rows.selected_columns)
    return select(*columns).where(ranked.c.place_in_each == 1).subquery()


def leads_on(day: ColumnElement[date] | date, of: FromClause = allocation) -> ColumnElement[bool]:
    """Whether an allocation is a lead's, and open on `day`: co-workers hold no child."""
    return and_(of.c.lead.is_(True), covers(of, day))


def last_lead(leads: Select, keys: Sequence[ColumnElement]) -> Subquery:
    """Of lead allocations that agree in `keys`, the one that started last.

    Of those that started the same day, the one whose allocation_id sorts last.
    """
    latest_first = (
        allocation.c.started_on.desc(),
        allocation.c.allocation_id.desc(),
    )
    return first_of_each(leads, keys, latest_first)


def with_lead(rows: FromClause, day: str, key: tuple[str, ...]) -> Subquery:
    """`rows` with the unit and worker of the child's lead allocation on each row's own `day`.

    Adds lead_unit_id, lead_worker_id (NULL where there was none). `key` names the columns that
    tell rows apart. Of several that are open on the day, see `last_lead`.
    """
    return with_lead_where(rows, covers(allocation, rows.c[day]), key)


def with_lead_where(
    rows: FromClause, open_then: ColumnElement[bool], key: tuple[str, ...]
) -> Subquery:
    """`with_lead`, of the lead allocations that were open by `open_then`."""
    of_the_child = and_(
        allocation.c.child_id == rows.c.child_id, allocation.c.lead.is_(True), open_then
    )
    led = select(
        *rows.c,
        allocation.c.unit_id.label("lead_unit_id"),
        allocation.c.worker_id.label("lead_worker_id"),
    ).select_from(rows.outerjoin(allocation, of_the_child))
    return last_lead(led, [rows.c[name] for name in key])


def with_last_lead(rows: FromClause, day: str, key: tuple[str, ...]) -> Subquery:
    """`with_lead`, of the lead allocations open on each row's own `day` or on the day before.

    For what ends on the day: the allocation may have ended with it.
    """
    at_the_end = and_(
        allocation.c.started_on <= rows.c[day],
        ends_after(allocation.c.ended_on, add_days(rows.c[day], literal(-1))),
    )
    return with_lead_where(rows, at_the_end, key)


def joined_plans(*of: ColumnElement[bool]) -> Subquery:
    """Plans of a child and kind that follow each other without a gap, as one: a period on plan.

    One goes on where another starts on or before the day on which the last ended: a new legal
    status or category makes a new plan in many systems, and an overlap is one period. One row
    each: child_id, kind, plan_id (of the plan that began it; of several that began on the day,
    the id that sorts first), started_on, ended_on (NULL: still open), and the end_reason of the
    plan that ended last (of several, the one that started last, then the id that sorts last).
    `of` is what must be true of a plan.
    """
    numbered = _numbered_periods(*of)
    whole: dict[str, Any] = {
        "partition_by": (numbered.c.child_id, numbered.c.kind, numbered.c.number)
    }
    in_order = (numbered.c.started_on, numbered.c.plan_id)
    periods = select(
        numbered.c.child_id,
        numbered.c.kind,
        numbered.c.number,
        func.first_value(numbered.c.plan_id, type_=String)
        .over(**whole, order_by=in_order)
        .label("plan_id"),
        func.min(numbered.c.started_on).over(**whole).label("started_on"),
        numbered.c.ended_on,
        numbered.c.end_reason,
    )
    ended_last = (
        func.coalesce(numbered.c.ended_on, literal(NEVER, Date)).desc(),
        numbered.c.started_on.desc(),
        numbered.c.plan_id.desc(),
    )
    return first_of_each(periods, whole["partition_by"], ended_last)


def _numbered_periods(*of: ColumnElement[bool]) -> Subquery:
    """Plans with the `number` of the child's period, by kind, that each is a part of."""
    child_and_kind = (plan.c.child_id, plan.c.kind)
    in_order: dict[str, Any] = {
        "partition_by": child_and_kind,
        "order_by": (plan.c.started_on, plan.c.plan_id),
    }
    ended_before = func.max(func.coalesce(plan.c.ended_on, literal(NEVER, Date))).over(
        **in_order, rows=(None, -1)
    )
    names = ("child_id", "kind", "plan_id", "started_on", "ended_on", "end_reason")
    columns = [plan.c[name] for name in names]
    marked = (
        select(*columns, case((ended_before >= plan.c.started_on, 0), else_=1).label("begins"))
        .where(*of)
        .subquery()
    )
    number = func.sum(marked.c.begins).over(
        partition_by=(marked.c.child_id, marked.c.kind),
        order_by=(marked.c.started_on, marked.c.plan_id),
        rows=(None, 0),
    )
    return select(*(marked.c[name] for name in names), number.label("number")).subquery()


def continued() -> CTE:
    """One row per unit and unit that it continues, directly or by way of others.

    Pairs are taken once (UNION, not UNION ALL), so that a circle comes to an end.
    """
    direct = select(unit.c.unit_id, unit.c.continues.label("older")).where(
        unit.c.continues.is_not(None)
    )
    reached = direct.cte("reached", recursive=True)
    older = unit.alias("older")
    further = select(reached.c.unit_id, older.c.continues).join(
        older, older.c.unit_id == reached.c.older
    )
    return reached.union(further.where(older.c.continues.is_not(None)))


def assessment_ended_on() -> ColumnElement[date]:
    """When an assessment was authorised; one that never was is open until its referral closes.

    To be asked of assessments joined with their referrals, if any. NULL: still open.
    """
    return func.coalesce(assessment.c.authorised_on, referral.c.closed_on)


def closings_are_known() -> ColumnElement[bool]:
    """Whether any case has a day of closing: without one in a source, all would look open.

    A referral of which nothing further came is none: it is closed on the day on which it came.
    """
    anyone = referral.alias("any_case")
    is_case = anyone.c.no_further_action.is_not(True)
    of_cases = (
        select(literal(1)).select_from(anyone).where(is_case, anyone.c.closed_on.is_not(None))
    )
    return exists(of_cases)
