"""Any file of months and values: a header with `month` and `value`, one row a month."""

import csv
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

from data_access.problems import Problem
from loading.sources.cells import Unreadable, day, number, text
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
    found: dict[date, float | None] = {}
    rows: dict[date, int] = {}
    for row, cells in _cells(path):
        place = f"{path.name}, row {row}"
        month = _month(cells.get(MONTH), place)
        if month in found:
            raise Problem(f"{place}: {month:%B %Y} is in row {rows[month]} already; keep one.")
        found[month], rows[month] = _value(cells.get(VALUE), place), row
    if not found:
        raise Problem(f"{path.name} holds no months: put one row under the header for each.")
    months = sorted(found)
    _check_span(path, months[0], months[-1])
    return {month: found[month] for month in months}


def _cells(path: Path) -> Iterator[tuple[int, Mapping[str, str | None]]]:
    """Each row that is not blank, with its number, by the header's names in lower case."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise Problem(f"{path.name} is not text in UTF-8: save it as 'CSV UTF-8'.") from None
    reader = csv.reader(lines)
    header = [cell.strip().lower() for cell in next(reader, [])]
    missing = [name for name in (MONTH, VALUE) if name not in header]
    if not lines:
        raise Problem(f"{path.name} is empty: its first row should be 'month,value'.")
    if missing:
        raise Problem(
            f"{path.name}, row 1: there is no column '{missing[0]}'; the header should be"
            " 'month,value'."
        )
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, dict(zip(header, cells, strict=False))


def _month(cell: str | None, place: str) -> date:
    words = text(cell)
    if words is None:
        raise Problem(f"{place}: the month is missing; write it as 2016-09.")
    for form in WRITTEN:
        try:
            return datetime.strptime(words, form).date().replace(day=1)
        except ValueError:
            continue
    try:
        found = day(words)
    except Unreadable:
        found = None
    if found is None:
        raise Problem(f"{place}: '{words}' is not a month; write it as 2016-09.")
    return found.replace(day=1)


def _value(cell: str | None, place: str) -> float | None:
    try:
        value = number(cell)
    except Unreadable:
        raise Problem(
            f"{place}: '{text(cell)}' is not a number; leave it blank if there is no value."
        ) from None
    if value is not None and not abs(value) < TOO_LARGE:
        raise Problem(f"{place}: '{text(cell)}' is not a number that can be drawn.")
    return value


def _check_span(path: Path, first: date, last: date) -> None:
    if Period.of(last).months_after(Period.of(first)) > MONTHS_AT_MOST:
        raise Problem(
            f"{path.name}: it runs from {first:%B %Y} to {last:%B %Y}; is one of them mistyped?"
        )
