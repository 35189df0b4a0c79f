"""Transfers in: whom a unit takes over, and from where."""

from datetime import date

from hypothesis import given

from metrics.definitions.handing_on.transfers_in import METRIC
from tests.draws import draws
from tests.metrics.handing_on.handed import NAMES, counted_transfers, passed
from tests.metrics.plain import tallied
from tests.worlds import World, handed_on

SEPTEMBER = date(2016, 9, 1)


def reference(world: World) -> list[dict]:
    return [
        {**row, "unit_id": row["to_unit"], "worker_id": row["to_worker_id"]}
        for row in counted_transfers(world)
        if row["from_unit"] != "A"
    ]


@draws(16)
@given(world=handed_on())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id", "moved_on", "days_between")
    assert tallied(found, *by) == tallied(expected, *by)


def test_a_child_who_is_passed_on_is_the_new_unit_s_from_where_it_came(rows_of):
    (row,) = rows_of(METRIC, passed("B", "E"))
    assert (row["month"], row["unit_id"], row["came_from"]) == (SEPTEMBER, "E", NAMES["B"])
    assert (row["worker_id"], row["child_id"], row["days_between"]) == ("Bob", "Kit", 0)


def test_who_comes_from_the_front_door_is_beside_and_not_in_it(rows_of, companion_of):
    world = passed("A", "B")
    assert rows_of(METRIC, world) == []
    (row,) = companion_of(METRIC, "from_the_door", world)
    assert (row["unit_id"], row["numerator"]) == ("B", 1)
    assert companion_of(METRIC, "from_the_door", passed("B", "A")) == []


def test_back_to_the_front_door_is_a_transfer(rows_of):
    (row,) = rows_of(METRIC, passed("B", "A"))
    assert (row["unit_id"], row["came_from"]) == ("A", NAMES["B"])


def test_a_unit_in_no_row_is_told_by_its_id(rows_of):
    (row,) = rows_of(METRIC, passed("E", "B"))
    assert row["came_from"] == "E"


def test_it_is_said_how_many_leads_have_a_unit(companion_of):
    world = passed("A", "B")
    world.add(
        "allocation", child_id="Lou", worker_id="Ann", lead=True, started_on=date(2016, 9, 30)
    )
    world.add(
        "allocation", child_id="Lou", worker_id="Ann", lead=False, started_on=date(2016, 9, 30)
    )
    told = companion_of(METRIC, "with_unit", world)
    in_september = [row["numerator"] for row in told if row["month"] == SEPTEMBER]
    assert sorted(in_september) == [0, 1]
