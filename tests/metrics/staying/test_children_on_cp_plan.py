"""The number of children on plans of the kind CP, against a look at each day."""

from datetime import date

from hypothesis import given

from metrics.definitions.staying.children_on_cp_plan import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.staying.plain_numbers import changes, numbers
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return numbers(world, "CP")


@draws(16)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, companion_of, world):
    by = ("month", "unit_id")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)
    for key, is_on in (("began", True), ("ended", False)):
        told = tallied(companion_of(METRIC, key, world), *by)
        assert told == tallied(changes(world, "CP", is_on), *by)


def test_a_child_counts_once_and_not_on_the_day_on_which_its_plan_ends(rows_of, companion_of):
    """Kit has two plans, Lou's ended on the last day of June; Mo's began again the day it ended."""
    world = World()
    for child_id, started_on, ended_on in (
        ("Kit", date(2016, 3, 1), None),
        ("Kit", date(2016, 6, 1), None),
        ("Lou", date(2016, 3, 1), date(2016, 6, 30)),
        ("Mo", date(2016, 3, 1), date(2016, 6, 10)),
        ("Mo", date(2016, 6, 10), None),
    ):
        world.add("plan", child_id=child_id, kind="CP", started_on=started_on, ended_on=ended_on)
    june = (date(2016, 6, 1),)
    assert tallied(rows_of(METRIC, world), "month")[june] == (2, 2)
    assert june not in tallied(companion_of(METRIC, "began", world), "month")
    assert tallied(companion_of(METRIC, "ended", world), "month")[june] == (1, 1)
    assert METRIC.measure.figure(Tally(2, 2)) == 2
