"""A table in a text file, in whatever shape it was saved: headings, rows, and where each stands."""

import csv
import re
from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path

from data_access.files.file_limits import need_rows
from data_access.files.text_files import Text, text_of
from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.columns.column_read import EXCEL_DAY_0, visible
from loading.columns.different_cells import DifferentCells, TextColumn
from metrics.writing import several

# The first of those under which as many headings are known counts.
SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
# Excel's own first line, which says the separator: no row of the table.
_SAID = re.compile(r'"?sep=(.)"?\s*', re.I)
# The most that the csv library takes on every system; its own is 131,072 characters.
LONGEST_CELL = 2**31 - 1
NEVER_CLOSED = "unexpected end of data"
ROWS_AT_ONCE = 10_000
# What a file without a word may consist of: blanks, separators, marks of UTF-8.
NOTHING = b" \t\r\n,;|\xef\xbb\xbf"
Row = Sequence[str]
Records = Iterator[tuple[int, list[str]]]


@dataclass(frozen=True)
class HeadingsWanted:
    """What a reader knows of the headings of its files.

    `name_of` gives the reader's own name of a heading, None for one that is not read. A row that
    ends before a heading of `needed` was broken off. `example` shows what headings look like. They
    stand on the first row that is not blank, or on the one of `rows_to_search` with most known.
    """

    name_of: Callable[[str], str | None]
    example: str
    needed: frozenset[str] = frozenset()
    rows_to_search: int = 1


@dataclass(frozen=True)
class TextTable:
    """The rows that are not blank, each with a cell for each heading, and their row numbers.

    `names` are the reader's own of the headings. Rows are numbered as a spreadsheet shows them.
    `doubts` are sentences on what was read and may not be meant so. A sheet's columns have
    `letters`; `day_0` is the day from which bare numbers count days; `as_heading` makes the heading
    of a name.
    """

    headings: Row
    names: Sequence[str | None]
    headings_row: int
    columns: Sequence[TextColumn]
    row_numbers: Sequence[int]
    doubts: Sequence[str]
    letters: Sequence[str] = ()
    day_0: date = EXCEL_DAY_0
    as_heading: Callable[[str], str] = str

    def called(self, name: str) -> str:
        """What messages call the column known as `name`: "fte"; in a sheet "E (FTE)"."""
        place = self.names.index(name)
        return f"{self.letters[place]} ({visible(self.headings[place])})" if self.letters else name

    @property
    def by_name(self) -> dict[str, TextColumn]:
        """The columns whose headings are known."""
        return {name: one for name, one in zip(self.names, self.columns, strict=True) if name}

    def rows(self) -> Iterator[Row]:
        """Each row's cells."""
        return zip(*self.columns, strict=True)


@dataclass(frozen=True)
class _Layout:
    separator: str
    headings_row: int
    headings: Row


def read_text_table(
    path: Path, wanted: HeadingsWanted, limits: LoadingLimits = DEFAULT_LIMITS
) -> TextTable:
    """The table in a file; its separator is the one under which most headings are known.

    A row that lacks only cells which may be empty has them empty, with a doubt. What can't be read
    safely is a Problem with file and row: a quote that is not closed, too many or too few cells, a
    known heading that stands twice, more rows than `limits`.
    """
    csv.field_size_limit(LONGEST_CELL)
    text = text_of(path, limits=limits)
    layout = _layout(text, wanted)
    if not layout:
        raise Problem(
            f"{path.name} is empty: its first row should be headings, as in {wanted.example}."
        )
    refuse_twice(path.name, layout.headings, wanted)
    fitting = _Fitting(path.name, layout, wanted)
    columns, numbers = _columns(
        path.name,
        len(layout.headings),
        fitting.rows_of(_records(path.name, text, layout)),
        limits,
    )
    doubts = (*text.doubts, *fitting.doubts())
    names = [wanted.name_of(heading) for heading in layout.headings]
    return TextTable(layout.headings, names, layout.headings_row, columns, numbers, doubts)


def _layout(text: Text, wanted: HeadingsWanted) -> _Layout | None:
    """Where the headings stand and what separates them; None where every row is blank."""
    if not text.utf_8.strip(NOTHING):
        return None
    said = _SAID.fullmatch(next(text.lines(), ""))
    layouts = [
        _Layout(separator, number, _until_the_last_filled(record))
        for separator in (said[1] if said else SEPARATORS)
        for number, record in islice(_filled(text, separator, bool(said)), wanted.rows_to_search)
    ]
    return max(layouts, key=lambda one: _known(one.headings, wanted), default=None)


def _filled(text: Text, separator: str, skips_first: bool) -> Records:
    for number, record in enumerate(csv.reader(text.lines(), delimiter=separator), start=1):
        if not _is_blank(record) and not (skips_first and number == 1):
            yield number, record


def _until_the_last_filled(record: Row) -> Row:
    filled = [place for place, heading in enumerate(record, start=1) if visible(heading)]
    return record[: filled[-1]]


def _known(headings: Row, wanted: HeadingsWanted) -> int:
    return len({wanted.name_of(heading) for heading in headings} - {None})


def _is_blank(record: Row) -> bool:
    return not any(visible(cell) for cell in record if cell)


def refuse_twice(file: str, headings: Row, wanted: HeadingsWanted) -> None:
    """A Problem where two headings are known as the same column."""
    first: dict[str, int] = {}
    for place, heading in enumerate(headings, start=1):
        name = wanted.name_of(heading)
        if name in first:
            raise Problem(
                f"{file} has the heading '{visible(heading)}' twice, in columns {first[name]} and"
                f" {place}: which of them counts can't be known. Remove one, or rename it."
            )
        if name:
            first[name] = place


def _records(file: str, text: Text, layout: _Layout) -> Records:
    """Every record under the headings. A row is where its record begins, though it runs on."""
    reader = csv.reader(
        text.lines(), delimiter=layout.separator, strict=True, skipinitialspace=True
    )
    number = 0
    try:
        for number, record in enumerate(reader, start=1):
            if number > layout.headings_row:
                yield number, record
    except csv.Error as fault:
        raise Problem(f"{file}, row {number + 1}: {_of_quotes(fault, layout)}") from None


def _of_quotes(fault: csv.Error, layout: _Layout) -> str:
    if NEVER_CLOSED in str(fault):
        return "a double quote opens a cell here and is never closed: close it, or take it out."
    return (
        "a double quote opens a cell here, and what follows the next one is no"
        f" {SEPARATORS.get(layout.separator, 'separator')}: close it, and write quotes within a"
        " cell twice."
    )


def _columns(
    file: str, width: int, rows: Records, limits: LoadingLimits
) -> tuple[list[TextColumn], Sequence[int]]:
    columns = DifferentCells(width)
    numbers = array("i")
    while some := list(islice(rows, ROWS_AT_ONCE)):
        numbers.extend(number for number, _ in some)
        need_rows(file, len(numbers), limits)
        columns.add([record for _, record in some])
    return columns.columns, numbers


class _Fitting:
    """Rows as long as the headings, and which of them were shorter."""

    def __init__(self, file: str, layout: _Layout, wanted: HeadingsWanted) -> None:
        self.file = file
        self.separator = SEPARATORS.get(layout.separator, "separator")
        self.width = len(layout.headings)
        needed = (
            place
            for place, heading in enumerate(layout.headings, start=1)
            if wanted.name_of(heading) in wanted.needed
        )
        self.shortest = max(needed, default=0)
        self.short: list[int] = []

    def rows_of(self, records: Records) -> Records:
        for number, record in records:
            if len(record) == self.width and record[0]:
                yield number, record
            elif not _is_blank(record):
                yield number, self._fitted(number, record)

    def _fitted(self, number: int, record: list[str]) -> list[str]:
        lacking = self.width - len(record)
        where = (
            f"{self.file}, row {number} has {len(record)} cells and the headings are {self.width}"
        )
        if not _is_blank(record[self.width :]):
            raise Problem(f"{where}: put cells that hold a {self.separator} in double quotes.")
        if len(record) < self.shortest:
            raise Problem(
                f"{where}: it was broken off, by a line end within a cell (put such cells in double"
                " quotes) or by a file that is not whole (export it again)."
            )
        if lacking > 0:
            self.short.append(number)
        return [*record[: self.width], *[""] * lacking]

    def doubts(self) -> Iterator[str]:
        if self.short:
            yield (
                f"{self.file} has {several(len(self.short), 'row that ends', 'rows that end')}"
                f" before the last heading, as row {self.short[0]} does: what is lacking was taken"
                " as empty. If a line end within a cell broke them off, put it in double quotes."
            )
