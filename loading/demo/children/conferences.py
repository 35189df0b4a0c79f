"""Section 47 enquiries and the initial conferences that follow them, or that nobody needed."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import ChildReferral, FamilyReferral
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    KNOWN_BEFORE_FROM,
    known,
    last_working_day_to,
    working_days_after,
)
from loading.demo.tables import table_frame

TARGET_WORKING_DAYS = 15
_IN_TIME, _LATER_BY = 0.75, 6
_WITHOUT_ENQUIRY, _NOT_LINKED, _TRANSFERRED_IN = 0.01, 0.03, 0.02
_NO_PLAN_AFTER_CONFERENCE = 0.045
_ENQUIRY_IN_ASSESSMENT, _ENQUIRY_IN_NEED = 0.17, 0.12
# An enquiry that begins within the data may lead to a plan after them.
_NEAR_ENOUGH = {*range(KNOWN_BEFORE_FROM, DATA_TO + 120)}
_WORKING_DAYS_TO_END = {4: 20, 7: 30, 10: 30, 14: 20}


@dataclass(frozen=True)
class _Enquiry:
    """One for all children of a family that are open, with the conference that follows.

    `held` is None where none does, `plan_from` where no plan follows.
    """

    started: int | None
    held: int | None
    plan_from: int | None = None
    transfer_in: bool = False
    linked: bool = True
    working_days: int = 0

    @property
    def ended(self) -> int | None:
        if self.started is None:
            return None
        over = working_days_after(self.started, self.working_days)
        return over if self.held is None else min(over, self.held)

    def concerns(self, child: ChildReferral) -> bool:
        """Whether the child is open for it; if it led to plans, whether the child has one."""
        if self.plan_from is not None:
            return ("CP", self.plan_from) in {(plan.kind, plan.started) for plan in child.plans}
        last = self.held if self.held is not None else self.started
        assert last is not None, "an enquiry, a conference, or both"
        return last < child.closed

    @property
    def is_within_the_data(self) -> bool:
        """Whether any of it lies within the data."""
        days = [day for day in (self.started, self.held) if day is not None]
        return min(days) <= DATA_TO and max(days) >= DATA_FROM


def conference_frames(referred: list[FamilyReferral]) -> dict[str, pd.DataFrame]:
    """Tables `enquiry` and `conference`: a conference of what is decided, held by the last day."""
    chance = Chance("enquiries")
    enquiries: list[tuple] = []
    conferences: list[tuple] = []
    for referral in referred:
        for number, enquiry in enumerate(_enquiries(chance, referral), start=1):
            for child in referral.children:
                if enquiry.is_within_the_data and enquiry.concerns(child):
                    key = f"{child.referral_id[1:]}-{number}"
                    enquiries += _enquiry_rows(enquiry, child, key)
                    conferences += _conference_rows(enquiry, child, key)
    return {
        "enquiry": table_frame(schema.enquiry, enquiries),
        "conference": table_frame(schema.conference, conferences),
    }


def _enquiries(chance: Chance, referral: FamilyReferral) -> Iterator[_Enquiry]:
    if referral.assessed is None:
        return
    for started in _starts(referral, "CP"):
        yield _before_a_plan(chance, referral, started)
    if chance.happens(_ENQUIRY_IN_ASSESSMENT):
        begun = working_days_after(referral.assessed, chance.between(0, 8))
        yield _Enquiry(begun, None, working_days=chance.weighted(_WORKING_DAYS_TO_END))
    for started in _starts(referral, "CIN"):
        yield from _while_in_need(chance, started)


def _starts(referral: FamilyReferral, kind: str) -> list[int]:
    """The days on which plans of the kind begin for any child of the family."""
    plans = (plan for child in referral.children for plan in child.plans)
    return sorted({plan.started for plan in plans if plan.kind == kind} & _NEAR_ENOUGH)


def _before_a_plan(chance: Chance, referral: FamilyReferral, started: int) -> _Enquiry:
    held, waited = last_working_day_to(started), _waited(chance)
    if chance.happens(_TRANSFERRED_IN):
        return _Enquiry(None, held, plan_from=started, transfer_in=True)
    if chance.happens(_WITHOUT_ENQUIRY):
        return _Enquiry(None, held, plan_from=started)
    begun = max(working_days_after(held, -waited), working_days_after(referral.received, 0))
    return _Enquiry(
        begun,
        held,
        plan_from=started,
        linked=not chance.happens(_NOT_LINKED),
        working_days=min(waited, chance.weighted(_WORKING_DAYS_TO_END)),
    )


def _while_in_need(chance: Chance, started: int) -> Iterator[_Enquiry]:
    if chance.happens(_NO_PLAN_AFTER_CONFERENCE):
        begun, waited = working_days_after(started, chance.between(1, 15)), _waited(chance)
        held = working_days_after(begun, waited)
        yield _Enquiry(begun, held, working_days=min(waited, 8))
    elif chance.happens(_ENQUIRY_IN_NEED):
        begun = working_days_after(started, chance.between(10, 60))
        yield _Enquiry(begun, None, working_days=chance.weighted(_WORKING_DAYS_TO_END))


def _waited(chance: Chance) -> int:
    """Working days from the strategy discussion to the conference."""
    if chance.happens(_IN_TIME):
        return chance.between(6, TARGET_WORKING_DAYS)
    return TARGET_WORKING_DAYS + 1 + chance.waiting(_LATER_BY)


def _enquiry_rows(enquiry: _Enquiry, child: ChildReferral, key: str) -> Iterator[tuple]:
    if enquiry.started is None or enquiry.ended is None:
        return
    ended = known(enquiry.ended)
    not_needed = enquiry.held is None if ended is not None else None
    yield f"E{key}", child.child_id, child.referral_id, enquiry.started, ended, not_needed


def _conference_rows(enquiry: _Enquiry, child: ChildReferral, key: str) -> Iterator[tuple]:
    decided = enquiry.ended if enquiry.started is not None else enquiry.held
    if enquiry.held is None or decided is None or decided > DATA_TO:
        return
    held, begun = known(enquiry.held), enquiry.started
    yield (
        f"CF{key}",
        child.child_id,
        "initial",
        f"E{key}" if begun is not None and enquiry.linked else None,
        held,
        None if begun is None else working_days_after(begun, TARGET_WORKING_DAYS),
        enquiry.transfer_in,
        enquiry.plan_from is not None if held is not None else None,
    )
