"""Opens the files that a council sends as Annex A: workbooks, or one CSV file for a list."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from data_access.london import day_of
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.columns.column_read import EXCEL_DAY_0
from loading.sources.workbooks.opening import open_workbook


@dataclass(frozen=True)
class Sheet:
    """One sheet as its rows of cells: the file's name, the sheet's title, the file's own date.

    `day_0` is the day from which the file's bare numbers count days; `hidden` is Excel's hidden and
    very hidden.
    """

    file: str
    title: str
    rows: Sequence[tuple]
    written_on: date
    day_0: date = EXCEL_DAY_0
    hidden: bool = False

    @property
    def where(self) -> str:
        return f"{self.file}, sheet '{self.title}'"


def sheets_of(path: Path, limits: LoadingLimits) -> list[Sheet]:
    """Every sheet of a workbook, or the one of a CSV file; a sentence for any other file."""
    if not path.is_file():
        raise Problem(f"There is no file {path}: give the path of an Annex A workbook.")
    if path.suffix.lower() == ".csv":
        return [_csv_sheet(path)]
    book = open_workbook(path, limits)
    return [
        Sheet(path.name, one.title, one.rows, book.saved_on, book.day_0, one.hidden)
        for one in book.sheets
    ]


def _csv_sheet(path: Path) -> Sheet:
    raw = path.read_bytes()
    words = _decoded(raw)
    rows = [tuple(row) for row in csv.reader(words.splitlines())]
    return Sheet(
        path.name, path.stem, rows, day_of(datetime.fromtimestamp(path.stat().st_mtime, UTC))
    )


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
