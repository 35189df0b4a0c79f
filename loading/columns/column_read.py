"""A column of somebody's file, read as a whole: what each of its cells is, and what it can't be."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from loading.sources.cells import Unreadable, fault_of

# Day 0 of Excel's bare numbers, in workbooks of the 1900 system and of the 1904 system.
EXCEL_DAY_0, EXCEL_DAY_0_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class Remark:
    """What is to be said of a whole column, with {} where its `cells` are to stand."""

    words: str
    cells: tuple[object, ...] = ()

    def sentence(self, place_of: Callable[[object], str]) -> str:
        """The sentence, each cell as `place_of` shows it."""
        return self.words.format(*(place_of(cell) for cell in self.cells))


@dataclass(frozen=True)
class ColumnRead:
    """What the different cells of a column are.

    `values` has every cell: None where it is blank or refused. `refused` says of a cell what is
    wrong with it. `remarks` are what was decided for the whole column and somebody should look at.
    """

    values: Mapping[object, object]
    refused: Mapping[object, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()


class ColumnRefused(ValueError):
    """A column that can't be read safely, whichever of its cells: the remark says why."""

    def __init__(self, words: str, *cells: object) -> None:
        super().__init__(words)
        self.remark = Remark(words, cells)


class ColumnReader(Protocol):
    """Reads the different cells of a column; `day_0` is day 0 of the file's bare numbers."""

    def __call__(self, cells: Iterable[object], day_0: date = EXCEL_DAY_0, /) -> ColumnRead: ...


def by_cell(reads: Callable[[object], object]) -> ColumnReader:
    """A reader of columns whose cells say all by themselves: words, codes, yes or no."""

    def read(cells: Iterable[object], _day_0: date = EXCEL_DAY_0) -> ColumnRead:
        values: dict[object, object] = {}
        refused: dict[object, str] = {}
        for cell in cells:
            try:
                if fault := fault_of(cell):
                    raise Unreadable(fault)
                values[cell] = reads(cell)
            except Unreadable as wanted:
                values[cell], refused[cell] = None, str(wanted)
        return ColumnRead(values, refused)

    return read


def visible(words: str) -> str:
    """`words` single-spaced and without what nobody sees: Unicode's Cf, and control characters."""
    if not words.isprintable():
        words = "".join(
            character for character in words if character.isspace() or character.isprintable()
        )
    return " ".join(words.split())


def shown(cell: object) -> str:
    """A cell as a message quotes it; nothing where it could be somebody's name."""
    words = visible(str(cell))
    if not re.search(r"\d", words) or len(words) > LONGEST_SHOWN:
        return ""
    return f"'{words}'"


def with_place(shown_cell: str, place: str) -> str:
    """A cell and where it stands; the place alone where the cell is not shown."""
    return f"{shown_cell} ({place})" if shown_cell else place
