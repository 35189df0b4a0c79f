"""Assessments in 45 days against plain loops: those done, those due, those still open."""

from datetime import date

import pytest
from hypothesis import given

from metrics.definitions.in_time.assessments_in_45_days import METRIC
from tests.draws import draws
from tests.metrics.plain import (
    AS_AT,
    held_by,
    last_lead,
    month_ends,
    newest_lead,
    tallied,
    working_days_between,
    working_days_later,
)
from tests.worlds import World, assessed

FIRST_DAY = date(2016, 2, 1)
COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "started_on", "authorised_on", "working_days",
    "numerator",
)  # fmt: skip


def reference(world: World) -> list[dict]:
    """Every assessment authorised in the months counted, once it can have been."""
    return [
        row
        | held_by(last_lead(world, row["child_id"], row["authorised_on"]))
        | {
            "month": row["authorised_on"].replace(day=1),
            "working_days": days,
            "numerator": int(days <= 45),
            "denominator": 1,
        }
        for row in world.of("assessment")
        if row["authorised_on"] and row["started_on"] <= row["authorised_on"]
        if FIRST_DAY <= row["authorised_on"] <= AS_AT
        for days in [working_days_between(row["started_on"], row["authorised_on"])]
    ]


def ended_on(world: World, row: dict) -> date | None:
    closed = {one["referral_id"]: one["closed_on"] for one in world.of("referral")}
    return row["authorised_on"] or closed.get(row["referral_id"])


def still_open(world: World) -> list[dict]:
    """Every assessment open at each month's end: 1 if for more than 45 working days."""
    return [
        held_by(newest_lead(world, row["child_id"], last_day))
        | {
            "month": last_day.replace(day=1),
            "numerator": int(working_days_between(row["started_on"], last_day) > 45),
            "denominator": 1,
        }
        for last_day in month_ends()
        for row in world.of("assessment")
        for end in [ended_on(world, row)]
        if row["started_on"] <= last_day and (end is None or last_day < end)
    ]


def due(world: World) -> list[dict]:
    """Every assessment whose 45th working day was in the months counted: 1 if done by then."""
    found = []
    for row in world.of("assessment"):
        due_on, done_on = working_days_later(row["started_on"], 45), row["authorised_on"]
        if done_on and done_on < row["started_on"]:
            continue
        end = ended_on(world, row)
        if done_on is None and end and end <= due_on:
            continue
        known = done_on is not None and done_on <= AS_AT
        in_time = known and working_days_between(row["started_on"], done_on) <= 45
        if FIRST_DAY <= due_on < AS_AT or (due_on == AS_AT and in_time):
            of_the_month = {"month": due_on.replace(day=1), "numerator": int(in_time)}
            lead = held_by(newest_lead(world, row["child_id"], due_on))
            found.append({**lead, **of_the_month, "denominator": 1})
    return found


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(60)
@given(world=assessed())
def test_agrees_with_every_assessment_looked_at_by_itself(rows_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))


@draws(40)
@given(world=assessed())
def test_what_is_open_and_what_was_due_agree_with_plain_loops(companion_of, world):
    for key, expected in (("open_past_45", still_open(world)), ("due_this_month", due(world))):
        found = companion_of(METRIC, key, world)
        assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def one(started_on: str, authorised_on: str | None, **more) -> World:
    days = [date.fromisoformat(day) if day else None for day in (started_on, authorised_on)]
    return World().add(
        "assessment", child_id="Kit", started_on=days[0], authorised_on=days[1], **more
    )


@pytest.mark.parametrize(
    ("started_on", "authorised_on", "expected"),
    [
        # 25 and 28 March and 2 May are bank holidays.
        ("2016-03-18", "2016-05-25", [(45, 1, "45")]),
        ("2016-03-18", "2016-05-26", [(46, 0, "more")]),
        ("2016-06-04", "2016-08-06", [(45, 1, "45")]),  # a Saturday, and as the Friday before
        ("2016-06-04", "2016-08-08", [(46, 0, "more")]),
        ("2016-08-10", "2016-08-10", [(0, 1, "10")]),
        ("1989-08-10", "2016-08-10", [(407, 0, "more")]),  # before there is a calendar
        ("2016-08-20", "2016-08-10", []),  # impossible
        ("2016-08-20", "2016-10-17", []),  # after the last day that the data cover
        ("2016-08-20", None, []),
    ],
)
def test_the_45th_working_day_is_in_time(rows_of, started_on, authorised_on, expected):
    rows = rows_of(METRIC, one(started_on, authorised_on))
    assert [(row["working_days"], row["numerator"], row["taken"]) for row in rows] == expected


def told(companion_of, key: str, world: World) -> list[tuple]:
    return [(row["month"].month, row["numerator"]) for row in companion_of(METRIC, key, world)]


def test_one_that_is_never_finished_was_due_and_is_open_until_its_case_closes(companion_of):
    world = one("2016-03-18", None, referral_id="R")
    world.add("referral", referral_id="R", child_id="Kit", closed_on=date(2016, 7, 1))
    world.rows["referral"][0]["received_on"] = date(2016, 3, 18)
    assert told(companion_of, "due_this_month", world) == [(5, 0)]
    assert sorted(told(companion_of, "open_past_45", world)) == [(3, 0), (4, 0), (5, 1), (6, 1)]


def test_nothing_was_due_of_a_case_that_closed_on_the_day_or_before(companion_of):
    world = one("2016-03-18", None, referral_id="R")
    said = {"received_on": date(2016, 3, 18), "closed_on": date(2016, 5, 25)}
    world.add("referral", referral_id="R", child_id="Kit", **said)
    assert told(companion_of, "due_this_month", world) == []


def test_it_belongs_to_the_unit_that_held_the_child_the_day_before(rows_of):
    world = one("2016-08-01", "2016-08-31")
    said = {"child_id": "Kit", "lead": True, "started_on": date(2016, 8, 1)}
    world.add("allocation", unit_id="U1", worker_id="Ann", ended_on=date(2016, 8, 31), **said)
    (row,) = rows_of(METRIC, world)
    assert (row["unit_id"], row["worker_id"]) == ("U1", "Ann")
