"""Initial conferences in 15 days against plain loops: from which enquiry each is counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from data_access.load_info import LoadInfo
from metrics.definitions.in_time.icpc_in_15_days import METRIC
from metrics.model import Period
from metrics.stored.history import counted_since
from tests.draws import draws
from tests.metrics.plain import (
    AS_AT,
    held_by,
    last_lead,
    month_ends,
    newest_lead,
    tallied,
    working_days_between,
)
from tests.worlds import World, conferred

FIRST_DAY = date(2016, 2, 1)
COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "started_on", "held_on", "working_days",
    "numerator",
)  # fmt: skip


def held(world: World) -> list[dict]:
    """Every initial conference held in the months counted, with its enquiry's start, if any."""
    return [
        row
        | held_by(last_lead(world, row["child_id"], row["held_on"]))
        | {"month": row["held_on"].replace(day=1), "started_on": begun_on(world, row)}
        for row in initial(world)
        if row["held_on"] >= FIRST_DAY
    ]


def initial(world: World) -> list[dict]:
    return [
        row
        for row in world.of("conference")
        if row["kind"] == "initial" and not row["transfer_in"]
        if row["held_on"] and row["held_on"] <= AS_AT
    ]


def begun_on(world: World, conference: dict) -> date | None:
    before = [row for row in world.of("enquiry") if row["started_on"] <= conference["held_on"]]
    linked = [row for row in before if row["enquiry_id"] == conference["enquiry_id"]]
    since = conference["held_on"] - timedelta(90)
    recent = [
        row
        for row in before
        if row["child_id"] == conference["child_id"] and row["started_on"] >= since
    ]
    return max((row["started_on"] for row in linked or recent), default=None)


def reference(world: World) -> list[dict]:
    return [
        row | {"working_days": days, "numerator": int(days <= 15), "denominator": 1}
        for row in held(world)
        if row["started_on"]
        for days in [working_days_between(row["started_on"], row["held_on"])]
    ]


def waiting(world: World) -> list[dict]:
    """Every enquiry without a conference at each month's end: 1 if for over 15 working days."""
    return [
        held_by(newest_lead(world, row["child_id"], last_day))
        | {
            "month": last_day.replace(day=1),
            "numerator": int(working_days_between(row["started_on"], last_day) > 15),
            "denominator": 1,
        }
        for last_day in month_ends()
        for row in world.of("enquiry")
        if row["started_on"] <= last_day and waits(world, row, last_day)
    ]


def waits(world: World, row: dict, day: date) -> bool:
    if row["conference_not_needed"]:
        return False
    if row["conference_not_needed"] is None and row["ended_on"] and row["ended_on"] <= day:
        return False
    return not any(
        row["started_on"] <= one["held_on"] <= day
        for one in initial(world)
        if one["child_id"] == row["child_id"]
    )


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(60)
@given(world=conferred())
def test_agrees_with_every_conference_looked_at_by_itself(rows_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))


@draws(40)
@given(world=conferred())
def test_coverage_and_what_waits_agree_with_plain_loops(companion_of, world):
    known = [
        row | {"numerator": int(row["started_on"] is not None), "denominator": 1}
        for row in held(world)
    ]
    for key, expected in (("with_enquiry", known), ("waiting", waiting(world))):
        found = companion_of(METRIC, key, world)
        assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def followed(held_on: str, *started_on: str, **said) -> World:
    """A conference of Kit's after enquiries E1, E2 … of Kit's."""
    world = World()
    for number, day in enumerate(started_on, 1):
        started = date.fromisoformat(day)
        world.add("enquiry", enquiry_id=f"E{number}", child_id="Kit", started_on=started)
    conference = {"child_id": "Kit", "kind": "initial", "transfer_in": False}
    return world.add("conference", held_on=date.fromisoformat(held_on), **conference | said)


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (followed("2016-04-11", "2016-03-17"), [(15, 1)]),  # over Easter
        (followed("2016-04-12", "2016-03-17"), [(16, 0)]),
        (followed("2016-04-12", "2016-03-17", "2016-04-01"), [(7, 1)]),  # the latest
        (followed("2016-04-12", "2016-03-17", "2016-04-01", enquiry_id="E1"), [(16, 0)]),
        (followed("2016-04-12", "2016-03-17", enquiry_id="gone"), [(16, 0)]),
        (followed("2016-04-12", "2016-04-13", enquiry_id="E1"), []),  # it began afterwards
        (followed("2016-06-30", "2016-04-01"), [(62, 0)]),  # 90 days, two bank holidays
        (followed("2016-06-30", "2016-03-31"), []),  # 91 days
        (followed("2016-04-12", "2016-03-17", transfer_in=True), []),
        (followed("2016-04-12", "2016-03-17", kind="review"), []),
        (followed("2016-10-17", "2016-10-03"), []),  # after the last day that the data cover
    ],
)
def test_a_conference_is_counted_from_its_enquiry(rows_of, world, expected):
    rows = rows_of(METRIC, world)
    assert [(row["working_days"], row["numerator"]) for row in rows] == expected


def test_an_enquiry_waits_until_it_ends_only_where_nobody_says_that_one_is_needed(companion_of):
    world = World()
    for child_id, needed in (("Kit", None), ("Lou", False), ("Max", True)):
        said = {"started_on": date(2016, 8, 1), "ended_on": date(2016, 9, 1)}
        world.add("enquiry", child_id=child_id, conference_not_needed=needed, **said)
    found = tallied(companion_of(METRIC, "waiting", world), "month")
    assert found == {
        (date(2016, 8, 1),): (2, 2),
        (date(2016, 9, 1),): (1, 1),
        (date(2016, 10, 1),): (1, 1),
    }


def test_no_month_counts_only_the_conferences_that_followed_quickly():
    load = LoadInfo(covers_from={"enquiry": date(2016, 4, 1), "conference": date(2012, 4, 1)})
    assert counted_since(load, METRIC) == Period(2016, 7)
    assert counted_since(LoadInfo(), METRIC) is None
