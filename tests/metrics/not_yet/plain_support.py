"""Who is supported on a day and how old, looked at in plain loops; worlds of one child."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine

from loading.not_in_source import not_in_source
from metrics.model import Metric
from tests.databases import emptied
from tests.metrics.plain import month_ends, months_later
from tests.worlds import World

LATER = date(9999, 12, 31)


def is_supported(world: World, child_id: str, day: date) -> bool:
    return any(
        row["child_id"] == child_id
        and row["no_further_action"] is not True
        and row["received_on"] <= day
        and (row["closed_on"] or LATER) >= months_later(day, -12)
        for row in world.of("referral")
    )


def has_age(born_on: date | None, youngest: int, oldest: int, day: date) -> bool:
    if born_on is None:
        return False
    had_birthday = (day.month, day.day) >= (born_on.month, born_on.day)
    return youngest <= day.year - born_on.year - (not had_birthday) <= oldest


def supported_of_age(world: World, youngest: int, oldest: int) -> list[tuple[date, str]]:
    """Each month's last day with each child of the age who is supported on it."""
    return [
        (day, row["child_id"])
        for day in month_ends()
        for row in world.of("child")
        if has_age(row["born_on"], youngest, oldest, day)
        and is_supported(world, row["child_id"], day)
    ]


def told(day: date, child_id: str, numerator: float, denominator: float = 1) -> dict:
    said = {"month": day.replace(day=1), "child_id": child_id}
    return said | {"numerator": numerator, "denominator": denominator}


def kit(born_on: date, closed_on: date | None = None) -> World:
    """One child, born on a day, whose case is open since January 2015 or was closed on a day."""
    world = World().add("child", child_id="Kit", born_on=born_on, restricted=False)
    began = date(2015, 1, 5)
    return world.add("referral", child_id="Kit", received_on=began, closed_on=closed_on)


def is_of_nobody_s_unit(rows_of: Callable, metric: Metric, world: World) -> bool:
    """Whether there are rows, and none has a unit or a worker, although the child has both."""
    said = {"child_id": "Kit", "lead": True, "started_on": date(2015, 1, 5)}
    world.add("allocation", unit_id="U1", worker_id="Ann", **said)
    rows = rows_of(metric, world)
    return bool(rows) and {(row["unit_id"], row["worker_id"]) for row in rows} == {(None, None)}


def why_not(engine: Engine, metric: Metric) -> str:
    """What is said of the metric where nothing was loaded."""
    with engine.begin() as connection:
        emptied(connection)
        return not_in_source(connection)[metric.key]
