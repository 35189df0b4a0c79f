"""Stepped up to care, against a look at each day, and its edges."""

from hypothesis import given

from metrics.definitions.moving.step_up_to_care import METRIC
from tests.draws import draws
from tests.metrics.moving.plain_moves import moves
from tests.metrics.moving.test_step_up import in_september, planned, with_plans
from tests.metrics.plain import tallied
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return moves(world, ("CIN", "CP"), lambda _level, found: "CLA" if "CLA" in found else None)


@draws(20)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id", "child_id", "move")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def test_a_step_to_a_cp_plan_is_none_to_care(rows_of):
    world = planned(("CIN", "03-01", "09-10"), ("CP", "09-10", None))
    with_plans(world, "Lou", ("CP", "03-01", "09-10"), ("CLA", "09-10", None))
    found = in_september(rows_of, METRIC, world)
    assert found == {"Kit": (None, 0, None), "Lou": (None, 1, "CP_CLA")}


def test_six_nights_in_care_are_taken_back(rows_of):
    world = planned(("CIN", "03-01", None), ("CLA", "09-10", "09-16"))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}


def test_who_comes_into_care_without_a_plan_is_not_in_it(rows_of):
    assert in_september(rows_of, METRIC, planned(("CLA", "09-10", None))) == {}
