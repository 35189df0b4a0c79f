"""Who is a child's brother or sister: whoever the source has in the same family."""

from collections.abc import Collection

from sqlalchemy import CTE, FromClause, Select, and_, case, func, select

from data_access.schema import allocation, child, unit, worker
from metrics.lists.running_clocks import HELD_NOW
from metrics.model import Basis


def siblings_of(child_ids: Collection[str], basis: Basis) -> Select:
    """One row per child, other child of its family, and unit that has held that one as lead.

    `told_of` is the child of `child_ids`; child_id, child_name, unit_id and unit_name are the
    other's. A NULL unit where none has; a restricted child's name is NULL. `is_held`: by this unit
    today; then status, NULL where no plan and no assessment is open, and worker_name of the lead
    worker, NULL where there is none. No row where the source names no family: `child_story.about`
    tells that apart.
    """
    others = _others(child_ids)
    held, now = _held(others), HELD_NOW.table(basis.settings)
    by_the_unit = and_(now.c.child_id == held.c.child_id, now.c.unit_id == held.c.unit_id)
    return (
        select(
            held.c.unit_id,
            others.c.child_id,
            case((others.c.restricted, None), else_=others.c.name).label("child_name"),
            others.c.told_of,
            func.coalesce(unit.c.name, held.c.unit_id).label("unit_name"),
            now.c.child_id.is_not(None).label("is_held"),
            now.c.status,
            worker.c.name.label("worker_name"),
        )
        .select_from(
            others.outerjoin(held, held.c.child_id == others.c.child_id)
            .outerjoin(now, by_the_unit)
            .outerjoin(unit, unit.c.unit_id == held.c.unit_id)
            .outerjoin(worker, worker.c.worker_id == now.c.worker_id)
        )
        .distinct()
    )


def _others(child_ids: Collection[str]) -> CTE:
    own, other = child.alias("own"), child.alias("other")
    of_family = and_(other.c.family_id == own.c.family_id, other.c.child_id != own.c.child_id)
    told_of = own.c.child_id.label("told_of")
    return (
        select(told_of, other.c.child_id, other.c.name, other.c.restricted)
        .select_from(own.join(other, of_family))
        .where(own.c.child_id.in_(child_ids))
        .cte("others")
    )


def _held(others: CTE) -> FromClause:
    """Of the few alone: a join with every allocation takes twice as long."""
    return (
        select(allocation.c.child_id, allocation.c.unit_id)
        .where(allocation.c.lead.is_(True))
        .where(allocation.c.child_id.in_(select(others.c.child_id)))
        .subquery()
    )
