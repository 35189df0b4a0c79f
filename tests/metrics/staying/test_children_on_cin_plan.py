"""The number of children on plans of the kind CIN, against a look at each day."""

from hypothesis import given

from metrics.definitions.staying.children_on_cin_plan import METRIC
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.staying.plain_numbers import changes, numbers
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return numbers(world, "CIN")


@draws(16)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, companion_of, world):
    by = ("month", "unit_id")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)
    for key, is_on in (("began", True), ("ended", False)):
        told = tallied(companion_of(METRIC, key, world), *by)
        assert told == tallied(changes(world, "CIN", is_on), *by)
