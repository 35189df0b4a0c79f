"""What is told of cases beside their course: how often before, why care ended, how long it took.

Drawn apart, from what is drawn already: no spell, status or unit of any child follows from it.
"""

from dataclasses import replace

from loading.demo.chance import Chance
from loading.demo.children.family_referrals import ChildReferral, FamilyReferral
from loading.demo.children.plans import PlanSpell
from loading.demo.days import month_of, working_days_after

_LATE_OF_THOSE_WITH_A_PLAN = 0.3
_STATUTORY_WORKING_DAYS = 45
_STAYED_HOME = {"E4A": 0.55, "E4B": 0.5}
_OTHERWISE = {"E8": 45, "E41": 25, "E48": 30}
_REASON_NOT_ENTERED = 0.02
_EARLIER_PLANS = {0: 91.5, 1: 6.5, 2: 2}
_NOT_RETURNED = 0.05


def with_outcomes(referred: list[FamilyReferral]) -> list[FamilyReferral]:
    """The same referrals as the record tells them, with reasons and lengths as councils have them.

    Some assessments are authorised after their 45th working day, while the plan has begun; of
    those who left care, fewer went home than have a plan at home; some reasons aren't entered.
    """
    chance = Chance("outcomes")
    return [
        replace(
            referral,
            authorised=_authorised(chance, referral),
            children=tuple(_with_reasons(chance, child) for child in referral.children),
        )
        for referral in referred
    ]


def _authorised(chance: Chance, referral: FamilyReferral) -> int | None:
    """Late only where the plan covers what is added but for days that end no month.

    The status at no month's end is another one then.
    """
    if referral.authorised is None or referral.assessed is None:
        return referral.authorised
    late = working_days_after(referral.assessed, _STATUTORY_WORKING_DAYS + 1 + chance.waiting(7))
    if not chance.happens(_LATE_OF_THOSE_WITH_A_PLAN) or late <= referral.authorised:
        return referral.authorised
    first = [child.plans[0] for child in referral.children if child.plans]
    can_be_late = len(first) == len(referral.children) and all(
        late < plan.ended and month_of(plan.started) == month_of(referral.authorised)
        for plan in first
    )
    return late if can_be_late else referral.authorised


def _with_reasons(chance: Chance, child: ChildReferral) -> ChildReferral:
    return replace(child, plans=tuple(_with_reason(chance, plan) for plan in child.plans))


def _with_reason(chance: Chance, plan: PlanSpell) -> PlanSpell:
    if plan.kind != "CLA":
        return plan
    if chance.happens(_REASON_NOT_ENTERED):
        return replace(plan, end_reason=None)
    if chance.happens(_STAYED_HOME.get(plan.end_reason or "", 1)):
        return plan
    return replace(plan, end_reason=chance.weighted(_OTHERWISE))


class PreviousPlans:
    """How many child protection plans a child had before: those in the data, and some older."""

    def __init__(self) -> None:
        self._chance = Chance("previous plans")
        self._had: dict[str, int] = {}

    def before(self, child_id: str) -> int | None:
        """As returned with the child's next plan; None where nobody returned it.

        To be asked in the order in which the plans began.
        """
        if child_id not in self._had:
            self._had[child_id] = self._chance.weighted(_EARLIER_PLANS)
        had = self._had[child_id]
        self._had[child_id] = had + 1
        return None if self._chance.happens(_NOT_RETURNED) else had
