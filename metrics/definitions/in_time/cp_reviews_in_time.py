"""Are child protection plans reviewed when they should be?"""

from sqlalchemy import Select, Subquery, case, func, literal, not_, select

from data_access.dialect import add_months
from data_access.due.clocks import Knowledge
from data_access.due.reviews import periods_on_plan
from data_access.due.states import held_in_time
from data_access.relations import covers, ends_after, month_ends, with_lead
from data_access.schema import review_due
from metrics.in_time.reviews import (
    CUTS,
    DRILL_DOWN,
    EDGE_CASES,
    HISTORY_MONTHS,
    STATES,
    held_on_a_plan,
    reviews_that_fell_due,
)
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

MONTHS_ON_PLAN = 3


def reviewed_as_returned(months: Months, basis: Basis) -> Select:
    """One row per child on a CP plan at the month's end, and for three months or more.

    Numerator 1 if every review of the plan that had fallen due by then was held in time: as the
    DfE counts at 31 March (children in need census, table of plans reviewed within the required
    timescales). A child is counted once.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    periods, missed = periods_on_plan(Knowledge(basis.as_at)), _first_missed(basis)
    on_plan = (
        select(
            ends.c.month,
            ends.c.last_day,
            periods.c.child_id,
            case((ends_after(missed.c.missed_on, ends.c.last_day), 1), else_=0).label("reviewed"),
        )
        .select_from(
            ends.join(periods, covers(periods, ends.c.last_day)).outerjoin(
                missed, missed.c.plan_id == periods.c.plan_id
            )
        )
        .where(periods.c.kind == "CP")
        .where(periods.c.started_on <= add_months(ends.c.last_day, literal(-MONTHS_ON_PLAN)))
        .subquery()
    )
    led = with_lead(on_plan, "last_day", ("month", "child_id"))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.reviewed.label("numerator"),
        literal(1).label("denominator"),
    )


def _first_missed(basis: Basis) -> Subquery:
    """The first due date of each CP plan that was missed: plan_id, missed_on."""
    return (
        select(review_due.c.plan_id, func.min(review_due.c.due_on).label("missed_on"))
        .where(review_due.c.kind == "CP")
        .where(review_due.c.due_on < basis.as_at, not_(held_in_time(review_due)))
        .group_by(review_due.c.plan_id)
        .subquery()
    )


METRIC = Metric(
    key="cp_reviews_in_time",
    number=32,
    name="CP plan reviews in time",
    question="Are child protection plans reviewed when they should be?",
    words=Words(
        numerator="reviews of CP plans due in the month and held by their due date",
        denominator="reviews of CP plans due in the month",
        one_row_is="a review of a CP plan that fell due",
        counted="reviews due",
        counted_one="review due",
        one_counted="review",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.HIGHER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=reviews_that_fell_due("CP"),
    drill_down=DRILL_DOWN,
    needs=(
        Need("plan"),
        Need("plan", "kind", value="CP", only=True),
        Need("review"),
        Need("review", "kind", value="CP", only=True),
        Need("review", "held_on"),
    ),
    source="Working Together to Safeguard Children: a review within three months, then within six;"
    " the months are settings ([[review_standard]])",
    edge_cases=(
        "The first review is due {cp_first_review} after the plan began, each later one"
        " {cp_later_review} after the one before was held; months are clipped to the month's last"
        " day.",
        *EDGE_CASES,
        "The DfE publishes another share: of the children on a plan for three months or more on 31"
        " March, those whose every review was in time. It stands beside, for each month's end."
        " There a review that was due before reviews are held in full counts as missed.",
    ),
    beside=Beside(
        companions=(
            held_on_a_plan("CP"),
            Companion(
                "cp_reviewed_snapshot",
                "Every review in time, as the DfE counts",
                "{n} of {d} {d:child|children} on a plan for three months or more had every review"
                " in time",
                reviewed_as_returned,
            ),
        ),
    ),
    split=Split("state", STATES),
    identified_by=("child_id", "clock_started_on"),
    history_months=HISTORY_MONTHS,
    history_of=("review",),
    cuts=CUTS,
)
