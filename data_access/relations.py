"""Named sets of rows that metrics are built from. Each is a Select, not yet run."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    func,
    literal,
    select,
)

from data_access.dialect import add_days
from data_access.schema import allocation, calendar_day

NEVER = date(9999, 12, 31)


def covers(spell: FromClause, day: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Whether a half-open spell covers `day`: it has started and has not yet ended."""
    return and_(spell.c.started_on <= day, ends_after(spell.c.ended_on, day))


def ends_after(end: ColumnElement[date], day: ColumnElement[date] | date) -> ColumnElement[bool]:
    """Whether `end` lies after `day`; NULL is an end that never comes.

    Not written with OR: an outer join on an OR makes DuckDB compare every row with every other.
    """
    return func.coalesce(end, literal(NEVER, Date)) > day


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
    """`with_lead`, of the lead allocations that were open on the day or on the day before.

    What ends on the day on which an allocation ends is still that unit's.
    """
    on = rows.c[day]
    open_then = and_(
        allocation.c.started_on <= on,
        ends_after(allocation.c.ended_on, add_days(on, literal(-1))),
    )
    return with_lead_where(rows, open_then, key)
