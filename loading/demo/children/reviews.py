"""Reviews of child protection plans and of looked-after children: most in time, some late."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.days import (
    DATA_TO,
    last_working_day_to,
    months_after,
    working_days_after,
)
from loading.demo.tables import table_frame

FIRST_CARE_WORKING_DAYS = 20
_FIRST_MONTHS, _SECOND_CARE_MONTHS, _LATER_MONTHS = 3, 3, 6
_LATE, _MISSED, _CANCELLED = {"CP": 0.09, "CLA": 0.06}, 0.008, 0.03
_WORKING_DAYS_TO_RECORD = {0: 40, 1: 25, 2: 18, 4: 10, 7: 7}


@dataclass(frozen=True)
class _Review:
    """One review: when it was due and held, or that it was cancelled, and when that was entered."""

    due: int
    held: int | None
    recorded: int


def review_frame(referred: list[FamilyReferral]) -> pd.DataFrame:
    """Table `review`; siblings are reviewed together. What was entered after the data isn't there.

    Every review of each plan that is in the data, however long ago, as with visits.
    """
    chance = Chance("reviews")
    rows = []
    for referral in referred:
        together: dict[tuple[str, int], list[_Review]] = {}
        for child in referral.children:
            for plan in child.plans:
                if plan.kind == "CIN" or plan.started > DATA_TO:
                    continue
                begun = (plan.kind, plan.started)
                if begun not in together:
                    together[begun] = list(_reviews(chance, *begun))
                until = min(plan.ended, DATA_TO + 1)
                rows += [
                    (child.child_id, plan.kind, review.held, review.due, not review.held,
                     review.recorded)
                    for review in together[begun]
                    if (review.held or review.recorded) < until and review.recorded <= DATA_TO
                ]  # fmt: skip
    rows.sort(key=lambda row: (row[0], row[5]))
    return table_frame(schema.review, [(f"RV{n:06}", *row) for n, row in enumerate(rows, start=1)])


def _reviews(chance: Chance, kind: str, started: int) -> Iterator[_Review]:
    """Those of a plan that never ends, up to the last day of the data."""
    clock, number = started, 0
    while clock <= DATA_TO:
        due = _due_after(kind, clock, number)
        if chance.happens(_CANCELLED):
            cancelled = last_working_day_to(max(clock + 1, due - chance.between(1, 10)))
            yield _Review(due, None, cancelled)
        held = _held_on(chance, kind, clock, due)
        recorded = working_days_after(held, chance.weighted(_WORKING_DAYS_TO_RECORD))
        yield _Review(due, held, recorded)
        clock, number = held, number + 1


def _due_after(kind: str, clock: int, number: int) -> int:
    if kind == "CLA" and number == 0:
        return working_days_after(clock, FIRST_CARE_WORKING_DAYS)
    soon = number == 0 if kind == "CP" else number == 1
    first = _FIRST_MONTHS if kind == "CP" else _SECOND_CARE_MONTHS
    return months_after(clock, first if soon else _LATER_MONTHS)


def _held_on(chance: Chance, kind: str, clock: int, due: int) -> int:
    if chance.happens(_MISSED):
        return working_days_after(due + chance.between(40, 120), 0)
    if chance.happens(_LATE[kind]):
        return working_days_after(due + 1 + chance.waiting(9), 0)
    early = min(chance.waiting(7), (due - clock) // 2)
    return max(last_working_day_to(due - early), clock + 1)
