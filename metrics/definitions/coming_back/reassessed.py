"""Are children assessed again within a year?"""

from sqlalchemy import Date, Select, Subquery, case, func, literal, select

from data_access.dialect import add_months
from data_access.relations import with_lead
from data_access.schema import assessment, calendar_day
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
    FEWEST,
    Basis,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
    months_before,
)

WITHIN_MONTHS = 12


def rows(months: Months, basis: Basis) -> Select:
    """One row per assessment started in the month: numerator 1 if another was started before it.

    On an earlier day within twelve months, counted back from the later, the same day a year before
    with it; from start to start, whether or not either is finished. Of one day each is a row, and
    none is the other's earlier one. The unit is that of the child's lead on the day.
    """
    led = with_lead(_started(months, basis), "started_on", ("assessment_id",))
    is_again = led.c.started_before_on >= add_months(led.c.started_on, literal(-WITHIN_MONTHS))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        case((is_again, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        led.c.started_on,
        # One of longer ago is found or not by which months are asked for together.
        case((is_again, led.c.started_before_on)).label("started_before_on"),
        led.c.authorised_on,
    )


def _started(months: Months, basis: Basis) -> Subquery:
    """Assessments started in the months, with the day before on which one of the child's was."""
    day = _days_of_starting(months, basis)
    return (
        select(
            calendar_day.c.month,
            assessment.c.assessment_id,
            assessment.c.child_id,
            assessment.c.started_on,
            assessment.c.authorised_on,
            day.c.started_before_on,
        )
        .select_from(
            assessment.join(calendar_day, calendar_day.c.day == assessment.c.started_on).join(
                day,
                (day.c.child_id == assessment.c.child_id)
                & (day.c.started_on == assessment.c.started_on),
            )
        )
        .where(assessment.c.started_on >= months.first.start)
        .where(assessment.c.started_on < months.last.end)
        .subquery()
    )


def _days_of_starting(months: Months, basis: Basis) -> Subquery:
    """The children's days on which assessments started, each with the one before."""
    since = months_before(months.first.start, WITHIN_MONTHS)
    days = (
        select(assessment.c.child_id, assessment.c.started_on)
        .where(assessment.c.started_on.between(since, basis.as_at))
        .distinct()
        .subquery()
    )
    before = func.lag(days.c.started_on, type_=Date).over(
        partition_by=days.c.child_id, order_by=days.c.started_on
    )
    return select(days.c.child_id, days.c.started_on, before.label("started_before_on")).subquery()


METRIC = Metric(
    key="reassessed",
    number=14,
    name="Assessed again",
    question="Are children assessed again within a year?",
    words=Words(
        numerator="assessments of children assessed in the twelve months before",
        denominator="assessments started in the month",
        one_row_is="an assessment",
        counted="assessments started",
        one_counted="assessment",
        counted_one="assessment started",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "started_on": "Started",
        "started_before_on": "Started before",
        "authorised_on": "Finished",
    },
    needs=(Need("assessment"),),
    source="Local measure; Family Insights evaluation (DfE, 2017): re-assessments",
    edge_cases=(
        "From start to start: within twelve months is counted back from the later one, and the"
        " same day a year before is within.",
        "Two assessments of a child started on one day are two, and neither is the other’s earlier"
        " one. They are a data issue.",
        "An assessment that is not finished counts, and counts as an earlier one.",
        "The unit is that of the child’s lead on the day on which the assessment started.",
    ),
    history_months=WITHIN_MONTHS,
    cuts=(BY_WORKER, BY_AGE),
)
