"""Children on plans of a kind, and stays that ended, in plain loops."""

from datetime import date

from tests.metrics.plain import AS_AT, MONTHS, ONE_DAY, days_of, is_open, newest_lead
from tests.metrics.plain_runs import plain_runs
from tests.worlds import World


def last_lead(world: World, child_id: str, day: date) -> str | None:
    """The unit of the lead that was open on the day or the day before, the last to start."""
    found = [
        row
        for row in world.of("allocation")
        if row["child_id"] == child_id
        and row["lead"]
        and row["started_on"] <= day
        and (row["ended_on"] is None or row["ended_on"] >= day)
    ]
    last = max(found, key=lambda row: (row["started_on"], row["allocation_id"]), default=None)
    return last["unit_id"] if last else None


def on_plan(world: World, kind: str, child_id: str, day: date) -> bool:
    return any(
        row["kind"] == kind and row["child_id"] == child_id and is_open(row, day)
        for row in world.of("plan")
    )


def numbers(world: World, kind: str) -> list[dict]:
    rows = []
    for year, month in MONTHS:
        last = days_of(year, month)[-1]
        for child_id in {row["child_id"] for row in world.of("plan")}:
            if on_plan(world, kind, child_id, last):
                lead = newest_lead(world, child_id, last)
                rows.append(
                    {
                        "month": date(year, month, 1),
                        "unit_id": lead["unit_id"] if lead else None,
                        "numerator": 1,
                        "denominator": 1,
                    }
                )
    return rows


def changes(world: World, kind: str, from_now_on: bool) -> list[dict]:
    """Days on which a child's being on a plan of the kind begins, or ends."""
    rows = []
    for year, month in MONTHS:
        for child_id in {row["child_id"] for row in world.of("plan")}:
            for day in days_of(year, month):
                now = on_plan(world, kind, child_id, day)
                if now == from_now_on and now != on_plan(world, kind, child_id, day - ONE_DAY):
                    lead = newest_lead(world, child_id, day)
                    began_with = lead["unit_id"] if lead else None
                    unit_id = began_with if now else last_lead(world, child_id, day)
                    rows.append(
                        {
                            "month": date(year, month, 1),
                            "unit_id": unit_id,
                            "numerator": 1,
                            "denominator": 1,
                        }
                    )
    return rows


def stays(world: World, level: str) -> list[dict]:
    """Settled runs at the level that ended in a month, by their days."""
    return [
        {
            "month": ended_on.replace(day=1),
            "unit_id": last_lead(world, child_id, ended_on),
            "numerator": (ended_on - started_on).days,
            "denominator": 1,
        }
        for child_id in {row["child_id"] for row in world.of("plan")}
        for found, started_on, ended_on in plain_runs(world, child_id)[0]
        if found == level and ended_on and date(2016, 2, 1) <= ended_on <= AS_AT
    ]
