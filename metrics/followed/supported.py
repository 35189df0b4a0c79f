"""Who is supported on a day: a case is open then, or was closed within the twelve months before."""

from datetime import date

from sqlalchemy import ColumnElement, FromClause, Subquery, exists, literal, select

from data_access.dialect import add_months
from data_access.relations import month_ends, not_ended_before
from data_access.schema import child, referral
from metrics.model import Basis, Months

SUPPORTED_MONTHS = 12
MONTHS_A_YEAR = 12


def is_supported(of: FromClause, day: ColumnElement[date]) -> ColumnElement[bool]:
    """Whether `of`, which has child_id, is a child supported on `day`."""
    since = add_months(day, literal(-SUPPORTED_MONTHS))
    return exists(
        select(literal(1))
        .select_from(referral)
        .where(referral.c.child_id == of.c.child_id)
        .where(referral.c.no_further_action.is_not(True))
        .where(referral.c.received_on <= day)
        .where(not_ended_before(referral.c.closed_on, since))
        .correlate_except(referral)
    )


def supported_of_age(youngest: int, oldest: int, months: Months, basis: Basis) -> Subquery:
    """One row per month and child supported at its end, of an age from `youngest` to `oldest` then.

    month, last_day, child_id. Whoever has no date of birth is in none.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    born_by = add_months(ends.c.last_day, literal(-MONTHS_A_YEAR * youngest))
    born_after = add_months(ends.c.last_day, literal(-MONTHS_A_YEAR * (oldest + 1)))
    of_age = ends.join(child, child.c.born_on <= born_by)
    return (
        select(ends.c.month, ends.c.last_day, child.c.child_id)
        .select_from(of_age)
        .where(child.c.born_on > born_after)
        .where(is_supported(child, ends.c.last_day))
        .subquery()
    )
