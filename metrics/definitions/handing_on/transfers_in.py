"""How many children does a unit take over from others?"""

from sqlalchemy import Select, literal, select

from metrics.handing_on.transfers import (
    is_from_the_door,
    number_of_transfers,
    passed_on,
    with_names,
)
from metrics.model import Basis, Companion, Months


def from_the_door(months: Months, _basis: Basis) -> Select:
    """One row per child who came from the front door in the month: numerator 1."""
    moved = with_names(months)
    return select(
        moved.c.month,
        moved.c.to_unit.label("unit_id"),
        moved.c.child_id,
        literal(1).label("numerator"),
        literal(1).label("denominator"),
    ).where(is_from_the_door(moved))


METRIC = number_of_transfers(
    passed_on("to_unit", "to_worker_id", "came_from"),
    "transfers_in",
    70,
    "Transfers in",
    "How many children does a unit take over from others?",
    "in from another unit",
    ("came_from", "From"),
    Companion(
        "from_the_door",
        "From the front door",
        "{n} {n:child|children} came from the front door in the month, and {n:is|are} not in it",
        from_the_door,
    ),
)
