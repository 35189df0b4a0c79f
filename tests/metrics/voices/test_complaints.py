"""Complaints: in which month and unit one counts, and which children were there to be heard."""

from datetime import date

from hypothesis import given

from metrics.definitions.voices.complaints import METRIC
from metrics.model import Measure, Tally
from tests.draws import draws
from tests.metrics.plain import AS_AT, MONTHS, days_of, is_open, newest_lead, tallied
from tests.worlds import WORLDS, World

BY = ("month", "unit_id", "child_id")


def reference(world: World) -> list[dict]:
    found = []
    for year, month in MONTHS:
        said = {"month": date(year, month, 1)}
        for row in world.of("complaint"):
            if row["received_on"] in days_of(year, month):
                lead = newest_lead(world, row["child_id"], row["received_on"])
                unit_id = row["unit_id"] or (lead and lead["unit_id"])
                of_row = {"unit_id": unit_id, "child_id": row["child_id"]}
                found.append(said | of_row | {"numerator": 1, "denominator": 0})
        led = {
            (row["unit_id"], row["child_id"])
            for row in world.of("allocation")
            if row["lead"] and any(is_open(row, day) for day in days_of(year, month))
        }
        for unit_id, child_id in led:
            of_row = {"unit_id": unit_id, "child_id": child_id}
            found.append(said | of_row | {"numerator": 0, "denominator": 1})
    return found


@draws(40)
@given(world=WORLDS["complaints"]())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    assert tallied(rows_of(METRIC, world), *BY) == tallied(reference(world), *BY)


def complained(world: World, day: date, **other) -> World:
    return world.add("complaint", **({"received_on": day, "stage": 1} | other))


def led(world: World, child_id: str, unit_id: str, ended_on: date | None = None) -> World:
    said = {"started_on": date(2016, 1, 4), "ended_on": ended_on, "lead": True}
    return world.add("allocation", child_id=child_id, unit_id=unit_id, worker_id="Ann", **said)


def test_its_unit_is_its_own_else_the_lead_s_that_day_else_none(rows_of):
    day = date(2016, 9, 5)
    world = led(led(World(), "Kit", "U2"), "Lou", "U1", date(2016, 9, 5))
    complained(complained(world, day, unit_id="U1", child_id="Kit"), day, child_id="Kit", stage=2)
    complained(complained(world, day, child_id="Lou"), day)
    month = {key[1]: n for key, n in tallied(rows_of(METRIC, world), "month", "unit_id").items()
             if key[0] == date(2016, 9, 1)}  # fmt: skip
    assert month == {"U1": (1, 1), "U2": (1, 1), None: (2, 0)}


def test_it_counts_in_the_month_in_which_it_was_received_and_not_after_the_data_end(rows_of):
    world = World()
    for day in (date(2016, 8, 31), date(2016, 9, 1), AS_AT, date(2016, 10, 15)):
        complained(world, day)
    months = {key[0].month: n for key, n in tallied(rows_of(METRIC, world), "month").items()}
    assert months == {8: (1, 0), 9: (1, 0), 10: (1, 0)}


def test_it_is_a_number_and_no_share():
    assert METRIC.measure is Measure.COUNT
    assert METRIC.measure.figure(Tally(3, 3)) == 3
