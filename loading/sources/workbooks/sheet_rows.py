"""The rows of one sheet of a workbook, and a mark in each cell whose value can't be taken as it is.

openpyxl reads each cell. What it passes over in silence is said here: a formula that was never
calculated, a number that is no day under a date's format, a cell that is merged with another.
"""

import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from openpyxl.utils import range_boundaries
from openpyxl.utils.datetime import WINDOWS_EPOCH
from openpyxl.worksheet._reader import CELL_TAG, FORMULA_TAG, MERGE_TAG, ROW_TAG, WorkSheetParser
from openpyxl.xml.functions import iterparse

from loading.sources.cells import DAMAGED, MERGED, NO_DAY, UNCALCULATED

# Excel's last row and column.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
# An empty text is calculated, too.
_TEXT = "str"
_MERGED_RANGE = MERGE_TAG.replace("mergeCells", "mergeCell")


class BeyondExcel(ValueError):
    """A row or a column that no sheet of Excel has, or that stands twice."""


@dataclass
class SheetRows:
    """A sheet's rows from its first; a row that says nothing is (), and none has blanks at its end.

    `filled` counts the rows that say anything.
    """

    rows: list[tuple] = field(default_factory=list)
    filled: int = 0

    def add(self, number: int, cells: list[tuple[int, object]]) -> None:
        """Puts a row in its place; `cells` are its columns (from 1) with their values."""
        if not len(self.rows) < number <= LAST_ROW:
            raise BeyondExcel(f"row {number} stands twice, or where Excel has no row")
        said = [(column, value) for column, value in cells if value is not None]
        self.rows.extend([()] * (number - 1 - len(self.rows)))
        self.rows.append(_row(said))
        self.filled += bool(said)

    def mark_merged(self, ranges: list[str]) -> None:
        """Marks the cells that a merged one covers, on rows that say anything."""
        for merged in ranges:
            left, top, right, bottom = range_boundaries(merged)
            for place in range(top - 1, min(bottom, len(self.rows))):
                self._mark(place, left - 1, right, place == top - 1)

    def _mark(self, place: int, left: int, right: int, is_top: bool) -> None:
        row = list(self.rows[place])
        if not row:
            return
        row.extend([None] * (right - len(row)))
        for column in range(left + is_top, right):
            row[column] = MERGED
        self.rows[place] = tuple(row)


def _row(said: list[tuple[int, object]]) -> tuple:
    if not said:
        return ()
    row: list[object] = [None] * max(column for column, _ in said)
    for column, value in said:
        row[column - 1] = value
    return tuple(row)


class CellReader(WorkSheetParser):
    """Reads the cells of a sheet one by one, as openpyxl does, and says what that leaves unsaid.

    `trusts_formulas` is whether what the file keeps as a formula's value was calculated.
    """

    row_counter: int
    col_counter: int
    trusts_formulas = True

    def rows(self, ranges: list[str]) -> Iterator[tuple[int, list[tuple[int, object]]]]:
        """Each row as it stands in the file, its number with its cells; `ranges` get the merged."""
        for _, element in iterparse(self.source):
            if element.tag == ROW_TAG:
                yield (
                    self._number(element),
                    [self._cell(cell) for cell in element if cell.tag == CELL_TAG],
                )
                element.clear()
            elif element.tag == _MERGED_RANGE:
                ranges.append(element.get("ref"))

    def _number(self, element: Any) -> int:
        number = int(element.get("r", self.row_counter + 1))
        self.row_counter, self.col_counter = number, 0
        return number

    def _cell(self, element: Any) -> tuple[int, object]:
        before = self.col_counter
        try:
            cell = self.parse_cell(element)
        except (ValueError, LookupError, TypeError, ArithmeticError):
            if self.col_counter == before:
                raise
            return self.col_counter, DAMAGED
        if not before < self.col_counter <= LAST_COLUMN or cell["row"] != self.row_counter:
            raise BeyondExcel(f"{element.get('r')} stands twice, or where Excel has no cell")
        return self.col_counter, self._value(element, cell)

    def _value(self, element: Any, cell: dict[str, Any]) -> object:
        if _is_no_day(cell, element.get("t")):
            return NO_DAY
        if cell["value"] is not None and self.trusts_formulas:
            return cell["value"]
        is_calculated = self.trusts_formulas and element.get("t") == _TEXT
        if element.find(FORMULA_TAG) is not None and not is_calculated:
            return UNCALCULATED
        return cell["value"]


def _is_no_day(cell: dict[str, Any], kind: str | None) -> bool:
    """Of what has a date's format: too late for Excel, or before its first day, shown as ####."""
    if cell["data_type"] == "d" and isinstance(cell["value"], datetime):
        return cell["value"] < WINDOWS_EPOCH
    return cell["data_type"] == "e" and kind != "e"


def read_rows(cells: CellReader, told: Callable[[int], None]) -> list[tuple]:
    """Every row of a sheet; `told` hears of each how many have said anything so far."""
    read = SheetRows()
    ranges: list[str] = []
    with warnings.catch_warnings():
        # openpyxl warns of days that are none; they are marked instead.
        warnings.simplefilter("ignore", UserWarning)
        for number, row in cells.rows(ranges):
            read.add(number, row)
            told(read.filled)
    read.mark_merged(ranges)
    # A sheet may have formats down to Excel's last row.
    while read.rows and not read.rows[-1]:
        read.rows.pop()
    return read.rows
