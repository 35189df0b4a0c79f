"""Stepped up, against a look at each day, and its edges one by one."""

from datetime import date

from hypothesis import given

from metrics.definitions.moving.step_up import METRIC
from tests.draws import draws
from tests.metrics.moving.plain_moves import highest_above, moves
from tests.metrics.plain import tallied
from tests.worlds import World, stepping

MONTH = (date(2016, 9, 1),)


def reference(world: World) -> list[dict]:
    return moves(world, ("CIN", "CP"), highest_above)


@draws(30)
@given(world=stepping())
def test_agrees_with_a_look_at_each_day(rows_of, world):
    by = ("month", "unit_id", "child_id", "move")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def planned(*spells: tuple[str, str, str | None], child: str = "Kit") -> World:
    """A child with plans from one day of 2016 to another, as in 03-31."""
    return with_plans(World(), child, *spells)


def with_plans(world: World, child: str, *spells: tuple[str, str, str | None]) -> World:
    for kind, start, end in spells:
        world.add(
            "plan", child_id=child, kind=kind,
            started_on=date.fromisoformat(f"2016-{start}"),
            ended_on=date.fromisoformat(f"2016-{end}") if end else None,
        )  # fmt: skip
    return world


def in_september(rows_of, metric, world: World) -> dict:
    rows = [row for row in rows_of(metric, world) if row["month"] == MONTH[0]]
    return {row["child_id"]: (row["unit_id"], row["numerator"], row["move"]) for row in rows}


def test_the_level_is_the_highest_and_an_assessment_is_none(rows_of):
    """Looked after beside a CP plan that goes on; an assessment before a CP plan is no start."""
    world = planned(("CP", "03-01", None), ("CLA", "09-10", None))
    world.add("assessment", child_id="Lou", started_on=date(2016, 8, 1), authorised_on=None)
    with_plans(world, "Lou", ("CP", "09-05", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 1, "CP_CLA")}


def test_a_change_that_is_over_in_six_days_is_none_and_is_told(rows_of, companion_of):
    world = planned(("CIN", "03-01", "09-10"), ("CP", "09-10", "09-16"), ("CIN", "09-16", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}
    assert tallied(companion_of(METRIC, "taken_back", world), "month")[MONTH] == (1, 1)
    world = planned(("CIN", "03-01", "09-10"), ("CP", "09-10", "09-17"), ("CIN", "09-17", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 1, "CIN_CP")}
    assert tallied(companion_of(METRIC, "taken_back", world), "month")[MONTH] == (0, 1)


def test_who_rises_twice_counts_once_with_the_highest(rows_of):
    world = planned(("CIN", "03-01", "09-05"), ("CP", "09-05", "09-20"), ("CLA", "09-20", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 1, "CIN_CLA")}


def test_who_came_in_the_month_is_not_in_it(rows_of):
    world = planned(("CIN", "09-01", "09-10"), ("CP", "09-10", None))
    assert in_september(rows_of, METRIC, world) == {}


def test_back_at_the_level_of_the_month_s_start_is_no_step_up(rows_of):
    world = planned(("CP", "03-01", "09-05"), ("CIN", "09-05", "09-15"), ("CP", "09-15", None))
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}


def test_the_unit_is_that_of_the_day_before_the_month(rows_of):
    world = planned(("CIN", "03-01", "09-01"), ("CP", "09-01", None))
    for unit_id, started_on, ended_on in (
        ("U1", date(2016, 3, 1), date(2016, 9, 1)),
        ("U2", date(2016, 9, 1), None),
    ):
        world.add(
            "allocation", child_id="Kit", unit_id=unit_id, lead=True, worker_id="Ann",
            started_on=started_on, ended_on=ended_on,
        )  # fmt: skip
    assert in_september(rows_of, METRIC, world) == {"Kit": ("U1", 1, "CIN_CP")}


def test_the_month_in_which_the_data_begin_needs_a_month_before():
    assert (METRIC.history_months, METRIC.needs_history_of) == (1, ("plan",))


def test_an_open_case_without_a_plan_is_told_and_not_counted(rows_of, companion_of):
    world = planned(("CIN", "03-01", None))
    world.add("referral", child_id="Lou", received_on=date(2016, 3, 1), no_further_action=False)
    assert in_september(rows_of, METRIC, world) == {"Kit": (None, 0, None)}
    assert tallied(companion_of(METRIC, "with_a_plan", world), "month")[MONTH] == (1, 2)
