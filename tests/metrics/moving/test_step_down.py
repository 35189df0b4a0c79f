"""Stepped down, against a look at each day, and its edges one by one."""

from datetime import date

from hypothesis import given

from metrics.definitions.moving.step_down import METRIC
from metrics.definitions.moving.step_up import METRIC as STEP_UP
from tests.draws import draws
from tests.metrics.moving.plain_moves import lowest_below, moves
from tests.metrics.moving.test_step_up import in_september, planned
from tests.metrics.plain import tallied
from tests.worlds import World, stepping


def reference(world: World) -> list[dict]:
    return moves(world, ("CP", "CLA"), lowest_below)


@draws(30)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id", "child_id", "move")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def referred(world: World, closed_on: date | None = None) -> World:
    return world.add(
        "referral", child_id="Kit", received_on=date(2016, 2, 1), closed_on=closed_on,
        no_further_action=False,
    )  # fmt: skip


def test_a_case_that_closes_is_not_stepped_down_and_one_left_without_a_plan_is(rows_of):
    ended = (("CP", "03-01", "09-10"),)
    closed = referred(planned(*ended), closed_on=date(2016, 9, 10))
    assert in_september(rows_of, METRIC, closed) == {"Kit": (None, 0, None)}
    six_days_late = referred(planned(*ended), closed_on=date(2016, 9, 16))
    assert in_september(rows_of, METRIC, six_days_late) == {"Kit": (None, 0, None)}
    left_open = referred(planned(*ended))
    assert in_september(rows_of, METRIC, left_open) == {"Kit": (None, 1, "CP_open")}


def test_leaving_care_without_a_plan_is_no_step_down(rows_of):
    world = referred(planned(("CLA", "03-01", "09-10")))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}


def test_a_plan_that_begins_again_the_next_day_has_not_been_stepped_down(rows_of):
    world = referred(planned(("CP", "03-01", "09-10"), ("CP", "09-11", None)))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}


def test_a_cin_plan_written_up_four_days_late_is_a_step_to_cin(rows_of):
    world = referred(planned(("CP", "03-01", "09-10"), ("CIN", "09-14", None)))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 1, "CP_CIN")}


def test_who_rose_and_fell_below_the_start_is_in_both(rows_of):
    world = planned(("CP", "03-01", "09-05"), ("CLA", "09-05", "09-15"), ("CIN", "09-15", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 1, "CP_CIN")}
    assert in_september(rows_of, STEP_UP, world) == {"Kit": (None, 1, "CP_CLA")}
