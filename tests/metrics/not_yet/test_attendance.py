"""Attendance: whose sessions count, and in which month."""

from datetime import date, timedelta

from hypothesis import given

from metrics.definitions.not_yet.attendance import METRIC
from tests.draws import draws
from tests.metrics.not_yet import plain_support as plain
from tests.metrics.plain import AS_AT, tallied
from tests.worlds import World, told_by_others


def is_told_by_another(world: World, row: dict) -> bool:
    days = range(row["started_on"].toordinal(), row["ended_on"].toordinal())
    return any(
        other["child_id"] == row["child_id"]
        and other["ended_on"] <= AS_AT + timedelta(1)
        and any(other["started_on"].toordinal() <= day < other["ended_on"].toordinal()
                for day in days)
        and strength(other) > strength(row)
        for other in world.of("education_period")
    )  # fmt: skip


def strength(row: dict) -> tuple[int, str]:
    return row["possible"], row["education_period_id"]


def reference(world: World) -> list[dict]:
    found = []
    for row in world.of("education_period"):
        last = row["ended_on"] - timedelta(1)
        seen = date(2016, 2, 1) <= last <= AS_AT and row["possible"]
        seen = seen and not is_told_by_another(world, row)
        if seen and plain.is_supported(world, row["child_id"], last):
            found.append(plain.told(last, row["child_id"], row["attended"], row["possible"]))
    return found


@draws(30)
@given(world=told_by_others())
def test_agrees_with_a_look_at_each_period(rows_of, world):
    by = ("month", "child_id")
    assert tallied(rows_of(METRIC, world), *by) == tallied(reference(world), *by)


def at_school(world: World) -> World:
    said = {"started_on": date(2016, 9, 1), "possible": 40, "attended": 30}
    return world.add("education_period", child_id="Kit", ended_on=date(2016, 10, 1), **said)


def test_a_period_until_1_october_is_of_september_and_of_no_unit(rows_of):
    world = at_school(plain.kit(date(2006, 1, 1)))
    assert tallied(rows_of(METRIC, world), "month") == {(date(2016, 9, 1),): (30, 40)}
    assert plain.is_of_nobody_s_unit(rows_of, METRIC, world)


def test_a_child_closed_for_more_than_twelve_months_does_not_count(rows_of):
    world = at_school(plain.kit(date(2006, 1, 1), closed_on=date(2015, 9, 29)))
    assert rows_of(METRIC, world) == []
    assert rows_of(METRIC, at_school(plain.kit(date(2006, 1, 1), date(2015, 9, 30))))


def test_the_children_whom_no_school_knows_are_told(companion_of):
    world = at_school(plain.kit(date(2006, 1, 1)))
    world.add("child", child_id="Lou", born_on=date(2006, 1, 1), restricted=False)
    world.add("referral", child_id="Lou", received_on=date(2016, 1, 4))
    found = tallied(companion_of(METRIC, "matched", world), "month")
    assert found[(date(2016, 9, 1),)] == (1, 2)


def test_without_its_table_it_says_what_to_add(shared_engine):
    assert "add education_period.csv" in plain.why_not(shared_engine, METRIC)
