"""Children who passed from one unit to another within a case, by the lead on each day."""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    type_coerce,
    union,
)

from data_access.due.clocks import Children, Stage
from data_access.led_stretches import leads_within_cases
from data_access.relations import NEVER, continued, covers, first_of_each
from data_access.schema import allocation, referral
from loading.matching.parted import whole_id


def transfers(as_at: date, children: Children, most_days_between: int, stage: Stage) -> Select:
    """One row per change of the unit that leads on a child within one case: as table `transfer`.

    On a day the lead that began last counts, as everywhere, of a day's the one whose id sorts last;
    one that ends on the day on which it began led on none. Days without a lead, or with one whose
    unit nobody knows, lie between two units: of more than `most_days_between` there is no transfer.
    None to a unit that continues the one before, directly or by way of others; none between the
    parts of one allocation whose team changed its unit. Nothing after `as_at` is known.
    """
    leads = stage("case_lead", _leads(as_at, children).subquery())
    moved = stage("moved_lead", _moves(leads, as_at, most_days_between))
    back = _back(moved)
    every = select(*moved.c, back.c.back_on).select_from(
        moved.outerjoin(back, _same_case(moved, back) & (moved.c.moved_on == back.c.moved_on))
    )
    return _each_once(every.subquery())


def _each_once(moved: FromClause) -> Select:
    """The transfers without those that a second open case of the child tells again.

    Of such the one in which the child was back first; else that of the latest case, or of whose id
    sorts last.
    """
    in_order = (
        func.coalesce(moved.c.back_on, literal(NEVER, Date)),
        func.coalesce(referral.c.received_on, literal(date.min, Date)).desc(),
        func.coalesce(moved.c.referral_id, "").desc(),
    )
    of_cases = moved.outerjoin(referral, referral.c.referral_id == moved.c.referral_id)
    one = (moved.c.child_id, moved.c.moved_on, moved.c.from_unit, moved.c.to_unit)
    once = first_of_each(select(*moved.c).select_from(of_cases), one, in_order)
    return select(*once.c)


def _leads(as_at: date, children: Children) -> Select:
    """Lead allocations of children whom several units led, each once for each case it is within.

    One within no case is of the case that it names; else of none, and those of none follow each
    other.
    """
    within = leads_within_cases(as_at).subquery()
    names = ("allocation_id", "child_id", "unit_id", "worker_id", "started_on", "ended_on")
    of_the_case = func.coalesce(within.c.referral_id, allocation.c.referral_id)
    return (
        select(*(allocation.c[name] for name in names), of_the_case.label("referral_id"))
        .select_from(
            allocation.outerjoin(within, within.c.allocation_id == allocation.c.allocation_id)
        )
        .where(allocation.c.lead.is_(True), allocation.c.started_on <= as_at)
        .where(allocation.c.child_id.in_(_of_several_units(children)))
    )


def _of_several_units(children: Children) -> Select:
    return (
        select(allocation.c.child_id)
        .where(allocation.c.lead.is_(True), *children.hold(allocation.c.child_id))
        .group_by(allocation.c.child_id)
        .having(func.count(allocation.c.unit_id.distinct()) > 1)
    )


def _moves(leads: FromClause, as_at: date, most_days_between: int) -> Subquery:
    """The stretches of a known unit that follow one of another in their case: transfers."""
    both = _with_the_one_before(_known_stretches(leads))
    days_between = type_coerce(both.c.began_on - both.c.until_before, Integer)
    return (
        select(
            both.c.child_id,
            both.c.referral_id,
            both.c.unit_id_before.label("from_unit"),
            both.c.unit_id.label("to_unit"),
            both.c.began_on.label("moved_on"),
            days_between.label("days_between"),
            both.c.worker_id_before.label("from_worker_id"),
            both.c.worker_id.label("to_worker_id"),
        )
        .where(both.c.unit_id_before != both.c.unit_id)
        .where(both.c.began_on <= as_at, days_between <= most_days_between)
        .where(both.c.whole_id_before != both.c.whole_id)
        .where(~_continues(continued(), both.c.unit_id, both.c.unit_id_before))
        .subquery()
    )


def _with_the_one_before(stretches: Subquery) -> Subquery:
    in_order: dict[str, Any] = {
        "partition_by": (stretches.c.child_id, stretches.c.referral_id),
        "order_by": stretches.c.began_on,
    }
    before = (
        func.lag(stretches.c[name], type_=stretches.c[name].type)
        .over(**in_order)
        .label(f"{name}_before")
        for name in ("unit_id", "worker_id", "until", "whole_id")
    )
    return select(*stretches.c, *before).subquery()


def _known_stretches(leads: FromClause) -> Subquery:
    """The days of each case cut where its lead changes, as far as the unit is known.

    Each from `began_on` to `until`, the first day not in it; NULL where it goes on.
    """
    of_case = (leads.c.child_id, leads.c.referral_id)
    starts = select(*of_case, leads.c.started_on.label("day"))
    ends = select(*of_case, leads.c.ended_on).where(leads.c.ended_on.is_not(None))
    days = union(starts, ends).subquery()
    led = select(
        *days.c, leads.c.unit_id, leads.c.worker_id, whole_id(leads.c.allocation_id)
    ).select_from(days.outerjoin(leads, _same_case(days, leads) & covers(leads, days.c.day)))
    latest_first = (leads.c.started_on.desc(), leads.c.allocation_id.desc())
    each_day = first_of_each(led, tuple(days.c), latest_first)
    until = func.lead(each_day.c.day, type_=Date).over(
        partition_by=(each_day.c.child_id, each_day.c.referral_id), order_by=each_day.c.day
    )
    cut = select(
        each_day.c.child_id,
        each_day.c.referral_id,
        each_day.c.unit_id,
        each_day.c.worker_id,
        each_day.c.whole_id,
        each_day.c.day.label("began_on"),
        until.label("until"),
    ).subquery()
    return select(*cut.c).where(cut.c.unit_id.is_not(None)).subquery()


def _back(moved: FromClause) -> Subquery:
    """When the child was back at the unit it came from, or at one that continues that one."""
    later, units = moved.alias("later"), continued()
    is_back = or_(
        later.c.to_unit == moved.c.from_unit,
        _continues(units, later.c.to_unit, moved.c.from_unit),
    )
    key = (moved.c.child_id, moved.c.referral_id, moved.c.moved_on)
    return (
        select(*key, func.min(later.c.moved_on, type_=Date).label("back_on"))
        .select_from(moved.join(later, _same_case(moved, later)))
        .where(later.c.moved_on > moved.c.moved_on, is_back)
        .group_by(*key)
        .subquery()
    )


def _same_case(one: FromClause, other: FromClause) -> ColumnElement[bool]:
    return and_(
        one.c.child_id == other.c.child_id,
        one.c.referral_id.is_not_distinct_from(other.c.referral_id),
    )


def _continues(
    units: CTE, newer: ColumnElement[str], older: ColumnElement[str]
) -> ColumnElement[bool]:
    return exists(select(literal(1)).where(units.c.unit_id == newer, units.c.older == older))
