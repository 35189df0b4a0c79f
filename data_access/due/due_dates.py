"""When a child is to be seen: by what is agreed for the child, by the standard and by law."""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    union,
)

from data_access.due.intervals import applies, day_after, so_many_on, working_days
from data_access.relations import ends_after, first_of_each
from data_access.schema import visit_interval

LONG_AGO = date(1900, 1, 1)


def agreed_spells() -> Subquery:
    """One row per child, plan kind and time in which the same agreement, or none, is in force.

    Only for children with any agreement. Of overlapping agreements the one that came into force
    last holds; of those from the same day, the one whose id sorts last.
    visit_interval_id, every and period are NULL while none is in force.
    """
    agreed, spells = visit_interval, _spells_between_changes()
    holds = and_(
        agreed.c.child_id == spells.c.child_id,
        agreed.c.kind == spells.c.kind,
        agreed.c.effective_from <= spells.c.day,
        ends_after(agreed.c.effective_to, spells.c.day),
    )
    in_force = select(
        *spells.c, agreed.c.visit_interval_id, agreed.c.every, agreed.c.period
    ).select_from(spells.outerjoin(agreed, holds))
    return first_of_each(
        in_force,
        (spells.c.child_id, spells.c.kind, spells.c.day),
        (agreed.c.effective_from.desc(), agreed.c.visit_interval_id.desc()),
    )


def _spells_between_changes() -> Subquery:
    """child_id, kind, day, until: from each day of a change in agreements to the next."""
    agreed = visit_interval
    who = (agreed.c.child_id, agreed.c.kind)
    bounds = union(
        select(*who, agreed.c.effective_from.label("day")),
        select(*who, agreed.c.effective_to).where(agreed.c.effective_to.is_not(None)),
        select(*who, literal(LONG_AGO, Date)),
    ).subquery()
    until = func.lead(bounds.c.day).over(
        partition_by=(bounds.c.child_id, bounds.c.kind), order_by=bounds.c.day
    )
    return select(*bounds.c, until.label("until")).subquery()


def due_dates(
    clocks: FromClause, agreed: Subquery, standard: FromClause, law: FromClause, day_counts_as: int
) -> Subquery:
    """`clocks` with due_on, standard_due_on, lawful_due_on, and the agreement that set due_on.

    visit_interval_id, agreed_every and agreed_period are NULL where the standard set it.
    An interval that comes into force while a clock runs applies from that day: due = the later
    of that day and the clock's start plus the interval; never later than the date it replaces.
    So the due date is the earliest that any interval allows that was in force while the clock ran:
    from its start until the day before the next clock's.
    `day_counts_as`: 1 where the day of the start is the first of an agreed or standard interval;
    0, and always by law, where the day after is.
    """
    with_standard = _with_standard(clocks, standard, law, day_counts_as)
    return _earliest(with_standard, agreed, day_counts_as)


def _with_standard(
    clocks: FromClause, standard: FromClause, law: FromClause, day_counts_as: int
) -> Subquery:
    working = working_days()
    by_standard, by_law = working.alias(), working.alias()
    joined = (
        clocks.join(standard, applies(standard, clocks))
        .outerjoin(law, applies(law, clocks))
        .outerjoin(by_standard, so_many_on(by_standard, clocks, standard, day_counts_as))
        .outerjoin(by_law, so_many_on(by_law, clocks, law, 0))
    )
    return (
        select(
            *clocks.c,
            day_after(clocks, standard, by_standard, day_counts_as).label("standard_due_on"),
            day_after(clocks, law, by_law, 0).label("lawful_due_on"),
            standard.c.every.label("standard_every"),
            standard.c.period.label("standard_period"),
        )
        .select_from(joined)
        .subquery()
    )


def _earliest(clocks: FromClause, agreed: Subquery, day_counts_as: int) -> Subquery:
    """Of the due dates that the intervals in force while a clock ran allow, the earliest."""
    working = working_days()
    while_it_ran = and_(
        agreed.c.child_id == clocks.c.child_id,
        agreed.c.kind == clocks.c.kind,
        ends_after(agreed.c.until, clocks.c.clock_started_on),
        ends_after(clocks.c.next_started_on, agreed.c.day),
    )
    allowed = _allowed(clocks, agreed, day_after(clocks, agreed, working, day_counts_as))
    shown = (
        allowed.label("due_on"),
        agreed.c.visit_interval_id,
        agreed.c.every.label("agreed_every"),
        agreed.c.period.label("agreed_period"),
    )
    joined = clocks.outerjoin(agreed, while_it_ran).outerjoin(
        working, so_many_on(working, clocks, agreed, day_counts_as)
    )
    candidates = select(*clocks.c, *shown).select_from(joined)
    one_clock = (clocks.c.plan_id, clocks.c.clock_started_on)
    return first_of_each(candidates, one_clock, (allowed, agreed.c.day))


def _allowed(
    clocks: FromClause, agreed: Subquery, agreed_due_on: ColumnElement[date]
) -> ColumnElement[date]:
    """The day by which one interval wants a visit: not before the interval is in force."""
    end = case((agreed.c.every.is_(None), clocks.c.standard_due_on), else_=agreed_due_on)
    return case((agreed.c.day > end, agreed.c.day), else_=end)
