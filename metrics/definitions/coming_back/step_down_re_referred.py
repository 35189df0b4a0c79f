"""Of the children a unit has supported, how many stepped down or were closed and came back?"""

from datetime import date

from sqlalchemy import Date, Select, Subquery, and_, case, func, literal, or_, select, union_all

from data_access.relations import ends_after, month_ends, with_last_lead
from data_access.schema import allocation, referral, status_run
from metrics.explore.offered import BY_AGE
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Words,
)

LONG_AGO = date.min
# By level the lower ones that are a step down; from care to no plan is none, nor is closing.
STEPS_DOWN = {"CLA": ("CP", "CIN"), "CP": ("CIN", "open")}


def rows(months: Months, basis: Basis) -> Select:
    """One row per month, child and unit that has led on it by the month's end: 1 if back by then.

    Back is a referral, with no further action or not, on or after the day on which, while the unit
    led, the child stepped down or a case of the child was closed; later than the unit's first day.
    Led then: see `with_last_lead`. A child of two units is a row of each.
    """
    supported = _by_month(months, basis)
    back_by_then = supported.c.back_on <= supported.c.last_day
    return select(
        supported.c.month,
        supported.c.unit_id,
        literal(None).label("worker_id"),
        supported.c.child_id,
        case((back_by_then, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        supported.c.supported_from,
        # What comes after the month is not in it, whichever months are asked for.
        case((supported.c.ended_on <= supported.c.last_day, supported.c.ended_on)).label(
            "ended_on"
        ),
        case((back_by_then, supported.c.back_on)).label("back_on"),
    )


def ever_closed(months: Months, basis: Basis) -> Select:
    """The same rows: numerator 1 if a case of the child was closed while the unit led."""
    supported = _by_month(months, basis)
    return select(
        supported.c.month,
        supported.c.unit_id,
        case((supported.c.closed_on <= supported.c.last_day, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def _by_month(months: Months, basis: Basis) -> Subquery:
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    # It is of all months: blocks of months would each work all of it out.
    supported = basis.shared("supported_pairs", _supported(basis))
    return (
        select(ends.c.month, ends.c.last_day, *supported.c)
        .select_from(ends.join(supported, supported.c.supported_from <= ends.c.last_day))
        .subquery()
    )


def _supported(basis: Basis) -> Subquery:
    """One row per child and unit: when it first led, first closed, and had the child back."""
    led, ended = _first_led(basis), _ended(basis)
    back = referral.alias("back")
    of_the_pair = and_(ended.c.child_id == led.c.child_id, ended.c.unit_id == led.c.unit_id)
    came_back = and_(
        back.c.child_id == led.c.child_id,
        back.c.received_on >= ended.c.day,
        back.c.received_on > ended.c.referred_on,
        back.c.received_on > led.c.supported_from,
        back.c.received_on <= basis.as_at,
    )
    return (
        select(
            led.c.child_id,
            led.c.unit_id,
            led.c.supported_from,
            func.min(case((ended.c.is_closing == 1, ended.c.day))).label("closed_on"),
            func.min(ended.c.day).label("ended_on"),
            func.min(back.c.received_on).label("back_on"),
        )
        .select_from(led.outerjoin(ended, of_the_pair).outerjoin(back, came_back))
        .group_by(led.c.child_id, led.c.unit_id, led.c.supported_from)
        .subquery()
    )


def _first_led(basis: Basis) -> Subquery:
    """The first day on which each unit led on each child: an allocation of no day leads on none."""
    return (
        select(
            allocation.c.child_id,
            allocation.c.unit_id,
            func.min(allocation.c.started_on).label("supported_from"),
        )
        .where(allocation.c.lead.is_(True))
        .where(allocation.c.unit_id.is_not(None))
        .where(allocation.c.started_on <= basis.as_at)
        .where(ends_after(allocation.c.ended_on, allocation.c.started_on))
        .group_by(allocation.c.child_id, allocation.c.unit_id)
        .subquery()
    )


def _ended(basis: Basis) -> Subquery:
    """Each step down and each closing, with the unit that led then, in unit_id.

    `referred_on` is the day of the referral that was closed, which brings nobody back; of a step
    down it is long ago.
    """
    events = union_all(_steps_down(basis), _closings(basis)).subquery()
    led = with_last_lead(events, "day", ("child_id", "day", "is_closing", "referred_on"))
    return select(
        led.c.child_id,
        led.c.day,
        led.c.is_closing,
        led.c.referred_on,
        led.c.lead_unit_id.label("unit_id"),
    ).subquery()


def _steps_down(basis: Basis) -> Select:
    """Each day on which a settled level was followed, the day it ended, by a lower one."""
    child, began = status_run.c.child_id, status_run.c.started_on
    runs = (
        select(
            status_run.c.child_id,
            status_run.c.level,
            status_run.c.started_on,
            func.lag(status_run.c.level)
            .over(partition_by=child, order_by=began)
            .label("level_before"),
            func.lag(status_run.c.ended_on)
            .over(partition_by=child, order_by=began)
            .label("ended_before"),
        )
        .where(status_run.c.started_on <= basis.as_at)
        .subquery()
    )
    is_down = or_(
        *(
            and_(runs.c.level_before == before, runs.c.level.in_(lower))
            for before, lower in STEPS_DOWN.items()
        )
    )
    return (
        select(
            runs.c.child_id,
            runs.c.started_on.label("day"),
            literal(0).label("is_closing"),
            literal(LONG_AGO, Date).label("referred_on"),
        )
        .where(runs.c.ended_before == runs.c.started_on)
        .where(is_down)
    )


def _closings(basis: Basis) -> Select:
    """Each closing of a case: a referral without "no further action"."""
    return (
        select(
            referral.c.child_id,
            referral.c.closed_on.label("day"),
            literal(1).label("is_closing"),
            referral.c.received_on.label("referred_on"),
        )
        .where(referral.c.no_further_action.is_not(True))
        .where(referral.c.closed_on.between(referral.c.received_on, basis.as_at))
    )


METRIC = Metric(
    key="step_down_re_referred",
    number=9,
    name="Stepped down or closed, and back",
    short="Stepped down, back",
    question="Of the children a unit has supported, how many stepped down or were closed and came"
    " back?",
    words=Words(
        numerator="of these, children referred again after they stepped down or were closed",
        denominator="children whom each unit has supported up to the month’s end",
        one_row_is="a child and a unit that has led on it",
        counted="children, once for each unit",
        one_counted="child of a unit",
        counted_one="child of one unit",
    ),
    measure=Measure.PERCENT_ONE_DECIMAL,
    polarity=Polarity.NEITHER,
    adds_up_over_months=False,
    worth_saying=5,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "supported_from": "Supported from",
        "ended_on": "First stepped down or closed",
        "back_on": "Back on",
    },
    needs=(
        Need("referral"),
        Need("referral", "closed_on", unless="no_further_action"),
        Need("allocation"),
    ),
    source="Family Insights evaluation (DfE, 2017), Appendix 8 item 3",
    edge_cases=(
        "Everything up to the month’s end is in it: it is one value as at that day, and no month is"
        " set against another.",
        "It falls when cases stay open, as it is told out of all supported: so the share closed"
        " stands beside it, and it is to be read with those back within a year of closing.",
        "A child whom two units have led on counts once for each, in the service’s figure too. Rows"
        " without a unit are not counted.",
        "Two referrals of one day are a data issue: the child still counts once for a unit.",
        "Units are not compared by it: each counts from its own first day, so they have been"
        " followed for unlike times; and a unit that passes work on closes little.",
        "Stepping down is a settled change from care to a CP or CIN plan, or from a CP plan to a"
        " CIN plan or to an open case without a plan; it and a closing are the work of the unit"
        " whose lead is the last that was open on the day or the day before.",
        "A referral with no further action brings a child back as well. One before or on the unit’s"
        " own first day does not, nor does the referral that was closed.",
        "Support before the data begin is not known, so early months know fewer children.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "supported_and_closed",
                "Closed while supported",
                "It falls when cases stay open: {percent} of those supported have been closed"
                " ({n} of {d})",
                ever_closed,
            ),
        ),
    ),
    kind=FigureKind.CUMULATIVE,
    cuts=(BY_AGE,),
)
