"""Of children who left care, how many went home?"""

from datetime import timedelta

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, func, literal, select

from data_access.dialect import add_months
from data_access.relations import (
    covers,
    first_of_each,
    joined_plans,
    month_ends,
    with_last_lead,
    with_lead,
)
from data_access.schema import calendar_day, placement, plan
from metrics.explore.offered import BY_AGE, BY_WORKER
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
    Split,
    Words,
    months_before,
)

# SSDA903: why the period of care ceased. X1 is no end: another episode began.
HOME = ("E4A", "E4B", "E4")
GOES_ON = "X1"
WENT = {
    "E4A": "home, as planned",
    "E4B": "home, not part of the plan",
    "E4": "home, by a code that does not say",
    "elsewhere": "elsewhere",
}
HOME_FOR_MONTHS = 6
WITH_PARENTS = "P1"
ONE_DAY = timedelta(days=1)


def rows(months: Months, basis: Basis) -> Select:
    """One row per period of care that ended in the month for a known reason: 1 if it was to home.

    A period of care is the child's CLA plans joined where one begins on or before the day on which
    the last ended; the reason is that of the one that ended last. Home is E4A, E4B, and E4 where a
    system has the earlier code. Ends whose reason is not known, or X1 with nothing after it, are
    left out. The unit is that of the child's last lead allocation open on the day or the day
    before.
    """
    ended = _ended(months, basis)
    return select(
        ended.c.month,
        ended.c.lead_unit_id.label("unit_id"),
        ended.c.lead_worker_id.label("worker_id"),
        ended.c.child_id,
        case((ended.c.end_reason.in_(HOME), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        ended.c.started_on,
        ended.c.ended_on,
        ended.c.end_reason,
        case((ended.c.end_reason.in_(HOME), ended.c.end_reason), else_="elsewhere").label("went"),
    ).where(_reason_is_known(ended))


def with_reason(months: Months, basis: Basis) -> Select:
    """One row per period of care that ended in the month: numerator 1 if the reason is known."""
    ended = _ended(months, basis)
    return select(
        ended.c.month,
        ended.c.lead_unit_id.label("unit_id"),
        case((_reason_is_known(ended), 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def back_in_care(months: Months, basis: Basis) -> Select:
    """One row per return home that was six months ago in the month: 1 if looked after again since.

    Within these six months; a return that is younger than that on the last day known has no row.
    """
    periods = _periods(basis)
    home_until = add_months(periods.c.ended_on, literal(HOME_FOR_MONTHS))
    went_home = (
        select(calendar_day.c.month, *periods.c)
        .select_from(periods.join(calendar_day, calendar_day.c.day == home_until))
        .where(periods.c.end_reason.in_(HOME))
        .where(periods.c.ended_on >= months_before(months.first.start, HOME_FOR_MONTHS))
        .where(periods.c.ended_on < months_before(months.last.end, HOME_FOR_MONTHS))
        .where(periods.c.ended_on < months_before(basis.as_at + ONE_DAY, HOME_FOR_MONTHS))
        .subquery()
    )
    led = with_last_lead(went_home, "ended_on", ("plan_id",))
    again = led.c.ended_on >= add_months(led.c.next_started_on, literal(-HOME_FOR_MONTHS))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        case((again, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def placed_with_parents(months: Months, basis: Basis) -> Select:
    """One row per looked-after child with a known placement at the month's end: 1 if with parents.

    SSDA903 placement P1, under an order: still looked after. Of several placements open then, the
    one that started last, then the one whose id sorts last.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    periods = _periods(basis)
    in_care = covers(periods, ends.c.last_day)
    placed = and_(placement.c.child_id == periods.c.child_id, covers(placement, ends.c.last_day))
    then = select(ends.c.month, ends.c.last_day, periods.c.child_id, placement.c.kind)
    latest = first_of_each(
        then.select_from(ends.join(periods, in_care).join(placement, placed)),
        (ends.c.month, periods.c.child_id),
        (placement.c.started_on.desc(), placement.c.placement_id.desc()),
    )
    led = with_lead(latest, "last_day", ("month", "child_id"))
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        case((led.c.kind == WITH_PARENTS, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    ).where(led.c.kind.is_not(None))


def _ended(months: Months, basis: Basis) -> Subquery:
    """Periods of care that ended in the months, with the last lead."""
    of_the_months = select(plan.c.child_id).where(
        plan.c.kind == "CLA",
        plan.c.ended_on >= months.first.start,
        plan.c.ended_on < months.last.end,
    )
    periods = _periods(basis, plan.c.child_id.in_(of_the_months))
    ended = (
        select(calendar_day.c.month, *periods.c)
        .select_from(periods.join(calendar_day, calendar_day.c.day == periods.c.ended_on))
        .where(periods.c.ended_on >= months.first.start)
        .where(periods.c.ended_on < months.last.end)
        .where(periods.c.ended_on <= basis.as_at)
        .subquery()
    )
    return with_last_lead(ended, "ended_on", ("plan_id",))


def _periods(basis: Basis, *of: ColumnElement[bool]) -> Subquery:
    """Periods of care begun by the last day known, with the day on which the child's next began."""
    periods = joined_plans(plan.c.kind == "CLA", plan.c.started_on <= basis.as_at, *of)
    next_started_on = func.lead(periods.c.started_on, type_=Date).over(
        partition_by=periods.c.child_id, order_by=periods.c.started_on
    )
    names = ("plan_id", "child_id", "started_on", "ended_on", "end_reason")
    return select(
        *(periods.c[name] for name in names), next_started_on.label("next_started_on")
    ).subquery()


def _reason_is_known(ended: Subquery) -> ColumnElement[bool]:
    return and_(ended.c.end_reason.is_not(None), ended.c.end_reason != GOES_ON)


METRIC = Metric(
    key="returned_home",
    number=26,
    name="Returned home from care",
    short="Returned home",
    question="Of children who left care, how many went home?",
    words=Words(
        numerator="children who left care in the month and returned home",
        denominator="children who left care in the month for a known reason",
        one_row_is="a period of care that ended",
        counted="ends of care",
        counted_one="end of care",
        one_counted="child",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.NEITHER,
    adds_up_over_months=True,
    worth_saying=10,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "started_on": "Looked after since",
        "ended_on": "Left care",
        "end_reason": "Reason (SSDA903)",
        "went": "Went",
    },
    needs=(
        Need("plan"),
        Need("plan", "kind", value="CLA", only=True),
        Need("plan", "end_reason"),
    ),
    source="DfE, SSDA903 return: reason why the period of care ceased",
    edge_cases=(
        "A period of care goes on where a plan begins on or before the day on which the last ended;"
        " the reason is that of the plan that ended last. Two plans of care at once are a data"
        " issue.",
        "Home is E4A (as planned) and E4B (not part of the plan), shown apart, and E4 where a"
        " system still has the earlier code. A child who left to live with somebody without"
        " parental responsibility (E13) did not go home.",
        "An end whose reason is not known, or X1 with nothing after it, is in neither number; the"
        " coverage says how many have a reason. E2 (died) counts among those who left, as the DfE"
        " counts it.",
        "Back in care two days later was a return, and one that failed: of the returns six months"
        " ago, those looked after again within the six months stand beside.",
        "A child placed with parents under an order (P1) is still looked after, and no return; how"
        " many are at the month's end stands beside, of those whose placement is known.",
        "Fewer than ten ends are told as two numbers, without a share.",
        "Plans of short breaks (legal status V3, V4) are not looked after: a load leaves them out.",
        "The unit and worker are those of the child's last lead allocation open on the day the"
        " period ended or the day before.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "with_reason",
                "Reason known",
                "{n} of {d} {d:end|ends} of care {n:has|have} a reason",
                with_reason,
                is_coverage=True,
            ),
            Companion(
                "back_in_care",
                "Back in care",
                "{n} of {d} who went home six months ago {n:has|have} been looked after again",
                back_in_care,
            ),
            Companion(
                "placed_with_parents",
                "Placed with parents",
                "{n} of {d} looked-after children whose placement is known {n:lives|live} with"
                " their parents",
                placed_with_parents,
            ),
        ),
    ),
    split=Split("went", WENT),
    identified_by=("child_id", "ended_on"),
    cuts=(Cut("went", "Went", is_outcome=True), BY_WORKER, BY_AGE),
)
