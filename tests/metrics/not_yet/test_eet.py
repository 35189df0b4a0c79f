"""Education, employment or training: whose last known activity counts."""

from datetime import date

from hypothesis import given

from metrics.definitions.not_yet.eet import METRIC
from tests.draws import draws
from tests.metrics.not_yet import plain_support as plain
from tests.metrics.plain import months_later, tallied
from tests.worlds import World, told_by_others

BY = ("month", "child_id")


def reference(world: World) -> list[dict]:
    found = []
    for day, child_id in plain.supported_of_age(world, 16, 17):
        known = [
            row
            for row in world.of("activity")
            if row["child_id"] == child_id
            and row["in_eet"] is not None
            and months_later(day, -12) <= row["as_on"] <= day
        ]
        if known:
            last = max(known, key=lambda row: (row["as_on"], row["activity_id"]))
            found.append(plain.told(day, child_id, last["in_eet"]))
    return found


@draws(30)
@given(world=told_by_others())
def test_agrees_with_a_look_at_each_month_s_last_day(rows_of, world):
    assert tallied(rows_of(METRIC, world), *BY) == tallied(reference(world), *BY)


def test_the_last_that_is_known_holds_and_what_is_not_known_is_no_answer(rows_of):
    world = plain.kit(date(2000, 1, 1))
    for day, in_eet in ((date(2016, 9, 1), True), (date(2016, 9, 9), False)):
        world.add("activity", child_id="Kit", as_on=day, in_eet=in_eet)
    world.add("activity", child_id="Kit", as_on=date(2016, 9, 20), in_eet=None)
    found = tallied(rows_of(METRIC, world), "month")
    assert found == {(date(2016, 9, 1),): (0, 1), (date(2016, 10, 1),): (0, 1)}
    assert plain.is_of_nobody_s_unit(rows_of, METRIC, world)


def test_without_its_table_it_says_what_to_add(shared_engine):
    assert "add activity.csv" in plain.why_not(shared_engine, METRIC)
