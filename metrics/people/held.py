"""Who holds which child at each month's end, as lead worker."""

from sqlalchemy import Select, Subquery, select

from data_access.relations import last_lead, leads_on, month_ends
from data_access.schema import allocation
from metrics.model import Basis, Months


def held_by_workers(months: Months, basis: Basis) -> Subquery:
    """One row per child and lead worker at each month end, by the allocation that began last."""
    by_a_worker = leads_at_month_ends(months, basis).where(allocation.c.worker_id.is_not(None))
    month = by_a_worker.selected_columns.month
    return last_lead(by_a_worker, (month, allocation.c.child_id, allocation.c.worker_id))


def leads_at_month_ends(months: Months, basis: Basis) -> Select:
    """One row per lead allocation that is open at a month's end, also of those without a worker."""
    ends = month_ends(months.first.start, months.last.start, basis.as_at)
    return select(
        ends.c.month,
        ends.c.last_day,
        allocation.c.child_id,
        allocation.c.worker_id,
        allocation.c.unit_id.label("allocated_unit_id"),
        allocation.c.started_on.label("allocated_on"),
    ).select_from(ends.join(allocation, leads_on(ends.c.last_day)))
