"""One column of a file or sheet as its table has it, and what is said of its cells."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Column, Date, Float, Integer

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.problems import Problem
from data_access.schema import CANONICAL
from data_access.settings import LoadingLimits
from loading.columns import codes, days, ids, numbers
from loading.columns.column_read import (
    EXCEL_DAY_0,
    ColumnRead,
    ColumnReader,
    ColumnRefused,
    by_cell,
    shown,
    visible,
    with_place,
)
from loading.columns.different_cells import TextColumn
from loading.sources import cells
from loading.sources.cells import CALCULATE, UNCALCULATED
from loading.sources.reading import ERROR, WARNING, Issue
from loading.sources.text_tables import HeadingsWanted, TextTable, read_text_table

IDS = frozenset(
    column.name for table in CANONICAL for column in table.columns if column.name.endswith("_id")
) | {"registration_no", "staff_no"}
# Of people: no message shows what stands there.
PRIVATE = frozenset({"born_on", "name"})


@dataclass(frozen=True)
class CsvColumn:
    """The cells of a column as they stand in the file, and the row number of each.

    `called` is what messages call the column, `row` a row; `day_0` is day 0 of the file's bare
    numbers.
    """

    file: str
    column: Column
    cells: TextColumn
    row_numbers: Sequence[int]
    code_set: CodeSet | None = None
    called: str = ""
    day_0: date = EXCEL_DAY_0
    row: str = "row"

    def read(self, issues: list[Issue]) -> tuple[np.ndarray, np.ndarray]:
        """The values, and the rule that each breaks which was refused; `issues` are told.

        A column that can't be read safely is a Problem: nothing else of its file may count.
        """
        self._refuse_uncalculated()
        try:
            column_read = self.reader(self.cells.different, self.day_0)
        except ColumnRefused as refused:
            raise Problem(f"{self._here}: {refused.remark.sentence(self._place_of)}.") from None
        for remark in column_read.remarks:
            message = f"{self._here}: {remark.sentence(self._place_of)}."
            issues.append(Issue("read_with_doubt", self.column.table.name, None, WARNING, message))
        wrong = self._by_row([cell in column_read.refused for cell in self.cells.different], bool)
        issues.extend(self._faults(wrong, column_read))
        values = [column_read.values[cell] for cell in self.cells.different]
        broken = np.full(len(wrong), None, dtype=object)
        broken[wrong] = column_read.rule
        return self._by_row(values, object), broken

    def _refuse_uncalculated(self) -> None:
        """Opened and saved once, the workbook has every value: nothing need be done without."""
        if UNCALCULATED in self.cells.different:
            where = f"{self.file}, {self._place_of(UNCALCULATED)}, column {self.heading}"
            raise Problem(f"{where}: {UNCALCULATED.why}. {CALCULATE}")

    def _by_row(self, of_different: Sequence[object], kind: type) -> np.ndarray:
        """What is said of each different cell, for every row."""
        return np.array(of_different, dtype=kind)[np.asarray(self.cells.places, dtype=np.intp)]

    @property
    def heading(self) -> str:
        """What the column is called where it was read."""
        return self.called or self.column.name

    @property
    def _here(self) -> str:
        return f"{self.file}, column {self.heading}"

    def row_place(self, row: int) -> str:
        """What tells a row, counted from 0, from the others of the file."""
        return f"{self.row} {self.row_numbers[row]}"

    def whole_place(self, row: int) -> str:
        """The same with the file, as issues have it."""
        return f"{self.file}, {self.row_place(row)}"

    def _place_of(self, cell: object) -> str:
        place = self.cells.different.index(cell)
        first = list(self.cells.places).index(place)
        return with_place(self._shown(cell), self.row_place(first))

    def _shown(self, cell: object) -> str:
        return "" if self.column.name in PRIVATE else shown(cell)

    def _faults(self, wrong: np.ndarray, column_read: ColumnRead) -> Iterator[Issue]:
        name, nullable = self.column.name, bool(self.column.nullable)
        severity = WARNING if nullable else ERROR
        ending = "it is left empty" if nullable else "the row is left out"
        for row in map(int, np.flatnonzero(wrong)):
            cell = self.cells.different[self.cells.places[row]]
            place = self.whole_place(row)
            fault = column_read.fault(cell, name in PRIVATE)
            message = f"{place}, column {self.heading}: {fault}; {ending}. Correct it."
            emptied = name if nullable else None
            table = self.column.table.name
            yield Issue(column_read.rule, table, place, severity, message, emptied, name)

    @property
    def reader(self) -> ColumnReader:
        """What reads its cells: by its codes, as ids, or by its type."""
        if self.code_set:
            return codes.reader(self.code_set, type(self.column.type))
        if self.column.name in IDS or self.column.name.endswith("_id"):
            return ids.read
        for kind, reader in (
            (Date, days.read),
            (Integer, numbers.read_whole),
            (Float, numbers.read),
        ):
            if isinstance(self.column.type, kind):
                return reader
        # In names of some scripts what nobody sees matters; in a code it makes another code.
        return by_cell(cells.text if self.column.name in PRIVATE else _visible_text)


def read_column(
    file: str, column: Column, table: TextTable, rows: pd.DataFrame, issues: list[Issue]
) -> tuple[np.ndarray, np.ndarray]:
    """One column of the file, as `CsvColumn.read` gives it, each row by its own code set.

    Another column may decide which: `rows` holds the values of those that were read before.
    """
    written, numbers = table.by_name[column.name], table.row_numbers
    declared = codes_of(column)
    called, day_0 = table.called(column.name), table.day_0
    if declared is None:
        return CsvColumn(file, column, written, numbers, None, called, day_0).read(issues)
    values, broken = np.full((2, len(numbers)), None, dtype=object)
    for which, code_set in codes.parts(declared, rows):
        mask = which.to_numpy(dtype=bool)
        if mask.all():
            return CsvColumn(file, column, written, numbers, code_set, called, day_0).read(issues)
        part = TextColumn(written.different, [*compress(written.places, mask)])
        there = [*compress(numbers, mask)]
        one = CsvColumn(file, column, part, there, code_set, called, day_0)
        values[mask], broken[mask] = one.read(issues)
    return values, broken


def _visible_text(cell: object) -> str | None:
    return cells.text(visible(str(cell)))


def found_in(
    table: str, path: Path, wanted: HeadingsWanted, limits: LoadingLimits, issues: list[Issue]
) -> TextTable:
    """The file as a table of text; what was read and may not be meant so is among the `issues`."""
    found = read_text_table(path, wanted, limits)
    issues.extend(Issue("read_with_doubt", table, None, WARNING, doubt) for doubt in found.doubts)
    return found


def named_in(columns: Collection[str]) -> Callable[[str], str | None]:
    """Which of `columns` a heading names."""
    return lambda heading: name if (name := column_of(heading)) in columns else None


def column_of(heading: str) -> str:
    """A heading as columns are named: "Child ID" is child_id."""
    return "_".join(as_written(heading).lower().split())


def as_written(heading: str) -> str:
    """A heading as its file has it, but for quotes around it and what nobody sees."""
    return visible(heading).strip("\"'")
