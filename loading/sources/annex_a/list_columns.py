"""One column of a list of Annex A: its cells as values, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from data_access.problems import Problem
from loading.columns.column_read import ColumnRead, ColumnRefused, shown, with_place
from loading.sources.annex_a.files import Sheet
from loading.sources.annex_a.list_shape import AnnexList, Column
from loading.sources.cells import CALCULATE, UNCALCULATED
from loading.sources.reading import ERROR, WARNING, Issue

# Of children: no message shows what stands there.
PRIVATE = frozenset({"born_on"})


@dataclass(frozen=True)
class ListColumn:
    """A column's cells with the number of the row of each; `place` is None where it is not sent."""

    sheet: Sheet
    annex_list: AnnexList
    column: Column
    place: int | None
    lines: Sequence[int]
    cells: Sequence[object]

    def read(self, issues: list[Issue]) -> tuple[list[object], list[Issue | None]]:
        """The value of each row, and what is wrong with it; `issues` are told of the column.

        A column that can't be read safely is a Problem: nothing else of its list may count.
        """
        self._refuse_uncalculated()
        try:
            column_read = self.column.reads(dict.fromkeys(self.cells), self.sheet.day_0)
        except ColumnRefused as refused:
            message = f"{self._at(self.sheet.where)}: {refused.remark.sentence(self._place_of)}."
            raise Problem(message) from None
        for remark in column_read.remarks:
            message = f"{self._at(self.sheet.where)}: {remark.sentence(self._place_of)}."
            issues.append(Issue("read_with_doubt", self._table, None, WARNING, message))
        values = [column_read.values[cell] for cell in self.cells]
        return values, [self._fault(place, column_read) for place in range(len(values))]

    def _refuse_uncalculated(self) -> None:
        """Opened and saved once, the workbook has every value: nothing need be done without."""
        if UNCALCULATED in self.cells:
            row = self.lines[self.cells.index(UNCALCULATED)]
            where = self._at(f"{self.sheet.where}, row {row}")
            raise Problem(f"{where}: {UNCALCULATED.why}. {CALCULATE}")

    @property
    def _table(self) -> str:
        return f"list_{self.annex_list.number}"

    @property
    def _is_needed(self) -> bool:
        return self.column.needed and self.column.key in ("child_id", self.annex_list.opening)

    def _at(self, where: str) -> str:
        letter = get_column_letter((self.place or 0) + 1)
        return f"{where}, column {letter} ({self.column.heading})"

    def _place_of(self, cell: object) -> str:
        return with_place(self._shown(cell), f"row {self.lines[self.cells.index(cell)]}")

    def _shown(self, cell: object) -> str:
        return "" if self.column.key in PRIVATE else shown(cell)

    def _fault(self, place: int, column_read: ColumnRead) -> Issue | None:
        """What is wrong with the cell in that place of the column, if anything is."""
        cell = self.cells[place]
        where = self._at(f"{self.sheet.where}, row {self.lines[place]}")
        severity = ERROR if self._is_needed else WARNING
        ending = "the row is left out" if self._is_needed else "it is left empty"
        if cell in column_read.refused:
            fault = column_read.fault(cell, self.column.key in PRIVATE)
            message = f"{where}: {fault}; {ending}."
            emptied = None if self._is_needed else self.column.key
            return Issue(column_read.rule, self._table, None, severity, message, emptied)
        if self._is_needed and column_read.values[cell] is None:
            message = f"{where} is empty: fill it; {ending}."
            return Issue("missing_value", self._table, None, severity, message)
        return None
