"""Any file of months and values: a header with `month` and `value`, one row a month."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import cast

from data_access.problems import Problem
from loading.columns import days, numbers
from loading.columns.column_read import ColumnRefused, visible
from loading.sources.cells import text
from loading.sources.text_tables import HeadingsWanted, read_text_table
from metrics.model import Period

MONTH, VALUE = "month", "value"
# What people and spreadsheets write where a month is meant; full dates are read as well.
WRITTEN = ("%Y-%m", "%m/%Y", "%b %Y", "%B %Y", "%b-%y", "%b %y", "%Y/%m")
MONTHS_AT_MOST = 1200
TOO_LARGE = 1e15


def read_month_values(path: Path) -> dict[date, float | None]:
    """The value of each month in the file, by its first day, oldest first; blank is None.

    Other columns are passed over. A month that is not in the file is not in the answer. Whatever
    can't be read is a Problem that names file and row (the header is row 1).
    """
    rows = list(_cells(path))
    places = [f"{path.name}, row {row}" for row, _ in rows]
    months = _months([cells.get(MONTH) for _, cells in rows], places)
    values = _values([cells.get(VALUE) for _, cells in rows], places)
    if not months:
        raise Problem(f"{path.name} holds no months: put one row under the header for each.")
    _check_once(months, places)
    _check_span(path, min(months), max(months))
    return dict(sorted(zip(months, values, strict=True)))


def _check_once(months: Sequence[date], places: Sequence[str]) -> None:
    for row, month in enumerate(months):
        if month in months[:row]:
            earlier = places[months.index(month)].rpartition(", ")[2]
            raise Problem(f"{places[row]}: {month:%B %Y} is in {earlier} already; keep one.")


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str | None, str]]]:
    """Each row that is not blank, with its number, by the header's names in lower case.

    What is in doubt of the file's letters is not told: months and values are none, or refused.
    """
    found = read_text_table(path, HEADER)
    missing = [name for name in (MONTH, VALUE) if name not in found.names]
    if missing:
        raise Problem(
            f"{path.name}, row {found.headings_row}: there is no column '{missing[0]}'; the header"
            " should be 'month,value'."
        )
    for number, cells in zip(found.row_numbers, found.rows(), strict=True):
        yield number, dict(zip(found.names, cells, strict=True))


def _name(heading: str) -> str | None:
    words = visible(heading).strip("\"'").lower()
    return words if words in (MONTH, VALUE) else None


HEADER = HeadingsWanted(_name, "'month,value'", frozenset({MONTH}))


def _months(column: Sequence[str | None], places: Sequence[str]) -> list[date]:
    named = [_named_month(text(cell)) for cell in column]
    dates = [cell for cell, month in zip(column, named, strict=True) if month is None]
    days_of = _days(dates, dict(zip(reversed(column), reversed(places), strict=True)))
    months = []
    for cell, month, place in zip(column, named, places, strict=True):
        if text(cell) is None:
            raise Problem(f"{place}: the month is missing; write it as 2016-09.")
        day = month or days_of[cell]
        if not isinstance(day, date):
            raise Problem(f"{place}: '{text(cell)}' is not a month; write it as 2016-09.")
        months.append(day.replace(day=1))
    return months


def _named_month(words: str | None) -> date | None:
    for form in WRITTEN:
        try:
            return datetime.strptime(words or "", form).date()
        except ValueError:
            continue
    return None


def _days(column: Sequence[str | None], places: Mapping[str | None, str]) -> Mapping:
    """Full dates as one column. Months begin on a first, so a doubt about firsts is none."""
    try:
        read = days.read(dict.fromkeys(column))
    except ColumnRefused as refused:
        why = refused.remark.sentence(lambda cell: f"'{cell}' ({places[str(cell)]})")
        raise Problem(f"The months can't be told: {why}.") from None
    firsts = all(day.day == 1 for day in read.values.values() if isinstance(day, date))
    for remark in () if firsts else read.remarks:
        cell = str(remark.cells[0])
        raise Problem(f"{places[cell]}: '{cell}' may be two months; write it as 2016-09.")
    return read.values


def _values(column: Sequence[str | None], places: Sequence[str]) -> list[float | None]:
    read = numbers.read(dict.fromkeys(column))
    for cell, place in zip(column, places, strict=True):
        value = read.values[cell]
        if read.refused.get(cell) == numbers.IN_DOUBT:
            raise Problem(f"{place}: '{text(cell)}': {numbers.IN_DOUBT}.")
        if cell in read.refused:
            raise Problem(
                f"{place}: '{text(cell)}' is not a number; leave it blank if there is no value."
            )
        if isinstance(value, float) and not abs(value) < TOO_LARGE:
            raise Problem(f"{place}: '{text(cell)}' is not a number that can be drawn.")
    return [cast("float | None", read.values[cell]) for cell in column]


def _check_span(path: Path, first: date, last: date) -> None:
    if Period.of(last).months_after(Period.of(first)) > MONTHS_AT_MOST:
        raise Problem(
            f"{path.name}: it runs from {first:%B %Y} to {last:%B %Y}; is one of them mistyped?"
        )
