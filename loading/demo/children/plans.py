"""Plans from start to end: in need, protection, looked after; up, down, and out."""

from collections.abc import Sequence
from dataclasses import dataclass

from loading.demo.chance import Chance
from loading.demo.children.families import Child, eighteenth_birthday
from loading.demo.children.needs import category_of_abuse

Ending = tuple[int, str | None, tuple["PlanSpell", ...]]

_DAYS = {"CIN": 255, "CP": 285}
_AFTER = {
    "CIN": {"close": 84, "CP": 13, "CLA": 3},
    "CP": {"CIN": 68, "close": 17, "CLA": 15},
}
_BACK_HOME_SOON = 0.32
_LEAVES_CARE = {"E4A": 50, "E4B": 10, "E45": 14, "E48": 8, "E11": 10, "E12": 8}
_CLOSES_FOR = {"E45": "RC4", "E48": "RC3", "E11": "RC1", "E12": "RC1"}
_SIBLING_ALSO_LOOKED_AFTER = 0.7


@dataclass(frozen=True)
class PlanSpell:
    """One plan of one child, [started, ended)."""

    kind: str
    started: int
    ended: int
    end_reason: str | None = None
    category: str | None = None
    legal_status: str | None = None


def journey(
    chance: Chance,
    outcome: str,
    children: Sequence[Child],
    decided: int,
    authorised: int,
    factors: frozenset[str],
) -> list[Ending]:
    """For each child: the day of closure, the reason, and the plans until then."""
    if outcome == "nothing":
        return [(decided, None, ())] * len(children)
    if outcome == "assessed":
        reason = chance.weighted({"RC8": 60, "RC9": 40})
        closed = authorised + chance.between(0, 10)
        return [_until_18(child, (closed, reason, ())) for child in children]
    shared, kind, day = _shared(chance, outcome, authorised + chance.between(0, 7), factors)
    endings = _endings(chance, kind, len(children), day)
    return [
        _until_18(child, (closed, reason, (*shared, *plans)))
        for child, (closed, reason, plans) in zip(children, endings, strict=True)
    ]


def _shared(
    chance: Chance, kind: str, started: int, factors: frozenset[str]
) -> tuple[list[PlanSpell], str, int]:
    """The plans that all children of the family have, what comes next, and when."""
    plans = []
    while kind in _DAYS:
        ended = started + 25 + chance.waiting(_DAYS[kind], 2)
        category = category_of_abuse(factors) if kind == "CP" else None
        plans.append(PlanSpell(kind, started, ended, category=category))
        kind, started = chance.weighted(_AFTER[kind]), ended
    return plans, kind, started


def _endings(chance: Chance, kind: str, children: int, day: int) -> list[Ending]:
    if kind == "close":
        closed, reason = _closure(chance, day)
        return [(closed, reason, ())] * children
    first = _ending_in_care(chance, day)
    return [first] + [
        _ending_in_care(chance, day)
        if chance.happens(_SIBLING_ALSO_LOOKED_AFTER)
        else _ending_at_home(chance, day)
        for _ in range(children - 1)
    ]


def _closure(chance: Chance, day: int) -> tuple[int, str]:
    return day + chance.between(0, 7), chance.weighted({"RC7": 90, "RC5": 8, "RC3": 2})


def _ending_at_home(chance: Chance, day: int) -> Ending:
    ended = day + 30 + chance.waiting(150, 2)
    return (*_closure(chance, ended), (PlanSpell("CIN", day, ended),))


def _ending_in_care(chance: Chance, day: int) -> Ending:
    if chance.happens(_BACK_HOME_SOON):
        ended, reason = day + 5 + chance.waiting(50), chance.weighted({"E4A": 70, "E4B": 30})
        status = chance.weighted({"V2": 75, "C1": 25})
    else:
        ended, reason = day + 120 + chance.waiting(900), chance.weighted(_LEAVES_CARE)
        status = chance.weighted({"C2": 55, "C1": 20, "V2": 20, "E1": 5})
    care = PlanSpell("CLA", day, ended, reason, legal_status=status)
    if not reason.startswith("E4A") and not reason.startswith("E4B"):
        return ended, _CLOSES_FOR[reason], (care,)
    home = PlanSpell("CIN", ended, ended + 40 + chance.waiting(90, 2))
    return (*_closure(chance, home.ended), (care, home))


def _until_18(child: Child, ending: Ending) -> Ending:
    """The ending as it is, or on the child's 18th birthday if that comes first."""
    closed, reason, plans = ending
    adult = eighteenth_birthday(child)
    if closed < adult:
        return ending
    before_18 = [plan for plan in plans if plan.started < adult]
    if before_18 and before_18[-1].ended >= adult:
        before_18[-1] = _cut(before_18[-1], adult)
    return adult, "RC6", tuple(before_18)


def _cut(plan: PlanSpell, day: int) -> PlanSpell:
    reason = "E7" if plan.kind == "CLA" else plan.end_reason
    return PlanSpell(plan.kind, plan.started, day, reason, plan.category, plan.legal_status)
