"""What makes a row the same fact as another, whatever its id: one declaration for every table."""

from sqlalchemy import Column, ColumnElement, Date, and_, func, literal

from data_access.due.due_dates import LONG_AGO
from data_access.relations import NEVER
from data_access.schema import (
    absence,
    allocation,
    assessment,
    child,
    complaint,
    missing_episode,
    placement,
    plan,
    post,
    referral,
    relationship,
    scale_score,
    time_record,
    unit,
    visit,
    visit_interval,
    worker,
)
from loading.checks.check import HUMAN_RESOURCES, PERFORMANCE, Fact, or_nothing
from loading.checks.outcomes import facts as of_outcomes


def _plain(column: Column) -> ColumnElement[str]:
    return func.lower(func.trim(column))


HOURS = Fact(
    time_record,
    "hours_twice",
    (
        time_record.c.worker_id,
        or_nothing(time_record.c.unit_id),
        time_record.c.category,
        time_record.c.method,
    ),
    time_record.c.worked_on,
    "the worker has several records of the same day or week, category and method ({times} times,"
    " first on {day}): direct work adds their hours up. Take out what stands there twice",
    mended_by=PERFORMANCE,
)

FACTS: tuple[Fact, ...] = (
    Fact(
        unit,
        "unit_twice",
        (_plain(unit.c.name),),
        func.coalesce(unit.c.opened_on, literal(LONG_AGO, Date)),
        "unit {other} has the same name at the same time: what is recorded in the two counts in"
        " two units. Put all of it under one id, or say when one closed",
        end=unit.c.closed_on,
        once=False,
        mended_by=PERFORMANCE,
    ),
    Fact(
        worker,
        "worker_twice",
        (func.upper(func.trim(worker.c.registration_no)),),
        literal(NEVER, Date),
        "worker {other} has the same registration number: children, posts and hours under the two"
        " ids do not meet, so that caseload lacks who has no post under that id. Put all of it"
        " under one id",
        among=func.trim(worker.c.registration_no) != "",
        once=False,
        mended_by=HUMAN_RESOURCES,
    ),
    Fact(
        post,
        "posts_overlap",
        (post.c.worker_id, post.c.unit_id, post.c.role),
        post.c.started_on,
        "a post of the same worker, unit and role begins on {day}, while post {other} has not"
        " ended: days in post and contracted hours count both, caseload the one with the larger"
        " FTE. End the earlier one, or put both FTEs in one post",
        end=post.c.ended_on,
        mended_by=HUMAN_RESOURCES,
    ),
    Fact(
        child,
        "child_twice",
        (_plain(child.c.name),),
        child.c.born_on,
        "child {other} has the same name and date of birth: whatever counts children counts two,"
        " and visits to one are none to the other. If it is one child, put all under one id",
        among=and_(func.trim(child.c.name) != "", child.c.born_on.is_not(None)),
        once=False,
    ),
    Fact(
        referral,
        "referral_twice",
        (referral.c.child_id,),
        referral.c.received_on,
        "the child has another referral of {day}, {other}: both stand, and each that is closed"
        " counts as a closure of its own, while re-referrals count the two once. If it is one,"
        " keep one",
        once=False,
    ),
    Fact(
        assessment,
        "assessment_twice",
        (assessment.c.child_id,),
        assessment.c.started_on,
        "the child has another assessment begun on {day}, {other}: the child is in assessment"
        " until the later of the two ends. If it is one, keep one",
        once=False,
    ),
    Fact(
        plan,
        "plans_overlap",
        (plan.c.child_id, plan.c.kind),
        plan.c.started_on,
        "a plan of the same kind begins on {day}, while plan {other} has not ended: each has"
        " visits due of its own, and out-of-timescale visits count both. End the earlier one, or"
        " keep one",
        end=plan.c.ended_on,
    ),
    Fact(
        placement,
        "placements_overlap",
        (placement.c.child_id,),
        placement.c.started_on,
        "a placement begins on {day}, while placement {other} has not ended: the one that began"
        " last decides when the child must be seen by law. End the earlier one, or correct a date",
        end=placement.c.ended_on,
    ),
    Fact(
        missing_episode,
        "missing_twice",
        (missing_episode.c.child_id,),
        missing_episode.c.started_on,
        "the child goes missing on {day}, while missing episode {other} has not ended: nobody is"
        " missing twice at once. End the earlier one, or keep one",
        end=missing_episode.c.ended_on,
    ),
    Fact(
        allocation,
        "allocations_overlap",
        (
            allocation.c.child_id,
            or_nothing(allocation.c.worker_id),
            allocation.c.lead,
        ),
        allocation.c.started_on,
        "the same holder begins to hold the child on {day}, while allocation {other} has not"
        " ended: the child counts once, in the unit of the one that began last, until both have"
        " ended. End the earlier one",
        end=allocation.c.ended_on,
    ),
    Fact(
        visit,
        "visit_twice",
        # An attempt and a visit of one day are two facts.
        (visit.c.child_id, visit.c.kind, visit.c.seen.is_not(False)),
        visit.c.visited_on,
        "the child has another visit of that kind on {day}, {other}: recorded in time counts"
        " both, visits due the one that was recorded first. If it is one, keep one",
    ),
    Fact(
        visit_interval,
        "interval_twice",
        (visit_interval.c.child_id, visit_interval.c.kind),
        visit_interval.c.effective_from,
        "another interval is agreed for the child from {day}, {other}: the one whose id sorts last"
        " sets the due dates. Keep the one that holds",
    ),
    Fact(
        scale_score,
        "score_twice",
        (
            scale_score.c.child_id,
            or_nothing(scale_score.c.referral_id),
            scale_score.c.scale,
            scale_score.c.rater,
        ),
        scale_score.c.scored_on,
        "the same scale was scored by the same rater on {day} already, in {other}: distance"
        " travelled begins with the one whose id sorts first and ends with the one that sorts"
        " last. Keep the one that holds",
    ),
    HOURS,
    Fact(
        absence,
        "absence_twice",
        (absence.c.worker_id, absence.c.reason),
        absence.c.first_day,
        "absence {other} of the same worker and reason begins on {day} too: each day counts once,"
        " up to the later of the two last days. Keep the one that holds",
        mended_by=HUMAN_RESOURCES,
    ),
    Fact(
        complaint,
        "complaint_twice",
        (complaint.c.child_id, or_nothing(complaint.c.unit_id), complaint.c.stage),
        complaint.c.received_on,
        "another complaint of the same stage about the same child was received on {day}, {other}:"
        " the number of complaints counts both. If it is one, keep one",
        among=complaint.c.child_id.is_not(None),
    ),
    Fact(
        relationship,
        "relationship_twice",
        (relationship.c.child_id, relationship.c.person_id, relationship.c.role),
        func.coalesce(relationship.c.started_on, literal(LONG_AGO, Date)),
        "{other} says the same of the same child and person: no figure counts relationships. Keep"
        " one",
    ),
    *of_outcomes.FACTS,
)

# Where nothing but the id tells two facts apart, or the id is the fact.
NOT_TOLD_APART = {
    "person": "two people may have the same name, and nothing else is known of them",
    "visit_detail": "several sources may say of one visit what each of them knows",
    "assessment_factor": "the id is the fact: an assessment and its factor",
    **of_outcomes.NOT_TOLD_APART,
}
