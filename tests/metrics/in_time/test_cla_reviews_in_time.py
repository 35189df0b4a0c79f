"""Reviews of looked-after children in time against a walk through every day."""

from datetime import date

from hypothesis import given

from metrics.definitions.in_time.cla_reviews_in_time import METRIC
from tests.draws import draws
from tests.metrics.in_time.test_cp_reviews_in_time import compared
from tests.metrics.plain_reviews import counted
from tests.worlds import World, basis, reviewed


def reference(world: World) -> list[dict]:
    return counted(world, "CLA")


@draws(30)
@given(world=reviewed())
def test_agrees_with_a_walk_through_every_day(rows_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))


def reviewed_on(*held: date, **said) -> World:
    world = World().add("plan", child_id="Kit", kind="CLA", started_on=date(2016, 3, 21))
    for day in held:
        review = {"child_id": "Kit", "kind": "CLA", "held_on": day, "cancelled": False}
        world.add("review", **review | said)
    return world


def test_twenty_working_days_then_three_months_then_six(rows_of):
    world = reviewed_on(date(2016, 4, 20), date(2016, 7, 21), date(2016, 10, 3))
    rows = sorted(rows_of(METRIC, world), key=lambda row: row["due_on"])
    assert [(str(row["due_on"]), row["state"]) for row in rows] == [
        ("2016-04-20", "in_time"),
        ("2016-07-20", "late"),
    ]


def test_as_known_on_a_day_a_review_recorded_later_was_not_held(rows_of):
    world = reviewed_on(date(2016, 4, 20), recorded_on=date(2016, 5, 4))
    for day, state in ((date(2016, 5, 3), "not_held"), (date(2016, 5, 4), "in_time")):
        (row,) = rows_of(METRIC, world, basis(known_on=day))
        assert (row["state"], row["numerator"]) == (state, int(state == "in_time"))
