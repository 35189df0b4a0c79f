"""Calendar months, and runs of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from dateutil.relativedelta import relativedelta


class Period(NamedTuple):
    """One calendar month. Half-open: `start` is in it, `end` is not."""

    year: int
    month: int

    @property
    def start(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def end(self) -> date:
        return self.shift(1).start

    @property
    def last_day(self) -> date:
        return _last_day(self)

    def shift(self, months: int) -> "Period":
        return _shifted(self, months)

    def months_after(self, earlier: "Period") -> int:
        """How many months after `earlier` it is: 0 for the same month, negative before it."""
        return 12 * (self.year - earlier.year) + self.month - earlier.month

    def run_up(self, months: int) -> list["Period"]:
        """The `months` months that end with this one, oldest first."""
        return list(_run_up(self, months))

    @classmethod
    def of(cls, day: date) -> "Period":
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, written: str) -> "Period":
        """From the address's spelling, "2016-09"; ValueError for anything else."""
        year, month = written.split("-")
        day = date(int(year), int(month), 1)
        return cls.of(day)

    @property
    def key(self) -> str:
        """As addresses and the command line spell it: "2016-09"."""
        return f"{self.year:04d}-{self.month:02d}"

    def __str__(self) -> str:
        return f"{self.start:%B} {self.year}"


def months_before(day: date, months: int) -> date:
    """The same day so many months before; the month's last day where it has no such day."""
    return day - relativedelta(months=months)


# A page asks for the same months, and for the same three years, some hundred times.
@lru_cache(maxsize=4096)
def _last_day(month: Period) -> date:
    return month.end - timedelta(days=1)


@lru_cache(maxsize=4096)
def _shifted(month: Period, months: int) -> Period:
    return Period.of(month.start + relativedelta(months=months))


@lru_cache(maxsize=256)
def _run_up(last: Period, months: int) -> tuple[Period, ...]:
    return tuple(last.shift(-back) for back in reversed(range(months)))


@dataclass(frozen=True)
class Months:
    """A run of months, both ends included."""

    first: Period
    last: Period
