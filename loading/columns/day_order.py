"""Which number is the day and which the month: decided for a whole column from all its days."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from loading.columns.column_read import ColumnRefused, Remark
from loading.columns.written_days import DAY_FIRST, MONTH_FIRST, YEAR_FIRST, Written

# So many different days, each on its own side of the 12th, are no accident.
DAYS_THAT_TELL = 4
# Years vary less than days: that much less, over so many days, is the place of the year.
TIMES_AS_MANY, LAST_NUMBERS_THAT_TELL = 2, 3

MONTHS_FIRST = (
    "its dates are month first, as in {}, which is read nowhere here: export them as 2016-12-31"
)
TWO_ORDERS = (
    "its dates are written in two orders, as in {} and {}, so nobody can tell days from months in"
    " the others: export them as 2016-12-31"
)
YEARS_FIRST = (
    "its dates seem to begin with a year of two figures, as in {}, and could be read day first:"
    " export them as 2016-12-31"
)
SWAPPED = (
    "Excel has days up to the 12th as dates, as in {}, and later ones as text, as in {}, as it"
    " does where it takes days for months: export them as 2016-12-31"
)
PERHAPS_SWAPPED = (
    "Excel has {} as a date and left {} as text, as it does where it takes days for months. Check"
    " one"
)
TAKEN = "every date can be read {}; day first was taken, as in {{}}. Check one"


def decided(written: Mapping[object, Written]) -> str:
    """The order of the days that can be read in several; ColumnRefused where none is safe.

    A cell that is a day in no order has no say.
    """
    days = _with_a_say(written)
    possible = _possible(days.values())
    if DAY_FIRST in possible:
        if YEAR_FIRST in possible:
            _refuse_years_first(days)
        return DAY_FIRST
    if YEAR_FIRST in possible:
        return YEAR_FIRST
    raise _foreign(days, possible)


def in_doubt(written: Mapping[object, Written]) -> Iterator[Remark]:
    """That day first was taken, where another order would have given other days as well."""
    days = _with_a_say(written)
    possible = _possible(days.values())
    if len(possible) < 2:
        return
    for cell, day in days.items():
        if len({day.day(order) for order in possible}) > 1:
            yield Remark(TAKEN.format(" and ".join(possible)), (cell,))
            return


def look_swapped(taken: Mapping[object, date], left: Mapping[object, date]) -> Iterator[Remark]:
    """What to say of, or ColumnRefused for, a column that was opened with another land's Excel.

    It takes as dates what it can, up to the 12th, the wrong way round, and leaves the rest.
    """
    if not taken or not left:
        return
    if max(day.day for day in taken.values()) > 12 or min(day.day for day in left.values()) <= 12:
        return
    examples = next(iter(taken)), next(iter(left))
    if len({*taken.values()} | {*left.values()}) >= DAYS_THAT_TELL:
        raise ColumnRefused(SWAPPED, *examples)
    yield Remark(PERHAPS_SWAPPED, examples)


def _with_a_say(written: Mapping[object, Written]) -> dict[object, Written]:
    return {cell: day for cell, day in written.items() if _orders_of(day)}


def _orders_of(day: Written) -> list[str]:
    return [order for order in day.orders if day.day(order) is not None]


def _possible(days: Iterable[Written]) -> list[str]:
    """The orders in which each of the days is one; every order where there are none."""
    orders_of_days = [_orders_of(day) for day in days]
    orders = (DAY_FIRST, YEAR_FIRST, MONTH_FIRST)
    return [order for order in orders if all(order in its for its in orders_of_days)]


def _refuse_years_first(days: Mapping[object, Written]) -> None:
    firsts = {day.numbers[0] for day in days.values()}
    lasts = {day.numbers[2] for day in days.values()}
    if len(lasts) >= max(LAST_NUMBERS_THAT_TELL, TIMES_AS_MANY * len(firsts)):
        raise ColumnRefused(YEARS_FIRST, next(iter(days)))


def _foreign(days: Mapping[object, Written], possible: list[str]) -> ColumnRefused:
    not_ours = next(cell for cell, day in days.items() if DAY_FIRST not in _orders_of(day))
    if MONTH_FIRST in possible:
        return ColumnRefused(MONTHS_FIRST, not_ours)
    its = _orders_of(days[not_ours])
    # One that shares no order; among three orders each may share one with the next.
    other = min(days, key=lambda cell: len({*_orders_of(days[cell])} & {*its}))
    return ColumnRefused(TWO_ORDERS, not_ours, other)
