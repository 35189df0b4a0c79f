"""When each plan was due to be reviewed, and whether it was: the clocks of reviews.

A clock starts when a period on plan starts, and at each review held in it.
Sources: Working Together to Safeguard Children (child protection conferences: within three months,
then within six); Care Planning, Placement and Case Review (England) Regulations 2010, regulation
33 (looked-after children: within 20 working days, three months, six months).
"""

from sqlalchemy import (
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    false,
    func,
    literal,
    null,
    select,
    union_all,
)

from data_access.code_sets.outcomes import REVIEW_KIND
from data_access.due.clocks import Knowledge, Stage, in_one_statement, known_by, recorded_first
from data_access.due.intervals import applies, day_after, so_many_on, working_days
from data_access.due.runs import fell_due, runs
from data_access.due.standards import review_standards
from data_access.relations import first_of_each, joined_plans, not_ended_before, with_lead
from data_access.schema import calendar_day, plan, review, review_due
from data_access.settings import GENERAL, Settings


def reviews_due(
    settings: Settings, knowledge: Knowledge, stage: Stage = in_one_statement
) -> Select:
    """One row per review clock that ran out or still runs, in the columns of table `review_due`.

    Clocks run over `periods_on_plan`: a plan that goes on as another is reviewed when the first
    would have been. Nothing is due where the period ended on or before the due date, or where a
    review held on or before it started the next clock: then it was held in time. A long gap is
    one review missed. `held_on` is the first held after the clock started, in time or late; NULL
    while there is none. `plan_id` is of the plan that began the period.
    """
    periods = stage("periods_on_plan", periods_on_plan(knowledge))
    held = stage("reviews_held", reviews_held(periods, knowledge))
    due = _due(settings, _clocks(periods, held))
    led = with_lead(fell_due(due), "due_on", ("plan_id", "clock_started_on"))
    that_review = and_(held.c.plan_id == led.c.plan_id, held.c.held_on == led.c.next_done_on)
    columns = {
        **{column.name: column for column in led.c},
        **{name: held.c[name] for name in ("review_id", "held_on")},
        "unit_id": led.c.lead_unit_id,
        "worker_id": led.c.lead_worker_id,
    }
    return select(*(columns[one.name].label(one.name) for one in review_due.c)).select_from(
        led.outerjoin(held, that_review)
    )


def periods_on_plan(knowledge: Knowledge) -> Subquery:
    """The periods of the kinds of plan that are reviewed, which had begun by the last day known."""
    return joined_plans(
        plan.c.kind.in_(REVIEW_KIND.names),
        plan.c.started_on <= knowledge.as_at,
        *knowledge.of.hold(plan.c.child_id),
    )


def reviews_held(periods: FromClause, knowledge: Knowledge) -> Subquery:
    """One review per period and day, of its kind and held in it: the one that was recorded first.

    A cancelled one was not held. One on the day on which the period began reviews nothing yet; one
    on the day on which it ended was its last.
    """
    in_the_period = and_(
        review.c.child_id == periods.c.child_id,
        review.c.kind == periods.c.kind,
        review.c.held_on > periods.c.started_on,
        not_ended_before(periods.c.ended_on, review.c.held_on),
    )
    held = (
        select(periods.c.plan_id, review.c.review_id, review.c.held_on, review.c.recorded_on)
        .select_from(periods.join(review, in_the_period))
        .where(review.c.cancelled.is_(False), review.c.held_on <= knowledge.as_at)
        # Said of both tables: of a large one, only the block's rows are read.
        .where(*knowledge.of.hold(review.c.child_id))
    )
    if knowledge.known_on:
        held = held.where(known_by(knowledge.known_on, review))
    return first_of_each(held, (periods.c.plan_id, review.c.held_on), recorded_first(review))


def _starts(periods: FromClause, held: FromClause) -> Subquery:
    """One row per thing that starts a clock: see `runs`."""
    no_day = null().cast(Date).label("placed_on")
    of_period = select(
        periods.c.plan_id, periods.c.started_on.label("day"), literal(0).label("is_done"), no_day
    )
    of_review = select(held.c.plan_id, held.c.held_on, literal(1), no_day)
    return union_all(of_period, of_review).subquery()


def _clocks(periods: FromClause, held: FromClause) -> Subquery:
    """One row per period and day on which a clock started: as `clocks` of visits has them."""
    run = runs(_starts(periods, held))
    nth = run.c.number
    return (
        select(
            *(periods.c[name] for name in ("plan_id", "child_id", "kind")),
            periods.c.ended_on.label("plan_ended_on"),
            run.c.day.label("clock_started_on"),
            *(run.c[name] for name in ("next_started_on", "next_is_done", "next_done_on")),
            case((nth == 1, "first"), (nth == 2, "second"), else_="later").label("phase"),
            literal(GENERAL).label("limb"),
            func.coalesce(calendar_day.c.working_day_number, 0).label("working_day_number"),
            false().label("starts_on_working_day"),
        )
        .select_from(
            run.join(periods, periods.c.plan_id == run.c.plan_id).outerjoin(
                calendar_day, calendar_day.c.day == run.c.day
            )
        )
        .subquery()
    )


def _due(settings: Settings, clocks: Subquery) -> Subquery:
    """`clocks` with due_on: the day of the start is day 0, as in the law."""
    standard, working = review_standards(settings), working_days()
    return (
        select(*clocks.c, day_after(clocks, standard, working, 0).label("due_on"))
        .select_from(
            clocks.join(standard, applies(standard, clocks)).outerjoin(
                working, so_many_on(working, clocks, standard, 0)
            )
        )
        .subquery()
    )
