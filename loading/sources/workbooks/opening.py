"""The only place that opens a user's Excel workbook: its sheets as rows, or a sentence why not."""

import re
import warnings
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from openpyxl.packaging.relationship import get_dependents, get_rels_path
from openpyxl.reader.excel import ExcelReader
from openpyxl.styles.stylesheet import apply_stylesheet
from openpyxl.utils.datetime import MAC_EPOCH
from openpyxl.utils.exceptions import CellCoordinatesException, InvalidFileException
from openpyxl.xml.functions import fromstring

from data_access.files.file_limits import need_rows, need_unpacked_size
from data_access.files.text_files import bytes_within
from data_access.london import day_of_utc, today
from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.columns.column_read import EXCEL_DAY_0, EXCEL_DAY_0_OF_1904, visible
from loading.sources.workbooks.archive import MEND, checked_archive
from loading.sources.workbooks.kinds import refuse_other_kinds
from loading.sources.workbooks.sheet_rows import BeyondExcel, CellReader, read_rows

CONTENTS = "[Content_Types].xml"
_WORKBOOK = re.compile(r"(.*/)?workbook\d*\.xml")
# What openpyxl raises for XML that is none, and for XML that is no workbook's.
UNREADABLE = (
    *(BadZipFile, zlib.error, InvalidFileException, CellCoordinatesException, OSError, EOFError),
    *(ValueError, LookupError, TypeError, AttributeError, ArithmeticError, SyntaxError),
    RuntimeError,
)
# Without these parts cells would be lost, or dates be bare numbers.
_NEEDED = re.compile(r"/(worksheet|sharedStrings|styles)$")
VISIBLE = "visible"


@dataclass(frozen=True)
class WorkbookSheet:
    """One sheet: its title, its rows from the first, and whether Excel hides it.

    Rows that say nothing are (), and none ends in blanks.
    """

    title: str
    rows: Sequence[tuple] = field(repr=False)
    hidden: bool = False


@dataclass(frozen=True)
class Workbook:
    """The sheets that have cells, the day on which it was saved, day 0 of its bare numbers."""

    sheets: Sequence[WorkbookSheet]
    saved_on: date
    day_0: date


def open_workbook(path: Path, limits: LoadingLimits) -> Workbook:
    """The workbook at `path`; a Problem that says what the file is, or what is wrong with it.

    Charts that are sheets of their own have no cells and are passed over. A cell whose value can't
    be taken is a `FaultyCell`.
    """
    raw = bytes_within(path, limits.max_unpacked_mb)
    need_unpacked_size(path.name, len(raw), limits)
    refuse_other_kinds(path.name, raw)
    archive = checked_archive(path.name, raw, limits)
    _need_parts(path.name, archive)
    with warnings.catch_warnings():
        # openpyxl warns of drop-down lists, and of what it passes over in styles.
        warnings.simplefilter("ignore", UserWarning)
        try:
            reader = _read_but_sheets(raw)
            saved = reader.wb.properties.modified or reader.wb.properties.created
        except UNREADABLE as fault:
            raise Problem(f"{path.name} is damaged: {MEND}.") from fault
        sheets = list(_sheets(path.name, reader, limits))
    return Workbook(
        sheets,
        day_of_utc(saved) if saved else today(),
        EXCEL_DAY_0_OF_1904 if reader.wb.epoch == MAC_EPOCH else EXCEL_DAY_0,
    )


def _need_parts(name: str, archive: ZipFile) -> None:
    """openpyxl passes a sheet over whose part is missing, and takes dates as numbers then."""
    parts = {*archive.namelist()}
    workbook = next(filter(_WORKBOOK.fullmatch, sorted(parts)), "xl/workbook.xml")
    links_part = get_rels_path(workbook)
    missing = [one for one in (CONTENTS, workbook, links_part) if one not in parts]
    try:
        with warnings.catch_warnings():
            # openpyxl warns of links that it can't read, and goes on as if there were none.
            warnings.simplefilter("error", UserWarning)
            links = [] if missing else get_dependents(archive, links_part)
        needed = [link.target for link in links if _NEEDED.search(link.Type)]
    except (*UNREADABLE, UserWarning) as fault:
        raise Problem(f"{name} is damaged in its part {links_part}: {MEND}.") from fault
    missing += [part for part in needed if part not in parts]
    if missing:
        raise Problem(f"{name} is damaged: its part {missing[0]} is missing; {MEND}.")


def _read_but_sheets(raw: bytes) -> ExcelReader:
    """What sheets are read with: openpyxl's own steps, without those that no cell needs."""
    reader = ExcelReader(BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    reader.read_manifest()
    reader.read_strings()
    reader.read_workbook()
    reader.read_properties()
    apply_stylesheet(reader.archive, reader.wb)
    return reader


def _sheets(name: str, reader: ExcelReader, limits: LoadingLimits) -> Iterator[WorkbookSheet]:
    filled = 0

    def told(of_sheet: int) -> None:
        need_rows(name, filled + of_sheet, limits)

    try:
        listed = [(sheet, link) for sheet, link in reader.parser.find_sheets()]
        trusts_formulas = not _is_to_be_calculated(reader)
    except UNREADABLE as fault:
        raise Problem(f"{name} is damaged in its list of sheets: {MEND}.") from fault
    for sheet, link in listed:
        if not link.Type.endswith("/worksheet"):
            continue
        title = visible(sheet.name)
        rows = _rows(f"{name}, sheet '{title}'", reader, link.target, trusts_formulas, told)
        filled += sum(bool(row) for row in rows)
        yield WorkbookSheet(title, rows, sheet.state != VISIBLE)


def _rows(
    where: str,
    reader: ExcelReader,
    part: str,
    trusts_formulas: bool,
    told: Callable[[int], None],
) -> list[tuple]:
    book = reader.wb
    try:
        with reader.archive.open(part) as source:
            cells = CellReader(
                source,
                reader.shared_strings,
                data_only=True,
                epoch=book.epoch,
                date_formats=book._date_formats,
                timedelta_formats=book._timedelta_formats,
            )
            cells.trusts_formulas = trusts_formulas
            return read_rows(cells, told)
    except BeyondExcel as fault:
        raise Problem(f"{where} is damaged: {fault}; {MEND}.") from fault
    except UNREADABLE as fault:
        raise Problem(f"{where} is damaged: {MEND}.") from fault


def _is_to_be_calculated(reader: ExcelReader) -> bool:
    """Whether the file says that whoever opens it is to work every formula out: nobody has yet."""
    root = fromstring(reader.archive.read(reader.parser.workbook_part_name))
    marks = [
        element.get("fullCalcOnLoad") for element in root.iter() if "calcPr" in str(element.tag)
    ]
    return any(mark in ("1", "true") for mark in marks)
