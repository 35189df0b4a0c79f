"""Referrals, assessments, enquiries, conferences, plans and reviews of the census's rows."""

from collections import Counter
from collections.abc import Callable

from data_access.sources.returns import CIN_CENSUS
from loading.sources.reading import Gathering
from loading.sources.returns.cin_census import modules
from loading.sources.returns.module import Module

Told = Callable[[Module], list[dict]]
_REFERRAL = (
    *("child_id", "referral_id", "received_on", "source", "primary_need"),
    *("no_further_action", "closed_on", "closure_reason", "found_at"),
)
_PLAN = ("child_id", "referral_id", "started_on", "ended_on", "found_at")


class _Ids:
    """Ids made of child and day; a second of that child and day has "-2" after it."""

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def own(self, row: dict, letters: str, day: str) -> str:
        made_of = CIN_CENSUS.row_id(row["child_id"], letters, row[day])
        self._times[made_of] += 1
        number = self._times[made_of]
        return made_of if number == 1 else f"{made_of}-{number}"


def gather_cases(gathering: Gathering, told: Told) -> None:
    """Offers all that the census says of cases; `told` gives the rows of a module."""
    ids = _Ids()
    details = told(modules.DETAILS)
    for row in details:
        gathering.offer("referral", **_of(row, _REFERRAL))
    for row in told(modules.ASSESSMENTS):
        _assessment(gathering, row, ids.own(row, "A", "started_on"))
    held = {
        (row["child_id"], row["held_on"])
        for row in told(modules.ENQUIRIES)
        if _enquiry(gathering, row, ids) is not None
    }
    for row in details:
        if row["held_on"] and (row["child_id"], row["held_on"]) not in held:
            _conference(gathering, row, None, ids)
    _plans(gathering, told, ids)
    for row in told(modules.REVIEWS):
        _review(gathering, row, ids)


def _of(row: dict, names: tuple[str, ...]) -> dict:
    return {name: row[name] for name in names}


def _assessment(gathering: Gathering, row: dict, assessment_id: str) -> None:
    names = ("child_id", "referral_id", "started_on", "authorised_on", "found_at")
    gathering.offer("assessment", assessment_id=assessment_id, **_of(row, names))
    seen = set()
    for factor in row["factors"]:
        if factor["factor"] in seen:
            gathering.pass_over("assessment_factor", "the same factor, in another element")
            continue
        seen.add(factor["factor"])
        gathering.offer(
            "assessment_factor", assessment_id=assessment_id, **_of(factor, ("factor", "found_at"))
        )


def _enquiry(gathering: Gathering, row: dict, ids: _Ids) -> object:
    """Offers the enquiry and the conference after it; the conference's day, if there was one."""
    enquiry_id = ids.own(row, "S47", "started_on")
    gathering.offer(
        "enquiry",
        enquiry_id=enquiry_id,
        conference_not_needed=row["not_needed"],
        **_of(row, ("child_id", "referral_id", "started_on", "found_at")),
    )
    if row["held_on"]:
        _conference(gathering, row, enquiry_id, ids)
    return row["held_on"]


def _conference(gathering: Gathering, row: dict, enquiry_id: str | None, ids: _Ids) -> None:
    gathering.offer(
        "conference",
        conference_id=ids.own(row, "ICPC", "held_on"),
        kind="initial",
        enquiry_id=enquiry_id,
        target_on=row.get("target_on"),
        transfer_in=False,
        **_of(row, ("child_id", "held_on", "found_at")),
    )


def _plans(gathering: Gathering, told: Told, ids: _Ids) -> None:
    for row in told(modules.CIN_PLANS):
        plan_id = ids.own(row, "CIN", "started_on")
        gathering.offer("plan", plan_id=plan_id, kind="CIN", **_of(row, _PLAN))
    for row in told(modules.CP_PLANS):
        plan_id = ids.own(row, "CP", "started_on")
        facts = _of(row, (*_PLAN, "category", "previous_plans"))
        gathering.offer("plan", plan_id=plan_id, kind="CP", **facts)


def _review(gathering: Gathering, row: dict, ids: _Ids) -> None:
    gathering.offer(
        "review",
        review_id=ids.own(row, "RV", "held_on"),
        kind="CP",
        cancelled=False,
        **_of(row, ("child_id", "held_on", "found_at")),
    )
