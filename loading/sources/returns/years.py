"""Several years of a return as one: which year each is of, and what a later one says anew."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data_access.load_info import held_since
from data_access.london import today
from data_access.problems import Problem
from loading.sources.reading import WARNING, Issue

ONE_DAY = timedelta(days=1)
GONE = (
    "{at}: it was open when this return ended, and the return after it does not have it: it counts"
    " as ended with this one's last day. Correct one of the two returns"
)


@dataclass(frozen=True)
class Year:
    """One return: what it is called, its last day, and where that is from."""

    name: str
    last: date
    says: str

    @property
    def first(self) -> date:
        """The 1 April with which its year begins."""
        return date(year_end(self.last).year - 1, 4, 1)


def year_end(day: date) -> date:
    """The 31 March on or after the day."""
    return date(day.year + (day > date(day.year, 3, 31)), 3, 31)


def year_of(name: str, days: Iterable[date | None], data_to: date | None, says: str) -> Year:
    """The year of a return by `data_to`, else by the latest of its days up to today.

    If that year is over the return holds all of it; else all up to that day.
    """
    if data_to:
        return Year(name, data_to, says)
    happened = [day for day in days if day and day <= today()]
    if not happened:
        raise Problem(f"{name} has no date up to today: say its last day by --data-to.")
    latest = max(happened)
    end = year_end(latest)
    if end <= today():
        return Year(name, end, f"the end of the year in which the latest date of {name} lies")
    return Year(name, latest, f"the latest date of {name}, as its year is not over")


def in_order(years: Sequence[Year]) -> list[int]:
    """The places of the returns, the earliest first; two of one year are a Problem."""
    places = sorted(range(len(years)), key=lambda place: years[place].last)
    for before, after in zip(places, places[1:], strict=False):
        if years[before].first == years[after].first:
            raise Problem(
                f"{years[before].name} and {years[after].name} are both of the year to"
                f" {year_end(years[after].last).isoformat()}: give one return for each year."
            )
    return places


def held_from(years: Iterable[Year]) -> date:
    """The first day from which the returns hold every day up to their last."""
    since = held_since((year.first, year.last) for year in years)
    assert since, "every return has a first day"
    return since


def told_last(
    by_year: Sequence[tuple[Year, Sequence[dict]]],
    key: Callable[[dict], object],
    end: str,
    table: str,
    issues: list[Issue],
) -> list[dict]:
    """The rows of all years, each fact as the latest return that has it says.

    What was open when a return ended and is not in the one after it ended with the first, and that
    is said; `end` is the column of the day, "" where a fact has none.
    """
    rows: list[dict] = []
    for place, (year, of_year) in enumerate(by_year):
        later = {key(row) for _, some in by_year[place + 1 :] for row in some}
        kept = [row for row in of_year if key(row) not in later]
        if end and place + 1 < len(by_year):
            issues.extend(_ended(year, kept, end, table))
        rows.extend(kept)
    return rows


def _ended(year: Year, rows: Iterable[dict], end: str, table: str) -> Iterator[Issue]:
    for row in rows:
        if row[end] is None and not row.get("no_further_action"):
            row[end] = year.last + ONE_DAY
            message = f"{GONE.format(at=row['found_at'])}."
            yield Issue("gone_from_the_next_return", table, row["found_at"], WARNING, message)
