"""Moves within a month in plain loops, from settled runs."""

from datetime import date

from tests.metrics.plain import AS_AT, MONTHS, ONE_DAY, days_of, is_open, newest_lead
from tests.metrics.plain_runs import plain_runs
from tests.worlds import World

ORDER = ["open", "CIN", "CP", "CLA"]


def settled_on(runs: list, day: date) -> str:
    """The level of the settled run that holds the day."""
    return next(
        level
        for level, started_on, ended_on in runs
        if is_open({"started_on": started_on, "ended_on": ended_on}, day)
    )


def moves(world: World, starts: tuple[str, ...], reached) -> list[dict]:
    """One row per child at one of `starts` on the day before the month; `move` by `reached`."""
    rows = []
    for child_id in sorted({row["child_id"] for row in world.of("plan")}):
        runs, _ = plain_runs(world, child_id)
        for year, month in MONTHS:
            first = date(year, month, 1)
            if first > AS_AT or (level := settled_on(runs, first - ONE_DAY)) not in starts:
                continue
            found = {settled_on(runs, day) for day in days_of(year, month)} - {"none"}
            to = reached(level, sorted(found, key=ORDER.index))
            lead = newest_lead(world, child_id, first - ONE_DAY)
            rows.append(
                {
                    "month": first,
                    "unit_id": lead["unit_id"] if lead else None,
                    "child_id": child_id,
                    "numerator": 1 if to else 0,
                    "denominator": 1,
                    "move": f"{level}_{to}" if to else None,
                }
            )
    return rows


def highest_above(level: str, found: list[str]) -> str | None:
    above = [one for one in found if ORDER.index(one) > ORDER.index(level)]
    return above[-1] if above else None


def lowest_below(level: str, found: list[str]) -> str | None:
    counts = {"CP": ["open", "CIN"], "CLA": ["CIN", "CP"]}[level]
    return next((one for one in counts if one in found), None)
