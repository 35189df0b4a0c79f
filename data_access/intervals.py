"""How often a child is to be seen: agreed for the child, by the authority's standard, by law."""

from collections.abc import Sequence
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
    union_all,
)

from data_access.dialect import add_days, add_months
from data_access.problems import Problem
from data_access.relations import ends_after
from data_access.schema import PLAN_KINDS, calendar_day, visit_interval
from data_access.settings import Interval

LONG_AGO = date(1900, 1, 1)
LONG_HENCE = date(2999, 1, 1)

# Where a phase has no interval of its own, the first of these that has one applies.
STANDS_IN = {
    "always": ("always", "later"),
    "first": ("first", "first_year", "later", "always"),
    "first_year": ("first_year", "later", "always"),
    "later": ("later", "always"),
    "long_term": ("long_term", "later", "always"),
}


def standards(intervals: Sequence[Interval], name: str) -> Subquery:
    """One row per plan kind, phase and time in force: every, period, in_force_from, in_force_to."""
    rows = [
        (kind, phase, one.every, one.period, one.applies_from, until)
        for kind in PLAN_KINDS
        for phase in STANDS_IN
        for one, until in _in_force(_for_phase(intervals, kind, phase))
    ]
    if not rows:
        raise Problem("config.toml gives no interval for visits: add [[visit_standard]] sections.")
    names = ("kind", "phase", "every", "period", "in_force_from", "in_force_to")
    return union_all(
        *(select(*(literal(v).label(n) for v, n in zip(row, names, strict=True))) for row in rows)
    ).subquery(name)


def _for_phase(intervals: Sequence[Interval], kind: str, phase: str) -> list[Interval]:
    for stand_in in STANDS_IN[phase]:
        found = [one for one in intervals if (one.kind, one.phase) == (kind, stand_in)]
        if found:
            return sorted(found, key=lambda one: one.applies_from)
    return []


def _in_force(intervals: list[Interval]) -> list[tuple[Interval, date]]:
    if not intervals:
        return []
    ends = [*(one.applies_from for one in intervals[1:]), LONG_HENCE]
    return list(zip(intervals, ends, strict=True))


def agreed_spells() -> Subquery:
    """One row per child, plan kind and time in which the same agreement, or none, is in force.

    Only for children with any agreement. Of overlapping agreements the one that came into force
    last holds; of those from the same day, the one whose id sorts last.
    every and period are NULL while none is in force.
    """
    agreed, spells = visit_interval, _spells_between_changes()
    holds = and_(
        agreed.c.child_id == spells.c.child_id,
        agreed.c.kind == spells.c.kind,
        agreed.c.effective_from <= spells.c.day,
        ends_after(agreed.c.effective_to, spells.c.day),
    )
    place = func.row_number().over(
        partition_by=(spells.c.child_id, spells.c.kind, spells.c.day),
        order_by=(agreed.c.effective_from.desc(), agreed.c.visit_interval_id.desc()),
    )
    ranked = (
        select(*spells.c, agreed.c.every, agreed.c.period, place.label("place"))
        .select_from(spells.outerjoin(agreed, holds))
        .subquery()
    )
    return select(*ranked.c).where(ranked.c.place == 1).subquery("agreement")


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


def due_dates(clocks: Subquery, agreed: Subquery, standard: Subquery, law: Subquery) -> Subquery:
    """`clocks` with due_on, standard_due_on, lawful_due_on, agreed_every and agreed_period.

    An interval that comes into force while a clock runs applies from that day: due = the later
    of that day and the clock's start plus the interval; never later than the date it replaces.
    So the due date is the earliest that any interval in force since the start allows.
    """
    ranked = _candidates(_with_standard(clocks, standard, law), agreed)
    return select(*ranked.c).where(ranked.c.place == 1).subquery()


def _with_standard(clocks: Subquery, standard: Subquery, law: Subquery) -> Subquery:
    working = _working_days()
    started = calendar_day.alias()
    day = clocks.c.clock_started_on
    by_standard, by_law = working.alias(), working.alias()
    joined = (
        clocks.join(standard, _applies(standard, clocks))
        .outerjoin(law, _applies(law, clocks))
        .outerjoin(started, started.c.day == day)
        .outerjoin(by_standard, _so_many_on(by_standard, started, standard))
        .outerjoin(by_law, _so_many_on(by_law, started, law))
    )
    return (
        select(
            *clocks.c,
            started.c.working_day_number,
            _after(day, standard, by_standard).label("standard_due_on"),
            _after(day, law, by_law).label("lawful_due_on"),
        )
        .select_from(joined)
        .subquery()
    )


def _candidates(clocks: Subquery, agreed: Subquery) -> Subquery:
    """Each due date that an interval in force since a clock's start allows; place 1 is the due."""
    working = _working_days()
    since_the_start = and_(
        agreed.c.child_id == clocks.c.child_id,
        agreed.c.kind == clocks.c.kind,
        ends_after(agreed.c.until, clocks.c.clock_started_on),
    )
    allowed = _allowed(clocks, agreed, working)
    place = func.row_number().over(
        partition_by=(clocks.c.plan_id, clocks.c.clock_started_on),
        order_by=(allowed, agreed.c.day),
    )
    shown = (
        allowed.label("due_on"),
        agreed.c.every.label("agreed_every"),
        agreed.c.period.label("agreed_period"),
        place.label("place"),
    )
    joined = clocks.outerjoin(agreed, since_the_start).outerjoin(
        working, _so_many_on(working, clocks, agreed)
    )
    return select(*clocks.c, *shown).select_from(joined).subquery()


def _allowed(clocks: Subquery, agreed: Subquery, working: Subquery) -> ColumnElement[date]:
    """The day by which one interval wants a visit: not before the interval is in force."""
    end = case(
        (agreed.c.every.is_(None), clocks.c.standard_due_on),
        else_=_after(clocks.c.clock_started_on, agreed, working),
    )
    return case((agreed.c.day > end, agreed.c.day), else_=end)


def _applies(standard: Subquery, clocks: Subquery) -> ColumnElement[bool]:
    return and_(
        standard.c.kind == clocks.c.kind,
        standard.c.phase == clocks.c.phase,
        standard.c.in_force_from <= clocks.c.clock_started_on,
        standard.c.in_force_to > clocks.c.clock_started_on,
    )


def _working_days() -> Subquery:
    return (
        select(calendar_day.c.day, calendar_day.c.working_day_number)
        .where(calendar_day.c.working)
        .subquery()
    )


def _so_many_on(
    working: FromClause, started: FromClause, interval: FromClause
) -> ColumnElement[bool]:
    """The working day that lies the interval's number of working days after the start."""
    number = case(
        (interval.c.period == "working_days", started.c.working_day_number + interval.c.every)
    )
    return working.c.working_day_number == number


def _after(
    day: ColumnElement[date], interval: FromClause, working: FromClause
) -> ColumnElement[date]:
    """The date one interval after `day`; months are clipped to the month's last day."""
    return case(
        (interval.c.period == "days", add_days(day, interval.c.every)),
        (interval.c.period == "weeks", add_days(day, interval.c.every * 7)),
        (interval.c.period == "months", add_months(day, interval.c.every)),
        (interval.c.period == "working_days", working.c.day),
    )
