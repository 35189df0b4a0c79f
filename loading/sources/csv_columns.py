"""One column of a CSV file as its table has it, and what is said of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
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

IDS = frozenset(
    column.name for table in CANONICAL for column in table.columns if column.name.endswith("_id")
) | {"registration_no"}
# Of people: no message shows what stands there.
PRIVATE = frozenset({"born_on", "name"})


@dataclass(frozen=True)
class CsvColumn:
    """The cells of a column as they stand in the file, and the place of each."""

    file: str
    column: Column
    cells: pd.Series
    found_at: pd.Series

    def read(self, issues: list[Issue]) -> tuple[pd.Series, pd.Series]:
        """The values, and which cells were refused; `issues` are told.

        A column that can't be read safely is a Problem: nothing else of its file may count.
        """
        try:
            column_read = _reader(self.column)(self.cells.unique(), EXCEL_DAY_0)
        except ColumnRefused as refused:
            raise Problem(f"{self._here}: {refused.remark.sentence(self._place_of)}.") from None
        for remark in column_read.remarks:
            message = f"{self._here}: {remark.sentence(self._place_of)}."
            issues.append(Issue("read_with_doubt", self.column.table.name, None, WARNING, message))
        wrong = self.cells.isin([*column_read.refused])
        if column_read.refused:
            issues.extend(self._faults(wrong, column_read))
        return self.cells.map(column_read.values).astype(object), wrong

    @property
    def _here(self) -> str:
        return f"{self.file}, column {self.column.name}"

    def _place_of(self, cell: object) -> str:
        row = self.found_at[self.cells == cell].iloc[0].removeprefix(f"{self.file}, ")
        return with_place(self._shown(cell), row)

    def _shown(self, cell: object) -> str:
        return "" if self.column.name in PRIVATE else shown(cell)

    def _faults(self, wrong: pd.Series, column_read: ColumnRead) -> Iterator[Issue]:
        severity = WARNING if self.column.nullable else ERROR
        ending = "it is left empty" if self.column.nullable else "the row is left out"
        for place, cell in zip(self.found_at[wrong], self.cells[wrong], strict=True):
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
