"""Numbers by their shape: what a comma is, is decided for the whole column or not at all.

A comma is a thousands mark only in the shape 1,234 or 1,234,567.8. In any other place it is a
decimal comma, where no cell of the column speaks against that. What stays in doubt is refused.
"""

import re
from collections.abc import Iterable
from datetime import date
from math import isfinite

from loading.columns.column_read import EXCEL_DAY_0, ColumnRead, by_cell, visible
from loading.sources.cells import BLANK, Unreadable

NEEDED = "a number is needed, as in 7.5, without signs and units"
NO_WHOLE = "a whole number is needed"
TOO_LARGE = "the number is too large to be true"
IN_DOUBT = (
    "its comma or point may be a decimal mark or a thousands mark, as other cells of the column are"
    " written otherwise; write 1234.5"
)
# The most that a column of whole numbers holds in a database.
LARGEST_WHOLE = 2**31 - 1

_PLAIN, _POINT, _THOUSANDS, _SURE_THOUSANDS, _COMMA, _DOTTED = range(6)
_SHAPES = (
    (_PLAIN, re.compile(r"\d+(E[+-]?\d{1,3})?", re.I)),
    (_POINT, re.compile(r"(\d+\.\d*|\.\d+)(E[+-]?\d{1,3})?", re.I)),
    (_THOUSANDS, re.compile(r"[1-9]\d{0,2},\d{3}")),
    (_SURE_THOUSANDS, re.compile(r"[1-9]\d{0,2}((,\d{3})+\.\d+|(,\d{3}){2,})")),
    (_COMMA, re.compile(r"\d*,\d+")),
    (_DOTTED, re.compile(r"[1-9]\d{0,2}(\.\d{3})+,\d+|[1-9]\d{0,2}(\.\d{3}){2,}")),
)
_POINT_OR_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")


def read(cells: Iterable[object], _day_0: date = EXCEL_DAY_0) -> ColumnRead:
    """Each cell as a number; blank is None, and what the column leaves open is refused."""
    written = {cell: _plainly(cell) for cell in cells}
    shapes = {_shape(words) for words in written.values() if isinstance(words, str)}
    return by_cell(lambda cell: _number(written[cell], shapes))(written)


def read_whole(cells: Iterable[object], _day_0: date = EXCEL_DAY_0) -> ColumnRead:
    """Each cell as a number without a fraction."""
    numbers = read(cells)
    whole = by_cell(lambda cell: _whole(numbers.values[cell]))(numbers.values)
    return ColumnRead(whole.values, {**whole.refused, **numbers.refused})


def _plainly(cell: object) -> str | float | None:
    """A number, or the words of the cell with a plain minus sign."""
    if cell is None or (isinstance(cell, (int, float)) and not isinstance(cell, bool)):
        return cell
    words = visible(str(cell))
    return None if words.lower() in BLANK else words.replace("\N{MINUS SIGN}", "-")


def _shape(words: str) -> int | None:
    unsigned = words.removeprefix("-") if words.startswith("-") else words.removeprefix("+")
    return next((shape for shape, form in _SHAPES if form.fullmatch(unsigned)), None)


def _number(words: str | float | None, shapes: set[int | None]) -> float | None:
    """The number, given the shapes found in its column."""
    if not isinstance(words, str):
        return None if words is None else _finite(float(words))
    shape = _shape(words)
    if shape is None:
        raise Unreadable(NEEDED)
    if _is_in_doubt(words, shape, shapes):
        raise Unreadable(IN_DOUBT)
    if shape in (_COMMA, _DOTTED):
        return _finite(float(words.replace(".", "").replace(",", ".")))
    return _finite(float(words.replace(",", "")))


def _is_in_doubt(words: str, shape: int, shapes: set[int | None]) -> bool:
    """Whether the rest of the column speaks against what the shape says by itself."""
    has_decimal_comma = bool({_COMMA, _DOTTED} & shapes)
    if shape in (_COMMA, _DOTTED):
        return bool({_POINT, _SURE_THOUSANDS} & shapes)
    if shape == _THOUSANDS:
        return has_decimal_comma
    return has_decimal_comma and _POINT_OR_THOUSANDS.fullmatch(words.lstrip("+-")) is not None


def _finite(number: float) -> float:
    if not isfinite(number):
        raise Unreadable(TOO_LARGE)
    return number


def _whole(number: object) -> int | None:
    if not isinstance(number, float):
        return None
    if not number.is_integer():
        raise Unreadable(NO_WHOLE)
    if abs(number) > LARGEST_WHOLE:
        raise Unreadable(TOO_LARGE)
    return int(number)
