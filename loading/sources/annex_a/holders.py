"""Teams, workers and who holds each child, from Annex A."""

import re
from collections.abc import Iterable
from datetime import date
from hashlib import blake2s

from loading.sources.annex_a.episodes.rows_once import by_what_they_say, ended_on
from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import WARNING, Gathering, Issue

# Whose word counts first. List 3 says who took a referral, not who holds the child since.
FIRST_TO_ASK = (6, 8, 7, 4)
_STILL_OPEN = date.max


def gather_holders(gathering: Gathering, lists: Iterable[ListRows], since: date) -> None:
    """Units, workers and one lead allocation per child held at some time since `since`.

    List 6 speaks for every child in need; then Lists 8, 7 and, for open or recent assessments, 4.
    """
    lists = list(lists)
    _units(gathering, lists)
    _workers(gathering, lists)
    held: set[str] = set()
    unheld: dict[str, dict] = {}
    for number in FIRST_TO_ASK:
        rows = [row for list_rows in lists if list_rows.number == number for row in list_rows.rows]
        for row in sorted(rows, key=_latest_first):
            _allocate(gathering, row, since, held, unheld)
    gathering.issues.extend(_nobody(row) for child, row in unheld.items() if child not in held)


def unit_id_of(team: str) -> str:
    """A team's id, made of its name: "Locality 4, Unit 2" is locality-4-unit-2."""
    return re.sub(r"[^a-z0-9]+", "-", team.lower()).strip("-") or "team"


def worker_id_of(name: str) -> str:
    """A worker's id: the same for the same name, and not the name, which not all may see."""
    return "W-" + blake2s(name.lower().encode(), digest_size=4).hexdigest()


def _units(gathering: Gathering, lists: list[ListRows]) -> None:
    teams = sorted(
        {row["team"] for list_rows in lists for row in list_rows.rows if row.get("team")}
    )
    known: set[str] = set()
    for team in teams:
        if unit_id_of(team) in known:
            gathering.pass_over("unit", "the same team, spelled differently")
            continue
        known.add(unit_id_of(team))
        gathering.offer("unit", unit_id=unit_id_of(team), name=team, kind="other")


def _workers(gathering: Gathering, lists: list[ListRows]) -> None:
    names = sorted(
        {row["worker"] for list_rows in lists for row in list_rows.rows if row.get("worker")}
    )
    known: set[str] = set()
    for name in names:
        if worker_id_of(name) in known:
            gathering.pass_over("worker", "the same worker, spelled differently")
            continue
        known.add(worker_id_of(name))
        gathering.offer("worker", worker_id=worker_id_of(name), name=name)


def _latest_first(row: dict) -> tuple:
    """By child: what ended last, or not yet, before what ended; what began last before the rest."""
    latest = ended_on(row) or _STILL_OPEN
    began = row["started_on"].toordinal()
    return row["child_id"], -latest.toordinal(), -began, by_what_they_say(row)


def _allocate(gathering: Gathering, row: dict, since: date, held: set, unheld: dict) -> None:
    child_id = row["child_id"]
    ended = ended_on(row)
    if child_id in held:
        gathering.pass_over("allocation", "another row says who holds the child")
        return
    if row.get("status") == "closed" and ended is None:
        gathering.pass_over("allocation", "closed_without_a_date")
        return
    if ended is not None and ended <= since:
        gathering.pass_over("allocation", "closed before the six months that Annex A covers")
        return
    if row.get("team") is None and row.get("worker") is None:
        gathering.pass_over("allocation", "no team and no worker")
        unheld.setdefault(child_id, row)
        return
    held.add(child_id)
    gathering.offer("allocation", **_allocation(row, since, ended))


def _allocation(row: dict, since: date, ended: date | None) -> dict:
    worker, team = row.get("worker"), row.get("team")
    return {
        "allocation_id": f"{row['child_id']}-H",
        "child_id": row["child_id"],
        "worker_id": worker_id_of(worker) if worker else None,
        "unit_id": unit_id_of(team) if team else None,
        "lead": True,
        "started_on": max(row["started_on"], since),
        "ended_on": ended,
        "found_at": row["found_at"],
    }


def _nobody(row: dict) -> Issue:
    return Issue(
        "unallocated",
        "allocation",
        row["child_id"],
        WARNING,
        f"{row['found_at']}: no team and no worker holds this child. Allocate the child, or"
        " correct the row.",
    )
