"""Who has an open plan and no visit at all: practice, or an extract that leaves visits out."""

from sqlalchemy import Select, Subquery, and_, case, func, literal, select

from data_access.due.clocks import child_was_seen, of_the_plan
from data_access.relations import covers, ends_after, month_ends, with_lead
from data_access.schema import PLAN_KINDS, plan, visit, visit_due
from metrics.model import Basis, Companion, Months, Rows, Tally

FEWEST_TO_DOUBT = 10


def unvisited(months: Months, basis: Basis) -> Select:
    """One row per child and kind of open plan at month end, whose first visit had fallen due.

    numerator 1 if no visit of the plan was made from its start to the month's end. A visit is the
    plan's if the clocks would take it: of its kind (for CIN, any), the child not recorded as not
    seen. Of several plans of one kind any without a visit counts; `started_on` and `first_due_on`
    are then the earliest of those. The unit and worker are those of the lead allocation on the
    month's last day. No row at all where the source holds no visit.
    """
    once = _once_a_child(_open_plans(months, basis))
    led = with_lead(once, "last_day", ("month", "child_id", "kind"))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        led.c.numerator,
        literal(1).label("denominator"),
        led.c.kind,
        led.c.started_on,
        led.c.first_due_on,
    )


def _once_a_child(plans: Subquery) -> Subquery:
    where = (plans.c.month, plans.c.last_day, plans.c.child_id, plans.c.kind)
    is_unvisited = plans.c.is_unvisited == 1
    return (
        select(
            *where,
            func.max(plans.c.is_unvisited).label("numerator"),
            func.min(case((is_unvisited, plans.c.started_on))).label("started_on"),
            func.min(case((is_unvisited, plans.c.first_due_on))).label("first_due_on"),
        )
        .group_by(*where)
        .subquery()
    )


def _open_plans(months: Months, basis: Basis) -> Subquery:
    """One row per plan and month end on which it was open and a visit of it had fallen due."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    first_seen, first_due = _first_seen(months, basis), _first_due(months)
    joined = (
        ends.join(plan, covers(plan, ends.c.last_day))
        .join(
            first_due,
            and_(first_due.c.plan_id == plan.c.plan_id, first_due.c.first_due_on < ends.c.last_day),
        )
        .outerjoin(first_seen, first_seen.c.plan_id == plan.c.plan_id)
    )
    return (
        select(
            ends.c.month,
            ends.c.last_day,
            plan.c.child_id,
            plan.c.kind,
            plan.c.started_on,
            first_due.c.first_due_on,
            case((ends_after(first_seen.c.first_seen_on, ends.c.last_day), 1), else_=0).label(
                "is_unvisited"
            ),
        )
        .select_from(joined)
        .where(select(visit.c.visit_id).exists())
        .subquery()
    )


def _first_due(months: Months) -> Subquery:
    return (
        select(visit_due.c.plan_id, func.min(visit_due.c.due_on).label("first_due_on"))
        .where(ends_after(visit_due.c.plan_ended_on, months.first.start))
        .group_by(visit_due.c.plan_id)
        .subquery()
    )


def _first_seen(months: Months, basis: Basis) -> Subquery:
    return (
        select(plan.c.plan_id, func.min(visit.c.visited_on).label("first_seen_on"))
        .select_from(plan.join(visit, of_the_plan()))
        .where(child_was_seen())
        .where(ends_after(plan.c.ended_on, months.first.start))
        .where(visit.c.visited_on >= plan.c.started_on)
        .where(visit.c.visited_on <= basis.as_at)
        .group_by(plan.c.plan_id)
        .subquery()
    )


def rows_of_kind(kind: str) -> Rows:
    """The rows of `unvisited` on one kind of plan."""

    def kind_rows(months: Months, basis: Basis) -> Select:
        plans = unvisited(months, basis).subquery()
        return select(plans.c.month, plans.c.unit_id, plans.c.numerator, plans.c.denominator).where(
            plans.c.kind == kind
        )

    return kind_rows


def rows_of_any_kind(months: Months, basis: Basis) -> Select:
    """One row per child with such a plan of any kind: numerator 1 if any has had no visit."""
    plans = unvisited(months, basis).subquery()
    once = (
        select(
            plans.c.month,
            plans.c.unit_id,
            plans.c.child_id,
            func.max(plans.c.numerator).label("numerator"),
        )
        .group_by(plans.c.month, plans.c.unit_id, plans.c.child_id)
        .subquery()
    )
    return select(once.c.month, once.c.unit_id, once.c.numerator, literal(1).label("denominator"))


def no_visit_key(kind: str) -> str:
    """The companion's key that counts the children on one kind of plan."""
    return f"no_visit_{kind.lower()}"


COMPANIONS = (
    Companion(
        "no_visit",
        "No visit at all",
        "{n} of {d} {d:child|children} on a plan whose first visit was due {n:has|have} had"
        " none recorded",
        rows_of_any_kind,
        stands_alone=True,
    ),
    *(
        Companion(
            no_visit_key(kind),
            f"No visit at all, {kind}",
            "",
            rows_of_kind(kind),
            stands_alone=True,
        )
        for kind in PLAN_KINDS
    ),
)


def is_doubtful(tally: Tally, most: float) -> bool:
    """Whether so large a share has had no visit that the extract is at fault before practice is.

    `most` is a share from 0 to 1. Of fewer than ten children no share says anything.
    """
    return tally.denominator >= FEWEST_TO_DOUBT and tally.numerator > most * tally.denominator
