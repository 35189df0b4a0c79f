"""Assessed again: from start to start, within twelve months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definitions.coming_back.reassessed import METRIC
from tests.draws import draws
from tests.metrics.coming_back.plain import children_who_come_back, days, leads_then, year_before
from tests.worlds import AS_AT, CHILDREN, FIRST, World, many

IN_JUNE = date(2016, 6, 10)


@st.composite
def assessed(draw) -> World:
    world = draw(children_who_come_back())
    columns = {"child_id": st.sampled_from(CHILDREN), "started_on": days}
    for row in draw(many("assessment", 6, **columns)):
        world.add("assessment", **row)
    return world


def expected_rows(world: World) -> list[tuple]:
    """Each assessment against every other of the child."""
    assessments = [row for row in world.of("assessment") if row["started_on"] <= AS_AT]
    found = []
    for one in assessments:
        child, day = one["child_id"], one["started_on"]
        is_again = any(
            other["child_id"] == child and year_before(day) <= other["started_on"] < day
            for other in assessments
        )
        leads = leads_then(world, child, day)
        if day >= FIRST.start:
            found.append((child, day, leads[-1]["unit_id"] if leads else None, int(is_again)))
    return found


@draws(40)
@given(world=assessed())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found = [
        (row["child_id"], row["started_on"], row["unit_id"], row["numerator"])
        for row in rows_of(METRIC, world)
    ]
    assert sorted(found, key=str) == sorted(expected_rows(world), key=str)


@pytest.mark.parametrize(
    ("before", "is_again"), [(date(2015, 6, 10), 1), (date(2015, 6, 9), 0), (IN_JUNE, 0)]
)
def test_an_earlier_one_within_a_year_counts_and_one_of_the_day_does_not(rows_of, before, is_again):
    world = World()
    for day in (before, IN_JUNE):
        world.add("assessment", child_id="Kit", started_on=day)
    in_june = [row["numerator"] for row in rows_of(METRIC, world) if row["started_on"] == IN_JUNE]
    assert set(in_june) == {is_again}
    assert len(in_june) == (2 if before == IN_JUNE else 1)


def test_one_that_is_not_finished_counts_and_counts_as_an_earlier_one(rows_of):
    world = World()
    world.add("assessment", child_id="Kit", started_on=date(2016, 3, 1), authorised_on=None)
    world.add("assessment", child_id="Kit", started_on=IN_JUNE, authorised_on=None)
    assert sorted(row["numerator"] for row in rows_of(METRIC, world)) == [0, 1]
