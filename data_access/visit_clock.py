"""When each child was due to be seen, and whether they were: the clocks of every plan.

A clock starts when a plan starts, when a looked-after child's placement starts, and at each visit
that counts; one clock runs per plan. One clock starts a day: a visit on the day of a start is
that start, and what is due next is due one ordinary interval after the visit.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import (
    Date,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)

from data_access.dialect import add_months
from data_access.intervals import agreed_spells, due_dates, standards
from data_access.relations import ends_after, with_lead
from data_access.schema import placement, plan, visit
from data_access.settings import Settings


@dataclass(frozen=True)
class Knowledge:
    """What is known: nothing after `as_at`; where `known_on` is given, nothing recorded later."""

    as_at: date
    known_on: date | None = None


def visits_due(settings: Settings, knowledge: Knowledge) -> Select:
    """One row per clock that ran out or still runs, in the columns of table `visit_due`.

    A clock that a new start replaced on or before its due date, or whose plan ended on or before
    it, made nothing due and is left out. `visited_on` is the first visit that counts after the
    clock started, whether in time or late; NULL while there is none.
    """
    clocks = _clocks(knowledge)
    due = due_dates(
        clocks,
        agreed_spells(),
        standards(settings.visit_standards, "standard"),
        standards(settings.visit_laws, "law"),
    )
    fell_due = (
        select(*due.c)
        .where(ends_after(due.c.plan_ended_on, due.c.due_on))
        .where(
            or_(
                due.c.next_started_on.is_(None),
                due.c.next_is_visit == 1,
                due.c.next_started_on > due.c.due_on,
            )
        )
        .subquery()
    )
    led = with_lead(fell_due, "due_on", ("plan_id", "clock_started_on"))
    return _as_visit_due(led, _attempts(fell_due, knowledge), _visits(knowledge))


def _counts(knowledge: Knowledge) -> list:
    conditions = [
        visit.c.visited_on >= plan.c.started_on,
        ends_after(plan.c.ended_on, visit.c.visited_on),
        visit.c.visited_on <= knowledge.as_at,
    ]
    if knowledge.known_on:
        conditions.append(
            or_(visit.c.recorded_on.is_(None), visit.c.recorded_on <= knowledge.known_on)
        )
    return conditions


def _of_the_plan():
    """A visit is the plan's own if it is of its kind; for a CIN plan, a visit of any kind."""
    return and_(
        visit.c.child_id == plan.c.child_id,
        or_(visit.c.kind == plan.c.kind, plan.c.kind == "CIN"),
    )


def _visits(knowledge: Knowledge) -> Subquery:
    """One visit per plan and day, of those that count: the one that was recorded first."""
    place = func.row_number().over(
        partition_by=(plan.c.plan_id, visit.c.visited_on),
        order_by=(
            case((visit.c.recorded_on.is_(None), 1), else_=0),
            visit.c.recorded_on,
            visit.c.visit_id,
        ),
    )
    ranked = (
        select(
            plan.c.plan_id,
            visit.c.visit_id,
            visit.c.visited_on,
            visit.c.recorded_on,
            place.label("place"),
        )
        .select_from(plan.join(visit, _of_the_plan()))
        .where(or_(visit.c.seen.is_(None), visit.c.seen.is_(True)))
        .where(*_counts(knowledge))
        .subquery()
    )
    return select(*ranked.c).where(ranked.c.place == 1).subquery()


def _attempts(due: Subquery, knowledge: Knowledge) -> Subquery:
    """How often the child was looked for and not seen while a clock ran: plan, start, attempts."""
    tried = (
        select(plan.c.plan_id, visit.c.visited_on)
        .select_from(plan.join(visit, _of_the_plan()))
        .where(visit.c.seen.is_(False))
        .where(*_counts(knowledge))
        .subquery()
    )
    while_it_ran = and_(
        tried.c.plan_id == due.c.plan_id,
        tried.c.visited_on >= due.c.clock_started_on,
        ends_after(due.c.next_visit_on, tried.c.visited_on),
    )
    return (
        select(due.c.plan_id, due.c.clock_started_on, func.count().label("attempts"))
        .select_from(due.join(tried, while_it_ran))
        .group_by(due.c.plan_id, due.c.clock_started_on)
        .subquery()
    )


def _starts(knowledge: Knowledge) -> Subquery:
    """One row per thing that starts a clock: plan, day, whether a visit, placement's day."""
    no_day = null().cast(Date)
    visits = _visits(knowledge)
    of_plan = select(
        plan.c.plan_id,
        plan.c.started_on.label("day"),
        literal(0).label("is_visit"),
        no_day.label("placed_on"),
    ).where(plan.c.started_on <= knowledge.as_at)
    of_placement = (
        select(plan.c.plan_id, placement.c.started_on, literal(0), placement.c.started_on)
        .select_from(plan.join(placement, placement.c.child_id == plan.c.child_id))
        .where(plan.c.kind == "CLA")
        .where(placement.c.started_on >= plan.c.started_on)
        .where(ends_after(plan.c.ended_on, placement.c.started_on))
        .where(placement.c.started_on <= knowledge.as_at)
    )
    of_visit = select(visits.c.plan_id, visits.c.visited_on, literal(1), no_day)
    return union_all(of_plan, of_placement, of_visit).subquery()


def _clocks(knowledge: Knowledge) -> Subquery:
    """One row per plan and day on which a clock started, with what started next and its phase.

    phase: always (CIN, CP); first, first_year, later, long_term (CLA; by the placement in force).
    """
    starts = _starts(knowledge)
    days = (
        select(
            starts.c.plan_id,
            starts.c.day,
            func.max(starts.c.is_visit).label("is_visit"),
            func.max(starts.c.placed_on).label("placed_on"),
        )
        .group_by(starts.c.plan_id, starts.c.day)
        .subquery()
    )
    in_order = {"partition_by": days.c.plan_id, "order_by": days.c.day}
    visit_day = case((days.c.is_visit == 1, days.c.day))
    run = (
        select(
            days.c.plan_id,
            days.c.day,
            days.c.is_visit,
            func.lead(days.c.day).over(**in_order).label("next_started_on"),
            func.lead(days.c.is_visit).over(**in_order).label("next_is_visit"),
            func.min(visit_day).over(**in_order, rows=(1, None)).label("next_visit_on"),
            func.max(days.c.placed_on).over(**in_order, rows=(None, 0)).label("placed_on"),
        )
    ).subquery()
    return _with_phase(run)


def _with_phase(run: Subquery) -> Subquery:
    long_term = (
        select(
            placement.c.child_id,
            placement.c.started_on,
            func.max(case((placement.c.long_term, 1), else_=0)).label("long_term"),
        )
        .group_by(placement.c.child_id, placement.c.started_on)
        .subquery()
    )
    anchor = func.coalesce(run.c.placed_on, plan.c.started_on)
    phase = case(
        (plan.c.kind != "CLA", "always"),
        (run.c.is_visit == 0, "first"),
        (run.c.day < add_months(anchor, literal(12)), "first_year"),
        (long_term.c.long_term == 1, "long_term"),
        else_="later",
    )
    placed_then = and_(
        long_term.c.child_id == plan.c.child_id, long_term.c.started_on == run.c.placed_on
    )
    return (
        select(
            plan.c.plan_id,
            plan.c.child_id,
            plan.c.kind,
            plan.c.ended_on.label("plan_ended_on"),
            run.c.day.label("clock_started_on"),
            run.c.next_started_on,
            run.c.next_is_visit,
            run.c.next_visit_on,
            phase.label("phase"),
        )
        .select_from(
            run.join(plan, plan.c.plan_id == run.c.plan_id).outerjoin(long_term, placed_then)
        )
        .subquery()
    )


def _as_visit_due(led: Subquery, attempts: Subquery, visits: Subquery) -> Select:
    same_clock = and_(
        attempts.c.plan_id == led.c.plan_id,
        attempts.c.clock_started_on == led.c.clock_started_on,
    )
    that_visit = and_(visits.c.plan_id == led.c.plan_id, visits.c.visited_on == led.c.next_visit_on)
    return select(
        led.c.child_id,
        led.c.plan_id,
        led.c.kind,
        led.c.clock_started_on,
        led.c.due_on,
        led.c.standard_due_on,
        led.c.lawful_due_on,
        visits.c.visit_id,
        visits.c.visited_on,
        visits.c.recorded_on,
        led.c.plan_ended_on,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.agreed_every,
        led.c.agreed_period,
        func.coalesce(attempts.c.attempts, 0).label("attempts"),
    ).select_from(led.outerjoin(visits, that_visit).outerjoin(attempts, same_clock))
