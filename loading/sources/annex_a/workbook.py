"""Reads Annex A (Ofsted's child-level lists) into canonical rows.

What Annex A can and cannot say decides what is written:

- It holds the latest six months, and every child still open: `data_from` is six months back.
- It says who holds a child now, not since when: a lead allocation runs from the start of the
  child's episode, but from no earlier than `data_from`.
- It names workers and gives no FTE: no post is written, so no caseload.
- It holds each child's latest visit only: no visits due, so no visits out of timescale.
- It holds each plan's latest review only, and not when it was due: no reviews in time.
- List 5 (section 47 enquiries) may be missing: then nothing is known of enquiries and conferences.
- Status follows Ofsted's order for List 6: looked after, CP plan, CIN plan, assessment, closed.
- End dates are the first day not included, as in the DfE's counts at 31 March.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from pathlib import Path

from data_access.code_sets.nobody import NOBODY
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from data_access.sources.known import ANNEX_A, MONTHS_OF_ANNEX_A
from loading.checks.lists_at_odds import lists_at_odds
from loading.sources.annex_a.child_ids import lists_with_zeros_restored
from loading.sources.annex_a.children import gather_children
from loading.sources.annex_a.episodes.rows_once import each_once
from loading.sources.annex_a.episodes.still_open import without_closures_to_come
from loading.sources.annex_a.holders import gather_holders
from loading.sources.annex_a.sheets import AnnexA, ListRows, lists_in
from loading.sources.annex_a.spells import gather_spells
from loading.sources.reading import AS_OPTION_SAYS, Gathering, Reading
from metrics.model import months_before

SOURCE = ANNEX_A.key
# Dates of things that have happened: the latest of them is the last day that the lists cover.
_HAPPENED = ("received_on", "started_on", "authorised_on", "closed_on", "ended_on")
_VISITED = ("seen_on", "visited_on", "placed_on", "held_on", "reviewed_on")


def read_annex_a(
    paths: Sequence[Path],
    data_to: date | None = None,
    with_hidden: bool = False,
    limits: LoadingLimits = DEFAULT_LIMITS,
    nobody: Collection[str] = NOBODY,
) -> Reading:
    """Canonical rows from Annex A lists in one or several files.

    `data_to` is the last day covered; if nobody says, the latest date of anything that happened
    which is not after the day on which its own file was last saved. Hidden sheets are left out
    unless `with_hidden`. A file larger than `limits` is refused. `nobody` are the words that mean
    nobody in place of a team or worker.
    """
    found = lists_in(paths, with_hidden, limits)
    lists = lists_with_zeros_restored(found.lists)
    lists = [each_once(list_rows) for list_rows in lists]
    _refuse_empty(lists, paths)
    until = (data_to, AS_OPTION_SAYS) if data_to else last_day_covered(lists)
    return _reading(found, lists, until, nobody)


def _reading(
    found: AnnexA, lists: Sequence[ListRows], last_day: tuple[date, str], nobody: Collection[str]
) -> Reading:
    until, says = last_day
    lists = without_closures_to_come(lists, until)
    gathering = _gathered(lists, until, nobody)
    return Reading(
        SOURCE,
        until,
        gathering.frames(),
        (*found.issues, *gathering.issues),
        {table: gathering.read.get(table, 0) for table in ANNEX_A.tables},
        gathering.left_out,
        ANNEX_A.lacks,
        ANNEX_A.partial,
        sheets={list_rows.where: _counts(list_rows) for list_rows in lists},
        data_from=months_before(until, MONTHS_OF_ANNEX_A),
        data_to_from=says,
    )


def _refuse_empty(lists: Iterable[ListRows], paths: Iterable[Path]) -> None:
    if any(list_rows.rows for list_rows in lists):
        return
    names = ", ".join(sorted({path.name for path in paths}))
    raise Problem(
        f"{names} has Annex A's headings and no row that can be used: send it with its rows."
    )


def _gathered(lists: Sequence[ListRows], until: date, nobody: Collection[str]) -> Gathering:
    gathering = Gathering()
    for list_rows in lists:
        gathering.issues.extend(list_rows.issues)
    gather_children(gathering, lists)
    gather_spells(gathering, lists)
    gather_holders(gathering, lists, months_before(until, MONTHS_OF_ANNEX_A), nobody)
    gathering.issues.extend(lists_at_odds(lists, until))
    return gathering


def last_day_covered(lists: Iterable[ListRows]) -> tuple[date, str]:
    """The latest date of anything that happened, and not after its own file was last saved.

    With where it stands. Where no date is, the day on which the last of the files was saved.
    """
    lists = list(lists)
    happened = [
        (day, list_rows)
        for list_rows in lists
        for row in list_rows.rows
        for key in (*_HAPPENED, *_VISITED)
        if (day := row.get(key)) and day <= list_rows.written_on
    ]
    if not happened:
        until = max(list_rows.written_on for list_rows in lists)
        return until, "the day on which the file was last saved, as all its dates lie after it"
    until, found_in = max(happened, key=lambda one: one[0])
    saved = found_in.written_on.isoformat()
    return until, f"the latest date up to {saved}, when the file was last saved, {found_in.where}"


def _counts(list_rows: ListRows) -> dict[str, object]:
    return {
        "table": f"list_{list_rows.number}",
        "read": list_rows.read,
        "used": len(list_rows.rows),
        "left_out": dict(list_rows.left_out),
        "emptied": _emptied(list_rows),
    }


def _emptied(list_rows: ListRows) -> dict[str, int]:
    """The columns of which every value was refused, with how many these are."""
    refused = Counter(issue.emptied for issue in list_rows.issues if issue.emptied)
    filled = {key for row in list_rows.rows for key, value in row.items() if value is not None}
    return {key: cells for key, cells in refused.items() if key not in filled}
