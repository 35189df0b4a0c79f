"""Ids as text, made in one way for every source, so that two tables can be put together by them."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time, timedelta

from loading.columns.column_read import EXCEL_DAY_0, ColumnRead, Remark, by_cell, visible
from loading.sources.cells import BLANK, Unreadable

SHORTENED = (
    "Excel has shortened the id, and its last figures are lost; give the column the format Text"
    " before the ids are put in, and export again"
)
ROUNDED = (
    "an id of more than 15 figures is held as a number, and Excel has changed its last figures;"
    " give the column the format Text before the ids are put in, and export again"
)
TAKEN = (
    "an id is needed, and Excel holds a date, a time, TRUE or FALSE; give the column the format"
    " Text before the ids are put in, and export again"
)
READ_AS_EMPTY = (
    "{} is taken for an empty cell, as programs write it where there is nothing; if it is an id,"
    " give that another one in every file"
)
# Excel keeps 15 figures of a number.
LARGEST_EXACT = 10**15

# Nothing to take off: the ids of most files, every one of them.
_PLAIN = re.compile(r"[A-Za-z0-9_/~:-]+")
_POWER_OF_TEN = re.compile(r"\d([.,]\d+)?E\+\d{1,3}", re.I)
_FORMULA = re.compile(r'="(.*)"')


def read(cells: Iterable[object], _day_0: date = EXCEL_DAY_0) -> ColumnRead:
    """Each cell as an id; blank is None, and told where a word says it: "NA" may be North Area."""
    written = list(cells)
    column_read = _read(written)
    words = [one for one in written if column_read.values[one] is None and _is_a_word(one)]
    remarks = tuple(Remark(READ_AS_EMPTY, (one,)) for one in words)
    return replace(column_read, remarks=remarks)


def id_text(cell: object) -> str | None:
    """An id as text: 1234, 1234.0, " 1234 ", "'1234" and ="1234" are the same one.

    Characters that nobody sees are taken off. Unreadable where Excel has lost figures of it.
    """
    if cell is None:
        return None
    if isinstance(cell, (bool, date, time, timedelta)):
        raise Unreadable(TAKEN)
    if isinstance(cell, (int, float)):
        return _of_number(cell)
    words = str(cell)
    if _PLAIN.fullmatch(words) is None:
        words = _stripped(visible(words))
    return None if words.lower() in BLANK else words


_read = by_cell(id_text)


def _is_a_word(cell: object) -> bool:
    """Whether a cell that was taken for a blank one is of letters."""
    return isinstance(cell, str) and visible(cell).strip("='\"’‘ ").isalpha()


def _stripped(words: str) -> str:
    formula = _FORMULA.fullmatch(words)
    words = visible(formula.group(1)) if formula else words
    words = re.sub("^['’‘]+ *", "", words)
    if _POWER_OF_TEN.fullmatch(words):
        raise Unreadable(SHORTENED)
    return re.sub(r"^(\d+)\.0+$", r"\1", words)


def _of_number(number: float) -> str:
    if abs(number) >= LARGEST_EXACT:
        raise Unreadable(ROUNDED)
    return str(int(number)) if float(number).is_integer() else str(number)
