"""Whom somebody may look for: every child of the data, and every worker who holds one today."""

from sqlalchemy import Select, and_, case, select

from data_access.guard.folded import folded_column, folded_of
from data_access.schema import allocation, child
from metrics.kept_rows import KeptRows
from metrics.lists.running_clocks import HELD_NOW
from metrics.model import Basis, Months


def searched(_months: Months, basis: Basis) -> Select:
    """One row per child and unit that has held them as lead: names, date of birth, who holds them.

    A NULL unit where none has. `held_in` and `worker_name` are of the lead today, NULL where
    nobody holds the child; `not_held` is 1 then, else 0. The child's name is there as it is looked
    for too. A restricted child's name is there: to be read as of LEFT_OUT only.
    """
    held_now = HELD_NOW.table(basis.settings)
    led = and_(allocation.c.child_id == child.c.child_id, allocation.c.lead.is_(True))
    return (
        select(
            allocation.c.unit_id,
            child.c.child_id,
            child.c.name.label("child_name"),
            folded_column(child.c.name).label(folded_of("child_name")),
            child.c.born_on,
            held_now.c.unit_name.label("held_in"),
            held_now.c.worker_name,
            case((held_now.c.child_id.is_(None), 1), else_=0).label("not_held"),
        )
        .select_from(
            child.outerjoin(allocation, led).outerjoin(
                held_now, held_now.c.child_id == child.c.child_id
            )
        )
        .distinct()
    )


SEARCHED = KeptRows("searched", searched, ("child_id",), with_names=False)


def every_child(basis: Basis) -> Select:
    """What was kept of `searched`: to join and fold it all at each search would take too long."""
    return select(*SEARCHED.table(basis.settings).c)
