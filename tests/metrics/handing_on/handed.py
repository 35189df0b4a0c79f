"""A child who is handed on, and transfers counted in plain loops."""

from datetime import date, timedelta

from tests.metrics.plain_transfers import plain_transfers
from tests.worlds import FIRST, World, with_doors

NAMES = {unit_id: f"Team {unit_id}" for unit_id in "ABCD"}
PASSED_ON = date(2016, 9, 1)


def passed(*units: str, stayed: int = 10, until: int | None = None) -> World:
    """Kit, with each unit for so many days from the first of September's eve on, last to stay.

    The first unit had Kit for 60 days; `until`: days from the first of September to the end.
    """
    world = with_doors()
    began = PASSED_ON - timedelta(60)
    world.add("referral", referral_id="R", child_id="Kit", received_on=began)
    days = [began, *(PASSED_ON + timedelta(stayed * at) for at in range(len(units) - 1))]
    end = None if until is None else PASSED_ON + timedelta(until)
    for at, (unit_id, day) in enumerate(zip(units, days, strict=True)):
        world.add(
            "allocation",
            child_id="Kit",
            worker_id="Ann" if at % 2 == 0 else "Bob",
            unit_id=unit_id,
            referral_id="R",
            lead=True,
            started_on=day,
            ended_on=days[at + 1] if at + 1 < len(days) else end,
        )
    return world


def counted_transfers(world: World) -> list[dict]:
    """One row per transfer of the months that are counted."""
    return [
        {**row, "month": row["moved_on"].replace(day=1), "numerator": 1, "denominator": 1}
        for row in plain_transfers(world)
        if row["moved_on"] >= FIRST.start
    ]
