"""How long stays at CLA lasted that ended, against a look at each day."""

from hypothesis import given

from metrics.definitions.staying.time_in_cla import METRIC
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.staying.plain_numbers import stays
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return stays(world, "CLA")


@draws(16)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)
