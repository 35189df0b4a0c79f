"""Two headings of a sheet that fit one column of Annex A: which counts, or that nobody knows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from data_access.problems import Problem
from loading.sources import cells
from loading.sources.annex_a.files import Sheet
from loading.sources.annex_a.headings import fitting
from loading.sources.annex_a.list_shape import AnnexList, Column
from loading.sources.reading import WARNING, Issue


@dataclass(frozen=True)
class Twins:
    """The places on a sheet that fit one column equally well, below a row of headings."""

    sheet: Sheet
    headings_row: int
    column: Column
    places: Sequence[int]

    def chosen(self) -> tuple[int, bool]:
        """The first place that holds anything, and whether every other that does holds the same."""
        if len(self.places) == 1:
            return self.places[0], True
        held = {place: self._values(place) for place in self.places}
        filled = {place: values for place, values in held.items() if any(values)}
        if not filled:
            return self.places[0], True
        first, *others = filled
        return first, all(filled[first] == filled[other] for other in others)

    def sentence(self, ending: str) -> str:
        """Which headings fit the column, where they stand, and `ending`: what becomes of it."""
        headings = " and ".join(self._named(place) for place in self.places)
        return (
            f"{self.sheet.where} has {headings}, which both say '{self.column.heading}' and hold"
            f" different values{ending} Rename or remove the one that is not to count."
        )

    def _named(self, place: int) -> str:
        heading = cells.text(self.sheet.rows[self.headings_row][place])
        return f"'{heading}' in column {get_column_letter(place + 1)}"

    def named(self, place: int) -> str:
        """A place as sentences name it."""
        return f"column {get_column_letter(place + 1)}"

    def _values(self, place: int) -> list[str | None]:
        rows = self.sheet.rows[self.headings_row + 1 :]
        return [cells.text(row[place]) if place < len(row) else None for row in rows]


def settled(
    sheet: Sheet, annex_list: AnnexList, headings_row: int, issues: list[Issue]
) -> Mapping[str, int]:
    """The place of each column; where two differ, the first is taken and `issues` are told.

    A needed column of which two differ is a Problem.
    """
    return dict(_settled(sheet, annex_list, headings_row, issues))


def _settled(
    sheet: Sheet, annex_list: AnnexList, headings_row: int, issues: list[Issue]
) -> Iterator[tuple[str, int]]:
    found = fitting(sheet.rows[headings_row], annex_list)
    for column in annex_list.columns:
        if column.key not in found:
            continue
        twins = Twins(sheet, headings_row, column, found[column.key])
        place, is_sure = twins.chosen()
        if not is_sure and column.needed:
            raise Problem(twins.sentence(": which counts can't be known."))
        if not is_sure:
            message = twins.sentence(f"; {twins.named(place)} counts.")
            issues.append(
                Issue("heading_twice", f"list_{annex_list.number}", None, WARNING, message)
            )
        yield column.key, place
