"""Turnover: who has left and who has moved, against each worker's days one by one."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.people.turnover import METRIC
from metrics.model import FigureKind
from tests.draws import draws
from tests.metrics.people.staff import SOCIAL_WORK, counted, held, in_post
from tests.metrics.plain import ONE_DAY, month_ends, months_later, tallied
from tests.worlds import AS_AT, World, leaving

BY = ("month", "unit_id", "worker_id")
SEPTEMBER = (date(2016, 9, 1),)
GAP = timedelta(31)


def own_posts(world: World) -> list[dict]:
    return [
        row
        for row in world.of("post")
        if row["role"] in SOCIAL_WORK
        and not row["agency"]
        and row["started_on"] <= AS_AT
        and (row["ended_on"] is None or row["ended_on"] > row["started_on"])
    ]


def stays_on(posts: list[dict], row: dict) -> bool:
    """Whether the worker is in another post after the last day of this one, within 31 days."""
    last = row["ended_on"] - ONE_DAY
    return any(
        one["worker_id"] == row["worker_id"]
        and one["started_on"] <= last + GAP
        and (one["ended_on"] is None or one["ended_on"] > row["ended_on"])
        for one in posts
    )


def began(posts: list[dict], row: dict) -> date:
    """When the service began of which the post is a part: back from post to post."""
    first = row["started_on"]
    while earlier := [
        one["started_on"]
        for one in posts
        if one["worker_id"] == row["worker_id"]
        and one["started_on"] < first
        and (one["ended_on"] is None or one["ended_on"] - ONE_DAY + GAP >= first)
    ]:
        first = min(earlier)
    return first


def reference(world: World) -> list[dict]:
    posts, found = own_posts(world), []
    for day in month_ends():
        first = months_later(day + ONE_DAY, -12)
        for row in posts:
            last = row["ended_on"] and row["ended_on"] - ONE_DAY
            left = last and first <= last <= day and not stays_on(posts, row)
            if left and began(posts, row) < first:
                found.append(counted(day.replace(day=1), row, row["fte"], 0))
    in_post_then = [row for row in world.of("post") if not row["agency"] and row["fte"]]
    found += [counted(month, row, 0, row["fte"]) for month, row in held(in_post_then)]
    return [row for row in found if row["numerator"] or row["denominator"]]


@draws(60)
@given(world=leaving())
def test_agrees_with_a_look_at_each_worker_s_posts(rows_of, world):
    assert tallied(rows_of(METRIC, world), *BY) == tallied(reference(world), *BY)


def september(rows_of, world: World) -> tuple[float, float]:
    return tallied(rows_of(METRIC, world), "month").get(SEPTEMBER, (0, 0))


@pytest.mark.parametrize(
    ("ended", "left"),
    [("2015-10-01", 0), ("2015-10-02", 1), ("2016-10-01", 1), ("2016-10-02", 0)],
)
def test_the_last_day_in_post_lies_in_the_twelve_months(rows_of, ended, left):
    """The day before `ended`: 30 September 2015 is a day too early."""
    assert september(rows_of, in_post(World(), "Ann", "2014-01-06", ended))[0] == left


@pytest.mark.parametrize(("started", "left"), [("2016-05-31", 0), ("2016-06-01", 1)])
def test_another_post_by_31_days_after_the_last_day_is_a_move_and_is_told(
    rows_of, companion_of, started, left
):
    """The last day was 30 April."""
    world = in_post(World(), "Ann", "2014-01-06", "2016-05-01")
    in_post(world, "Ann", started, unit_id="U2")
    assert september(rows_of, world) == (left, 1)
    told = tallied(companion_of(METRIC, "moved_units", world), "month")[SEPTEMBER]
    assert told == (1 - left, 1)


def test_who_goes_over_to_an_agency_has_left(rows_of):
    world = in_post(World(), "Ann", "2014-01-06", "2016-02-01")
    in_post(world, "Ann", "2016-02-01", agency=True)
    assert september(rows_of, world) == (1, 0)


def test_who_came_and_left_within_the_year_is_told_beside(rows_of, companion_of):
    world = in_post(World(), "Ann", "2015-11-02", "2016-03-01")
    in_post(world, "Bob", "2014-11-03", "2016-09-15", fte=0.5)
    assert september(rows_of, world) == (0.5, 0)
    said = {
        key: tallied(companion_of(METRIC, key, world), "month")[SEPTEMBER]
        for key in ("leavers_counted", "leavers")
    }
    assert said == {"leavers_counted": (1, 2), "leavers": (1, 1)}


def test_who_moved_within_the_year_and_then_left_has_left(rows_of):
    """Two moves in the year do not make a long service a short one."""
    world = in_post(World(), "Ann", "2010-01-04", "2015-12-01")
    in_post(world, "Ann", "2015-12-01", "2016-03-01", unit_id="U2")
    in_post(world, "Ann", "2016-03-10", "2016-08-01", fte=0.5)
    assert september(rows_of, world) == (0.5, 0)


def test_to_stay_in_a_post_with_fte_0_is_no_leaving(rows_of):
    world = in_post(World(), "Ann", "2014-01-06", "2016-05-01")
    assert september(rows_of, in_post(world, "Ann", "2016-05-01", fte=0.0)) == (0, 0)


def test_no_month_is_judged_by_its_neighbours_and_twelve_months_are_needed():
    assert METRIC.kind is FigureKind.ROLLING and not METRIC.kind.has_limits
    assert (METRIC.history_months, METRIC.needs_history_of) == (11, ("post",))
