"""How much of what a unit holds is older than the unit?"""

from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Select,
    Subquery,
    and_,
    case,
    func,
    literal,
    select,
)

from data_access.relations import (
    continued,
    ends_after,
    first_of_each,
    last_lead,
    leads_on,
    month_ends,
)
from data_access.schema import allocation, referral, unit
from metrics.explore.offered import BY_AGE, BY_WORKER
from metrics.model import (
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


def rows(months: Months, basis: Basis) -> Select:
    """One row per child with a lead at the month's end: 1 if its case is older than the unit.

    That is, referred before the unit opened, or the first of those that it continues. The case is
    the one that the lead names, else the child's latest that is open. Of an unknown day: 0.
    """
    held = _held_with_days(months, basis)
    return select(
        held.c.month,
        held.c.unit_id,
        held.c.worker_id,
        held.c.child_id,
        case((held.c.received_on < held.c.opened_on, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
        held.c.received_on,
        held.c.allocated_on,
        held.c.opened_on,
    )


def with_days(months: Months, basis: Basis) -> Select:
    """The same children: numerator 1 where it is known when case and unit began."""
    held = _held_with_days(months, basis)
    both = and_(held.c.received_on.is_not(None), held.c.opened_on.is_not(None))
    return select(
        held.c.month,
        held.c.unit_id,
        case((both, 1), else_=0).label("numerator"),
        literal(1).label("denominator"),
    )


def _held_with_days(months: Months, basis: Basis) -> Subquery:
    held, opened = _held(months, basis), _opened()
    named, latest = referral.alias("named"), _latest_open(held)
    received_on = func.coalesce(named.c.received_on, latest.c.received_on).label("received_on")
    joined = (
        held.outerjoin(named, named.c.referral_id == held.c.referral_id)
        .outerjoin(latest, _same(latest, held))
        .outerjoin(opened, opened.c.unit_id == held.c.unit_id)
    )
    return select(*held.c, received_on, opened.c.opened_on).select_from(joined).subquery()


def _held(months: Months, basis: Basis) -> Subquery:
    """The last lead of each child at each month's end."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    leads = select(
        ends.c.month,
        ends.c.last_day,
        allocation.c.child_id,
        allocation.c.unit_id,
        allocation.c.worker_id,
        allocation.c.referral_id,
        allocation.c.started_on.label("allocated_on"),
    ).select_from(ends.join(allocation, leads_on(ends.c.last_day)))
    return last_lead(leads, (ends.c.month, allocation.c.child_id))


def _latest_open(held: FromClause) -> Subquery:
    """The latest of each child's cases that are open at the month's end."""
    is_open = and_(
        referral.c.child_id == held.c.child_id,
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= held.c.last_day,
        ends_after(referral.c.closed_on, held.c.last_day),
    )
    cases = select(held.c.month, held.c.child_id, referral.c.received_on).select_from(
        held.join(referral, is_open)
    )
    return first_of_each(
        cases,
        (held.c.month, held.c.child_id),
        (referral.c.received_on.desc(), referral.c.referral_id.desc()),
    )


def _same(one: FromClause, held: FromClause) -> ColumnElement[bool]:
    return and_(one.c.month == held.c.month, one.c.child_id == held.c.child_id)


def _opened() -> Subquery:
    """When each unit opened, or the first of those that it continues."""
    before, older = continued(), unit.alias("first_unit")
    chain = unit.outerjoin(before, before.c.unit_id == unit.c.unit_id).outerjoin(
        older, older.c.unit_id == before.c.older
    )
    opened_on = func.least(unit.c.opened_on, func.min(older.c.opened_on), type_=Date)
    return (
        select(unit.c.unit_id, opened_on.label("opened_on"))
        .select_from(chain)
        .group_by(unit.c.unit_id, unit.c.opened_on)
        .subquery()
    )


METRIC = Metric(
    key="legacy_cases",
    number=75,
    name="Legacy cases",
    question="How much of what a unit holds is older than the unit?",
    words=Words(
        numerator="children held at month end whose case was open before the unit",
        denominator="children held at month end",
        one_row_is="a child held at month end",
        counted="children held",
        counted_one="child held",
        one_counted="child",
    ),
    measure=Measure.COUNT,
    polarity=Polarity.NEITHER,
    adds_up_over_months=False,
    worth_saying=5,
    units_stay_inside=True,
    rows=rows,
    drill_down={
        "received_on": "Referred",
        "allocated_on": "With the worker since",
        "opened_on": "Unit opened",
    },
    needs=(
        Need("allocation"),
        Need("allocation", "unit_id"),
        Need("referral"),
        Need("unit"),
        Need("unit", "opened_on"),
    ),
    source="Local measure; Family Insights evaluation (DfE, 2017): caseloads that units inherited"
    " when they opened",
    edge_cases=(
        "A legacy case was referred before the unit opened that holds it now: the unit took it over"
        " as it was. One referred on the day of the opening is the unit’s own.",
        "A unit that continues another holds that one’s cases as its own: the day that counts is"
        " that of the first of them.",
        "The case is the one that the lead allocation names, else the child’s latest that is open.",
        "Where it is not known when case or unit began, the child is held and no legacy case; of"
        " how many both are known is told beside.",
        "A child with two leads, a data issue, counts once, with the lead that began last. Each"
        " child of a family counts.",
    ),
    beside=Beside(
        companions=(
            Companion(
                "days_known",
                "Children whose case and unit have a first day",
                "Of {n} of {d} {d:child|children} held it is known when case and unit began",
                with_days,
                is_coverage=True,
            ),
        ),
    ),
    kind=FigureKind.SNAPSHOT,
    cuts=(BY_WORKER, BY_AGE),
)
