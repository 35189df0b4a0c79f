"""Closed cases not in care since, against plain loops: who is followed, and who came into care."""

from datetime import date

import pytest
from hypothesis import given

from metrics.definitions.staying.still_at_home import METRIC
from tests.draws import draws
from tests.metrics.plain import (
    AS_AT,
    ONE_DAY,
    held_by,
    is_open,
    last_lead,
    months_later,
    tallied,
)
from tests.worlds import World, closed_two_years_ago

COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "closed_on", "closure_reason", "followed_to",
    "numerator",
)  # fmt: skip


def closed(world: World) -> list[dict]:
    """Every child whose 24 months since closing are over in the months counted."""
    by_day: dict[tuple, dict] = {}
    for row in sorted(world.of("referral"), key=lambda one: one["referral_id"]):
        if row["closed_on"] and not row["no_further_action"]:
            by_day[row["child_id"], row["closed_on"]] = row
    return [
        row
        | held_by(last_lead(world, row["child_id"], row["closed_on"]))
        | {"month": until.replace(day=1), "followed_to": until, "denominator": 1}
        | {"left_out": left_out(world, row, until), "numerator": int(not in_care(world, row))}
        for row in by_day.values()
        for until in [months_later(row["closed_on"], 24)]
        if date(2016, 2, 1) <= until and row["closed_on"] < months_later(AS_AT + ONE_DAY, -24)
        if row["received_on"] <= row["closed_on"]
    ]


def left_out(world: World, row: dict, until: date) -> bool:
    born = {one["child_id"]: one["born_on"] for one in world.of("child")}.get(row["child_id"])
    still_open = [
        one
        for one in world.of("referral")
        if one["child_id"] == row["child_id"] and not one["no_further_action"]
        if one["received_on"] < row["closed_on"]
        and (one["closed_on"] is None or one["closed_on"] > row["closed_on"])
    ]
    return bool(
        row["closure_reason"] in ("RC1", "RC2", "RC5", "RC6")
        or (born and months_later(born, 18 * 12) <= until)
        or any(is_open(plan, row["closed_on"]) for plan in cared_for(world, row))
        or still_open
    )


def cared_for(world: World, row: dict) -> list[dict]:
    of_child = [one for one in world.of("plan") if one["child_id"] == row["child_id"]]
    return [one for one in of_child if one["kind"] == "CLA"]


def in_care(world: World, row: dict) -> bool:
    return any(
        row["closed_on"] <= plan["started_on"]
        and months_later(plan["started_on"], -24) <= row["closed_on"]
        for plan in cared_for(world, row)
    )


def reference(world: World) -> list[dict]:
    return [row for row in closed(world) if not row["left_out"]]


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(40)
@given(world=closed_two_years_ago())
def test_agrees_with_every_closure_looked_at_by_itself(rows_of, companion_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))
    expected = [row | {"numerator": int(row["left_out"])} for row in closed(world)]
    found = companion_of(METRIC, "not_followed", world)
    assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def case(closed_on: date, **said) -> World:
    referral = {"child_id": "Kit", "received_on": date(2014, 1, 6), "closed_on": closed_on}
    world = World().add(
        "child", child_id="Kit", restricted=False, born_on=said.pop("born_on", None)
    )
    return world.add("referral", **referral | said)


@pytest.mark.parametrize(
    ("closed_on", "month"),
    [
        (date(2014, 3, 31), [3]),
        (date(2014, 10, 14), [10]),  # the 24 months are over on the data's last day
        (date(2014, 10, 15), []),
    ],
)
def test_a_child_stands_in_the_month_in_which_the_24_months_are_over(rows_of, closed_on, month):
    assert [row["month"].month for row in rows_of(METRIC, case(closed_on))] == month


@pytest.mark.parametrize(
    ("into_care_on", "expected"),
    [
        (date(2014, 4, 1), 0),
        (date(2016, 3, 31), 0),  # 24 months later to the day
        (date(2016, 4, 1), 1),
        (None, 1),
    ],
)
def test_a_child_who_comes_into_care_within_24_months_has_not_stayed(
    rows_of, into_care_on, expected
):
    world = case(date(2014, 3, 31))
    if into_care_on:
        world.add("plan", child_id="Kit", kind="CLA", started_on=into_care_on)
    (row,) = rows_of(METRIC, world)
    assert row["numerator"] == expected


@pytest.mark.parametrize(
    ("said", "is_followed"),
    [
        ({"closure_reason": "RC8"}, True),
        ({"closure_reason": "RC1"}, False),
        ({"closure_reason": "RC5"}, False),
        ({"born_on": date(1998, 3, 31)}, False),  # 18 on the last day of the 24 months
        ({"born_on": date(1998, 4, 1)}, True),
        ({"no_further_action": True}, False),
        ({"received_on": date(2014, 4, 1)}, False),  # closed before it came
    ],
)
def test_who_is_followed(rows_of, said, is_followed):
    assert bool(rows_of(METRIC, case(date(2014, 3, 31), **said))) == is_followed


def test_a_child_in_care_or_open_under_another_referral_on_the_closing_day_is_not_followed(
    rows_of, companion_of
):
    began = date(2014, 1, 6)
    in_care = case(date(2014, 3, 31)).add("plan", child_id="Kit", kind="CLA", started_on=began)
    another = case(date(2014, 3, 31)).add("referral", child_id="Kit", received_on=began)
    for world in (in_care, another):
        assert rows_of(METRIC, world) == []
        (row,) = companion_of(METRIC, "not_followed", world)
        assert (row["numerator"], row["denominator"]) == (1, 1)
