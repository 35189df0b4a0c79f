"""Which reviews a unit has to hold now: overdue, or due in the next ten working days."""

from datetime import date, timedelta

import pytest

from data_access.database import read
from metrics.lists.running_reviews import reviews_to_hold
from metrics.model import Scope
from tests.metrics.lists.test_work_lists import seen_on
from tests.worlds import AS_AT, basis, worked_out

# AS_AT is Friday 14 October 2016: ten working days on is Friday 28 October.


def on_plan_since(started_on: date, **plan):
    world = seen_on(AS_AT - timedelta(days=7))
    return world.add("plan", **{"child_id": "Kit", "kind": "CP", "started_on": started_on} | plan)


def to_hold(engine, world, unit_id="U1", kinds=("CP", "CLA")):
    with worked_out(engine, world) as of:
        return [
            (row.state, row.due_on, row.days)
            for row in read(of, reviews_to_hold(basis(), Scope(unit_id), kinds))
        ]


@pytest.mark.parametrize(
    ("started_on", "told"),
    [
        (date(2016, 7, 13), [("overdue", date(2016, 10, 13), 1)]),
        (date(2016, 7, 14), [("due_soon", date(2016, 10, 14), 0)]),
        (date(2016, 7, 28), [("due_soon", date(2016, 10, 28), 10)]),
        (date(2016, 7, 31), []),
    ],
)
def test_a_first_conference_is_to_be_reviewed_within_three_months(shared_engine, started_on, told):
    assert to_hold(shared_engine, on_plan_since(started_on)) == told


def test_a_review_held_starts_the_next_clock(shared_engine):
    world = on_plan_since(date(2016, 1, 5))
    world.add("review", child_id="Kit", kind="CP", held_on=date(2016, 4, 20), cancelled=False)
    assert to_hold(shared_engine, world) == [("due_soon", date(2016, 10, 20), 4)]


def test_of_a_plan_that_has_ended_nothing_is_to_be_held(shared_engine):
    world = on_plan_since(date(2016, 1, 5), ended_on=date(2016, 10, 1))
    assert to_hold(shared_engine, world) == []


def test_it_stands_in_the_list_of_who_leads_now_and_of_kinds_that_can_be_told(shared_engine):
    world = on_plan_since(date(2016, 7, 13))
    assert to_hold(shared_engine, world, "U2") == []
    assert to_hold(shared_engine, world, kinds=("CLA",)) == []
