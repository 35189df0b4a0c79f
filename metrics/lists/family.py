"""Who is a child's brother or sister: whoever the source has in the same family."""

from sqlalchemy import Select, case, select

from data_access.schema import allocation, child


def siblings_of(child_id: str) -> Select:
    """One row per other child of the family and unit that has held them as lead: child_name.

    A NULL unit where none has; a restricted child's name is NULL. No row where the source names
    no family: `child_story.about` tells that apart.
    """
    family = select(child.c.family_id).where(child.c.child_id == child_id).scalar_subquery()
    others = (
        select(child.c.child_id, child.c.name, child.c.restricted)
        .where(child.c.family_id == family, child.c.child_id != child_id)
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
        )
        .select_from(others.outerjoin(held, held.c.child_id == others.c.child_id))
        .distinct()
    )
