"""Cases that were closed: when the child came back, and whose coming back would say nothing."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, Subquery, and_, case, func, literal, select

from data_access.dialect import add_months
from data_access.relations import ends_after
from data_access.schema import child, referral
from metrics.model import Basis

FOLLOWED_MONTHS = 12
MONTHS_TO_18 = 18 * 12
# Adopted, died, to another authority, to adult services: nobody could come back to us.
GONE = ("RC1", "RC2", "RC5", "RC6")
LEFT, OF_AGE, NOT_ENDED = "left", "of_age", "not_ended"


def closed_cases(basis: Basis) -> FromClause:
    """Every closed case: when the child was back, within twelve months; why it is not followed."""
    return basis.shared("closed_cases", _closed_cases(basis.as_at))


def _closed_cases(as_at: date) -> Subquery:
    other = referral.alias("other")
    of_the_child = and_(
        other.c.child_id == referral.c.child_id,
        other.c.referral_id != referral.c.referral_id,
        other.c.received_on <= as_at,
    )
    known = (
        select(
            referral.c.referral_id,
            referral.c.child_id,
            referral.c.received_on,
            referral.c.closed_on,
            referral.c.closure_reason,
            child.c.born_on,
            func.min(case((_is_back(other), other.c.received_on))).label("back_on"),
            func.max(case((_was_open(other), 1), else_=0)).label("others_open"),
        )
        .select_from(
            referral.outerjoin(other, of_the_child).outerjoin(
                child, child.c.child_id == referral.c.child_id
            )
        )
        .where(referral.c.no_further_action.is_not(True))
        .where(referral.c.closed_on.between(referral.c.received_on, as_at))
        .group_by(*(referral.c[name] for name in _OF_A_CASE), child.c.born_on)
        .subquery()
    )
    return select(*known.c, _why_not_followed(known).label("why_not")).subquery()


_OF_A_CASE = ("referral_id", "child_id", "received_on", "closed_on", "closure_reason")


def _is_back(other: FromClause) -> ColumnElement[bool]:
    """Whether another referral brings the child back within twelve months of the closing."""
    return and_(
        other.c.received_on >= referral.c.closed_on,
        other.c.received_on > referral.c.received_on,
        add_months(other.c.received_on, literal(-FOLLOWED_MONTHS)) <= referral.c.closed_on,
    )


def _was_open(other: FromClause) -> ColumnElement[bool]:
    """Whether another case of the child went on over the day of closing."""
    return and_(
        other.c.no_further_action.is_not(True),
        other.c.received_on < referral.c.closed_on,
        ends_after(other.c.closed_on, referral.c.closed_on),
    )


def _why_not_followed(closed: Subquery) -> ColumnElement[str | None]:
    """Why a referral within twelve months was not possible or would say nothing; NULL: followed.

    Who turns 18 on the last day of the twelve months is left out, a day later is not; without a
    date of birth nobody is.
    """
    turns_18 = add_months(closed.c.born_on, literal(MONTHS_TO_18))
    return case(
        (closed.c.closure_reason.in_(GONE), LEFT),
        (closed.c.others_open == 1, NOT_ENDED),
        (add_months(turns_18, literal(-FOLLOWED_MONTHS)) <= closed.c.closed_on, OF_AGE),
        else_=None,
    )
