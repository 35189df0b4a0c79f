"""How many plans are second plans?"""

from sqlalchemy import ColumnElement, Date, Select, Subquery, and_, case, func, literal, select

from data_access.dialect import add_days
from data_access.relations import joined_plans, with_lead
from data_access.schema import calendar_day, plan
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
    Rows,
    Split,
    Words,
)

RESTARTED_WITHIN = 7
KNOWN_BY = {
    "here": "an earlier plan here",
    "returned": "an earlier plan by the returned number alone",
    "none": "no earlier plan known",
}


def rows(months: Months, basis: Basis) -> Select:
    """One row per CP plan that began in the month: numerator 1 if the child had one before.

    However long ago that was: it began earlier here, or the number of earlier plans that a return
    gives (previous_plans) is above 0. A plan that began while another was open, or on the day on
    which it ended, goes on as that one, and of a day's plans one counts. The unit is that of the
    child's lead allocation on the day.
    """
    began = _began(months, basis)
    known_by = _known_by(began)
    return select(
        began.c.month,
        began.c.lead_unit_id.label("unit_id"),
        began.c.lead_worker_id.label("worker_id"),
        began.c.child_id,
        case((known_by == "none", 0), else_=1).label("numerator"),
        literal(1).label("denominator"),
        began.c.started_on,
        began.c.last_ended_on,
        began.c.previous_plans,
        known_by.label("known_by"),
    )


def _known_by(began: Subquery) -> ColumnElement[str]:
    return case(
        (began.c.last_ended_on.is_not(None), "here"),
        (began.c.previous_plans > 0, "returned"),
        else_="none",
    )


def _began(months: Months, basis: Basis) -> Subquery:
    """Periods on a CP plan that began in the months: with last_ended_on and previous_plans.

    `last_ended_on` is the day on which the child's period before ended; NULL: there is none.
    """
    periods, returned = _periods(months, basis), _returned()
    same_plan = and_(
        returned.c.child_id == periods.c.child_id, returned.c.started_on == periods.c.started_on
    )
    began = (
        select(calendar_day.c.month, *periods.c, returned.c.previous_plans)
        .select_from(
            periods.join(calendar_day, calendar_day.c.day == periods.c.started_on).outerjoin(
                returned, same_plan
            )
        )
        .where(periods.c.started_on >= months.first.start)
        .where(periods.c.started_on < months.last.end)
        .subquery()
    )
    return with_lead(began, "started_on", ("plan_id",))


def _periods(months: Months, basis: Basis) -> Subquery:
    """Every period on a CP plan of the children of whom a plan began in the months."""
    of_the_months = select(plan.c.child_id).where(
        plan.c.kind == "CP",
        plan.c.started_on >= months.first.start,
        plan.c.started_on < months.last.end,
    )
    periods = joined_plans(
        plan.c.kind == "CP",
        plan.c.started_on <= basis.as_at,
        plan.c.child_id.in_(of_the_months),
    )
    before = func.lag(periods.c.ended_on, type_=Date).over(
        partition_by=periods.c.child_id, order_by=periods.c.started_on
    )
    names = ("plan_id", "child_id", "started_on")
    return select(*(periods.c[name] for name in names), before.label("last_ended_on")).subquery()


def _returned() -> Subquery:
    """The earlier plans that are returned for a child's plan of a day: the highest number."""
    return (
        select(
            plan.c.child_id,
            plan.c.started_on,
            func.max(plan.c.previous_plans).label("previous_plans"),
        )
        .where(plan.c.kind == "CP")
        .group_by(plan.c.child_id, plan.c.started_on)
        .subquery()
    )


def _where(condition: str) -> Rows:
    """The rows of the metric, numerator 1 where the plan is one of `CONDITIONS`."""

    def rows_of_it(months: Months, basis: Basis) -> Select:
        began = rows(months, basis).subquery()
        holds = {
            "restarted": began.c.started_on
            <= add_days(began.c.last_ended_on, literal(RESTARTED_WITHIN)),
            "returned_known": began.c.previous_plans.is_not(None),
        }[condition]
        return select(
            began.c.month,
            began.c.unit_id,
            case((holds, 1), else_=0).label("numerator"),
            began.c.denominator,
        )

    return rows_of_it


METRIC = Metric(
    key="repeat_cp_plan",
    number=28,
    name="Repeat CP plans",
    question="How many plans are second plans?",
    words=Words(
        numerator="CP plans that began in the month, of children who had had one before",
        denominator="CP plans that began in the month",
        one_row_is="a CP plan that began",
        counted="CP plans begun",
        counted_one="CP plan begun",
        one_counted="plan",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=True,
    worth_saying=5,
    units_stay_inside=True,
    fewest=FEWEST,
    rows=rows,
    drill_down={
        "started_on": "Began",
        "last_ended_on": "Last plan here ended",
        "previous_plans": "Earlier plans, as returned",
        "known_by": "How it is known",
    },
    needs=(Need("plan"), Need("plan", "kind", value="CP", only=True)),
    source="DfE, children in need census: CP plans which were the second or subsequent",
    edge_cases=(
        "An earlier plan counts however long ago it was, one of no length as well, and one in"
        " another authority where the return gives the number of earlier plans.",
        "A plan that begins while another of the child is open, or on the very day on which it"
        " ended, is that plan going on; of a day's plans one counts. Two at once are a data"
        " issue.",
        "One that begins the day after the last ended is a repeat, as the DfE would count it; those"
        " within seven days are told beside.",
        "Without the returned number the share is a lower bound: plans elsewhere, and those from"
        " before the records begin, are not known. The coverage says for how many it is known.",
        "Brothers and sisters count one each, and so do children not born yet.",
        "The unit and worker are those of the child's lead allocation on the day it began.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "returned_known",
                "Number of earlier plans known",
                "earlier plans as returned known for {n} of {d} {d:plan|plans}; without it a lower"
                " bound",
                _where("returned_known"),
                is_coverage=True,
            ),
            Companion(
                "restarted",
                "Restarted within seven days",
                "{n} of {d} began within seven days of the end of the last",
                _where("restarted"),
            ),
        ),
    ),
    split=Split("known_by", KNOWN_BY),
    identified_by=("child_id", "started_on"),
    cuts=(Cut("known_by", "How it is known", is_outcome=True), BY_WORKER, BY_AGE),
)
