"""Where looked-after children live, and when they move."""

from dataclasses import dataclass

from loading.demo.chance import Chance
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.days import DATA_TO

_KINDS = {"U1": 12, "U3": 10, "U4": 18, "U6": 40, "K2": 9, "H5": 3, "P1": 5, "R1": 3}
_FOSTER = ("U1", "U3", "U4", "U6")
_DAYS_BETWEEN_MOVES = 420
_MEANT_TO_LAST = 0.55
_SETTLED_AFTER_DAYS = 240


@dataclass(frozen=True)
class Placement:
    """One child's stay in one place, [started, ended); long_term is meant to last until 18."""

    child_id: str
    started: int
    ended: int
    kind: str
    long_term: bool


def placements(referred: list[FamilyReferral]) -> list[Placement]:
    """Every placement that began within the data; together they fill each period of care."""
    chance = Chance("placements")
    return [
        place
        for referral in referred
        for child in referral.children
        for plan in child.plans
        if plan.kind == "CLA" and plan.started <= DATA_TO
        for place in _placements_in(chance, child.child_id, plan.started, plan.ended)
        if place.started <= DATA_TO
    ]


def _placements_in(chance: Chance, child_id: str, started: int, ended: int) -> list[Placement]:
    placed = []
    begun, day = started, started
    while day < ended:
        settled = day - begun > _SETTLED_AFTER_DAYS
        kind = chance.weighted(_KINDS)
        stays = settled and kind in _FOSTER and chance.happens(_MEANT_TO_LAST)
        moves = day + 7 + chance.waiting(_DAYS_BETWEEN_MOVES * (4 if stays else 1))
        placed.append(Placement(child_id, day, min(moves, ended), kind, stays))
        day = moves
    return placed
