"""Who is a child's brother or sister: whoever the source has in the same family."""

from collections.abc import Collection

from sqlalchemy import Select, and_, case, select

from data_access.schema import allocation, child


def siblings_of(child_ids: Collection[str]) -> Select:
    """One row per child, other child of its family, and unit that has held that one as lead.

    `told_of` is the child of `child_ids`; child_id, child_name and unit_id are the other's. A NULL
    unit where none has; a restricted child's name is NULL. No row where the source names no
    family: `child_story.about` tells that apart.
    """
    own, other = child.alias("own"), child.alias("other")
    of_family = and_(other.c.family_id == own.c.family_id, other.c.child_id != own.c.child_id)
    others = (
        select(own.c.child_id.label("told_of"), other.c.child_id, other.c.name, other.c.restricted)
        .select_from(own.join(other, of_family))
        .where(own.c.child_id.in_(child_ids))
        .cte("others")
    )
    # Of the few alone: a join with every allocation takes twice as long.
    held = (
        select(allocation.c.child_id, allocation.c.unit_id)
        .where(allocation.c.lead.is_(True))
        .where(allocation.c.child_id.in_(select(others.c.child_id)))
        .subquery()
    )
    return (
        select(
            held.c.unit_id,
            others.c.child_id,
            case((others.c.restricted, None), else_=others.c.name).label("child_name"),
            others.c.told_of,
        )
        .select_from(others.outerjoin(held, held.c.child_id == others.c.child_id))
        .distinct()
    )
