"""One column of a CSV file as its table has it, and what is said of its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Boolean, Column, Date, Float, Integer

from data_access.problems import Problem
from data_access.schema import CANONICAL
from loading.columns import days, ids, numbers
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
from loading.sources import cells
from loading.sources.reading import ERROR, WARNING, Issue
from loading.sources.text_tables import TextColumn

IDS = frozenset(
    column.name for table in CANONICAL for column in table.columns if column.name.endswith("_id")
) | {"registration_no"}
# Of people: no message shows what stands there.
PRIVATE = frozenset({"born_on", "name"})


@dataclass(frozen=True)
class CsvColumn:
    """The cells of a column as they stand in the file, and the row number of each."""

    file: str
    column: Column
    cells: TextColumn
    row_numbers: Sequence[int]

    def read(self, issues: list[Issue]) -> tuple[np.ndarray, np.ndarray]:
        """The values, and which cells were refused; `issues` are told.

        A column that can't be read safely is a Problem: nothing else of its file may count.
        """
        try:
            column_read = _reader(self.column)(self.cells.different, EXCEL_DAY_0)
        except ColumnRefused as refused:
            raise Problem(f"{self._here}: {refused.remark.sentence(self._place_of)}.") from None
        for remark in column_read.remarks:
            message = f"{self._here}: {remark.sentence(self._place_of)}."
            issues.append(Issue("read_with_doubt", self.column.table.name, None, WARNING, message))
        wrong = self._by_row([cell in column_read.refused for cell in self.cells.different], bool)
        issues.extend(self._faults(wrong, column_read))
        values = [column_read.values[cell] for cell in self.cells.different]
        return self._by_row(values, object), wrong

    def _by_row(self, of_different: Sequence[object], kind: type) -> np.ndarray:
        """What is said of each different cell, for every row."""
        return np.array(of_different, dtype=kind)[np.asarray(self.cells.places, dtype=np.intp)]

    @property
    def _here(self) -> str:
        return f"{self.file}, column {self.column.name}"

    def _place_of(self, cell: object) -> str:
        place = self.cells.different.index(str(cell))
        first = self.row_numbers[list(self.cells.places).index(place)]
        return with_place(self._shown(cell), f"row {first}")

    def _shown(self, cell: object) -> str:
        return "" if self.column.name in PRIVATE else shown(cell)

    def _faults(self, wrong: np.ndarray, column_read: ColumnRead) -> Iterator[Issue]:
        severity = WARNING if self.column.nullable else ERROR
        ending = "it is left empty" if self.column.nullable else "the row is left out"
        for row in map(int, np.flatnonzero(wrong)):
            cell = self.cells.different[self.cells.places[row]]
            place = f"{self.file}, row {self.row_numbers[row]}"
            wanted = ": ".join(filter(None, (self._shown(cell), column_read.refused[cell])))
            message = f"{place}, column {self.column.name}: {wanted}; {ending}. Correct it."
            yield Issue("unreadable", self.column.table.name, place, severity, message)


def _reader(column: Column) -> ColumnReader:
    if column.name in IDS:
        return ids.read
    for kind, reader in (
        (Date, days.read),
        (Boolean, by_cell(cells.yes_or_no)),
        (Integer, numbers.read_whole),
        (Float, numbers.read),
    ):
        if isinstance(column.type, kind):
            return reader
    # In names of some scripts what nobody sees matters; in a code it makes another code.
    return by_cell(cells.text if column.name in PRIVATE else _visible_text)


def _visible_text(cell: object) -> str | None:
    return cells.text(visible(str(cell)))
