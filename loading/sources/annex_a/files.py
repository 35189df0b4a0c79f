"""Opens the files that a council sends as Annex A: workbooks, or one CSV file for a list."""

import csv
import warnings
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from data_access.problems import Problem

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
    """One sheet as its rows of cells: the file's name, the sheet's title, the file's own date."""

    file: str
    title: str
    rows: Sequence[tuple]
    written_on: date

    @property
    def where(self) -> str:
        return f"{self.file}, sheet '{self.title}'"


def sheets_of(path: Path) -> list[Sheet]:
    """Every sheet of a workbook, or the one of a CSV file; a sentence for any other file."""
    if not path.is_file():
        raise Problem(f"There is no file {path}: give the path of an Annex A workbook.")
    if path.suffix.lower() == ".csv":
        return [_csv_sheet(path)]
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
    day = written.date() if written else date.today()
    try:
        return [Sheet(path.name, s.title, _filled_rows(s), day) for s in book.worksheets]
    finally:
        book.close()


def _filled_rows(worksheet: Any) -> list[tuple]:
    # Some systems write a wrong size into the file, and openpyxl would believe it.
    worksheet.reset_dimensions()
    return list(worksheet.iter_rows(values_only=True))


def _csv_sheet(path: Path) -> Sheet:
    raw = path.read_bytes()
    words = _decoded(raw)
    rows = [tuple(row) for row in csv.reader(words.splitlines())]
    return Sheet(path.name, path.stem, rows, date.fromtimestamp(path.stat().st_mtime))


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("cp1252", errors="replace")
