"""The sheet behind a slide: real tables of unrounded values, to which its charts are bound."""

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.utility import xl_range_formula
from xlsxwriter.worksheet import Worksheet

from exports.chart_titles import bar_name
from exports.excel.style import FAINT, HEADING_HEIGHT, SMALL, TITLE, Book
from exports.pack import Pack
from exports.text import shortened
from metrics.model import Metric
from metrics.result import Result
from metrics.sentence import count, interval_of

FIRST_ROW = 4
MONTH = "mmm yyyy"
NUMBER = '#,##0.00;"−"#,##0.00'
GAP = 30
HEADING_LINES = 2
LONGEST_LABEL = 24
BELOW, ABOVE = "95% interval, below", "95% interval, above"


@dataclass(frozen=True)
class SheetColumn:
    """One column of a table: its heading, its values (None is a blank), how they are shown."""

    heading: str
    values: Sequence[object]
    form: str = ""
    pixels: int = 120


@dataclass(frozen=True)
class Range:
    """Where a column's values stand, as charts are told it."""

    sheet: str
    column: int
    rows: int

    @property
    def cells(self) -> list[str | int]:
        return [self.sheet, FIRST_ROW + 1, self.column, FIRST_ROW + self.rows, self.column]

    @property
    def formula(self) -> str:
        """The same cells as a formula names them."""
        last = FIRST_ROW + self.rows
        return xl_range_formula(self.sheet, FIRST_ROW + 1, self.column, last, self.column)

    @property
    def heading(self) -> list[str | int]:
        return [self.sheet, FIRST_ROW, self.column]


class DataSheet:
    """One sheet of tables side by side, each column found again by its heading."""

    def __init__(self, book: Book, pack: Pack, slide: str, shows: str) -> None:
        self._number = slide.partition(" ")[0]
        self.name = f"Data {self._number}"
        self.ranges: dict[str, Range] = {}
        self._book, self._next_column, self._last_row = book, 0, FIRST_ROW
        self.sheet: Worksheet = book.page(self.name, pack)
        book.write(self.sheet, 0, 0, f"Data behind slide {slide}", **TITLE)
        book.write(self.sheet, 1, 0, f"{shows} Unrounded; a blank is missing, never 0.", **FAINT)
        book.link(self.sheet, 2, 0, slide, f"Slide {slide}")
        self.sheet.set_row_pixels(0, 36)

    def add_table(self, name: str, columns: Sequence[SheetColumn]) -> None:
        """A table to the right of those already there."""
        first, rows = self._next_column, max(1, len(columns[0].values))
        for column_number, column in enumerate(columns, first):
            self._write_column(column_number, column, rows)
        last = first + len(columns) - 1
        place = (FIRST_ROW, first, FIRST_ROW + rows, last)
        headings = [column.heading for column in columns]
        says = f"Data behind slide {self._number}"
        self._book.table(self.sheet, place, f"{name}_{self._number}", says, headings)
        self.sheet.set_column_pixels(last + 1, last + 1, GAP)
        self.sheet.set_row_pixels(FIRST_ROW, HEADING_LINES * HEADING_HEIGHT)
        self._next_column = last + 2
        self._last_row = max(self._last_row, FIRST_ROW + rows)
        self.sheet.print_area(0, 0, self._last_row, last)

    def _write_column(self, column_number: int, column: SheetColumn, rows: int) -> None:
        assert column.heading not in self.ranges, f"two columns are called {column.heading}"
        self.sheet.set_column_pixels(column_number, column_number, column.pixels)
        style = (
            {**SMALL, "num_format": column.form}
            if column.form
            else {**SMALL, "align": "left", "indent": 1}
        )
        for row, value in enumerate(column.values, FIRST_ROW + 1):
            # A blank with a format would stand as 0 among the values that the chart keeps.
            if value is not None:
                self._book.write(self.sheet, row, column_number, value, **style)
        self.ranges[column.heading] = Range(self.name, column_number, rows)


def unit_columns(pack: Pack, compared: Sequence[Result]) -> list[SheetColumn]:
    """One row a unit in the units' own order, the service last."""
    return [
        SheetColumn("Unit", [result.unit_name for result in compared], pixels=180),
        *tally_columns(compared, "Unit "),
        *_interval_columns(compared),
        SheetColumn("Unit and n", [_label(pack, result) for result in compared], pixels=200),
    ]


def _interval_columns(compared: Sequence[Result]) -> list[SheetColumn]:
    """How far below and above each share its 95% interval reaches; none for other figures."""
    if not any(result.metric.is_share_of_things for result in compared):
        return []
    values_with_ends = [(result.value, interval_of(result)) for result in compared]
    below = [None if v is None or ends is None else v - ends[0] for v, ends in values_with_ends]
    above = [None if v is None or ends is None else ends[1] - v for v, ends in values_with_ends]
    return [SheetColumn(BELOW, below, NUMBER), SheetColumn(ABOVE, above, NUMBER)]


def tally_columns(results: Sequence[Result], before: str = "") -> list[SheetColumn]:
    """Numerator, denominator and value; a figure that is missing is three blanks."""
    tallies = [result.tally for result in results]
    numerators = [None if tally is None else tally.numerator for tally in tallies]
    denominators = [None if tally is None else tally.denominator for tally in tallies]
    values = [result.value for result in results]
    return [
        SheetColumn(f"{before}numerator".capitalize(), numerators, NUMBER),
        SheetColumn(f"{before}denominator".capitalize(), denominators, NUMBER),
        SheetColumn(f"{before}value".capitalize(), values, NUMBER, 95),
    ]


def what_they_count(metric: Metric) -> str:
    """The words for numerator and denominator, for under the title."""
    return f"Numerator: {metric.words.numerator}. Denominator: {metric.words.denominator}."


def _label(pack: Pack, result: Result) -> str:
    """As the chart names the unit: with its n."""
    name = shortened(result.unit_name, LONGEST_LABEL)
    if result.value is None or result.tally is None:
        return bar_name(pack, result, name)
    return f"{name} (n {count(result.tally.denominator)})"
