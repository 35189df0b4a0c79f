"""One column of a list of Annex A: its cells as values, and what is said of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from data_access.problems import Problem
from loading.columns.column_read import ColumnRead, ColumnRefused, shown, with_place
from loading.sources.annex_a.columns import AnnexList, Column
from loading.sources.annex_a.files import Sheet
from loading.sources.reading import ERROR, WARNING, Issue

# Of children: no message shows what stands there.
PRIVATE = frozenset({"born_on"})


@dataclass(frozen=True)
class ListColumn:
    """A column's cells with the number of the row of each; `place` is None where it is not sent."""

    sheet: Sheet
    one: AnnexList
    column: Column
    place: int | None
    lines: Sequence[int]
    cells: Sequence[object]

    def read(self, issues: list[Issue]) -> tuple[list[object], list[Issue | None]]:
        """The value of each row, and what is wrong with it; `issues` are told of the column.

        A column that can't be read safely is a Problem: nothing else of its list may count.
        """
        try:
            found = self.column.reads(dict.fromkeys(self.cells), self.sheet.day_0)
        except ColumnRefused as refused:
            said = f"{self._at(self.sheet.where)}: {refused.remark.told(self._place_of)}."
            raise Problem(said) from None
        for remark in found.said:
            said = f"{self._at(self.sheet.where)}: {remark.told(self._place_of)}."
            issues.append(Issue("read_with_doubt", self._table, None, WARNING, said))
        values = [found.values[cell] for cell in self.cells]
        return values, [self._fault(place, found) for place in range(len(values))]

    @property
    def _table(self) -> str:
        return f"list_{self.one.number}"

    @property
    def _is_needed(self) -> bool:
        return self.column.needed and self.column.key in ("child_id", self.one.opening)

    def _at(self, where: str) -> str:
        letter = get_column_letter((self.place or 0) + 1)
        return f"{where}, column {letter} ({self.column.heading})"

    def _place_of(self, cell: object) -> str:
        return with_place(self._shown(cell), f"row {self.lines[self.cells.index(cell)]}")

    def _shown(self, cell: object) -> str:
        return "" if self.column.key in PRIVATE else shown(cell)

    def _fault(self, place: int, found: ColumnRead) -> Issue | None:
        """What is wrong with the cell in that place of the column, if anything is."""
        cell = self.cells[place]
        at = self._at(f"{self.sheet.where}, row {self.lines[place]}")
        severity = ERROR if self._is_needed else WARNING
        ending = "the row is left out" if self._is_needed else "it is left empty"
        if cell in found.refused:
            wanted = ": ".join(filter(None, (self._shown(cell), found.refused[cell])))
            said = f"{at}: {wanted}; {ending}."
            return Issue("unreadable", self._table, None, severity, said)
        if self._is_needed and found.values[cell] is None:
            said = f"{at} is empty: fill it; {ending}."
            return Issue("missing_value", self._table, None, severity, said)
        return None
