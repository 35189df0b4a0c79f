"""Named sets of rows that metrics are built from. Each is a Select, not yet run."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Subquery,
    and_,
    func,
    literal,
    select,
)

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


def with_lead(rows: Subquery, day: str, key: tuple[str, ...]) -> Subquery:
    """`rows` with the unit and worker of the child's lead allocation on each row's own `day`.

    Adds lead_unit_id, lead_worker_id (NULL where there was none). `key` names the columns that
    tell rows apart. Of several open lead allocations the one that started last counts; of those
    that started the same day, the one whose allocation_id sorts last.
    """
    open_then = and_(
        allocation.c.child_id == rows.c.child_id,
        allocation.c.lead.is_(True),
        covers(allocation, rows.c[day]),
    )
    recency = func.row_number().over(
        partition_by=[rows.c[name] for name in key],
        order_by=(
            allocation.c.started_on.desc(),
            allocation.c.allocation_id.desc(),
        ),
    )
    ranked = (
        select(
            *rows.c,
            allocation.c.unit_id.label("lead_unit_id"),
            allocation.c.worker_id.label("lead_worker_id"),
            recency.label("recency"),
        )
        .select_from(rows.outerjoin(allocation, open_then))
        .subquery()
    )
    return select(*ranked.c).where(ranked.c.recency == 1).subquery()
