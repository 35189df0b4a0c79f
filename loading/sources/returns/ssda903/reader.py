"""Reads SSDA903 files (the DfE's return of looked-after children) into canonical rows.

What the return says, and how it is read:

- One row an episode: `periods` makes periods of care and placements of them.
- It holds the children looked after on any day of the year to 31 March, so history begins on
  1 April; of several years, each in a folder of its own, an episode is as the latest says.
- An open episode has the day on which it began, however long ago, and nothing of those before it:
  where none began care, nobody knows since when a child was looked after.
- Reviews are those held in the year; a review that was due and not held is in no file.
- An episode of being missing that has no end goes on: the child was not found by the last day.
- It holds looked-after children only: no child in need or child protection plan.

Source: DfE, Children looked-after data return (SSDA903): guide, 2023 to 2025.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from data_access.sources.returns import SSDA903
from loading.sources.reading import AS_OPTION_SAYS, Gathering, Reading
from loading.sources.returns.children import gather_children
from loading.sources.returns.module import Module
from loading.sources.returns.ssda903.files import (
    EPISODES,
    HEADER,
    MISSING,
    REVIEWS,
    Folder,
    read_folder,
    sheets_of,
)
from loading.sources.returns.ssda903.periods import gather_care
from loading.sources.returns.years import Year, held_from, in_order, told_last, year_of

SOURCE = SSDA903.key
_HAPPENED = ("started_on", "ended_on", "held_on")
# By list, the days on which its facts begin and end, and the table to which they go.
_DAYS: Mapping[Module, tuple[str, str, str]] = {
    EPISODES: ("started_on", "ended_on", "plan"),
    REVIEWS: ("held_on", "", "review"),
    MISSING: ("started_on", "ended_on", "missing_episode"),
}


def read_ssda903(
    paths: Sequence[Path], data_to: date | None = None, limits: LoadingLimits = DEFAULT_LIMITS
) -> Reading:
    """Children, periods of care, placements, reviews and when a child was missing, of all years.

    `data_to` is the last day covered, of the latest year; unless said, the end of the year in which
    the latest date of its files lies.
    """
    folders = [read_folder(path, limits) for path in paths]
    years = [_year(folder, None) for folder in folders]
    places = in_order(years)
    folders = [folders[place] for place in places]
    years = [*(years[place] for place in places[:-1]), _year(folders[-1], data_to)]
    gathering = Gathering()
    starts_known = _gather(gathering, years, folders)
    return Reading(
        SOURCE,
        years[-1].last,
        gathering.frames(),
        tuple(gathering.issues),
        {table: gathering.read.get(table, 0) for table in SSDA903.tables},
        gathering.left_out,
        SSDA903.lacks,
        SSDA903.partial - ({"plan.started_on"} if starts_known else set()),
        sheets=sheets_of(folders),
        data_from=held_from(years),
        data_to_from=years[-1].says,
        parts=SSDA903.parts,
    )


def _gather(gathering: Gathering, years: Sequence[Year], folders: Sequence[Folder]) -> bool:
    """Offers all rows, the newest return's facts of a child first; whether starts are known."""
    for folder in folders:
        gathering.issues.extend(folder.issues)
    lists = (HEADER, REVIEWS, MISSING, EPISODES)
    gather_children(gathering, [folder.rows(one) for one in lists for folder in folders[::-1]])
    starts_known = gather_care(gathering, _told(years, folders, EPISODES, gathering))
    _gather_reviews(gathering, _told(years, folders, REVIEWS, gathering))
    _gather_missing(gathering, _told(years, folders, MISSING, gathering))
    return starts_known


def _year(folder: Folder, data_to: date | None) -> Year:
    rows = [row for module in _DAYS for row in folder.rows(module)]
    days = (row.get(name) for row in rows for name in _HAPPENED)
    return year_of(folder.name, days, data_to, AS_OPTION_SAYS)


def _told(
    years: Sequence[Year], folders: Sequence[Folder], module: Module, gathering: Gathering
) -> list[dict]:
    """The rows of a list of all years; of each fact what the latest says."""
    by_year = [(year, folder.rows(module)) for year, folder in zip(years, folders, strict=True)]
    begins, ends, table = _DAYS[module]

    def key(row: dict) -> tuple:
        return row["child_id"], row[begins]

    return told_last(by_year, key, ends, table, gathering.issues)


def _gather_reviews(gathering: Gathering, rows: Sequence[dict]) -> None:
    for row in rows:
        gathering.offer(
            "review",
            review_id=SSDA903.row_id(row["child_id"], "R", row["held_on"]),
            child_id=row["child_id"],
            kind="CLA",
            held_on=row["held_on"],
            cancelled=False,
            found_at=row["found_at"],
        )


def _gather_missing(gathering: Gathering, rows: Sequence[dict]) -> None:
    for row in rows:
        gathering.offer(
            "missing_episode",
            missing_episode_id=SSDA903.row_id(row["child_id"], "M", row["started_on"]),
            **{name: row[name] for name in ("child_id", "kind", "started_on", "ended_on")},
            found_at=row["found_at"],
        )
