"""Days and spells in plain loops, for reference functions: shares nothing with what it checks."""

from collections.abc import Iterator
from datetime import date, timedelta

# GOV.UK, bank holidays in England and Wales.
BANK_HOLIDAYS = {
    date.fromisoformat(day)
    for day in (
        "2015-01-01 2015-04-03 2015-04-06 2015-05-04 2015-05-25 2015-08-31 2015-12-25 2015-12-28 "
        "2016-01-01 2016-03-25 2016-03-28 2016-05-02 2016-05-30 2016-08-29 2016-12-26 2016-12-27 "
        "2017-01-02 2017-04-14 2017-04-17 2017-05-01 2017-05-29 2017-08-28 2017-12-25 2017-12-26"
    ).split()
}
ONE_DAY = timedelta(days=1)
MONTHS = [(2016, month) for month in range(2, 11)]
AS_AT = date(2016, 10, 14)


def is_working(day: date) -> bool:
    return day.weekday() < 5 and day not in BANK_HOLIDAYS


def days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY


def days_of(year: int, month: int) -> list[date]:
    """The month's days that the data cover."""
    first = date(year, month, 1)
    return [day for day in days(first, first + 31 * ONE_DAY) if day.month == month and day <= AS_AT]


def is_open(spell: dict, day: date) -> bool:
    return spell["started_on"] <= day and (spell["ended_on"] is None or day < spell["ended_on"])


def working_days_later(day: date, number: int) -> date:
    while number:
        day += ONE_DAY
        number -= is_working(day)
    return day


def working_days_between(first: date, last: date) -> int:
    if last < first:
        return -working_days_between(last, first)
    return sum(is_working(day) for day in days(first + ONE_DAY, last))


def months_later(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:
            continue
    raise AssertionError(day)


def newest_lead(world, child_id: str, day: date) -> dict | None:
    """The child's lead allocation on the day: the last to start, then the last by id."""
    found = [
        row
        for row in world.of("allocation")
        if row["child_id"] == child_id and row["lead"] and is_open(row, day)
    ]
    return max(found, key=lambda row: (row["started_on"], row["allocation_id"]), default=None)


def last_lead(world, child_id: str, day: date) -> dict | None:
    """The child's lead allocation on the day, or one that ended with it: as `newest_lead`."""
    found = [
        row
        for row in world.of("allocation")
        if row["child_id"] == child_id
        and row["lead"]
        and row["started_on"] <= day
        and (row["ended_on"] is None or day <= row["ended_on"])
    ]
    return max(found, key=lambda row: (row["started_on"], row["allocation_id"]), default=None)


def held_by(lead: dict | None) -> dict:
    """The unit and worker of an allocation; of none, None."""
    return {name: lead[name] if lead else None for name in ("unit_id", "worker_id")}


def month_ends() -> list[date]:
    """The last day of each month that the data cover."""
    return [days_of(*month)[-1] for month in MONTHS]


def joined(plans: list[dict]) -> list[list[dict]]:
    """Plans that touch or overlap, as one group, and so on until no two groups do."""
    return merged([[plan] for plan in plans])


def joined_groups(groups: list, group: list, other: list) -> list:
    rest = [one for one in groups if one is not group and one is not other]
    return merged([*rest, group + other])


def merged(groups: list[list[dict]]) -> list[list[dict]]:
    for group in groups:
        for other in [one for one in groups if one is not group]:
            if any(touch(one, another) for one in group for another in other):
                return joined_groups(groups, group, other)
    return groups


def touch(one: dict, other: dict) -> bool:
    ends = [row["ended_on"] or date(9999, 12, 31) for row in (one, other)]
    return one["started_on"] <= ends[1] and other["started_on"] <= ends[0]


def tallied(rows: list[dict], *by: str) -> dict:
    """Numerator and denominator added up, by the named columns, to six decimals."""
    total: dict = {}
    for row in rows:
        key = tuple(row[name] for name in by)
        n, d = total.get(key, (0, 0))
        total[key] = (n + row["numerator"], d + row["denominator"])
    return {key: (round(float(n), 6), round(float(d), 6)) for key, (n, d) in total.items()}


def agreed_in(month: str, rows: list[dict], expected: list[dict], by: str) -> dict:
    """A month's tallies by one column, where the query's rows and the reference's agree in all."""
    found = tallied(rows, "month", by)
    assert found == tallied(expected, "month", by)
    first = date.fromisoformat(f"{month}-01")
    return {place: tally for (start, place), tally in found.items() if start == first}
