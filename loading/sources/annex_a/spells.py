"""Referrals, assessments, plans, placements and latest visits of Annex A."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby

from data_access.code_sets.plans import LONG_TERM, SHORT_BREAKS
from loading.short_breaks import short_break
from loading.sources.annex_a.episodes.conferences import gather_enquiry, gather_review
from loading.sources.annex_a.episodes.earlier import EarlierRows, key_of_row
from loading.sources.annex_a.episodes.rows_once import by_what_they_say
from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import ERROR, Gathering, Issue


def gather_spells(gathering: Gathering, lists: Iterable[ListRows]) -> None:
    """All spells, conferences, reviews and visits of Lists 3 to 8, in canonical tables.

    The visits of Lists 7 and 8 come before List 6's "last seen" of the same child and day, which
    is then the same visit.
    """
    rows: dict[int, list[dict]] = {}
    for list_rows in lists:
        rows.setdefault(list_rows.number, []).extend(list_rows.rows)
    by_number = {number: sorted(some, key=by_what_they_say) for number, some in rows.items()}
    earlier = EarlierRows()
    for row in by_number.get(3, []):
        _referral(gathering, row, earlier)
    for row in by_number.get(4, []):
        _assessment(gathering, row, earlier)
    for row in by_number.get(5, []):
        gather_enquiry(gathering, row, earlier)
    for row in by_number.get(7, []):
        _child_protection(gathering, row, earlier)
    for row in by_number.get(8, []):
        _looked_after(gathering, row, earlier)
    for _, same_start in groupby(by_number.get(6, []), key=_child_and_start):
        _in_need(gathering, list(same_start), earlier)


def _child_and_start(row: dict) -> tuple[str, date]:
    return row["child_id"], row["started_on"]


def _referral(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    gathering.offer(
        "referral",
        referral_id=earlier.own_id(key_of_row(row, "R", row["received_on"])),
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


def _assessment(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    assessment_id = earlier.own_id(key_of_row(row, "A", row["started_on"]))
    gathering.offer(
        "assessment",
        assessment_id=assessment_id,
        child_id=row["child_id"],
        referral_id=earlier.led_to(row),
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


def _child_protection(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    earlier.offer_plan(
        gathering,
        plan_id=key_of_row(row, "CP", row["started_on"]),
        child_id=row["child_id"],
        kind="CP",
        started_on=row["started_on"],
        ended_on=row.get("ended_on"),
        category=row.get("category"),
        previous_plans=row.get("previous_plans"),
        found_at=row["found_at"],
    )
    gather_review(gathering, row, "CP", earlier)
    was_seen, alone = row.get("seen") or (None, None)
    _visit(gathering, row, "CP", "visited_on", earlier, seen=was_seen, seen_alone=alone)


def _looked_after(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    if row.get("legal_status") in SHORT_BREAKS:
        plan_id = key_of_row(row, "CLA", row["started_on"])
        issue = short_break(row["found_at"], plan_id, row["legal_status"])
        gathering.leave_out("plan", issue)
        return
    earlier.offer_plan(
        gathering,
        plan_id=key_of_row(row, "CLA", row["started_on"]),
        child_id=row["child_id"],
        kind="CLA",
        started_on=row["started_on"],
        ended_on=row.get("ended_on"),
        end_reason=row.get("end_reason"),
        category=row.get("need"),
        legal_status=row.get("legal_status"),
        found_at=row["found_at"],
    )
    gather_review(gathering, row, "CLA", earlier)
    _placement(gathering, row, earlier)
    _visit(gathering, row, "CLA", "visited_on", earlier)


def _placement(gathering: Gathering, row: dict, earlier: EarlierRows) -> None:
    if row.get("placed_on") is None:
        return
    earlier.offer_placement(
        gathering,
        placement_id=key_of_row(row, "P", row["placed_on"]),
        child_id=row["child_id"],
        started_on=row["placed_on"],
        ended_on=row.get("ended_on"),
        kind=row.get("placement"),
        long_term=row.get("placement") in LONG_TERM,
        found_at=row["found_at"],
    )


def _visit(
    gathering: Gathering, row: dict, kind: str, dated: str, earlier: EarlierRows, **facts: object
) -> None:
    day = row.get(dated)
    if day is None:
        return
    earlier.offer_visit(
        gathering,
        visit_id=key_of_row(row, f"V{kind}", day),
        child_id=row["child_id"],
        kind=kind,
        visited_on=day,
        found_at=row["found_at"],
        **facts,
    )


def _in_need(gathering: Gathering, same_start: list[dict], earlier: EarlierRows) -> None:
    """Episodes of need of one child from one day as referrals, with who is in need now.

    A CIN plan only where the status says that one is open: a closed episode may have been anything
    from an assessment to care, so it makes no plan.
    """
    episodes = [row for row in same_start if not _lacks_closure(row)]
    for place, row in enumerate(episodes, start=1):
        referral_id = _episode(gathering, row, earlier, len(episodes) - place)
        if row.get("status") == "CIN" and row.get("closed_on") is None:
            _cin_plan(gathering, row, referral_id, earlier)
    for row in same_start:
        if _lacks_closure(row):
            gathering.leave_out("referral", _no_closure(row))
        _visit(gathering, row, "CIN", "seen_on", earlier, seen=True)


def _lacks_closure(row: dict) -> bool:
    return row.get("status") == "closed" and row.get("closed_on") is None


def _cin_plan(gathering: Gathering, row: dict, referral_id: str, earlier: EarlierRows) -> None:
    earlier.offer_plan(
        gathering,
        plan_id=key_of_row(row, "CIN", row["started_on"]),
        child_id=row["child_id"],
        referral_id=referral_id,
        kind="CIN",
        started_on=row["started_on"],
        ended_on=None,
        found_at=row["found_at"],
    )


def _no_closure(row: dict) -> Issue:
    return Issue(
        "closed_without_a_date",
        "referral",
        row["child_id"],
        ERROR,
        f"{row['found_at']}: the case is closed and has no CIN Closure Date; the row is left out."
        " Enter the date.",
    )


def _episode(gathering: Gathering, row: dict, earlier: EarlierRows, same_start_to_come: int) -> str:
    """Tells the referral that led to this episode its need and closure, or writes one.

    Most episodes began before List 3's six months: they are a referral received on the day on
    which the episode began. Its id comes back.
    """
    facts = {
        "primary_need": row.get("need"),
        "closed_on": row.get("closed_on"),
        "closure_reason": row.get("closure"),
    }
    taken = earlier.take_referrals(row, same_start_to_come)
    if taken:
        for referral in taken:
            referral.update(facts)
        gathering.pass_over("referral", "added to the child's row of List 3")
        return taken[-1]["referral_id"]
    referral_id = earlier.own_id(key_of_row(row, "R", row["started_on"]))
    gathering.offer(
        "referral",
        referral_id=referral_id,
        child_id=row["child_id"],
        received_on=row["started_on"],
        **facts,
        found_at=row["found_at"],
    )
    return referral_id
