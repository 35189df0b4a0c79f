"""Workbooks whose parts are changed by hand: what no library would write, and councils send."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from xlsxwriter import Workbook

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.workbooks.opening import WorkbookSheet, open_workbook
from tests.loading import dirty

BOOK, STRINGS, STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
SHEET = "xl/worksheets/sheet1.xml"


def parts_of(path: Path) -> dict[str, bytes]:
    """Every part of a workbook by its name."""
    with ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def archive(path: Path, parts: Mapping[str, bytes]) -> Path:
    """A zip archive of these parts."""
    with ZipFile(path, "w", ZIP_DEFLATED) as written:
        for name, content in parts.items():
            written.writestr(name, content)
    return path


def changed(path: Path, change: Callable[[dict[str, bytes]], object]) -> Path:
    """The workbook after `change` was made to its parts."""
    parts = parts_of(path)
    change(parts)
    return archive(path, parts)


def with_cells(folder: Path, cells: str, after: str = "") -> Path:
    """A workbook of one sheet, whose rows are written by hand."""
    path = folder / "book.xlsx"
    with Workbook(path) as book:
        book.add_worksheet("Sheet").write(0, 0, "placeholder")
    start = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    sheet = start + f"<sheetData>{cells}</sheetData>{after}</worksheet>".encode()
    return changed(path, lambda parts: parts.update({SHEET: sheet}))


def without_recalculation(path: Path) -> Path:
    """The workbook as Excel leaves it: what stands as a formula's value was calculated."""
    return changed(
        path,
        lambda parts: parts.update({BOOK: parts[BOOK].replace(b' fullCalcOnLoad="1"', b"")}),
    )


def rows_of(path: Path, limits: LoadingLimits = DEFAULT_LIMITS) -> Sequence[tuple]:
    """The rows of its only sheet."""
    (sheet,) = sheets_of(path, limits)
    return sheet.rows


def sheets_of(path: Path, limits: LoadingLimits = DEFAULT_LIMITS) -> Sequence[WorkbookSheet]:
    """Its sheets, opened as every user's workbook is."""
    return open_workbook(path, limits).sheets


def said_of(path: Path, limits: LoadingLimits = DEFAULT_LIMITS) -> str:
    """The sentence with which Annex A refuses the workbook."""
    try:
        read_annex_a([path], limits=limits)
    except Problem as problem:
        return str(problem)
    raise AssertionError(f"{path.name} was read")


def returned(folder: Path, content: Mapping[str, Iterable[Sequence]]) -> Path:
    """A return with these sheets."""
    return dirty.workbook(folder / "annex_a.xlsx", content)
