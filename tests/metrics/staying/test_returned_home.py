"""Returned home against plain loops: when a period of care ends, for what reason, and after."""

from datetime import date

import pytest
from hypothesis import given

from metrics.definitions.staying.returned_home import METRIC
from tests.draws import draws
from tests.metrics.plain import (
    AS_AT,
    ONE_DAY,
    held_by,
    is_open,
    joined,
    last_lead,
    month_ends,
    months_later,
    newest_lead,
    tallied,
)
from tests.worlds import World, in_care

FIRST_DAY = date(2016, 2, 1)
HOME = ("E4A", "E4B", "E4")
COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "started_on", "ended_on", "end_reason", "went",
    "numerator",
)  # fmt: skip


def periods(world: World) -> list[dict]:
    """Every period of care: its first day, the day it ended, why, when the child's next began."""
    found = []
    for child_id in {row["child_id"] for row in world.of("plan")}:
        plans = [
            row
            for row in world.of("plan")
            if (row["child_id"], row["kind"]) == (child_id, "CLA") and row["started_on"] <= AS_AT
        ]
        of_child = sorted(map(_whole, joined(plans)), key=lambda row: row["started_on"])
        for row, after in zip(of_child, [*of_child[1:], None], strict=False):
            next_on = after["started_on"] if after else None
            found.append(row | {"child_id": child_id, "next_started_on": next_on})
    return found


def _whole(plans: list[dict]) -> dict:
    last = max(
        plans, key=lambda row: (row["ended_on"] or date.max, row["started_on"], row["plan_id"])
    )
    return last | {"started_on": min(row["started_on"] for row in plans)}


def ended(world: World) -> list[dict]:
    return [
        row
        | held_by(last_lead(world, row["child_id"], row["ended_on"]))
        | {"month": row["ended_on"].replace(day=1), "denominator": 1}
        for row in periods(world)
        if row["ended_on"] and FIRST_DAY <= row["ended_on"] <= AS_AT
    ]


def reference(world: World) -> list[dict]:
    return [
        row
        | {
            "numerator": int(row["end_reason"] in HOME),
            "went": row["end_reason"] if row["end_reason"] in HOME else "elsewhere",
        }
        for row in ended(world)
        if row["end_reason"] not in (None, "X1")
    ]


def back(world: World) -> list[dict]:
    """Every return home that was six months ago: 1 if looked after again within them."""
    found = []
    for row in periods(world):
        if not row["ended_on"] or row["end_reason"] not in HOME:
            continue
        until, again = months_later(row["ended_on"], 6), row["next_started_on"]
        if until >= FIRST_DAY and row["ended_on"] < months_later(AS_AT + ONE_DAY, -6):
            back_on = again is not None and months_later(again, -6) <= row["ended_on"]
            lead = held_by(last_lead(world, row["child_id"], row["ended_on"]))
            of_month = {"month": until.replace(day=1), "numerator": int(back_on)}
            found.append(lead | of_month | {"denominator": 1})
    return found


def with_parents(world: World) -> list[dict]:
    found = []
    for last_day in month_ends():
        for row in [one for one in periods(world) if is_open(one, last_day)]:
            placed = [
                one
                for one in world.of("placement")
                if one["child_id"] == row["child_id"] and is_open(one, last_day)
            ]
            latest = max(
                placed, key=lambda one: (one["started_on"], one["placement_id"]), default=None
            )
            if latest and latest["kind"]:
                lead = held_by(newest_lead(world, row["child_id"], last_day))
                counts = {"numerator": int(latest["kind"] == "P1"), "denominator": 1}
                found.append(lead | {"month": last_day.replace(day=1)} | counts)
    return found


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(40)
@given(world=in_care())
def test_agrees_with_every_period_looked_at_by_itself(rows_of, companion_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))
    known = [
        row | {"numerator": int(row["end_reason"] not in (None, "X1"))} for row in ended(world)
    ]
    companions = {
        "with_reason": known,
        "back_in_care": back(world),
        "placed_with_parents": with_parents(world),
    }
    for key, expected in companions.items():
        found = companion_of(METRIC, key, world)
        assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def out_of_care(world: World, child_id: str, *spells: tuple) -> World:
    for started_on, ended_on, reason in spells:
        said = {"started_on": started_on, "ended_on": ended_on, "end_reason": reason}
        world.add("plan", child_id=child_id, kind="CLA", **said)
    return world


@pytest.mark.parametrize(
    ("again_on", "expected"),
    [
        (date(2016, 2, 29), []),  # the period goes on
        (date(2016, 3, 2), [(8, 1)]),
        (date(2016, 8, 29), [(8, 1)]),  # six months later to the day
        (date(2016, 8, 30), [(8, 1)]),  # less six months, clipped, is 29 February as well
        (date(2016, 9, 1), [(8, 0)]),
        (None, [(8, 0)]),
    ],
)
def test_back_in_care_is_within_six_months_of_going_home(companion_of, again_on, expected):
    world = out_of_care(World(), "Kit", (date(2015, 1, 1), date(2016, 2, 29), "E4A"))
    if again_on:
        out_of_care(world, "Kit", (again_on, None, None))
    rows = companion_of(METRIC, "back_in_care", world)
    assert [(row["month"].month, row["numerator"]) for row in rows] == expected


def test_of_two_plans_that_overlap_the_one_that_ended_last_says_why(rows_of):
    long, short = (date(2015, 1, 1), date(2016, 6, 10)), (date(2016, 2, 1), date(2016, 3, 1))
    world = out_of_care(World(), "Kit", (*long, "E4B"), (*short, "E48"))
    (row,) = rows_of(METRIC, world)
    assert (row["went"], row["started_on"], row["ended_on"]) == ("E4B", *long)


def test_returns_planned_and_not_are_apart_and_nobody_else_s_home_is_home(rows_of):
    world = World()
    for reason in ("E4A", "E4B", "E4", "E13", "E2", "X1", None):
        spell = (date(2015, 1, 1), date(2016, 6, 10), reason)
        out_of_care(world, f"Kit {reason}", spell)
    found = sorted((row["went"], row["numerator"]) for row in rows_of(METRIC, world))
    assert found == [("E4", 1), ("E4A", 1), ("E4B", 1), ("elsewhere", 0), ("elsewhere", 0)]
