"""Transfers out: whom a unit passes on, and to where."""

from hypothesis import given

from metrics.definitions.handing_on.transfers_in import METRIC as TRANSFERS_IN
from metrics.definitions.handing_on.transfers_out import METRIC
from tests.draws import draws
from tests.metrics.handing_on.handed import NAMES, counted_transfers, passed
from tests.metrics.plain import tallied
from tests.worlds import World, handed_on


def reference(world: World) -> list[dict]:
    return [
        {**row, "unit_id": row["from_unit"], "worker_id": row["from_worker_id"]}
        for row in counted_transfers(world)
        if row["from_unit"] != "A"
    ]


@draws(16)
@given(world=handed_on())
def test_rows_are_those_that_a_plain_count_finds_and_as_many_as_come_in(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id", "moved_on", "days_between")
    assert tallied(found, *by) == tallied(expected, *by)
    assert tallied(found, "month") == tallied(rows_of(TRANSFERS_IN, world), "month")


def test_a_child_who_is_passed_on_is_the_former_unit_s_to_where_it_went(rows_of):
    (row,) = rows_of(METRIC, passed("B", "A"))
    assert (row["unit_id"], row["worker_id"], row["went_to"]) == ("B", "Ann", NAMES["A"])


def test_the_front_door_passes_nobody_on(rows_of):
    assert rows_of(METRIC, passed("A", "B")) == []
