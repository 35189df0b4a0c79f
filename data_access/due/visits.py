"""When each child was due to be seen, and whether they were: the clocks of every plan.

A clock starts when a plan starts, when a looked-after child's placement starts, and at each visit
that counts; one clock runs per plan. One clock starts a day: a visit on the day of a start is
that start, and what is due next is due one ordinary interval after the visit.
"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    not_,
    select,
)

from data_access.due.clocks import (
    Knowledge,
    Stage,
    child_was_seen,
    clocks,
    in_one_statement,
    made_in_plan,
    of_the_plan,
    visits_made,
)
from data_access.due.due_dates import agreed_spells, due_dates
from data_access.due.runs import fell_due
from data_access.due.standards import standards
from data_access.relations import ends_after, with_lead
from data_access.schema import plan, visit, visit_due
from data_access.settings import Settings


def visits_due(settings: Settings, knowledge: Knowledge, stage: Stage = in_one_statement) -> Select:
    """One row per clock that ran out or still runs, in the columns of table `visit_due`.

    A clock that a new start replaced on or before its due date, or whose plan ended on or before
    it, made nothing due and is left out. `visited_on` is the first visit that counts after the
    clock started, whether in time or late; NULL while there is none.
    """
    limbs = settings.visit_limbs
    made = stage("visits_made", visits_made(knowledge))
    due = due_dates(
        stage("clocks", clocks(settings, knowledge, made)),
        agreed_spells(),
        standards(settings.visit_standards, limbs, "standard"),
        standards(settings.visit_laws, limbs, "law"),
        settings.day_of_visit_counts_as,
    )
    fallen = stage("fell_due", fell_due(due))
    led = with_lead(fallen, "due_on", ("plan_id", "clock_started_on"))
    return _as_visit_due(led, _attempts(fallen, knowledge), made)


def _attempts(due: FromClause, knowledge: Knowledge) -> Subquery:
    """How often the child was looked for and not seen while a clock ran: plan, start, attempts."""
    tried = (
        select(plan.c.plan_id, visit.c.visited_on)
        .select_from(plan.join(visit, of_the_plan()))
        .where(not_(child_was_seen()))
        .where(*made_in_plan(knowledge))
        .subquery()
    )
    while_it_ran = and_(
        tried.c.plan_id == due.c.plan_id,
        tried.c.visited_on >= due.c.clock_started_on,
        ends_after(due.c.next_done_on, tried.c.visited_on),
    )
    return (
        select(due.c.plan_id, due.c.clock_started_on, func.count().label("attempts"))
        .select_from(due.join(tried, while_it_ran))
        .group_by(due.c.plan_id, due.c.clock_started_on)
        .subquery()
    )


def _looser_than(due: Subquery) -> ColumnElement[str | None]:
    """What would have had the child seen sooner than this child's interval does; NULL: nothing."""
    standard = due.c.due_on > due.c.standard_due_on
    law = due.c.due_on > due.c.lawful_due_on
    return case((and_(standard, law), "standard and law"), (standard, "standard"), (law, "law"))


def _as_visit_due(led: Subquery, attempts: Subquery, visits: FromClause) -> Select:
    same_clock = and_(
        attempts.c.plan_id == led.c.plan_id,
        attempts.c.clock_started_on == led.c.clock_started_on,
    )
    that_visit = and_(visits.c.plan_id == led.c.plan_id, visits.c.visited_on == led.c.next_done_on)
    set_by = case((led.c.visit_interval_id.is_(None), "standard"), else_="agreed")
    columns = {
        **{column.name: column for column in led.c},
        **{name: visits.c[name] for name in ("visit_id", "visited_on", "recorded_on")},
        "unit_id": led.c.lead_unit_id,
        "worker_id": led.c.lead_worker_id,
        "attempts": func.coalesce(attempts.c.attempts, 0),
        "set_by": set_by,
        "looser_than": _looser_than(led),
    }
    return select(*(columns[one.name].label(one.name) for one in visit_due.c)).select_from(
        led.outerjoin(visits, that_visit).outerjoin(attempts, same_clock)
    )
