"""Which cases entered which set of units, and when: the cohort rule."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sqlalchemy import Row, Select, case, select

from data_access.guard.open_rows import CLOSED
from data_access.led_stretches import leads_within_cases
from data_access.schema import allocation, child, referral, unit

FRONT_DOOR = "front_door"


@dataclass(frozen=True)
class Entry:
    """A child's first lead allocation within one referral to a unit of the sets compared.

    `moved_on` is the day from which a unit outside that set leads, None where none does. Of a
    restricted record need and age are told to nobody, so it is like no other.
    """

    child_id: str
    referral_id: str
    unit_id: str
    entered_on: date
    received_on: date
    closed_on: date | None = None
    closure_reason: str | None = None
    primary_need: str | None = None
    born_on: date | None = None
    family_id: str | None = None
    opened_on: date | None = None
    moved_on: date | None = None
    is_restricted: bool = False

    @property
    def is_legacy(self) -> bool:
        """Whether the referral is older than the unit: such cases were handed over, not entered."""
        return self.opened_on is not None and self.received_on < self.opened_on


def led_referrals(as_at: date) -> Select:
    """One row per case and lead allocation of a day or more within it: `leads_within_cases`.

    `entered_on` is the day from which it leads within the case. Nothing after `as_at` is known.
    """
    within = leads_within_cases(as_at).subquery()
    closed_by_then = referral.c.closed_on <= as_at
    return select(
        referral.c.child_id,
        referral.c.referral_id,
        allocation.c.allocation_id,
        allocation.c.unit_id,
        within.c.led_from.label("entered_on"),
        referral.c.received_on,
        case((closed_by_then, referral.c.closed_on)).label("closed_on"),
        case((closed_by_then, referral.c.closure_reason)).label("closure_reason"),
        referral.c.primary_need,
        child.c.born_on,
        child.c.family_id,
        unit.c.opened_on,
    ).select_from(
        within.join(referral, referral.c.referral_id == within.c.referral_id)
        .join(allocation, allocation.c.allocation_id == within.c.allocation_id)
        .outerjoin(child, child.c.child_id == referral.c.child_id)
        .outerjoin(unit, unit.c.unit_id == allocation.c.unit_id)
    )


def front_doors() -> Select:
    """The ids of units that are no part of a set: a case passes through them before it enters."""
    return select(unit.c.unit_id).where(unit.c.kind == FRONT_DOOR)


def entries(led: Iterable[Row], *sets: Collection[str]) -> Iterator[Entry]:
    """Each referral's entry to whichever of the sets of units came first; none where none did.

    `led` are the rows of `led_referrals`. A child of both sets is of the first; of several
    allocations on a day that counts whose id sorts last.
    """
    latest_first = sorted(led, key=lambda row: row.allocation_id, reverse=True)
    in_order = sorted(latest_first, key=lambda row: (row.referral_id, row.entered_on))
    for _, of_one in groupby(in_order, key=lambda row: row.referral_id):
        rows = list(of_one)
        places = [place for place, row in enumerate(rows) if any(row.unit_id in of for of in sets)]
        if places:
            first, *later = rows[places[0] :]
            own = next(of for of in sets if first.unit_id in of)
            moved = (row.entered_on for row in later if row.unit_id not in own)
            after = (day for day in moved if day > first.entered_on)
            yield _entry(first, min(after, default=None))


def _entry(row: Row, moved_on: date | None) -> Entry:
    said = row._asdict()
    is_restricted = bool(said.pop(CLOSED, False))
    del said["allocation_id"]
    return Entry(**said, moved_on=moved_on, is_restricted=is_restricted)


def as_first_placed(entered: Iterable[Entry]) -> list[Entry]:
    """The entries as if nobody had moved to units outside the set: for another look at a result."""
    return [replace(one, moved_on=None) for one in entered]
