"""Who is a child's brother or sister: whoever the source has in the same family."""

from sqlalchemy import Select, and_, case, select

from data_access.schema import allocation, child


def siblings_of(child_id: str) -> Select:
    """One row per other child of the family and unit that has held them as lead: child_name.

    A NULL unit where none has; a restricted child's name is NULL. No row where the source names
    no family: `child_story.about` tells that apart.
    """
    family = select(child.c.family_id).where(child.c.child_id == child_id).scalar_subquery()
    held = and_(allocation.c.child_id == child.c.child_id, allocation.c.lead.is_(True))
    return (
        select(
            allocation.c.unit_id,
            child.c.child_id,
            case((child.c.restricted, None), else_=child.c.name).label("child_name"),
        )
        .select_from(child.outerjoin(allocation, held))
        .where(child.c.family_id == family, child.c.child_id != child_id)
        .distinct()
    )
