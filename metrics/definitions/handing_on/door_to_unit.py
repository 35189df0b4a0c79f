"""How long does a referral wait for its unit?"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    and_,
    case,
    literal,
    select,
    type_coerce,
)

from data_access.relations import ends_after, month_ends, with_lead
from data_access.schema import calendar_day, referral
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.handing_on.first_units import first_in_a_unit
from metrics.handing_on.transfers import DOOR_IS_KNOWN
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Quantile,
    Words,
)


def rows(months: Months, basis: Basis) -> Select:
    """One row per case whose first lead in a unit that keeps cases began in the month.

    Numerator: the days since the referral, 0 on the day itself. The unit and worker are those of
    that lead. A referral with no further action opens no case.
    """
    first = first_in_a_unit(basis)
    days = type_coerce(first.c.entered_on - first.c.received_on, Integer)
    return (
        select(
            calendar_day.c.month,
            first.c.unit_id,
            first.c.worker_id,
            first.c.child_id,
            days.label("numerator"),
            literal(1).label("denominator"),
            first.c.received_on,
            first.c.entered_on,
            days.label("days"),
        )
        .select_from(first.join(calendar_day, calendar_day.c.day == first.c.entered_on))
        .where(first.c.entered_on >= months.first.start)
        .where(first.c.entered_on < months.last.end)
    )


def waiting(months: Months, basis: Basis) -> Select:
    """One row per case that is open at the month's end: numerator 1 if no such unit has led it."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    first = first_in_a_unit(basis)
    arrived = and_(
        first.c.referral_id == referral.c.referral_id, first.c.entered_on <= ends.c.last_day
    )
    then = (
        select(
            ends.c.month,
            ends.c.last_day,
            referral.c.child_id,
            referral.c.referral_id,
            case((first.c.entered_on.is_(None), 1), else_=0).label("waits"),
        )
        .select_from(ends.join(referral, _is_open(ends)).outerjoin(first, arrived))
        .subquery()
    )
    led = with_lead(then, "last_day", ("month", "referral_id"))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.waits.label("numerator"),
        literal(1).label("denominator"),
    )


def _is_open(ends: FromClause) -> ColumnElement[bool]:
    return and_(
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= ends.c.last_day,
        ends_after(referral.c.closed_on, ends.c.last_day),
    )


METRIC = Metric(
    key="door_to_unit",
    number=73,
    name="From referral to a unit",
    short="To a unit",
    question="How long does a referral wait for its unit?",
    words=Words(
        numerator="days from the referral to the first lead in a unit",
        denominator="cases that came to a unit in the month",
        one_row_is="a case that came to a unit",
        counted="cases that came to a unit",
        counted_one="case that came to a unit",
    ),
    measure=Measure.DAYS,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=3,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={"received_on": "Referred", "entered_on": "Came to the unit", "days": "Days"},
    needs=(
        Need("referral"),
        Need("allocation"),
        Need("allocation", "started_on"),
        Need("allocation", "unit_id"),
        Need("unit"),
        DOOR_IS_KNOWN,
    ),
    source="Local measure; Family Insights evaluation (DfE, 2017): from the front door to a unit",
    edge_cases=(
        "A unit here is a segmented or an area unit: the front door is on the way there, and so is"
        " a unit of any other kind.",
        "From the day of the referral, which is day 0, to the first day on which a worker or a unit"
        " of such a kind leads within the case; what happens after that first day moves nothing.",
        "Where such a unit led on the child when the referral came, it waited for no day.",
        "Of two leads at once, which are a data issue, the one of such a kind counts.",
        "A case counts in the month in which it came to a unit. Those that wait at the month’s"
        " end are not in it, and stand beside; one closed before it comes to any is in neither.",
        "A referral with no further action opens no case. Days are calendar days.",
        "An allocation that names no referral is of every case of the child that it overlaps. Until"
        " an allocation to a lead names a case, whoever leads on the child leads within it, by"
        " whatever referral.",
        "Each child of a family counts.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "waiting",
                "Waiting for a unit",
                "{n} of {d} open {d:case|cases} {n:has|have} not come to a unit by the month’s end",
                waiting,
            ),
        ),
        quantiles=(
            Quantile(
                "half",
                "Half within",
                0.5,
                "days",
                "half of {n} within {value}",
                Measure.DAYS.written,
            ),
            Quantile(
                "nine_in_ten",
                "Nine in ten within",
                0.9,
                "days",
                "nine in ten within {value}",
                Measure.DAYS.written,
            ),
        ),
    ),
    # Of what was led when the allocations begin, nobody knows since when.
    history_months=1,
    history_of=("allocation",),
    identified_by=("child_id", "received_on"),
    cuts=(Cut("days", "Days", bands=(0, 1, 8, 15, 29), is_outcome=True), BY_WORKER, BY_AGE),
)
