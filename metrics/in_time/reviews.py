"""What the two metrics of reviews share: which fell due, and which were held outside a plan."""

from functools import partial

from sqlalchemy import ColumnElement, FromClause, Select, and_, case, exists, literal, select

from data_access.due.clocks import Knowledge
from data_access.due.reviews import reviews_due
from data_access.due.states import had_fallen_due, held_in_time
from data_access.relations import not_ended_before, with_lead
from data_access.schema import calendar_day, plan, review, review_due
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import Basis, Companion, Cut, Months, Rows

STATES = {"in_time": "in time", "late": "late", "not_held": "not held"}
DRILL_DOWN = {
    "clock_started_on": "Since",
    "due_on": "Due",
    "held_on": "Held",
    "state": "State",
    "source_due_on": "Due, by the source",
}
# The longest from one review to the next. Where one was held before reviews are held in full, the
# next starts no clock, and would be missing.
HISTORY_MONTHS = 6
CUTS = (Cut("state", "State", is_outcome=True), BY_WORKER, BY_AGE)
EDGE_CASES = (
    "A review held starts the next clock, early or late: an early one brings the next forward.",
    "A gap with no review is one review missed, however long; it counts where it fell due.",
    "If the plan ends on or before the due date, nothing was due. The review on the day on which"
    " it ends is its last.",
    "A plan that another follows on the day it ends goes on: no new first review is due. Two plans"
    " of a kind at once are one, and a data issue.",
    "A cancelled review was not held. One on the day on which the plan began reviews nothing yet.",
    "A review due on the data's last day counts only if it was held.",
    "The due date that a source gives is shown where the review was held, and never counted: the"
    " rule decides.",
    "Of a day's reviews of a child the one that was recorded first counts.",
    "The unit and worker are those of the child's lead allocation on the due date.",
)


def reviews_that_fell_due(kind: str) -> Rows:
    """The rows of a metric of reviews of one kind of plan, as `data_access.due.reviews` has them.

    One row per review that fell due in the month: numerator 1 if held by its due date.
    """
    return partial(_fell_due, kind)


def _fell_due(kind: str, months: Months, basis: Basis) -> Select:
    due = _due(basis)
    in_time = held_in_time(due)
    state = case((in_time, "in_time"), (due.c.held_on.is_not(None), "late"), else_="not_held")
    return (
        select(
            calendar_day.c.month,
            due.c.unit_id,
            due.c.worker_id,
            due.c.child_id,
            case((in_time, 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
            due.c.clock_started_on,
            due.c.due_on,
            due.c.held_on,
            state.label("state"),
            review.c.due_on.label("source_due_on"),
        )
        .select_from(
            due.join(calendar_day, calendar_day.c.day == due.c.due_on).outerjoin(
                review, review.c.review_id == due.c.review_id
            )
        )
        .where(due.c.kind == kind)
        .where(due.c.due_on >= months.first.start)
        .where(due.c.due_on < months.last.end)
        .where(had_fallen_due(due.c.due_on, basis.as_at, in_time))
    )


def _due(basis: Basis) -> FromClause:
    """The reviews due as derived, or worked out anew for what was known on another day."""
    if basis.known_on is None:
        return review_due
    return reviews_due(basis.settings, Knowledge(basis.known_on, basis.known_on)).subquery()


def held_on_a_plan(kind: str) -> Companion:
    """Coverage: of the reviews held in the month, how many fell within a plan of their kind."""

    def rows(months: Months, basis: Basis) -> Select:
        held = (
            select(
                review.c.review_id,
                review.c.child_id,
                review.c.held_on,
                case((_is_of_a_plan(), 1), else_=0).label("is_of_a_plan"),
            )
            .where(review.c.kind == kind, review.c.cancelled.is_(False))
            .where(review.c.held_on >= months.first.start)
            .where(review.c.held_on < months.last.end)
            .where(review.c.held_on <= basis.as_at)
            .subquery()
        )
        led = with_lead(held, "held_on", ("review_id",))
        return select(
            calendar_day.c.month,
            led.c.lead_unit_id.label("unit_id"),
            led.c.is_of_a_plan.label("numerator"),
            literal(1).label("denominator"),
        ).select_from(led.join(calendar_day, calendar_day.c.day == led.c.held_on))

    return Companion(
        "held_on_a_plan",
        "Held while on a plan",
        "{n} of {d} {d:review|reviews} held {n:was|were} of a child on such a plan; others start"
        " no clock",
        rows,
        is_coverage=True,
    )


def _is_of_a_plan() -> ColumnElement[bool]:
    return exists().where(
        and_(
            plan.c.child_id == review.c.child_id,
            plan.c.kind == review.c.kind,
            plan.c.started_on <= review.c.held_on,
            not_ended_before(plan.c.ended_on, review.c.held_on),
        )
    )
