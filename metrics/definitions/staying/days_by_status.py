"""How many days do children spend in care and on plans?"""

from datetime import date

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
    type_coerce,
)

from data_access.dialect import add_days
from data_access.led_stretches import led_stretches
from data_access.relations import ends_after, month_ends
from data_access.schema import status_run
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.levels.levels import NAMES
from metrics.model import (
    Basis,
    Beside,
    Cut,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

PLANS = ("CLA", "CP", "CIN")


def rows(months: Months, basis: Basis) -> Select:
    """One row per child, level, unit and worker with a day of the month: numerator the days.

    The level is the settled one; days without a plan are in no row. The unit is that of the lead
    on each day, so a child who moves between units has rows in both.
    """
    led = led_stretches(_in_months(months, basis), ("month", "child_id", "level", "first_on"))
    days = func.sum(type_coerce(led.c.next_on - led.c.began_on, Integer), type_=Integer)
    return select(
        led.c.month,
        led.c.lead_unit_id.label("unit_id"),
        led.c.lead_worker_id.label("worker_id"),
        led.c.child_id,
        days.label("numerator"),
        days.label("denominator"),
        led.c.level.label("status"),
    ).group_by(led.c.month, led.c.lead_unit_id, led.c.lead_worker_id, led.c.child_id, led.c.level)


def _in_months(months: Months, basis: Basis) -> Subquery:
    """Each settled run on a plan, cut to each month: first_on, and until as the first day after."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    overlap = and_(
        status_run.c.started_on <= ends.c.last_day,
        ends_after(status_run.c.ended_on, ends.c.month),
    )
    return (
        select(
            ends.c.month,
            status_run.c.child_id,
            status_run.c.level,
            case(
                (status_run.c.started_on > ends.c.month, status_run.c.started_on),
                else_=ends.c.month,
            ).label("first_on"),
            _until(ends).label("until"),
        )
        .select_from(ends.join(status_run, overlap))
        .where(status_run.c.level.in_(PLANS))
        .subquery()
    )


def _until(ends: FromClause) -> ColumnElement[date]:
    return case(
        (status_run.c.ended_on <= ends.c.last_day, status_run.c.ended_on),
        else_=add_days(ends.c.last_day, literal(1)),
    )


METRIC = Metric(
    key="days_by_status",
    number=29,
    name="Days by status",
    question="How many days do children spend in care and on plans?",
    words=Words(
        numerator="days that children were looked after or on a plan",
        denominator="days that children were looked after or on a plan",
        one_row_is="a child at one status with one unit and worker, and its days in the month",
        counted="days of children",
        counted_one="day of a child",
    ),
    measure=Measure.COUNT,
    polarity=Polarity.NEITHER,
    adds_up_over_months=True,
    goes_on=True,
    worth_saying=300,
    units_stay_inside=True,
    rows=rows,
    drill_down={"status": "Status"},
    needs=(Need("plan"),),
    source="Local: days recorded, in place of costs avoided, which would need what would have"
    " happened otherwise",
    edge_cases=(
        "A day of a child counts once, at the highest status that applies: looked after, CP plan,"
        " CIN plan. Days with none of these are not counted. Two plans of one kind at once"
        " are one, and a data issue.",
        "A change that is over in fewer than {settle_days} days is taken back and is none.",
        "Each day belongs to the unit that led the child on it; of several leads that day, to the"
        " one that began last.",
        "A month that the data do not cover to its end has the days up to theirs.",
        "A longer month has more days: compare months by it, and costs not at all.",
    ),
    split=Split("status", {level: NAMES[level] for level in PLANS}),
    beside=Beside(),
    cuts=(Cut("status", "Status"), BY_WORKER, BY_AGE),
)
