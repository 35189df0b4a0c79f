"""Do children keep their social worker?"""

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data_access.dialect import add_days, add_months
from data_access.relations import covers, ends_after, last_lead, leads_on, month_ends
from data_access.schema import allocation, status_run
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.handing_on.transfers import HISTORY_NEEDS
from metrics.levels.levels import NAMES
from metrics.model import (
    FEWEST,
    Basis,
    Beside,
    Companion,
    Cut,
    FigureKind,
    Measure,
    Metric,
    Months,
    Need,
    Polarity,
    Split,
    Words,
)

WINDOW_MONTHS = 12
# DfE, stability measures: "3 or more social workers during the year".
MANY = 3


def rows(months: Months, basis: Basis) -> Select:
    """One row per child with a lead allocation at the month's end: numerator 1 if three had led.

    Different workers who led on some day of the twelve months that end then, whatever the child's
    level and case. The level is that of the settled runs on the day, the unit and worker those of
    the lead then.
    """
    led = _with_workers(months, basis)
    level_then = and_(status_run.c.child_id == led.c.child_id, covers(status_run, led.c.last_day))
    return select(
        led.c.month,
        led.c.unit_id,
        led.c.worker_id,
        led.c.child_id,
        case((led.c.workers >= MANY, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        led.c.workers,
        led.c.allocated_on,
        status_run.c.level,
    ).select_from(led.outerjoin(status_run, level_then))


def with_names_known(months: Months, basis: Basis) -> Select:
    """The same children: numerator 1 where every lead allocation of the time names its worker."""
    led = _with_workers(months, basis)
    return select(
        led.c.month,
        led.c.unit_id,
        case((led.c.leads == led.c.leads_named, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def _with_workers(months: Months, basis: Basis) -> Subquery:
    """The children led at each month's end, with how many leads and workers the year had."""
    held, before = _held(months, basis), allocation.alias("before")
    counted = (
        select(
            *held.c,
            func.count(before.c.worker_id.distinct()).label("workers"),
            func.count(before.c.worker_id).label("leads_named"),
            func.count().label("leads"),
        )
        .select_from(held.join(before, _led_in_the_year(before, held)))
        .group_by(*held.c)
    )
    return counted.subquery()


def _led_in_the_year(before: FromClause, held: FromClause) -> ColumnElement[bool]:
    first_day = add_months(add_days(held.c.last_day, literal(1)), literal(-WINDOW_MONTHS))
    return and_(
        before.c.child_id == held.c.child_id,
        before.c.lead.is_(True),
        before.c.started_on <= held.c.last_day,
        ends_after(before.c.ended_on, first_day),
        ends_after(before.c.ended_on, before.c.started_on),
    )


def _held(months: Months, basis: Basis) -> Subquery:
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    leads = select(
        ends.c.month,
        ends.c.last_day,
        allocation.c.child_id,
        allocation.c.unit_id,
        allocation.c.worker_id,
        allocation.c.started_on.label("allocated_on"),
    ).select_from(ends.join(allocation, leads_on(ends.c.last_day)))
    return last_lead(leads, (ends.c.month, allocation.c.child_id))


METRIC = Metric(
    key="three_lead_workers",
    number=74,
    name="Three lead workers or more in a year",
    short="Three workers",
    question="Do children keep their social worker?",
    words=Words(
        numerator="of them, children with three lead workers or more in the twelve months",
        denominator="children who had a lead at the end of the month",
        one_row_is="a child who had a lead at the end of the month",
        counted="children",
        counted_one="child",
        one_counted="child",
    ),
    measure=Measure.PERCENT,
    polarity=Polarity.LOWER_IS_BETTER,
    adds_up_over_months=False,
    worth_saying=5,
    rows=rows,
    drill_down={
        "workers": "Lead workers in the year",
        "allocated_on": "With the last since",
        "level": "Level",
    },
    needs=(*HISTORY_NEEDS, Need("allocation", "worker_id")),
    source="DfE, stability measures for children looked after in England: three or more social"
    " workers during the year, published of looked-after children at 31 March",
    edge_cases=(
        "Of all children who have a lead at the month’s end, not of those looked after alone:"
        " theirs is the part that the DfE publishes, at 31 March.",
        "Different workers: one who had the child, lost it and has it again is one, as the DfE"
        " counts it.",
        "Workers count who led on any day of the twelve months, also before the child was looked"
        " after, and in an earlier case.",
        "A worker who led for no day, from and to one day, and co-workers are not counted.",
        "Allocations that name no worker add none: a child with such a one may have had more"
        " workers than are counted. Of how many all are named stands beside.",
        "A worker under two ids counts twice. A child whose case began last month counts like any.",
        "Of two leads at once, which are a data issue, both workers count.",
        "The unit and worker are those of the child’s lead allocation on the month’s last day.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "workers_named",
                "Children whose workers are known",
                "Of {n} of {d} {d:child|children} every lead of the year names its worker",
                with_names_known,
                is_coverage=True,
            ),
        ),
    ),
    split=Split("level", NAMES, missing="no open case"),
    kind=FigureKind.ROLLING,
    # With the month itself twelve.
    history_months=WINDOW_MONTHS - 1,
    history_of=("allocation",),
    fewest=FEWEST,
    cuts=(
        Cut("workers", "Lead workers", bands=(0, 1, 2, 3, 4), is_outcome=True),
        Cut("level", "Level", names=NAMES, missing="no open case"),
        BY_WORKER,
        BY_AGE,
    ),
)
