"""The shapes in which people and systems write a day, before it is known which number is which."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

from data_access.london import day_of, today

DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day first", "month first", "year first"
# A year in two figures lies at most so far ahead: contracts and plans may end then.
YEARS_AHEAD = 10

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL = (
    *("january", "february", "march", "april", "may", "june", "july"),
    *("august", "september", "october", "november", "december"),
)
_MONTH_NUMBERS = {
    name: number for names in (_MONTHS, _FULL) for number, name in enumerate(names, 1)
}
_MONTH_NUMBERS["sept"] = 9
_WEEKDAY = re.compile(r"(mon|tue|wed|thu|fri|sat|sun)[a-z]*,? ", re.I)
_TIME = re.compile(
    r"(?P<date>.*?\d),?[T ] ?(?P<hour>\d{1,2}):(?P<minute>\d\d)(:(?P<second>\d\d)([.:,]\d+)?)?"
    r"( ?(?P<half>[ap])\.?m\.?)?( ?(?P<zone>Z|UTC|GMT|BST|[+-]\d\d(:?\d\d)?))?",
    re.I,
)
# What XML writes as a day with its zone: it has no time, so it is that day.
_DAY_WITH_ZONE = re.compile(r"(\d{4}-\d\d-\d\d)(Z|[+-]\d\d:\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})([-/. ])(\d{1,2})\2(\d{1,2})|(\d{4})(\d\d)(\d\d)")
_FROM_YEAR = re.compile(r"(\d{4})[-/. ](\d\d?)[-/. ](\d\d?)(?!\d)|(\d{4})(\d\d)(\d\d)(?!\d)")
_NUMBERS = re.compile(r"(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d\d)")
_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?[-/. ]*([a-z]{3,9})\.?[-/., ]*(\d{4}|\d\d)", re.I
)
_MONTH_DAY = re.compile(
    r"([a-z]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?(?:, ?|[-/ ])(\d{4}|\d\d)", re.I
)
_YEAR_MONTH = re.compile(r"(\d{4})[-/. ]([a-z]{3,9})[-/. ](\d{1,2})", re.I)


@dataclass(frozen=True)
class Written:
    """A day as it is written: three numbers, the orders that their shape allows, and a time.

    Where there is one order the day is sure. `short_year` says that the year has two figures.
    """

    numbers: tuple[int, int, int]
    orders: tuple[str, ...]
    short_year: bool = False
    time_of_day: time | None = None
    weekday: int | None = None

    def day(self, order: str | None = None) -> date | None:
        """The day if its numbers stand in that order; None where there is no such day."""
        order = order or self.orders[0]
        if order not in self.orders:
            return None
        written = self.date_written(order)
        if written is None or self.weekday not in (None, written.weekday()):
            return None
        return _in_london(written, self.time_of_day)

    def date_written(self, order: str) -> date | None:
        """The same before a time with a zone has moved it."""
        first, second, third = self.numbers
        day, month, year = {
            DAY_FIRST: (first, second, third),
            MONTH_FIRST: (second, first, third),
            YEAR_FIRST: (third, second, first),
        }[order]
        try:
            return date(_whole_year(year) if self.short_year else year, month, day)
        except ValueError:
            return None


def shaped(words: str) -> Written | None:
    """`words` as a day that is written; None where they have no day's shape."""
    weekday = _WEEKDAY.match(words)
    rest = words[weekday.end() :] if weekday else words
    alone = _DAY_WITH_ZONE.fullmatch(rest)
    rest = alone.group(1) if alone else rest
    timed = _TIME.fullmatch(rest)
    try:
        time_of_day = _time(timed) if timed else None
    except ValueError:
        return None
    known_weekday = _weekday_number(weekday.group(1)) if weekday else None
    for numbers, orders, short in _numbers(timed.group("date") if timed else rest):
        return Written(numbers, orders, short, time_of_day, known_weekday)
    return None


def begins_with_year(words: str) -> bool:
    """Whether a date begins with its year in four figures."""
    return _from_year(words) is not None


def is_year_day_month(words: str) -> bool:
    """Whether a date that is none with the month second would be one with the month last."""
    match = _from_year(words)
    if match is None:
        return False
    year, day, month = (int(figures) for figures in match.groups() if figures)
    return Written((day, month, year), (DAY_FIRST,)).day() is not None


def _from_year(words: str) -> re.Match[str] | None:
    return _FROM_YEAR.match(_WEEKDAY.sub("", words, count=1))


def _numbers(words: str) -> Iterator[tuple[tuple[int, int, int], tuple[str, ...], bool]]:
    if match := _YEAR_FIRST.fullmatch(words):
        year, month, day = (figures for figures in match.groups() if figures and figures.isdigit())
        yield (int(year), int(month), int(day)), (YEAR_FIRST,), False
    elif match := _NUMBERS.fullmatch(words):
        first, _, second, year = match.groups()
        short = len(year) == 2
        orders = (DAY_FIRST, YEAR_FIRST, MONTH_FIRST) if short else (DAY_FIRST, MONTH_FIRST)
        yield (int(first), int(second), int(year)), orders, short
    else:
        yield from _numbers_with_a_month(words)


def _numbers_with_a_month(words: str) -> Iterator[tuple[tuple[int, int, int], tuple[str], bool]]:
    if match := _DAY_MONTH.fullmatch(words):
        day, month, year = match.groups()
    elif match := _MONTH_DAY.fullmatch(words):
        month, day, year = match.groups()
    elif match := _YEAR_MONTH.fullmatch(words):
        year, month, day = match.groups()
    else:
        return
    if month.lower() in _MONTH_NUMBERS:
        numbers = (int(day), _MONTH_NUMBERS[month.lower()], int(year))
        yield numbers, (DAY_FIRST,), len(year) == 2


def _time(match: re.Match) -> time | None:
    """The time with its zone; None where it has no zone, as the day is then the day written."""
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    if half:
        if not 1 <= hour <= 12:
            raise ValueError("there is no such hour")
        hour = hour % 12 + 12 * (half == "p")
    time_of_day = time(hour, int(match["minute"]), int(match["second"] or 0))
    return (
        None if match["zone"] is None else time_of_day.replace(tzinfo=_zone(match["zone"].upper()))
    )


def _zone(words: str) -> timezone:
    if words in ("Z", "UTC", "GMT"):
        return timezone(timedelta(0))
    if words == "BST":
        return timezone(timedelta(hours=1))
    hours, minutes = int(words[1:3]), int(words[3:].removeprefix(":") or 0)
    return timezone((-1 if words[0] == "-" else 1) * timedelta(hours=hours, minutes=minutes))


def _in_london(day: date, time_of_day: time | None) -> date:
    try:
        return day if time_of_day is None else day_of(datetime.combine(day, time_of_day))
    except OverflowError:
        # On the very first and the very last day that there are.
        return day


def _weekday_number(name: str) -> int:
    return ("mon", "tue", "wed", "thu", "fri", "sat", "sun").index(name.lower())


def _whole_year(figures: int) -> int:
    year = 2000 + figures
    return year if year <= today().year + YEARS_AHEAD else year - 100
