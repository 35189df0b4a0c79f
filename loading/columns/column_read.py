"""A column of somebody's file, read as a whole: what each of its cells is, and what it can't be."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from loading.sources.cells import Unreadable, fault_of

# Day 0 of Excel's bare numbers, in workbooks of the 1900 system and of the 1904 system.
EXCEL_DAY_0, EXCEL_DAY_0_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
LONGEST_SHOWN = 40
UNREADABLE, UNKNOWN_CODE = "unreadable", "unknown_code"
# "TBC", "N/K" and the like.
LONGEST_FILLER = 3


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
    `rule` is what a refused cell breaks.
    """

    values: Mapping[object, object]
    refused: Mapping[object, str] = field(default_factory=dict)
    remarks: tuple[Remark, ...] = ()
    rule: str = UNREADABLE

    def fault(self, cell: object, is_private: bool = False) -> str:
        """A refused cell and what is wrong with it, as a message has them."""
        quoted = "" if is_private else shown(cell, self.rule == UNKNOWN_CODE)
        return ": ".join(filter(None, (quoted, self.refused[cell])))


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


def by_code(reads: Callable[[object], object]) -> ColumnReader:
    """A reader of columns of codes: what none of them is, is an unknown code, and always shown."""

    def read(cells: Iterable[object], _day_0: date = EXCEL_DAY_0) -> ColumnRead:
        return replace(by_cell(reads)(cells), rule=UNKNOWN_CODE)

    return read


def visible(words: str) -> str:
    """`words` single-spaced and without what nobody sees: Unicode's Cf, and control characters."""
    if not words.isprintable():
        words = "".join(
            character for character in words if character.isspace() or character.isprintable()
        )
    return " ".join(words.split())


def shown(cell: object, is_code: bool = False) -> str:
    """A cell as a message quotes it; nothing where it could be somebody's name.

    What should be a code is always shown: nobody could mend what the message hides.
    """
    words = visible(str(cell))
    if is_code:
        return f"'{words[:LONGEST_SHOWN]}…'" if len(words) > LONGEST_SHOWN else f"'{words}'"
    if len(words) > LONGEST_SHOWN or _could_be_a_name(words):
        return ""
    return f"'{words}'"


def _could_be_a_name(words: str) -> bool:
    """Whether words without a figure have a name's capitals: "Ash Bell", not "soon" or "TBC"."""
    if re.search(r"\d", words):
        return False
    each = words.split()
    named = [word for word in each if word[0].isalpha() and not word[0].islower()]
    fillers = [word for word in named if word.isupper() and len(word) <= LONGEST_FILLER]
    return len(named) - len(fillers) >= min(2, len(each))


def with_place(shown_cell: str, place: str) -> str:
    """A cell and where it stands; the place alone where the cell is not shown."""
    return f"{shown_cell} ({place})" if shown_cell else place
