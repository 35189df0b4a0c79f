"""Who is judged on a day: children with an open case, and what was found of them by then."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Integer, Select, Subquery, and_, cast, func, select

from data_access.relations import ends_after, first_of_each, with_lead, years_old
from data_access.schema import (
    allocation,
    assessment,
    assessment_factor,
    calendar_day,
    child,
    referral,
)


def open_on(days: Sequence[date]) -> Select:
    """One row per day and child with an open referral, with the unit of the child's lead.

    Columns as_on, child_id, family_id, restricted, received_on (of the first of several open
    referrals), age (on the day), unit_id. A referral without further action opens no case. A
    child who is in no table has no family, and is not restricted.
    """
    led = with_lead(_referred(days), "as_on", ("as_on", "child_id"))
    return select(
        led.c.as_on,
        led.c.child_id,
        child.c.family_id,
        func.coalesce(child.c.restricted, False).label("restricted"),
        led.c.received_on,
        cast(years_old(child.c.born_on, led.c.as_on), Integer).label("age"),
        led.c.lead_unit_id.label("unit_id"),
    ).select_from(led.outerjoin(child, child.c.child_id == led.c.child_id))


def _referred(days: Sequence[date]) -> Subquery:
    is_open = and_(
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= calendar_day.c.day,
        ends_after(referral.c.closed_on, calendar_day.c.day),
    )
    return (
        select(
            calendar_day.c.day.label("as_on"),
            referral.c.child_id,
            func.min(referral.c.received_on).label("received_on"),
        )
        .select_from(calendar_day.join(referral, is_open))
        .where(calendar_day.c.day.in_(days))
        .group_by(calendar_day.c.day, referral.c.child_id)
        .subquery()
    )


def assessed_by(days: Sequence[date]) -> Select:
    """One row per day and open child whose assessment was authorised by then: the latest of them.

    Columns as_on, child_id, assessment_id, authorised_on, age (on that day). Of several that were
    authorised on one day, the one that started last, then whose id sorts last.
    """
    of_child = _referred(days)
    by_then = and_(
        assessment.c.child_id == of_child.c.child_id,
        assessment.c.authorised_on <= of_child.c.as_on,
    )
    authorised = select(
        of_child.c.as_on,
        of_child.c.child_id,
        assessment.c.assessment_id,
        assessment.c.authorised_on,
    ).select_from(of_child.join(assessment, by_then))
    latest_first = (
        assessment.c.authorised_on.desc(),
        assessment.c.started_on.desc(),
        assessment.c.assessment_id.desc(),
    )
    latest = first_of_each(authorised, (of_child.c.as_on, of_child.c.child_id), latest_first)
    age = cast(years_old(child.c.born_on, latest.c.authorised_on), Integer).label("age")
    born = latest.outerjoin(child, child.c.child_id == latest.c.child_id)
    return select(*latest.c, age).select_from(born)


def found_by(days: Sequence[date]) -> Select:
    """The factors of those assessments: assessment_id, factor, each once."""
    judged = assessed_by(days).subquery()
    factors = assessment_factor.c
    of_those = factors.assessment_id.in_(select(judged.c.assessment_id))
    return select(factors.assessment_id, factors.factor).where(of_those)


def leads_of_the_open(days: Sequence[date]) -> Select:
    """Every lead allocation of the children who are open on any of the days, in their order."""
    of_child = _referred(days)
    of_those = allocation.c.child_id.in_(select(of_child.c.child_id))
    return (
        select(
            allocation.c.child_id,
            allocation.c.unit_id,
            allocation.c.started_on,
            allocation.c.allocation_id,
        )
        .where(allocation.c.lead.is_(True), of_those)
        .order_by(allocation.c.child_id, allocation.c.started_on, allocation.c.allocation_id)
    )
