"""Which clock of a plan followed which: the one engine of visits and of reviews.

What starts a clock is a start (of a plan, of a placement), or that what was due has been done: a
visit made, a review held.
"""

from typing import Any

from sqlalchemy import Date, FromClause, Integer, Subquery, case, func, or_, select

from data_access.relations import ends_after


def runs(starts: FromClause) -> Subquery:
    """One row per plan and day on which a clock started, with what started next.

    `starts` has plan_id, day, is_done (1 where what was due was done that day, else 0) and
    placed_on (a placement's first day, else NULL). Several starts on one day are one. `number`
    counts the plan's clocks from 1; `placed_on` is of the last placement up to then.
    """
    days = _days(starts)
    in_order: dict[str, Any] = {"partition_by": days.c.plan_id, "order_by": days.c.day}
    day_done = case((days.c.is_done == 1, days.c.day))
    return select(
        days.c.plan_id,
        days.c.day,
        days.c.is_done,
        func.row_number(type_=Integer).over(**in_order).label("number"),
        func.lead(days.c.day, type_=Date).over(**in_order).label("next_started_on"),
        func.lead(days.c.is_done, type_=Integer).over(**in_order).label("next_is_done"),
        func.min(day_done).over(**in_order, rows=(1, None)).label("next_done_on"),
        func.max(days.c.placed_on).over(**in_order, rows=(None, 0)).label("placed_on"),
    ).subquery()


def _days(starts: FromClause) -> Subquery:
    """One row per plan and day of a start: several starts on one day are one."""
    return (
        select(
            starts.c.plan_id,
            starts.c.day,
            func.max(starts.c.is_done).label("is_done"),
            func.max(starts.c.placed_on).label("placed_on"),
        )
        .group_by(starts.c.plan_id, starts.c.day)
        .subquery()
    )


def fell_due(due: FromClause) -> Subquery:
    """The clocks that neither a new start nor the plan's end replaced by their due date.

    One that was replaced because what was due had been done stays: it was done in time.
    """
    return (
        select(*due.c)
        .where(ends_after(due.c.plan_ended_on, due.c.due_on))
        .where(
            or_(
                due.c.next_started_on.is_(None),
                due.c.next_is_done == 1,
                due.c.next_started_on > due.c.due_on,
            )
        )
        .subquery()
    )
