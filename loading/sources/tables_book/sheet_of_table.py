"""What is declared of one sheet of the workbook, and where its parts stand in the template."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Table

# Rows of every sheet of the template: its title, its notes, what columns take, examples, headings.
HINT_ROW, EXAMPLE_ROW = 3, 4


@dataclass(frozen=True)
class SheetOfTable:
    """One sheet: `one_row` says what a row is, `notes` what its headings don't; examples."""

    table: Table
    title: str
    one_row: str
    notes: str
    examples: Sequence[Mapping[str, object]]

    @property
    def headings_row(self) -> int:
        """The row of its headings in the template: under its examples."""
        return EXAMPLE_ROW + len(self.examples)
