"""Opens the files that a council sends as Annex A: workbooks, or one CSV file for a list."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from data_access.london import day_of
from data_access.settings import LoadingLimits
from loading.columns.column_read import EXCEL_DAY_0
from loading.sources.annex_a.columns import LISTS
from loading.sources.annex_a.other_lists import OTHER_LISTS
from loading.sources.annex_a.plain_words import plain
from loading.sources.text_tables import HeadingsWanted, read_text_table
from loading.sources.workbooks.opening import open_workbook


@dataclass(frozen=True)
class Sheet:
    """One sheet as its rows of cells: the file's name, the sheet's title, the file's own date.

    `day_0` is the day from which the file's bare numbers count days; `hidden` is Excel's hidden and
    very hidden. `doubts` are sentences on how a text file was read.
    """

    file: str
    title: str
    rows: Sequence[tuple]
    written_on: date
    day_0: date = EXCEL_DAY_0
    hidden: bool = False
    doubts: tuple[str, ...] = ()

    @property
    def where(self) -> str:
        return f"{self.file}, sheet '{self.title}'"


def sheets_of(path: Path, limits: LoadingLimits) -> list[Sheet]:
    """Every sheet of a workbook, or the one of a CSV file; a sentence for any other file."""
    if path.suffix.lower() == ".csv":
        return [_csv_sheet(path, limits)]
    book = open_workbook(path, limits)
    return [
        Sheet(path.name, one.title, one.rows, book.saved_on, book.day_0, one.hidden)
        for one in book.sheets
    ]


def _csv_sheet(path: Path, limits: LoadingLimits) -> Sheet:
    found = read_text_table(path, HEADINGS, limits)
    rows: list[tuple] = [()] * max((found.headings_row, *found.row_numbers))
    rows[found.headings_row - 1] = tuple(found.headings)
    for number, row in zip(found.row_numbers, found.rows(), strict=True):
        rows[number - 1] = tuple(row)
    written_on = day_of(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    return Sheet(path.name, path.stem, rows, written_on, doubts=tuple(found.doubts))


def _known_heading(heading: str) -> str | None:
    """Ofsted's own heading, or a spelling that one of the lists knows."""
    words = plain(heading)
    is_known = words and any(
        column.is_headed(words) for one in (*LISTS, *OTHER_LISTS) for column in one.columns
    )
    return words if is_known else None


HEADINGS = HeadingsWanted(_known_heading, "'Child Unique ID'", rows_to_search=30)
