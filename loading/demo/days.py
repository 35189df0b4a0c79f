"""The demonstration's days, as whole numbers: what it covers, and which are working days."""

from datetime import date

import numpy as np
from dateutil.relativedelta import relativedelta

from loading.calendar import calendar_days

_EPOCH = date(1970, 1, 1).toordinal()


def day_number(year: int, month: int, of_month: int) -> int:
    """The number of a date: days since 1 January 1970, as numpy counts them."""
    return date(year, month, of_month).toordinal() - _EPOCH


KNOWN_BEFORE_FROM = day_number(2003, 4, 1)
WARM_UP_FROM = day_number(2011, 4, 1)
DATA_FROM = day_number(2014, 4, 1)
DATA_TO = day_number(2016, 10, 31)
FAR = day_number(2099, 1, 1)

_FIRST = day_number(2003, 1, 1)
_CALENDAR = calendar_days(date(2003, 1, 1), date(2017, 12, 31))
WORKING: list[bool] = _CALENDAR["working"].tolist()
_WORKED: list[int] = _CALENDAR["working_day_number"].tolist()
_WORKING_DAYS: list[int] = (np.flatnonzero(_CALENDAR["working"]) + _FIRST).tolist()


def as_date(number: int) -> date:
    """The date with this number."""
    return date.fromordinal(number + _EPOCH)


def month_of(number: int) -> tuple[int, int]:
    """Year and month of a day."""
    calendar_date = as_date(number)
    return calendar_date.year, calendar_date.month


def is_working(number: int) -> bool:
    """Monday to Friday and no England & Wales bank holiday."""
    return WORKING[number - _FIRST]


def working_days_after(number: int, count: int) -> int:
    """The working day `count` working days after `number`; 0 gives that day or the next."""
    place = _WORKED[number - _FIRST] + count - 1
    if count == 0 and not is_working(number):
        place += 1
    return _WORKING_DAYS[place]


def months_after(number: int, count: int) -> int:
    """The same day `count` months later; the month's last day where it has no such day."""
    return (as_date(number) + relativedelta(months=count)).toordinal() - _EPOCH


def working_days_in(first: int, after_last: int) -> int:
    """How many working days lie in [first, after_last)."""
    if after_last <= first:
        return 0
    return _WORKED[after_last - 1 - _FIRST] - _WORKED[first - 1 - _FIRST]


def last_working_day_to(number: int) -> int:
    """`number` itself where it is a working day, else the one before."""
    return _WORKING_DAYS[_WORKED[number - _FIRST] - 1]


def known(number: int) -> int | None:
    """The day if the data reach so far, else None: it has not happened yet."""
    return number if number <= DATA_TO else None
