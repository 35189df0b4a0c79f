"""What a stage card asks beyond a child's journey: one query a part, as `child_story` has them.

Every row carries the unit through which the child was opened, but rows of brothers and sisters and
of the family's proposal: these carry their own, so that the guard asks of each.
"""

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, and_, case, func, select

from data_access.code_sets.children import CLOSURE
from data_access.due.intervals import working_days
from data_access.relations import joined_plans
from data_access.schema import (
    assessment_factor,
    calendar_day,
    child,
    conference,
    enquiry,
    plan,
    referral,
)
from metrics.definitions.in_time.assessments_in_45_days import up_to_the_limit, with_end
from metrics.lists.family import siblings_of
from metrics.lists.opened import Opened, each, through
from metrics.lists.running_reviews import reviews_now
from metrics.model import Basis, Scope
from metrics.segments.listed import is_of_family, proposals
from metrics.segments.open_families import assessed_by

REASONS = {one.code: one.means for one in CLOSURE.codes}


def referrals(opened: Opened, basis: Basis) -> Select:
    """One row per referral by today: received_on, closed_on, closure_reason, no_further_action.

    The reason in words; one that has none stands as the source has it.
    """
    came = referral.c
    reason = case(REASONS, value=came.closure_reason, else_=came.closure_reason)
    return through(
        opened,
        referral,
        came.child_id,
        came.received_on,
        came.closed_on,
        reason.label("closure_reason"),
        came.no_further_action,
        came.referral_id,
    ).where(came.received_on <= basis.as_at)


def assessments(opened: Opened, basis: Basis) -> Select:
    """One row per assessment begun by today: started_on, authorised_on, ended_on.

    With the working day on which today is, its start being day 0, and `due_on`, the last day in
    time; both are NULL where the calendar does not hold them.
    """
    began, first, last = with_end(), calendar_day.alias(), working_days()
    return through(
        opened,
        up_to_the_limit(began, first, last, where_known=False),
        began.c.child_id,
        began.c.started_on,
        began.c.authorised_on,
        began.c.ended_on,
        last.c.day.label("due_on"),
        case((last.c.day.is_not(None), _number_on(basis) - first.c.working_day_number)).label(
            "working_day"
        ),
        began.c.assessment_id,
    ).where(began.c.started_on <= basis.as_at)


def _number_on(basis: Basis) -> ColumnElement[int]:
    today = calendar_day.alias()
    number = select(today.c.working_day_number).where(today.c.day == basis.as_at)
    return number.scalar_subquery()


def factors(opened: Opened, basis: Basis) -> Select:
    """One row per factor of the child's latest authorised assessment, and one where it has none.

    authorised_on, factor. Which it is, is what `segments` goes by: of a child with an open case.
    """
    latest = assessed_by(basis.as_at).subquery()
    found = latest.outerjoin(
        assessment_factor, assessment_factor.c.assessment_id == latest.c.assessment_id
    )
    told = (latest.c.authorised_on, assessment_factor.c.factor)
    return through(opened, found, latest.c.child_id, *told)


def protection_plans(opened: Opened, basis: Basis) -> Select:
    """One row per period on a child protection plan begun by today: started_on, ended_on.

    `returned` is the most earlier plans that a return gives of the child, wherever they were.
    """
    protection = (plan.c.kind == "CP", plan.c.child_id.in_(opened.child_ids))
    periods = joined_plans(*protection, plan.c.started_on <= basis.as_at)
    returned = (
        select(plan.c.child_id, func.max(plan.c.previous_plans).label("returned"))
        .where(*protection)
        .group_by(plan.c.child_id)
        .subquery()
    )
    return through(
        opened,
        periods.join(returned, returned.c.child_id == periods.c.child_id),
        periods.c.child_id,
        periods.c.started_on,
        periods.c.ended_on,
        returned.c.returned,
        periods.c.plan_id,
    )


def enquiries(opened: Opened, basis: Basis) -> Select:
    """One row per enquiry begun by today: started_on, and when its conference was held, if it was.

    `conference_not_needed` as recorded.
    """
    asked, held = enquiry.c, conference.c
    followed = and_(held.enquiry_id == asked.enquiry_id, held.held_on <= basis.as_at)
    return through(
        opened,
        enquiry.outerjoin(conference, followed),
        asked.child_id,
        asked.started_on,
        asked.conference_not_needed,
        held.held_on,
        asked.enquiry_id,
    ).where(asked.started_on <= basis.as_at)


def reviews(opened: Opened, basis: Basis) -> Select:
    """One row per open plan whose review is to be held next: due_on, kind, state, days.

    `state` as in `running_reviews`, NULL where it is due later.
    """
    running = reviews_now(basis, each(opened).cte("opened"))
    told = (running.c[name] for name in ("due_on", "kind", "state", "days"))
    return through(opened, running, running.c.child_id, *told)


def siblings(opened: Opened, basis: Basis) -> Select:
    """Brothers and sisters as `siblings_of` has them: the guard asks of each one's own unit."""
    return siblings_of(opened.child_ids, basis)


def proposal(opened: Opened, basis: Basis) -> Select:
    """The proposal of each child's family today, as `segments.listed.proposals` has it."""
    of, own = proposals(basis.as_at, Scope()).subquery(), child.alias("own")
    joined = of.join(own, is_of_family(of, own.c.child_id, own.c.family_id))
    told = select(*of.c, own.c.child_id.label("told_of")).select_from(joined)
    return told.where(own.c.child_id.in_(opened.child_ids))


def family(opened: Opened, _basis: Basis) -> Select:
    """One row per child: `is_known`, whether the source names its family."""
    return each(opened, child.c.family_id.is_not(None).label("is_known"))


OF_THE_CHILD: dict[str, Callable[[Opened, Basis], Select]] = {
    "referrals": referrals,
    "assessments": assessments,
    "factors": factors,
    "protection_plans": protection_plans,
    "enquiries": enquiries,
    "reviews": reviews,
    "family": family,
}
OF_THE_FAMILY: dict[str, Callable[[Opened, Basis], Select]] = {
    "siblings": siblings,
    "proposal": proposal,
}
