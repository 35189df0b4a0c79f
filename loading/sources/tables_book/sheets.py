"""The sheets of a workbook as tables: which table each holds, its headings, its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from openpyxl.utils import get_column_letter
from sqlalchemy import Table

from data_access.problems import Problem
from data_access.schema import CANONICAL
from data_access.settings import LoadingLimits
from loading.columns.column_read import visible
from loading.columns.different_cells import DifferentCells
from loading.sources.cells import FaultyCell
from loading.sources.reading import WARNING, Issue
from loading.sources.said_of_load import FILE, HEADINGS
from loading.sources.table_rows import headings_of
from loading.sources.tables_book.declared import (
    NOT_READ,
    heading,
    sheet_of,
    table_titled,
    title_of,
)
from loading.sources.tables_book.places import sheet_words
from loading.sources.text_tables import HeadingsWanted, TextTable, refuse_twice
from loading.sources.workbooks.opening import Workbook, WorkbookSheet, open_workbook

# Above the headings stand what a row is, what each column takes, and examples.
ROWS_TO_SEARCH = 30
# A list of ids with names beside them may be anybody's notes, and is no table's.
FEWEST_HEADINGS = 3


@dataclass(frozen=True)
class TableSheet:
    """A sheet that holds the rows of one table, and what messages call it."""

    table: Table
    title: str
    where: str
    found: TextTable


@dataclass(frozen=True)
class SheetsFound:
    """The sheets that hold rows; every title; what is said of sheets that are not read."""

    sheets: Sequence[TableSheet]
    titles: Sequence[str]
    issues: Sequence[Issue]
    problems: Sequence[Issue]


def wanted_in(table: Table) -> HeadingsWanted:
    """The headings of a table's sheet."""
    return HEADINGS if table is FILE else headings_of(table)


_TOLD_BY_HEADINGS = [one for one in CANONICAL if len(wanted_in(one).needed) >= FEWEST_HEADINGS]


def sheets_found(path: Path, limits: LoadingLimits) -> SheetsFound:
    """The tables of the workbook at `path`. A sheet without rows says nothing of its table.

    What stops the load is said of every sheet: as `problems`, which are not raised here.
    """
    book = open_workbook(path, limits)
    in_sight = [sheet for sheet in book.sheets if not sheet.hidden]
    sheets: list[TableSheet] = []
    problems: list[Issue] = []
    for sheet in in_sight:
        try:
            sheets.extend(_table_sheet(path.name, sheet, book))
            _refuse_two(sheets)
        except Problem as problem:
            problems.append(Issue("refused", sheet.title, None, WARNING, str(problem)))
    return SheetsFound(
        sheets,
        [sheet.title for sheet in book.sheets],
        [*_hidden(path.name, book), *_passed_over(path.name, in_sight)],
        problems,
    )


def _table_sheet(file: str, sheet: WorkbookSheet, book: Workbook) -> Iterator[TableSheet]:
    table, where = table_titled(sheet.title), sheet_words(file, sheet.title)
    if table is None:
        _refuse_misnamed(where, sheet)
        return
    wanted = wanted_in(table)
    place = headings_place(sheet, wanted)
    if place is not None:
        found = _as_table(where, sheet, place, wanted, book)
        if found.row_numbers:
            yield TableSheet(table, sheet.title, where, found)
    elif any(sheet.rows):
        _refuse_without_headings(where, sheet, table)


def _refuse_without_headings(where: str, sheet: WorkbookSheet, table: Table) -> None:
    """What is said names the row where headings stand too far below, or where the template's do."""
    needed = [column.name for column in table.columns if not column.nullable]
    example = ", ".join(map(heading, needed or table.c.keys()))
    for number, row in enumerate(sheet.rows, start=1):
        if len(_known(row, wanted_in(table))) > 1:
            raise Problem(
                f"{where}, row {number}: the headings stand here, and are looked for in the first"
                f" {ROWS_TO_SEARCH} rows: move them up, over their rows."
            )
    declared = sheet_of(table)
    place = f"{where}, row {declared.headings_row}" if declared else where
    raise Problem(
        f"{place}: the sheet has no row of headings, as in '{example}': take it from the template."
    )


def headings_place(sheet: WorkbookSheet, wanted: HeadingsWanted) -> int | None:
    """Which row, from 0, has the headings: the one with most that are known; None without any."""
    known = [len(_known(row, wanted)) for row in sheet.rows[:ROWS_TO_SEARCH]]
    return known.index(max(known)) if any(known) else None


def _known(row: Sequence[object], wanted: HeadingsWanted) -> set[str]:
    return {name for cell in row if isinstance(cell, str) and (name := wanted.name_of(cell))}


def _as_table(
    where: str, sheet: WorkbookSheet, place: int, wanted: HeadingsWanted, book: Workbook
) -> TextTable:
    """The rows under the headings that say anything, in columns as text files have them."""
    below = sheet.rows[place + 1 :]
    width = max(map(len, sheet.rows[place:]))
    headings = [visible(str(cell)) for cell in _as_wide(sheet.rows[place], width)]
    refuse_twice(where, headings, wanted)
    names = [wanted.name_of(heading) for heading in headings]
    read = [column for column, name in enumerate(names) if name]
    rows = {
        number: wide
        for number, row in enumerate(below, start=place + 2)
        if any(_says((wide := _as_wide(row, width))[column]) for column in read)
    }
    cells = DifferentCells(width)
    if rows:
        cells.add([*rows.values()])
    letters = [get_column_letter(column) for column in range(1, width + 1)]
    of_sheet = (headings, names, place + 1, cells.columns, [*rows], ())
    return TextTable(*of_sheet, letters=letters, day_0=book.day_0, as_heading=heading)


def _says(cell: object) -> bool:
    return isinstance(cell, FaultyCell) or (cell is not None and bool(visible(str(cell))))


def _as_wide(row: Sequence[object], width: int) -> list[object]:
    """The cells as columns are read: "" where one is empty; TRUE as a word, as 1 is no truth."""
    plain = [_plain(cell) for cell in row[:width]]
    return plain + [""] * (width - len(plain))


def _plain(cell: object) -> object:
    if isinstance(cell, bool):
        return str(cell).upper()
    return "" if cell is None else cell


def _refuse_misnamed(where: str, sheet: WorkbookSheet) -> None:
    """A sheet with all headings that a table needs is that table's, and would be lost unread."""
    held = [table for table in _TOLD_BY_HEADINGS if _has_all_needed(sheet, wanted_in(table))]
    if sheet.title in NOT_READ or not held:
        return
    table = max(held, key=lambda one: len(wanted_in(one).needed))
    raise Problem(
        f"{where} has the headings of {table.name} and no title that is known: rename it"
        f" '{title_of(table)}', or hide it if it is not to be read."
    )


def _has_all_needed(sheet: WorkbookSheet, wanted: HeadingsWanted) -> bool:
    place = headings_place(sheet, wanted)
    return place is not None and wanted.needed <= _known(sheet.rows[place], wanted)


def _refuse_two(sheets: Sequence[TableSheet]) -> None:
    """Whether the last sheet is of a table that an earlier one holds already."""
    if not sheets:
        return
    *before, last = sheets
    twin = next((one for one in before if one.table is last.table), None)
    if twin:
        raise Problem(
            f"{twin.where} and '{last.title}' are both the table {last.table.name}: put all rows"
            " on one sheet, or hide one."
        )


def _hidden(file: str, book: Workbook) -> Iterator[Issue]:
    for sheet in book.sheets:
        if sheet.hidden and sheet.title not in NOT_READ:
            where = sheet_words(file, sheet.title)
            message = f"{where} is hidden and is left out. If it is to count, unhide it."
            yield Issue("hidden_sheet", sheet.title, None, WARNING, message)


def _passed_over(file: str, sheets: Sequence[WorkbookSheet]) -> Iterator[Issue]:
    for sheet in sheets:
        if table_titled(sheet.title) is None and sheet.title not in NOT_READ and any(sheet.rows):
            message = (
                f"{sheet_words(file, sheet.title)} is passed over: its title is no table's. If it"
                " holds one, give it the template's title and headings."
            )
            yield Issue("sheet_passed_over", sheet.title, None, WARNING, message)
