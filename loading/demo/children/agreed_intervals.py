"""How often each child is to be seen: the authority's standard, or what was agreed."""

from dataclasses import dataclass

import pandas as pd

from data_access import schema
from loading.demo.chance import Chance
from loading.demo.children.family_referrals import FamilyReferral
from loading.demo.children.plans import PlanSpell
from loading.demo.days import DATA_FROM, DATA_TO, known, working_days_after
from loading.demo.tables import table_frame

STANDARD_DAYS, FIRST_CARE_DAYS, LATER_CARE_DAYS = 28, 7, 42
YEAR = 365
_SHARE_AGREED = {"CP": 0.3, "CIN": 0.06, "CLA": 0.08}
_OFTEN = {(2, "weeks"): 70, (10, "working_days"): 15, (1, "weeks"): 5, (3, "weeks"): 10}
_SELDOM = {(6, "weeks"): 100}
_SELDOM_IN_CARE = {(3, "months"): 60, (8, "weeks"): 40}
_REASONS = ("risk has grown", "agreed at the core group", "new baby expected", "court directed")
_REASONS_SELDOM = ("progress kept up", "settled placement", "agreed at the review")


@dataclass(frozen=True)
class Agreement:
    """One child's agreed interval between visits, in force [started, ended)."""

    child_id: str
    kind: str
    every: int
    period: str
    started: int
    ended: int
    authorised_by: str
    reason: str

    def due_after(self, day: int) -> int:
        """One interval after `day`."""
        if self.period == "working_days":
            return working_days_after(day, self.every)
        return day + self.every * {"days": 1, "weeks": 7, "months": 30}[self.period]


def agreements(referred: list[FamilyReferral]) -> dict[tuple[str, str], list[Agreement]]:
    """The agreed intervals by child and plan kind, the earliest first."""
    chance = Chance("agreed intervals")
    by_child_and_kind: dict[tuple[str, str], list[Agreement]] = {}
    for referral in referred:
        for child in referral.children:
            for plan in child.plans:
                agreed = _for_plan(chance, child.child_id, plan)
                by_child_and_kind.setdefault((child.child_id, plan.kind), []).extend(agreed)
    return by_child_and_kind


def _for_plan(chance: Chance, child_id: str, plan: PlanSpell) -> list[Agreement]:
    if not chance.happens(_SHARE_AGREED[plan.kind]):
        return []
    started = max(plan.started, DATA_FROM) + chance.between(0, 60)
    if started >= min(plan.ended, DATA_TO):
        return []
    changes = started + chance.between(50, 150)
    first = _agreement(chance, child_id, plan.kind, started, plan.ended)
    if plan.kind != "CP" or changes >= plan.ended or chance.happens(0.6):
        return [first]
    first = _agreement(chance, child_id, plan.kind, started, changes)
    if chance.happens(0.5):
        return [first]
    return [first, _agreement(chance, child_id, plan.kind, changes, plan.ended)]


def _agreement(chance: Chance, child_id: str, kind: str, started: int, ended: int) -> Agreement:
    seldom = kind != "CP"
    choices = _OFTEN if not seldom else _SELDOM_IN_CARE if kind == "CLA" else _SELDOM
    every, period = chance.weighted(choices)
    return Agreement(
        child_id,
        kind,
        every,
        period,
        started,
        ended,
        chance.weighted({"Team manager": 60, "Child protection chair": 40})
        if kind == "CP"
        else "Team manager",
        chance.one_of(_REASONS_SELDOM if seldom else _REASONS),
    )


def due_after(clock: int, standard_days: int, agreed: list[Agreement]) -> int:
    """When the next visit is due: by what is agreed while the clock runs, else by the standard."""
    due = clock + standard_days
    for agreement in agreed:
        if agreement.started <= clock < agreement.ended:
            due = agreement.due_after(clock)
        elif clock < agreement.started < due:
            due = min(due, max(agreement.started, agreement.due_after(clock)))
    return due


def interval_frame(by_child_and_kind: dict[tuple[str, str], list[Agreement]]) -> pd.DataFrame:
    """Table `visit_interval`."""
    rows = [
        (
            f"VI{agreement.child_id[1:]}{number}",
            agreement.child_id,
            agreement.kind,
            agreement.every,
            agreement.period,
            agreement.started,
            known(agreement.ended),
            agreement.authorised_by,
            agreement.reason,
        )
        for number, agreement in enumerate(
            (agreement for agreed in by_child_and_kind.values() for agreement in agreed), start=1
        )
        if agreement.started <= DATA_TO
    ]
    return table_frame(schema.visit_interval, rows)
