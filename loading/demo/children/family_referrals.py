"""Families' journeys: referral, assessment, plans, closure, and referral again for some."""

from collections.abc import Iterator
from dataclasses import dataclass

from loading.demo.chance import Chance
from loading.demo.children.families import Family, age, eighteenth_birthday, family
from loading.demo.children.needs import factors, primary_need
from loading.demo.children.plans import PlanSpell, journey
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    KNOWN_BEFORE_FROM,
    WARM_UP_FROM,
    day_number,
    working_days_after,
)
from loading.demo.segments import unit_for

_REFERRALS_A_DAY = 3.9
_REFERRED_AGAIN = 0.42
_DAYS_TO_NEXT_REFERRAL = 210
_NONE_FROM_BEFORE_AFTER = day_number(2015, 1, 1)
_OUTCOMES = {"nothing": 24, "assessed": 27, "CIN": 34, "CP": 11.5, "CLA": 3.5}
_SOURCES = {
    "6": 27, "2A": 20, "3A": 4, "3B": 7, "3C": 3, "3E": 5, "3F": 3, "1A": 8, "1C": 3, "1D": 4,
    "4": 3, "5A": 4, "5B": 6, "7": 4, "9": 3,
}  # fmt: skip


@dataclass(frozen=True)
class ChildReferral:
    """One child's part of a family's referral; days may lie beyond the data, which is cut later."""

    referral_id: str
    child_id: str
    closed: int
    reason: str | None
    plans: tuple[PlanSpell, ...]


@dataclass(frozen=True)
class FamilyReferral:
    """A family's referral, for all of its children. assessed is None where nothing followed."""

    family: Family
    received: int
    source: str
    factors: frozenset[str]
    need: str
    assessed: int | None
    authorised: int | None
    decided: int
    fits: str | None
    children: tuple[ChildReferral, ...]

    @property
    def closed(self) -> int:
        """The day on which the last of the family's children is closed."""
        return max(child.closed for child in self.children)


def family_referrals() -> list[FamilyReferral]:
    """Every one that was open on or after the first day of the data, in order of receipt.

    After them those of `_known_before`: so nothing that is drawn in this order moves for these.
    """
    histories = list(_histories("cases", 0, WARM_UP_FROM, DATA_TO))
    counted = [referral for history in histories for referral in history if _counts(referral)]
    counted.sort(key=lambda referral: (referral.received, referral.family.family_id))
    return counted + _known_before(len(histories))


def _known_before(families: int) -> list[FamilyReferral]:
    """Of families first referred before the warm-up, what was open on the first day of the data.

    Without them the council fills for its first nine months. With all of them it would hold a
    tenth more children than Newcastle in all of its months: so they are those whose work ended
    within the nine, and no later month but for who holds whom is another for them.
    """
    histories = _histories("cases before", families, KNOWN_BEFORE_FROM, WARM_UP_FROM)
    return [
        referral
        for history in histories
        for referral in history
        if referral.received < DATA_FROM < referral.closed < _NONE_FROM_BEFORE_AFTER
    ]


def _histories(name: str, number: int, since: int, until: int) -> Iterator[list[FamilyReferral]]:
    """Each family's referrals, of families that are first referred in these days."""
    chance, first = Chance(name), float(since)
    while first < until:
        first += chance.waiting(1000 / _REFERRALS_A_DAY) / 1000
        number += 1
        yield list(_family_history(chance, number, int(first)))


def _counts(referral: FamilyReferral) -> bool:
    return referral.received <= DATA_TO and referral.closed > DATA_FROM


def _family_history(chance: Chance, number: int, first: int) -> Iterator[FamilyReferral]:
    home = family(chance, number, first)
    received, times = first, 0
    while received <= DATA_TO:
        referral = _referral(chance, home, received, times)
        if referral is None:
            return
        yield referral
        if not chance.happens(_REFERRED_AGAIN):
            return
        received = referral.closed + 20 + chance.waiting(_DAYS_TO_NEXT_REFERRAL)
        times += 1


def _referral(chance: Chance, home: Family, received: int, times: int) -> FamilyReferral | None:
    young = [child for child in home.children if eighteenth_birthday(child) > received + 90]
    if not young:
        return None
    family_factors = factors(chance)
    outcome = chance.weighted(_OUTCOMES)
    assessed, decided, authorised = _days(chance, outcome, received)
    ends = journey(chance, outcome, young, decided, authorised or decided, family_factors)
    return FamilyReferral(
        family=home,
        received=received,
        source=chance.weighted(_SOURCES),
        factors=family_factors,
        need=primary_need(family_factors),
        assessed=assessed,
        authorised=authorised,
        decided=decided,
        fits=unit_for(family_factors, [age(child, authorised) for child in young])
        if authorised
        else None,
        children=tuple(
            ChildReferral(f"R{child.child_id[1:]}{times + 1}", child.child_id, *end)
            for child, end in zip(young, ends, strict=True)
        ),
    )


def _days(chance: Chance, outcome: str, received: int) -> tuple[int | None, int, int | None]:
    """When the assessment began, when the case left the front door, when it was authorised."""
    assessed = received + chance.between(1, 6) if outcome != "nothing" else None
    decided = working_days_after(received, chance.between(3, 12))
    if assessed is None:
        return None, decided, None
    return assessed, decided, working_days_after(max(assessed, decided), chance.between(12, 42))
