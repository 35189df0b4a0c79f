"""Children beside the caseload: open cases that nobody leads, and children with a co-worker."""

from sqlalchemy import Select, and_, case, func, literal, select, union

from data_access.relations import covers, ends_after, leads_on, month_ends
from data_access.schema import allocation, plan, referral
from metrics.model import Basis, Months


def unallocated(months: Months, basis: Basis) -> Select:
    """One row per child with an open referral or plan at month end: numerator 1 if nobody leads.

    A referral with no further action opens no case, though no closing date be recorded. The unit
    is that of an open lead allocation that names no worker, if there is one.
    """
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    referred = and_(
        referral.c.no_further_action.is_not(True),
        referral.c.received_on <= ends.c.last_day,
        ends_after(referral.c.closed_on, ends.c.last_day),
    )
    open_children = union(
        select(ends.c.month, ends.c.last_day, plan.c.child_id).select_from(
            ends.join(plan, covers(plan, ends.c.last_day))
        ),
        select(ends.c.month, ends.c.last_day, referral.c.child_id).select_from(
            ends.join(referral, referred)
        ),
    ).subquery()
    lead_then = and_(
        allocation.c.child_id == open_children.c.child_id, leads_on(open_children.c.last_day)
    )
    return (
        select(
            open_children.c.month,
            open_children.c.child_id,
            func.max(allocation.c.unit_id).label("unit_id"),
            case((func.count(allocation.c.worker_id) == 0, 1), else_=0).label("numerator"),
            literal(1).label("denominator"),
        )
        .select_from(open_children.outerjoin(allocation, lead_then))
        .group_by(open_children.c.month, open_children.c.child_id)
    )


def co_worked(months: Months, basis: Basis) -> Select:
    """One row per child with an open co-worker's allocation at month end: numerator 1."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    return (
        select(
            ends.c.month,
            func.max(allocation.c.unit_id).label("unit_id"),
            allocation.c.child_id,
            literal(1).label("numerator"),
            literal(1).label("denominator"),
        )
        .select_from(ends.join(allocation, covers(allocation, ends.c.last_day)))
        .where(allocation.c.lead.is_(False))
        .group_by(ends.c.month, allocation.c.child_id)
    )
