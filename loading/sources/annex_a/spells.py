"""Referrals, assessments, plans, placements and latest visits of Annex A."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from data_access.code_sets.plans import LONG_TERM, SHORT_BREAKS
from loading.short_breaks import short_break
from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import ERROR, Gathering, Issue


@dataclass
class _EarlierRows:
    """What earlier rows said: visits by child and day, referrals by child."""

    visits: set[tuple[str, date]] = field(default_factory=set)
    referrals: dict[str, list[dict]] = field(default_factory=dict)


def gather_spells(gathering: Gathering, lists: Iterable[ListRows]) -> None:
    """All spells and visits of Lists 3, 4, 6, 7 and 8, in canonical tables.

    The visits of Lists 7 and 8 come before List 6's "last seen" of the same child and day, which
    is then the same visit.
    """
    by_number: dict[int, list[dict]] = {}
    for list_rows in lists:
        by_number.setdefault(list_rows.number, []).extend(list_rows.rows)
    earlier = _EarlierRows()
    for row in by_number.get(3, []):
        _referral(gathering, row, earlier)
    for row in by_number.get(4, []):
        _assessment(gathering, row, earlier)
    for row in by_number.get(7, []):
        _child_protection(gathering, row, earlier)
    for row in by_number.get(8, []):
        _looked_after(gathering, row, earlier)
    for row in by_number.get(6, []):
        _in_need(gathering, row, earlier)


def _key(row: dict, letter: str, day: date) -> str:
    return f"{row['child_id']}-{letter}-{day:%Y%m%d}"


def _referral(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    gathering.offer(
        "referral",
        referral_id=_key(row, "R", row["received_on"]),
        child_id=row["child_id"],
        received_on=row["received_on"],
        source=row.get("source"),
        primary_need=None,
        no_further_action=row.get("nfa"),
        closed_on=None,
        closure_reason=None,
        found_at=row["found_at"],
    )
    earlier.referrals.setdefault(row["child_id"], []).append(gathering.rows["referral"][-1])


def _assessment(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    assessment_id = _key(row, "A", row["started_on"])
    gathering.offer(
        "assessment",
        assessment_id=assessment_id,
        child_id=row["child_id"],
        referral_id=_led_to(earlier, row),
        started_on=row["started_on"],
        authorised_on=row.get("authorised_on"),
        found_at=row["found_at"],
    )
    for factor in row.get("factors") or ():
        gathering.offer(
            "assessment_factor",
            assessment_id=assessment_id,
            factor=factor,
            found_at=row["found_at"],
        )


def _led_to(earlier: _EarlierRows, row: dict) -> str | None:
    """The child's latest referral received by the day on which the row starts, if any was."""
    before = _referrals_before(earlier, row)
    return before[-1]["referral_id"] if before else None


def _referrals_before(earlier: _EarlierRows, row: dict) -> list[dict]:
    referrals = [
        referral
        for referral in earlier.referrals.get(row["child_id"], [])
        if referral["received_on"] <= row["started_on"] and not referral["no_further_action"]
    ]
    return sorted(referrals, key=lambda referral: referral["received_on"])


def _child_protection(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    gathering.offer(
        "plan",
        plan_id=_key(row, "CP", row["started_on"]),
        child_id=row["child_id"],
        kind="CP",
        started_on=row["started_on"],
        ended_on=row.get("ended_on"),
        category=row.get("category"),
        found_at=row["found_at"],
    )
    was_seen, alone = row.get("seen") or (None, None)
    _visit(gathering, row, "CP", "visited_on", earlier, seen=was_seen, seen_alone=alone)


def _looked_after(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    if row.get("legal_status") in SHORT_BREAKS:
        plan_id = _key(row, "CLA", row["started_on"])
        issue = short_break(row["found_at"], plan_id, row["legal_status"])
        gathering.leave_out("plan", issue)
        return
    gathering.offer(
        "plan",
        plan_id=_key(row, "CLA", row["started_on"]),
        child_id=row["child_id"],
        kind="CLA",
        started_on=row["started_on"],
        ended_on=row.get("ended_on"),
        end_reason=row.get("end_reason"),
        category=row.get("need"),
        legal_status=row.get("legal_status"),
        found_at=row["found_at"],
    )
    _placement(gathering, row)
    _visit(gathering, row, "CLA", "visited_on", earlier)


def _placement(gathering: Gathering, row: dict) -> None:
    if row.get("placed_on") is None:
        return
    gathering.offer(
        "placement",
        placement_id=_key(row, "P", row["placed_on"]),
        child_id=row["child_id"],
        started_on=row["placed_on"],
        ended_on=row.get("ended_on"),
        kind=row.get("placement"),
        long_term=row.get("placement") in LONG_TERM,
        found_at=row["found_at"],
    )


def _visit(
    gathering: Gathering, row: dict, kind: str, dated: str, earlier: _EarlierRows, **facts: object
) -> None:
    day = row.get(dated)
    if day is None:
        return
    if (row["child_id"], day) in earlier.visits:
        gathering.pass_over("visit", "the same visit, in another list")
        return
    earlier.visits.add((row["child_id"], day))
    gathering.offer(
        "visit",
        visit_id=_key(row, f"V{kind}", day),
        child_id=row["child_id"],
        kind=kind,
        visited_on=day,
        found_at=row["found_at"],
        **facts,
    )


def _in_need(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    """The episode of need as a referral; a CIN plan only where the status says that one is open.

    A closed episode may have been anything from an assessment to care, so it makes no plan.
    """
    if row.get("status") == "closed" and row.get("closed_on") is None:
        gathering.leave_out("referral", _no_closure(row))
    else:
        _episode(gathering, row, earlier)
    if row.get("status") == "CIN" and row.get("closed_on") is None:
        gathering.offer(
            "plan",
            plan_id=_key(row, "CIN", row["started_on"]),
            child_id=row["child_id"],
            referral_id=_led_to(earlier, row),
            kind="CIN",
            started_on=row["started_on"],
            ended_on=None,
            found_at=row["found_at"],
        )
    _visit(gathering, row, "CIN", "seen_on", earlier, seen=True)


def _no_closure(row: dict) -> Issue:
    return Issue(
        "closed_without_a_date",
        "referral",
        row["child_id"],
        ERROR,
        f"{row['found_at']}: the case is closed and has no CIN Closure Date; the row is left out."
        " Enter the date.",
    )


def _episode(gathering: Gathering, row: dict, earlier: _EarlierRows) -> None:
    """Tells the referral that led to this episode its need and closure, or writes one.

    Most episodes began before List 3's six months: they are a referral received on the day on
    which the episode began.
    """
    facts = {
        "primary_need": row.get("need"),
        "closed_on": row.get("closed_on"),
        "closure_reason": row.get("closure"),
    }
    before = _referrals_before(earlier, row)
    if before:
        before[-1].update(facts)
        gathering.pass_over("referral", "added to the child's row of List 3")
        return
    gathering.offer(
        "referral",
        referral_id=_key(row, "R", row["started_on"]),
        child_id=row["child_id"],
        received_on=row["started_on"],
        **facts,
        found_at=row["found_at"],
    )
