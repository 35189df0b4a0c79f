"""How long stays at CP lasted that ended, against a look at each day."""

from datetime import date

from hypothesis import given

from metrics.definitions.staying.time_in_cp import METRIC
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.staying.plain_numbers import stays
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return stays(world, "CP")


@draws(16)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def test_a_month_in_care_cuts_the_time_on_a_cp_plan_in_two(rows_of, companion_of):
    """A CP plan of five months with a month in care inside: 91 days, care, and 31 days."""
    world = World()
    for kind, started_on, ended_on in (
        ("CP", date(2016, 1, 1), date(2016, 6, 1)),
        ("CLA", date(2016, 4, 1), date(2016, 5, 1)),
    ):
        world.add("plan", child_id="Kit", kind=kind, started_on=started_on, ended_on=ended_on)
    world.add("plan", child_id="Lou", kind="CP", started_on=date(2016, 5, 1), ended_on=None)
    found = tallied(rows_of(METRIC, world), "month")
    assert found == {(date(2016, 4, 1),): (91, 1), (date(2016, 6, 1),): (31, 1)}
    going_on = tallied(companion_of(METRIC, "going_on", world), "month")
    assert going_on[(date(2016, 4, 1),)] == (0, 1)
    assert going_on[(date(2016, 6, 1),)] == (1, 2)
