"""Workbooks as somebody fills the template in."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from loading.sources.tables_book.declared import SHEETS
from loading.sources.tables_book.sheet_of_table import EXAMPLE_ROW, SheetOfTable
from loading.sources.tables_book.template import write_template


def template(folder: Path) -> Path:
    path = folder / "template.xlsx"
    if not path.exists():
        write_template(path)
    return path


def filled(folder: Path, change: Callable[[Workbook], object] = lambda _: None) -> Path:
    """The template with its own examples under the headings, after `change` was made to it."""
    book = load_workbook(template(folder))
    for declared in SHEETS:
        fill_in(book[declared.title], declared)
    change(book)
    path = folder / "filled.xlsx"
    book.save(path)
    return path


def fill_in(sheet: Worksheet, declared: SheetOfTable) -> None:
    """Puts the examples where rows go, as they stand there in grey."""
    for number in range(len(declared.examples)):
        for column in range(1, len(declared.table.columns) + 1):
            example = sheet.cell(EXAMPLE_ROW + number, column).value
            sheet.cell(declared.headings_row + 1 + number, column, example)


def put(title: str, cell: str, value: object) -> Callable[[Workbook], object]:
    """A change: one cell."""
    return lambda book: book[title].__setitem__(cell, value)


def changes(*each: Callable[[Workbook], object]) -> Callable[[Workbook], object]:
    return lambda book: [one(book) for one in each]
