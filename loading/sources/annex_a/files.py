"""Opens the files that a council sends as Annex A: workbooks, or one CSV file for a list."""

import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.utils.exceptions import InvalidFileException

from data_access.london import day_of, day_of_utc, today
from data_access.problems import Problem
from loading.columns.column_read import EXCEL_DAY_0, EXCEL_DAY_0_OF_1904
from loading.sources.annex_a.columns import LISTS
from loading.sources.annex_a.other_lists import OTHER_LISTS
from loading.sources.annex_a.plain_words import plain
from loading.sources.text_tables import HeadingsWanted, read_text_table

# What openpyxl raises for text files, broken archives, passwords and cut-off XML.
UNREADABLE_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    KeyError,
    ValueError,
    SyntaxError,
    EOFError,
)


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


def sheets_of(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, or the one of a CSV file; a sentence for any other file."""
    if path.suffix.lower() == ".csv":
        return [_csv_sheet(path)]
    if not path.is_file():
        raise Problem(f"There is no file {path}: give the path of an Annex A workbook.")
    try:
        with path.open("rb") as file, warnings.catch_warnings():
            # openpyxl warns of drop-down lists and of impossible dates, which come as errors.
            warnings.simplefilter("ignore", UserWarning)
            return _workbook_sheets(path, file)
    except UNREADABLE_WORKBOOK as fault:
        raise Problem(
            f"{path.name} is not an Excel workbook that can be read: open it in Excel, save it as"
            " .xlsx without a password, and load that."
        ) from fault


def _workbook_sheets(path: Path, file: BinaryIO) -> list[Sheet]:
    book = load_workbook(file, read_only=True, data_only=True)
    written = book.properties.modified or book.properties.created
    day = day_of_utc(written) if written else today()
    day_0 = EXCEL_DAY_0_OF_1904 if book.epoch == MAC_EPOCH else EXCEL_DAY_0
    try:
        return [
            Sheet(path.name, s.title, _filled_rows(s), day, day_0, s.sheet_state != "visible")
            for s in book.worksheets
        ]
    finally:
        book.close()


def _filled_rows(worksheet: Any) -> list[tuple]:
    # Some systems write a wrong size into the file, and openpyxl would believe it.
    worksheet.reset_dimensions()
    return list(worksheet.iter_rows(values_only=True))


def _csv_sheet(path: Path) -> Sheet:
    found = read_text_table(path, HEADINGS)
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
