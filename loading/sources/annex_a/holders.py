"""Teams, workers and who holds each child, from Annex A."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from loading.names.holders import Holders, holders_named
from loading.sources.annex_a.episodes.rows_once import by_what_they_say, ended_on
from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import WARNING, Gathering, Issue

# Whose word counts first. List 3 says who took a referral, not who holds the child since.
FIRST_TO_ASK = (6, 8, 7, 4)
_STILL_OPEN = date.max


def gather_holders(
    gathering: Gathering, lists: Iterable[ListRows], since: date, nobody: Collection[str]
) -> None:
    """Units, workers and one lead allocation per child held at some time since `since`.

    List 6 speaks for every child in need; then Lists 8, 7 and, for open or recent assessments, 4.
    A name that is one of `nobody` counts as none.
    """
    lists = list(lists)
    holders = holders_named([row for one in lists for row in one.rows], nobody)
    gathering.issues.extend(holders.issues)
    _offer_units(gathering, holders)
    _offer_workers(gathering, holders)
    held: dict[str, dict] = {}
    unheld: dict[str, dict] = {}
    for number in FIRST_TO_ASK:
        rows = [row for list_rows in lists if list_rows.number == number for row in list_rows.rows]
        for row in sorted(rows, key=_latest_first):
            _allocate(gathering, {**row, **holders.ids_of(row)}, since, held, unheld)
    gathering.issues.extend(_nobody(row) for child, row in unheld.items() if child not in held)


def _offer_units(gathering: Gathering, holders: Holders) -> None:
    for unit_id, names in holders.teams.items():
        gathering.offer("unit", unit_id=unit_id, name=names[0])
        for _ in names[1:]:
            gathering.pass_over("unit", "the same team, spelled differently")


def _offer_workers(gathering: Gathering, holders: Holders) -> None:
    for worker in holders.workers:
        gathering.offer(
            "worker",
            worker_id=worker.worker_id,
            name=worker.spellings[0],
            registration_no=worker.registration_no,
            found_at=holders.found_at[worker.worker_id],
        )
        for _ in worker.spellings[1:]:
            gathering.pass_over("worker", "the same worker, spelled differently")


def _latest_first(row: dict) -> tuple:
    """By child: what ended last, or not yet, before what ended; what began last before the rest."""
    latest = ended_on(row) or _STILL_OPEN
    began = row["started_on"].toordinal()
    return row["child_id"], -latest.toordinal(), -began, by_what_they_say(row)


def _allocate(gathering: Gathering, row: dict, since: date, held: dict, unheld: dict) -> None:
    child_id = row["child_id"]
    ended = ended_on(row)
    if child_id in held:
        gathering.pass_over("allocation", "another row says who holds the child")
        gathering.issues.extend(_another_holder(held[child_id], row))
        return
    if row.get("status") == "closed" and ended is None:
        gathering.pass_over("allocation", "closed_without_a_date")
        return
    if ended is not None and ended <= since:
        gathering.pass_over("allocation", "closed before the six months that Annex A covers")
        return
    if row["unit_id"] is None and row["worker_id"] is None:
        gathering.pass_over("allocation", "no team and no worker")
        unheld.setdefault(child_id, row)
        return
    held[child_id] = row
    gathering.offer("allocation", **_allocation(row, since, ended))


def _allocation(row: dict, since: date, ended: date | None) -> dict:
    return {
        "allocation_id": f"{row['child_id']}-H",
        "child_id": row["child_id"],
        "worker_id": row["worker_id"],
        "unit_id": row["unit_id"],
        "lead": True,
        "started_on": max(row["started_on"], since),
        "ended_on": ended,
        "found_at": row["found_at"],
    }


def _another_holder(counted: dict, row: dict) -> Iterator[Issue]:
    """Where two open rows of a child name different holders: the first asked counts."""
    differ = [
        words
        for key, words in (("unit_id", "team"), ("worker_id", "worker"))
        if None not in (row[key], counted[key]) and row[key] != counted[key]
    ]
    if differ and ended_on(row) is ended_on(counted) is None:
        message = (
            f"{row['found_at']}: another {' and '.join(differ)} than in {counted['found_at']},"
            " which counts. Correct one of the two."
        )
        yield Issue("holders_disagree", "allocation", row["child_id"], WARNING, message)


def _nobody(row: dict) -> Issue:
    return Issue(
        "unallocated",
        "allocation",
        row["child_id"],
        WARNING,
        f"{row['found_at']}: no team and no worker holds this child. Allocate the child, or"
        " correct the row.",
    )
