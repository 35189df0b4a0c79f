"""Days of a column, whatever their shape; the order of day and month is the whole column's."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from math import isfinite

from data_access.london import day_of
from loading.columns.column_read import EXCEL_DAY_0, ColumnRead, ColumnRefused, Remark, visible
from loading.columns.day_order import DAYS_THAT_TELL, decided, in_doubt, look_swapped
from loading.columns.written_days import Written, begins_with_year, is_year_day_month, shaped
from loading.sources.cells import BLANK, Unreadable, fault_of

NEEDED = "a date is needed, as in 2016-12-31 or 31/12/2016"
NO_SUCH_DAY = "there is no such day"
NO_SUCH_MONTH = (
    "there is no such month, and it is the one date of {} different ones that is not year, month,"
    " day"
)
OTHER_WEEKDAY = "that is another day of the week"
SHORT_END = (
    "a year of two figures may be one that systems write where there is no date; write it in four"
)
YEAR_DAY_MONTH = (
    "its dates are written year, day, month, as in {}, which is read nowhere here: export them as"
    " 2016-12-31"
)
TWO_YEAR_FIRST = (
    "of its different dates {some} can only be year, day, month, as in {{}}, and {others} only"
    " year, month, day, as in {{}}, so nobody can tell days from months in the others: export them"
    " as 2016-12-31"
)
SERIALS = (
    "bare numbers, as in {}, were read as Excel's days, which begin in 1900; where they come from"
    " an old Mac they are four years out. Check one"
)
# What systems write where there is no date: NULL, never a day. .NET begins in year 1, Windows in
# 1601, SQL Server in 1753, Excel at 1900; Oracle's records end in 4712.
OPEN_ENDS = frozenset(
    {date(1, 1, 1), date(1601, 1, 1), date(1753, 1, 1), date(1800, 1, 1), date(1899, 12, 30)}
    | {date(1899, 12, 31), date(1900, 1, 1), date(2999, 12, 31), date(3000, 1, 1)}
    | {date(4712, 12, 31)}
)
_LAST_YEAR = 9999
# The same with the last two figures of the year: day, month, year.
_SHORT_ENDS = {(1, 1, 0), (1, 1, 1), (30, 12, 99), (31, 12, 99)}
_NO_DAY = re.compile(
    r"(0000[-/.]?00[-/.]?00|00[-/.]00[-/.](0000|00))([ T]00:00(:00(\.0+)?)?)?", re.ASCII
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_SERIAL = re.compile(r"\d{5}(\.\d+)?")
# From 1927 on: a smaller number is an age or a year, not a day.
_SERIALS = range(10_000, 100_000)


def read(cells: Iterable[object], day_0: date = EXCEL_DAY_0) -> ColumnRead:
    """Each cell as a day; blanks and open ends are None.

    The order of day and month is decided from all cells; ColumnRefused where no order is safe.
    Where two are, day first is taken, and said. A time is dropped; one with a zone is turned to
    London's time first.
    """
    column = _Column(day_0)
    for cell in cells:
        column.take(cell)
    column.settle()
    return ColumnRead(column.values, column.refused, tuple(column.remarks))


@dataclass
class _Column:
    """A column while it is read: what is sure, what waits for the order, what is refused."""

    day_0: date
    values: dict[object, object] = field(default_factory=dict)
    refused: dict[object, str] = field(default_factory=dict)
    written: dict[object, Written] = field(default_factory=dict)
    # What Excel has, or had, as a date: it has lost how the day was written.
    taken: dict[object, date] = field(default_factory=dict)
    remarks: list[Remark] = field(default_factory=list)

    def take(self, cell: object) -> None:
        self.values[cell] = None
        try:
            day = self._day_of_cell(cell)
        except Unreadable as wanted:
            self.refused[cell] = str(wanted)
            return
        if isinstance(day, Written):
            self.written[cell] = day
        elif not _is_open_end(day):
            self.values[cell] = day

    def _day_of_cell(self, cell: object) -> date | Written | None:
        if fault := fault_of(cell):
            raise Unreadable(fault)
        if not isinstance(cell, str):
            return self._taken(cell, _of_excel(cell, self.day_0))
        if _ISO.fullmatch(cell):
            return _whole_day(cell)
        words = visible(cell)
        if words.lower() in BLANK or _NO_DAY.fullmatch(words):
            return None
        if _SERIAL.fullmatch(words):
            return self._taken(cell, _of_serial(float(words), self.day_0))
        written = shaped(words)
        if written is None:
            raise Unreadable(NEEDED)
        return written

    def _taken(self, cell: object, day: date | None) -> date | None:
        if day is not None and not _is_open_end(day):
            self.taken[cell] = day
        return day

    def settle(self) -> None:
        """Reads what waits for the order, and says what should be looked at."""
        several = {
            cell: written_day
            for cell, written_day in self.written.items()
            if len(written_day.orders) > 1
        }
        order = decided(several)
        for cell, written_day in self.written.items():
            try:
                self.values[cell] = _day_in(
                    written_day, order if cell in several else written_day.orders[0]
                )
            except Unreadable as wanted:
                self.refused[cell] = str(wanted)
        self._refuse_year_day_month()
        self.remarks.extend(in_doubt(several))
        left = {cell: day for cell in several if isinstance(day := self.values[cell], date)}
        self.remarks.extend(look_swapped(self.taken, left))
        self._say_of_serials()

    def _say_of_serials(self) -> None:
        """A text file does not say from when its bare numbers count; a workbook does."""
        serials = [cell for cell in self.taken if isinstance(cell, str)]
        if serials and self.day_0 == EXCEL_DAY_0:
            self.remarks.append(Remark(SERIALS, (serials[0],)))

    def _refuse_year_day_month(self) -> None:
        """One date that many others contradict is a mistake of its own; else none is safe."""
        turned = [
            cell
            for cell, why in self.refused.items()
            if why == NO_SUCH_DAY and is_year_day_month(visible(str(cell)))
        ]
        if not turned:
            return
        others = {self.values[cell]: cell for cell in self.values if self._is_year_month_day(cell)}
        if not others:
            raise ColumnRefused(YEAR_DAY_MONTH, turned[0])
        if len(turned) > 1 or len(others) < DAYS_THAT_TELL:
            words = TWO_YEAR_FIRST.format(some=len(turned), others=len(others))
            raise ColumnRefused(words, turned[0], next(iter(others.values())))
        dates = len({day for day in self.values.values() if day is not None}) + 1
        self.refused[turned[0]] = NO_SUCH_MONTH.format(dates)

    def _is_year_month_day(self, cell: object) -> bool:
        """Whether a cell begins with its year and can't be read with the month last."""
        day = self.values[cell]
        return isinstance(day, date) and day.day > 12 and begins_with_year(visible(str(cell)))


def _of_excel(cell: object, day_0: date) -> date | None:
    if isinstance(cell, datetime):
        return day_of(cell)
    if isinstance(cell, date) or cell is None:
        return cell
    # Excel's day 0 comes as midnight: a date format on an empty sum.
    if cell == time(0):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return _of_serial(cell, day_0)
    raise Unreadable(NEEDED)


def _of_serial(number: float, day_0: date) -> date | None:
    if not isfinite(number):
        raise Unreadable(NEEDED)
    whole = int(number)
    if whole in _SERIALS:
        return day_0 + timedelta(days=whole)
    if whole in range(3) or whole == (date(_LAST_YEAR, 12, 31) - day_0).days:
        return None
    raise Unreadable(NEEDED)


def _whole_day(words: str) -> date | None:
    """The day of 2016-12-31: what nearly every cell is."""
    if words == "0000-00-00":
        return None
    try:
        return date.fromisoformat(words)
    except ValueError:
        raise Unreadable(NO_SUCH_DAY) from None


def _is_open_end(day: date | None) -> bool:
    return day is not None and (day in OPEN_ENDS or day.year == _LAST_YEAR)


def _day_in(written_day: Written, order: str) -> date | None:
    written = written_day.date_written(order)
    if written is None:
        raise Unreadable(NO_SUCH_DAY)
    if _is_open_end(written):
        return None
    if written_day.short_year and (written.day, written.month, written.year % 100) in _SHORT_ENDS:
        raise Unreadable(SHORT_END)
    day = written_day.day(order)
    if day is None:
        raise Unreadable(OTHER_WEEKDAY)
    return day
