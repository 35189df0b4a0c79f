"""Writes the workbook to start from: a sheet a table, with what its columns take, and examples."""

from collections.abc import Mapping
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Boolean, Column, Date

from data_access.code_sets.of_columns import codes_of
from data_access.problems import Problem
from loading.sources.tables_book.declared import (
    CODES,
    READ_ME,
    SHEETS,
    heading,
)
from loading.sources.tables_book.sheet_of_table import EXAMPLE_ROW, HINT_ROW, SheetOfTable
from loading.sources.tables_book.takes import choices, takes
from loading.sources.tables_book.validation import Lists, validate

ABOUT = (
    ("What your case system does not hold, for ChildStat", True),
    ("", False),
    ("Fill in the sheets that you have something for, from the row under the blue headings on;"
     " leave the others as they are.", False),
    ("What stands above the headings is never read: what a row is, what each column takes, and an"
     " example in grey.", False),
    ("An empty sheet says that nothing is known of its table, not that there is nothing of it."
     " Headings may be in any order; don't rename them.", False),
    ("Ids join the sheets to each other and to your case system: give a child, a worker and a unit"
     " the ids that they have there. Every row needs an id of its own, as 1, 2, 3.", False),
    ("Dates are dates of Excel, or as 2016-12-31. A cell that is not known stays empty: never 0,"
     " and no date that stands for none.", False),
    ("", False),
    ("Then: python childstat.py load workbook FILE.xlsx --add", False),
    ("--add keeps what your case system brought. What can't be read is marked in a copy of the"
     " workbook, cell by cell.", False),
    ("The same tables may be CSV files: python childstat.py load csv --template FOLDER.", False),
    ("", False),
)  # fmt: skip
# Excel's own; where none is named, other programs choose another for each cell.
_FONT = "Calibri"
_PLAIN, _BOLD, _LARGE = Font(_FONT), Font(_FONT, bold=True), Font(_FONT, bold=True, size=14)
_GREY = Font(_FONT, italic=True, color="FF7A7A7A")
_HEADING = PatternFill("solid", fgColor="FF1F4E79")
_ON_HEADING = Font(_FONT, bold=True, color="FFFFFFFF")
_WRAPPED = Alignment(wrap_text=True, vertical="top")
_WIDTH, _WIDE, _HINT_HEIGHT = 17, 30, 62
DAY_FORMAT, TEXT_FORMAT = "yyyy-mm-dd", "@"


def write_template(path: Path) -> list[str]:
    """Writes the template to `path`, and gives the titles of its sheets of tables, in order.

    Nothing that is there is written over: a Problem says so.
    """
    if path.exists():
        raise Problem(f"{path} is there already: name another file, or remove it.")
    if path.suffix.lower() != ".xlsx":
        raise Problem(f"{path.name} should end in .xlsx, as it is an Excel workbook.")
    book = Workbook()
    about = book.active
    assert isinstance(about, Worksheet), "a new workbook has a sheet"
    about.title = READ_ME
    print_wide(about)
    lists = Lists(SHEETS)
    for declared in SHEETS:
        _write_sheet(book.create_sheet(declared.title), declared, lists)
    _write_about(about)
    _write_lists(book.create_sheet(CODES), lists)
    book.save(path)
    return [declared.title for declared in SHEETS]


def _write_about(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = 24
    sheet.column_dimensions["B"].width = 90
    for words, is_title in ABOUT:
        sheet.append((words,))
        sheet.cell(sheet.max_row, 1).font = _LARGE if is_title else _PLAIN
    sheet.append(("Sheet", "One row is"))
    for cell in sheet[sheet.max_row]:
        cell.font = _BOLD
    for declared in SHEETS:
        sheet.append((declared.title, declared.one_row))
        sheet.cell(sheet.max_row, 1).hyperlink = f"#'{declared.title}'!A1"


def _write_sheet(sheet: Worksheet, declared: SheetOfTable, lists: Lists) -> None:
    sheet["A1"] = f"{declared.title}: one row is {declared.one_row}."
    sheet["A1"].font = _LARGE
    sheet["A2"] = declared.notes
    row = declared.headings_row
    for place, column in enumerate(declared.table.columns, start=1):
        letter = get_column_letter(place)
        hint = sheet.cell(HINT_ROW, place, takes(column))
        hint.font, hint.alignment = _GREY, _WRAPPED
        for number, example in enumerate(declared.examples, start=EXAMPLE_ROW):
            _write_example(sheet, number, place, column, example)
        head = sheet.cell(row, place, heading(column.name))
        head.font, head.fill = _ON_HEADING, _HEADING
        sheet.column_dimensions[letter].width = _width(column)
        sheet.column_dimensions[letter].number_format = _format(column)
        validate(sheet, column, letter, row + 1, lists)
    sheet.row_dimensions[HINT_ROW].height = _HINT_HEIGHT
    sheet.freeze_panes = f"A{row + 1}"
    print_wide(sheet)


def print_wide(sheet: Worksheet) -> None:
    """On paper all columns stand beside each other."""
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0


def _write_example(
    sheet: Worksheet, number: int, place: int, column: Column, example: Mapping[str, object]
) -> None:
    cell = sheet.cell(number, place, _shown(column, example.get(column.name)))
    cell.font, cell.number_format = _GREY, _format(column)


def _shown(column: Column, value: object) -> object:
    """An example as somebody types it: codes as the list has them, yes or no for a truth."""
    if value is None:
        return None
    if isinstance(column.type, Boolean):
        return "yes" if value else "no"
    listed = choices(column)
    return next((one for one in listed if one.split(" - ")[0] == value), value)


def _format(column: Column) -> str:
    if isinstance(column.type, Date):
        return DAY_FORMAT
    is_text = column.name.endswith(("_id", "_no")) or codes_of(column)
    return TEXT_FORMAT if is_text and not choices(column) else "General"


def _width(column: Column) -> int:
    longest = max(map(len, choices(column)), default=0)
    return _WIDE if longest > _WIDTH or column.name in ("name", "reason", "segment") else _WIDTH


def _write_lists(sheet: Worksheet, lists: Lists) -> None:
    for place, listed in enumerate(lists.columns, start=1):
        for number, choice in enumerate(listed, start=1):
            sheet.cell(number, place, choice)
    sheet.sheet_state = "hidden"
