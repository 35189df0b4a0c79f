"""Who is judged on a day: children with an open case, and what was found of them by then."""

from datetime import date

from sqlalchemy import (
    Date,
    FromClause,
    Integer,
    Select,
    Subquery,
    and_,
    cast,
    func,
    literal,
    select,
)

from data_access.relations import ends_after, first_of_each, with_lead, years_old
from data_access.schema import (
    allocation,
    assessment,
    assessment_factor,
    child,
    referral,
)


def open_on(day: date) -> Select:
    """One row per child with an open referral on the day, with the unit of the child's lead.

    Columns child_id, family_id, restricted, received_on (of the first of several open referrals),
    age (on the day), unit_id. A referral without further action opens no case. A child who is in
    no table has no family, and is not restricted.
    """
    led = with_lead(_referred(day), "as_on", ("child_id",))
    return select(
        led.c.child_id,
        child.c.family_id,
        func.coalesce(child.c.restricted, False).label("restricted"),
        led.c.received_on,
        cast(years_old(child.c.born_on, led.c.as_on), Integer).label("age"),
        led.c.lead_unit_id.label("unit_id"),
    ).select_from(led.outerjoin(child, child.c.child_id == led.c.child_id))


def not_restricted_on(day: date) -> Select:
    """The same without restricted records, as lists beside such sums set them apart."""
    opened = open_on(day).subquery()
    return select(*opened.c).where(opened.c.restricted.is_(False))


def _referred(day: date) -> Subquery:
    return (
        select(
            literal(day, Date).label("as_on"),
            referral.c.child_id,
            func.min(referral.c.received_on).label("received_on"),
        )
        .where(
            referral.c.no_further_action.is_not(True),
            referral.c.received_on <= day,
            ends_after(referral.c.closed_on, day),
        )
        .group_by(referral.c.child_id)
        .subquery()
    )


def assessed_by(day: date) -> Select:
    """One row per open child whose assessment was authorised by the day: the latest of them.

    Columns child_id, assessment_id, authorised_on, age (on that day); see `latest_authorised`.
    """
    latest = latest_authorised(_referred(day))
    age = cast(years_old(child.c.born_on, latest.c.authorised_on), Integer).label("age")
    born = latest.outerjoin(child, child.c.child_id == latest.c.child_id)
    columns = (latest.c[name] for name in ("child_id", "assessment_id", "authorised_on"))
    return select(*columns, age).select_from(born)


def latest_authorised(of_child: FromClause) -> Subquery:
    """The latest assessment of each child authorised by each day: of rows child_id, as_on.

    Columns child_id, as_on, assessment_id, authorised_on; no row where none was. Of several that
    were authorised on one day, the one that started last, then whose id sorts last.
    """
    by_then = and_(
        assessment.c.child_id == of_child.c.child_id,
        assessment.c.authorised_on <= of_child.c.as_on,
    )
    authorised = select(
        of_child.c.child_id,
        of_child.c.as_on,
        assessment.c.assessment_id,
        assessment.c.authorised_on,
    ).select_from(of_child.join(assessment, by_then))
    latest_first = (
        assessment.c.authorised_on.desc(),
        assessment.c.started_on.desc(),
        assessment.c.assessment_id.desc(),
    )
    return first_of_each(authorised, (of_child.c.child_id, of_child.c.as_on), latest_first)


def found_by(day: date) -> Select:
    """The factors of those assessments: assessment_id, factor, each once."""
    judged = assessed_by(day).subquery()
    factors = assessment_factor.c
    of_those = factors.assessment_id.in_(select(judged.c.assessment_id))
    return select(factors.assessment_id, factors.factor).where(of_those)


def factors_of_the_open(day: date) -> Select:
    """Open children with what was found of them: child_id, unit_id, assessment_id, factor.

    Without restricted records.
    A row for each factor; one without a factor where none was found, and without an assessment
    where none is authorised.
    """
    led, latest, found = (
        rows.subquery() for rows in (not_restricted_on(day), assessed_by(day), found_by(day))
    )
    return select(
        led.c.child_id, led.c.unit_id, latest.c.assessment_id, found.c.factor
    ).select_from(
        led.outerjoin(latest, latest.c.child_id == led.c.child_id).outerjoin(
            found, found.c.assessment_id == latest.c.assessment_id
        )
    )


def leads_of_the_open(day: date) -> Select:
    """Every lead allocation of the children who are open on the day, in their order."""
    of_child = _referred(day)
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
