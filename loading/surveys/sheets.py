"""A survey tool's export as headings and rows: a CSV file, or a sheet of an Excel workbook."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from data_access.problems import Problem
from data_access.settings import LoadingLimits
from loading.columns.column_read import EXCEL_DAY_0, visible
from loading.sources.text_tables import HeadingsWanted, read_text_table
from loading.sources.workbooks.opening import WorkbookSheet, open_workbook

WORKBOOK = ".xlsx"
# Tools put a title, or the day of the export, above the headings.
ROWS_TO_SEARCH = 30
TOTALS = frozenset(
    {"total", "totals", "grand total", "subtotal", "sum", "count", "average", "averages", "mean"}
    | {"avg", "median", "percent", "percentage", "overall", "total responses", "all responses"}
)
EXAMPLE = "'things_better_worker', or the question in words"
NameOf = Callable[[str], str | None]


@dataclass(frozen=True)
class Export:
    """The rows that are not blank, each with its number and a cell for each heading.

    `names` are what the headings are known as, None where they are not. `day_0` is the day from
    which bare numbers count days.
    """

    file: str
    headings: Sequence[str]
    names: Sequence[str | None]
    rows: Sequence[tuple[int, Sequence[object]]]
    doubts: Sequence[str] = ()
    day_0: date = EXCEL_DAY_0

    def without_totals(self) -> tuple["Export", Sequence[int]]:
        """The export without rows of sums or averages, and these rows' numbers.

        A word in a cell by itself says that they are: "Total", "Average".
        """
        totals = [number for number, cells in self.rows if any(map(_is_total, cells))]
        rows = [one for one in self.rows if one[0] not in totals]
        return replace(self, rows=rows), totals

    def column(self, name: str) -> list[object]:
        """The cells under the heading that is known as `name`; none where there is none."""
        if name not in self.names:
            return []
        place = self.names.index(name)
        return [cells[place] for _, cells in self.rows]

    def at(self, place: int) -> list[object]:
        return [cells[place] for _, cells in self.rows]


def read_export(path: Path, name_of: NameOf, limits: LoadingLimits) -> Export:
    """The export at `path`; a Problem that says what it is where it is none."""
    if path.suffix.lower() == WORKBOOK:
        return _of_workbook(path, name_of, limits)
    found = read_text_table(
        path, HeadingsWanted(name_of, EXAMPLE, rows_to_search=ROWS_TO_SEARCH), limits
    )
    rows = list(zip(found.row_numbers, map(tuple, found.rows()), strict=True))
    return Export(path.name, found.headings, found.names, rows, found.doubts)


def _of_workbook(path: Path, name_of: NameOf, limits: LoadingLimits) -> Export:
    """The one sheet in sight that has known headings: of two, neither is guessed."""
    book = open_workbook(path, limits)
    in_sight = [sheet for sheet in book.sheets if not sheet.hidden and any(sheet.rows)]
    if not in_sight:
        raise Problem(f"{path.name} is empty: no sheet in sight has a row.")
    likely = [sheet for sheet in in_sight if _known(_headings(sheet, name_of), name_of)]
    if len(likely) > 1:
        titles = " and ".join(f"'{sheet.title}'" for sheet in likely)
        raise Problem(f"{path.name} has answers on several sheets, {titles}: keep one of them.")
    sheet = (likely or in_sight)[0]
    headings = _headings(sheet, name_of)
    names = [name_of(heading) for heading in headings]
    _refuse_twice(path.name, headings, names)
    below = sheet.rows[_headings_row(sheet, name_of) + 1 :]
    first = len(sheet.rows) - len(below) + 1
    rows = [
        (number, _as_wide(row, len(headings)))
        for number, row in enumerate(below, first)
        if any(row)
    ]
    return Export(path.name, headings, names, rows, day_0=book.day_0)


def _headings_row(sheet: WorkbookSheet, name_of: NameOf) -> int:
    searched = [place for place, row in enumerate(sheet.rows[:ROWS_TO_SEARCH]) if any(row)]
    return max(
        searched or [0], key=lambda place: (_known(_words(sheet.rows[place]), name_of), -place)
    )


def _headings(sheet: WorkbookSheet, name_of: NameOf) -> list[str]:
    return _words(sheet.rows[_headings_row(sheet, name_of)])


def _words(row: Sequence[object]) -> list[str]:
    return ["" if cell is None else visible(str(cell)) for cell in row]


def _known(headings: Sequence[str], name_of: NameOf) -> int:
    return len({name_of(heading) for heading in headings} - {None})


def _is_total(cell: object) -> bool:
    return isinstance(cell, str) and visible(cell).rstrip(":").casefold() in TOTALS


def _as_wide(row: Sequence[object], width: int) -> tuple[object, ...]:
    return (*row[:width], *[None] * (width - len(row)))


def _refuse_twice(file: str, headings: Sequence[str], names: Sequence[str | None]) -> None:
    for place, name in enumerate(names):
        if name is not None and name in names[:place]:
            raise Problem(
                f"{file}: the columns {names.index(name) + 1} and {place + 1} are both"
                f" '{headings[place]}': which of them counts can't be known. Remove one, or rename"
                " it."
            )
