"""Table review_due: one clock a period on plan, from review to review."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from sqlalchemy import select

from data_access.database import read
from data_access.schema import review_due
from tests.draws import draws
from tests.metrics.plain_reviews import reviews_due
from tests.worlds import World, loaded, reviewed

COMPARED = (
    "child_id", "kind", "clock_started_on", "due_on", "held_on", "review_id", "plan_ended_on",
    "unit_id", "worker_id",
)  # fmt: skip


def compared(rows) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


def derived(engine, world: World) -> list[dict]:
    with loaded(engine, world):
        return [dict(row._mapping) for row in read(engine, select(review_due))]


def told(engine, world: World) -> list[tuple]:
    rows = sorted(derived(engine, world), key=lambda row: row["clock_started_on"])
    return [(str(row["due_on"]), str(row["held_on"])) for row in rows]


@draws(60)
@given(world=reviewed())
def test_agrees_with_a_walk_through_every_day(shared_engine, world):
    assert compared(derived(shared_engine, world)) == compared(reviews_due(world))


def on_plan(kind: str, *spells: tuple) -> World:
    world = World()
    for started_on, ended_on in spells:
        world.add("plan", child_id="Kit", kind=kind, started_on=started_on, ended_on=ended_on)
    return world


def test_a_plan_that_goes_on_as_another_is_reviewed_when_the_first_would_have_been(shared_engine):
    """On 1 June the category changed: no new first review, and nothing due twice."""
    changed = date(2016, 6, 1)
    world = on_plan("CP", (date(2016, 4, 1), changed), (changed, None))
    assert told(shared_engine, world) == [("2016-07-01", "None")]


def test_two_plans_at_once_are_reviewed_once(shared_engine):
    world = on_plan("CLA", (date(2016, 3, 21), None), (date(2016, 4, 4), None))
    assert told(shared_engine, world) == [("2016-04-20", "None")]


def test_a_plan_that_begins_anew_the_day_after_has_a_first_review_of_its_own(shared_engine):
    world = on_plan("CP", (date(2016, 2, 1), date(2016, 6, 1)), (date(2016, 6, 2), None))
    assert told(shared_engine, world) == [("2016-05-01", "None"), ("2016-09-02", "None")]


@pytest.mark.parametrize(
    ("held_on", "expected"),
    [
        ("2016-04-01", [("2016-07-01", "None")]),  # the day the plan began: it reviews nothing yet
        ("2016-04-02", [("2016-07-01", "2016-04-02"), ("2016-10-02", "None")]),
        ("2016-07-01", [("2016-07-01", "2016-07-01"), ("2017-01-01", "None")]),
        ("2016-07-02", [("2016-07-01", "2016-07-02"), ("2017-01-02", "None")]),
        ("2016-10-15", [("2016-07-01", "None")]),  # after the last day that the data cover
    ],
)
def test_a_review_held_starts_the_next_clock(shared_engine, held_on, expected):
    world = on_plan("CP", (date(2016, 4, 1), None))
    day = date.fromisoformat(held_on)
    world.add("review", child_id="Kit", kind="CP", held_on=day, cancelled=False)
    assert told(shared_engine, world) == expected


def test_the_review_on_the_day_the_plan_ended_was_its_last(shared_engine):
    ended_on = date(2016, 8, 1)
    world = on_plan("CP", (date(2016, 4, 1), ended_on))
    world.add("review", child_id="Kit", kind="CP", held_on=ended_on, cancelled=False)
    assert told(shared_engine, world) == [("2016-07-01", "2016-08-01")]


@pytest.mark.parametrize("held", [{"cancelled": True}, {"kind": "CLA"}, {"child_id": "Lou"}])
def test_a_review_cancelled_or_of_something_else_is_none(shared_engine, held):
    world = on_plan("CP", (date(2016, 4, 1), None))
    review = {"child_id": "Kit", "kind": "CP", "held_on": date(2016, 6, 30), "cancelled": False}
    world.add("review", **review | held)
    assert told(shared_engine, world) == [("2016-07-01", "None")]


def test_children_derived_in_blocks_have_the_reviews_that_all_have_at_once(
    shared_engine, monkeypatch
):
    world = World()
    for number in range(9):
        child_id, began = f"Kit {number}", date(2016, 3, 1) + timedelta(number)
        world.add("plan", child_id=child_id, kind="CP", started_on=began)
        held_on = began + timedelta(80 + 5 * number)
        world.add("review", child_id=child_id, kind="CP", held_on=held_on, cancelled=False)
    at_once = derived(shared_engine, world)
    monkeypatch.setattr("loading.blocks.PLANS_OF_A_BLOCK", 4)
    assert compared(derived(shared_engine, world)) == compared(at_once)
    assert len(at_once) == 18
