"""Training time: the hours and the base of direct work, with training as what is counted."""

from datetime import date

from hypothesis import given

from metrics.definitions.direct_work import METRIC as DIRECT_WORK
from metrics.definitions.people.training_time import METRIC
from tests.draws import draws
from tests.metrics.plain import tallied
from tests.metrics.test_direct_work import in_post, reference, wrote
from tests.worlds import World, timed

BY = ("month", "unit_id", "worker_id")


@draws(20)
@given(world=timed())
def test_agrees_with_a_sum_in_plain_loops(rows_of, world):
    rows = rows_of(METRIC, world)
    assert tallied(rows, *BY) == tallied(reference(world, of="training"), *BY)


def test_its_base_is_the_hours_of_direct_work_and_only_training_counts(rows_of):
    """Leave is not worked; another method and another role are out, as in direct work."""
    world = in_post(in_post(World(), "Ann", "U1"), "Bob", "U1", role="unit_coordinator")
    wrote(world, "Ann", 8.0, category="training")
    wrote(wrote(world, "Ann", 10.0), "Ann", 20.0, category="recording")
    wrote(world, "Ann", 7.0, category="annual_leave")
    wrote(world, "Ann", 30.0, category="training", method="survey")
    wrote(world, "Bob", 30.0, category="training")
    august = {(date(2016, 8, 1), "U1"): (8, 38)}
    assert tallied(rows_of(METRIC, world), "month", "unit_id") == august
    assert tallied(rows_of(DIRECT_WORK, world), "month", "unit_id") == {
        key: (10, hours) for key, (_, hours) in august.items()
    }


def test_it_is_told_with_the_coverage_and_the_bounds_of_direct_work():
    assert METRIC.beside.companions == DIRECT_WORK.beside.companions
