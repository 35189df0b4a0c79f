"""Finds facts that can't be true beside others: before a birth, in a unit that was not open.

All are kept as they stand, since either of the two may be the wrong one.
Every query runs as it stands on DuckDB and PostgreSQL.
"""

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Date, case, func, literal, select

from data_access.dialect import add_days, add_months
from data_access.relations import NEVER, covers
from data_access.schema import (
    absence,
    activity,
    allocation,
    assessment,
    attainment,
    child,
    conference,
    early_help,
    education_period,
    enquiry,
    enrolment,
    exclusion,
    intervention,
    missing_episode,
    offence,
    placement,
    plan,
    referral,
    review,
    scale_score,
    visit,
)
from loading.checks.breaches import Breach, Situation, rows_of
from loading.checks.check import CASE_RECORD, HUMAN_RESOURCES, Check
from loading.checks.wrong_values import DAYS_BEFORE_BIRTH
from loading.sources.reading import WARNING

# Care leavers are known until 25; nobody begins a plan after that.
OLDEST_IN_MONTHS = 25 * 12
# A referral is often entered anew while a plan goes on: only years tell that it is another one's.
DAYS_BEFORE_REFERRAL = 2 * 365


def _unless_looked_after(kind: ColumnElement[str]) -> ColumnElement[int]:
    return case((kind == "CLA", 0), else_=DAYS_BEFORE_BIRTH)


# What may begin so many days before the child is born: an unborn child is planned for and visited.
_BEFORE_BIRTH = (
    (referral.c.received_on, literal(DAYS_BEFORE_BIRTH)),
    (assessment.c.started_on, literal(DAYS_BEFORE_BIRTH)),
    (plan.c.started_on, _unless_looked_after(plan.c.kind)),
    (placement.c.started_on, literal(0)),
    (missing_episode.c.started_on, literal(0)),
    (allocation.c.started_on, literal(DAYS_BEFORE_BIRTH)),
    (visit.c.visited_on, _unless_looked_after(visit.c.kind)),
    (scale_score.c.scored_on, literal(DAYS_BEFORE_BIRTH)),
    (enquiry.c.started_on, literal(DAYS_BEFORE_BIRTH)),
    (conference.c.held_on, literal(DAYS_BEFORE_BIRTH)),
    (review.c.held_on, _unless_looked_after(review.c.kind)),
    *((of.c.started_on, literal(0)) for of in (education_period, enrolment, exclusion)),
    *((of.c.started_on, literal(DAYS_BEFORE_BIRTH)) for of in (early_help, intervention)),
    (attainment.c.assessed_on, literal(0)),
    (activity.c.as_on, literal(0)),
    (offence.c.charged_on, literal(0)),
)


def born_afterwards(_: Situation) -> Iterator[Breach]:
    """Children of whom rows are dated before they can have been known: one row a child and table.

    Looked after and placed is a child only once born; the rest may lie some months before that.
    """
    for day, at_most in _BEFORE_BIRTH:
        query = (
            rows_of(
                child,
                of=literal(day.table.name),
                rows=func.count(),
                day=func.min(day),
            )
            .join(day.table, day.table.c.child_id == child.c.child_id)
            .where(child.c.born_on > add_days(day, at_most))
            .group_by(child.c.child_id)
        )
        yield Breach(child, query, column="born_on")


def too_old(_: Situation) -> Iterator[Breach]:
    """Plans of who was 25 or older when they began."""
    query = (
        rows_of(plan, day=plan.c.started_on)
        .join(child, child.c.child_id == plan.c.child_id)
        .where(add_months(child.c.born_on, literal(OLDEST_IN_MONTHS)) <= plan.c.started_on)
    )
    yield Breach(plan, query, column="started_on")


def before_their_referral(_: Situation) -> Iterator[Breach]:
    """Plans and assessments that began years before the referral that they name."""
    for table in (plan, assessment):
        began = table.c.started_on
        early = began < add_days(referral.c.received_on, literal(-DAYS_BEFORE_REFERRAL))
        query = rows_of(
            table, day=began, other=referral.c.referral_id, received=referral.c.received_on
        ).join(referral, referral.c.referral_id == table.c.referral_id)
        yield Breach(table, query.where(early), column=began.name)


def after_their_referral(_: Situation) -> Iterator[Breach]:
    """Plans and assessments that began after the referral that they name was closed."""
    for table in (plan, assessment):
        began = table.c.started_on
        query = rows_of(
            table, day=began, other=referral.c.referral_id, closed=referral.c.closed_on
        ).join(referral, referral.c.referral_id == table.c.referral_id)
        yield Breach(table, query.where(began > referral.c.closed_on), column=began.name)


def ended_at_no_day(_: Situation) -> Iterator[Breach]:
    """Referrals and plans with a reason for which they ended, and no day on which."""
    for reason, end in (
        (referral.c.closure_reason, referral.c.closed_on),
        (plan.c.end_reason, plan.c.ended_on),
    ):
        query = rows_of(reason.table, end=literal(end.name)).where(
            reason.is_not(None), end.is_(None)
        )
        yield Breach(reason.table, query, column=reason.name)


def held_by_no_lead(situation: Situation) -> Iterator[Breach]:
    """Children who have a co-worker on the last day, and nobody who leads."""
    leads = func.count(case((allocation.c.lead, 1)))
    query = (
        select(allocation.c.child_id.label("row_key"))
        .where(covers(allocation, literal(situation.as_at, Date)))
        .group_by(allocation.c.child_id)
        .having(leads == 0)
    )
    yield Breach(child, query)


def held_by_nobody(_: Situation) -> Iterator[Breach]:
    """Allocations that name neither a worker nor a unit."""
    query = rows_of(allocation, day=allocation.c.started_on)
    nobody = allocation.c.worker_id.is_(None) & allocation.c.unit_id.is_(None)
    yield Breach(allocation, query.where(nobody), column="worker_id")


def half_days_in_a_row(_: Situation) -> Iterator[Breach]:
    """Absences of half days that go on after their first day: each of their days counts half."""
    goes_on = func.coalesce(absence.c.last_day, NEVER) > absence.c.first_day
    query = rows_of(absence, day=absence.c.first_day).where(absence.c.half_day, goes_on)
    yield Breach(absence, query, column="half_day")


def absences_not_ended(_: Situation) -> Iterator[Breach]:
    """Absences without a last day, of workers of whom a later absence begins."""
    later = absence.alias("later")
    query = (
        rows_of(absence, day=func.min(later.c.first_day), other=func.min(later.c.absence_id))
        .join(later, later.c.worker_id == absence.c.worker_id)
        .where(absence.c.last_day.is_(None), later.c.first_day > absence.c.first_day)
        .group_by(absence.c.absence_id)
    )
    yield Breach(absence, query, column="last_day")


CHECKS: tuple[Check, ...] = (
    Check(
        "born_afterwards",
        WARNING,
        CASE_RECORD,
        "by the date of birth, {rows} {rows:row|rows} of {of} {rows:is|are} dated before the"
        " child can have been known"
        " so, the first on {day}: {rows:it counts as it stands|they count as they stand}."
        " Correct the"
        " date of birth, or {rows:its|theirs}",
        born_afterwards,
    ),
    Check(
        "too_old_for_a_plan",
        WARNING,
        CASE_RECORD,
        "by the date of birth, the child was 25 or older when the plan began on {day}: it counts"
        " as it stands. Correct one of the two dates",
        too_old,
    ),
    Check(
        "long_before_its_referral",
        WARNING,
        CASE_RECORD,
        "it began on {day}, years before its referral {other} was received, on {received}: correct"
        " a date, or referral_id",
        before_their_referral,
    ),
    Check(
        "after_its_referral_closed",
        WARNING,
        CASE_RECORD,
        "it began on {day}, after its referral {other} was closed, on {closed}: an assessment that"
        " is not authorised is then in no status. Correct a date, or referral_id",
        after_their_referral,
    ),
    Check(
        "ended_at_no_day",
        WARNING,
        CASE_RECORD,
        "it has a {column}, and {end} is empty: it counts as open. Enter the day, or take the"
        " reason out",
        ended_at_no_day,
    ),
    Check(
        "held_by_no_lead",
        WARNING,
        CASE_RECORD,
        "the child has co-workers on {as_at} and no lead worker or unit, and so counts in no"
        " caseload. Say who leads, in allocation",
        held_by_no_lead,
    ),
    Check(
        "held_by_nobody",
        WARNING,
        CASE_RECORD,
        "it has neither worker_id nor unit_id, and so says from {day} that nobody holds the child:"
        " name who does, or take the row out",
        held_by_nobody,
    ),
    Check(
        "half_days_in_a_row",
        WARNING,
        HUMAN_RESOURCES,
        "it is of half days, and goes on after its first day, {day}: each working day of it counts"
        " as half a day. If only one of them was, give that one a row of its own",
        half_days_in_a_row,
    ),
    Check(
        "absence_not_ended",
        WARNING,
        HUMAN_RESOURCES,
        "it has no last day, and absence {other} of the same worker begins on {day}: until it has"
        " one, each day since counts as absent. Give last_day",
        absences_not_ended,
    ),
)
