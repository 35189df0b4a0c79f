"""One column of a CSV file as its table has it, and what is said of its cells."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Column, Date, Float, Integer

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.problems import Problem
from data_access.schema import CANONICAL
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
    code_set: CodeSet | None = None

    def read(self, issues: list[Issue]) -> tuple[pd.Series, pd.Series]:
        """The values, and the rule that each breaks which was refused; `issues` are told.

        A column that can't be read safely is a Problem: nothing else of its file may count.
        """
        try:
            column_read = self._reader(self.cells.unique(), EXCEL_DAY_0)
        except ColumnRefused as refused:
            raise Problem(f"{self._here}: {refused.remark.sentence(self._place_of)}.") from None
        for remark in column_read.remarks:
            message = f"{self._here}: {remark.sentence(self._place_of)}."
            issues.append(Issue("read_with_doubt", self.column.table.name, None, WARNING, message))
        wrong = self.cells.isin([*column_read.refused])
        if column_read.refused:
            issues.extend(self._faults(wrong, column_read))
        broken = pd.Series(None, index=self.cells.index, dtype=object)
        broken[wrong] = column_read.rule
        return self.cells.map(column_read.values).astype(object), broken

    @property
    def _here(self) -> str:
        return f"{self.file}, column {self.column.name}"

    def _place_of(self, cell: object) -> str:
        row = self.found_at[self.cells == cell].iloc[0].removeprefix(f"{self.file}, ")
        return with_place(self._shown(cell), row)

    def _shown(self, cell: object) -> str:
        return "" if self.column.name in PRIVATE else shown(cell)

    def _faults(self, wrong: pd.Series, column_read: ColumnRead) -> Iterator[Issue]:
        name, nullable = self.column.name, bool(self.column.nullable)
        severity = WARNING if nullable else ERROR
        ending = "it is left empty" if nullable else "the row is left out"
        for place, cell in zip(self.found_at[wrong], self.cells[wrong], strict=True):
            fault = column_read.fault(cell, name in PRIVATE)
            message = f"{place}, column {name}: {fault}; {ending}. Correct it."
            emptied = name if nullable else None
            table = self.column.table.name
            yield Issue(column_read.rule, table, place, severity, message, emptied)

    @property
    def _reader(self) -> ColumnReader:
        if self.code_set:
            return codes.reader(self.code_set, type(self.column.type))
        if self.column.name in IDS:
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
    file: str, column: Column, rows: pd.DataFrame, issues: list[Issue]
) -> tuple[pd.Series, pd.Series]:
    """One column of the file, as `CsvColumn.read` gives it, each row by its own code set."""
    written, found_at = rows[column.name], rows["found_at"]
    declared = codes_of(column)
    if declared is None:
        return CsvColumn(file, column, written, found_at).read(issues)
    read = [
        CsvColumn(file, column, written[which], found_at[which], code_set).read(issues)
        for which, code_set in codes.parts(declared, rows)
    ]
    values, broken = (pd.concat(one).reindex(rows.index) for one in zip(*read, strict=True))
    return values, broken


def _visible_text(cell: object) -> str | None:
    return cells.text(visible(str(cell)))
