"""From referral to a unit: since when, to which kind of unit, and who still waits."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.handing_on.door_to_unit import METRIC
from tests.draws import draws
from tests.metrics.plain import AS_AT, days, is_open, month_ends, newest_lead, tallied
from tests.metrics.plain_transfers import is_of, leads_of
from tests.worlds import FIRST, World, handed_on, with_doors

REFERRED = date(2016, 9, 5)
KEEPS = ("B", "C", "D")


def _open(case: dict, day: date) -> bool:
    return is_open({"started_on": case["received_on"], "ended_on": case["closed_on"]}, day)


def _came(world: World, case: dict) -> tuple[date, dict] | None:
    """The first day of the case on which a unit that keeps cases led, and the lead."""
    leads = [
        row
        for row in leads_of(world)
        if row["child_id"] == case["child_id"]
        and is_of(world, row, case)
        and row["unit_id"] in KEEPS
    ]
    for day in days(case["received_on"], AS_AT):
        there = [row for row in leads if is_open(row, day)]
        if there and _open(case, day):
            return day, max(there, key=lambda row: row["allocation_id"])
    return None


def _cases(world: World) -> list[dict]:
    return [row for row in world.of("referral") if not row["no_further_action"]]


def reference(world: World) -> list[dict]:
    found = []
    for case in _cases(world):
        came = _came(world, case)
        if came and came[0] >= FIRST.start:
            day, lead = came
            found.append(
                {
                    "month": day.replace(day=1),
                    "unit_id": lead["unit_id"],
                    "worker_id": lead["worker_id"],
                    "child_id": case["child_id"],
                    "numerator": (day - case["received_on"]).days,
                    "denominator": 1,
                }
            )
    return found


@draws(30)
@given(world=handed_on())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id")
    assert tallied(found, *by) == tallied(expected, *by)


@draws(20)
@given(world=handed_on())
def test_those_that_wait_are_those_that_a_plain_count_finds(companion_of, world):
    expected = []
    for day in month_ends():
        for case in _cases(world):
            if _open(case, day):
                came, lead = _came(world, case), newest_lead(world, case["child_id"], day)
                waits = came is None or came[0] > day
                unit_id = lead["unit_id"] if lead else None
                month = day.replace(day=1)
                row = {"month": month, "unit_id": unit_id, "numerator": int(waits)}
                expected.append({**row, "denominator": 1})
    found = companion_of(METRIC, "waiting", world)
    assert tallied(found, "month", "unit_id") == tallied(expected, "month", "unit_id")


def referred(*leads: tuple, **said) -> World:
    """Kit, referred on 5 September; each lead: unit, and days after it on which it began, ended."""
    world = with_doors().add(
        "referral", referral_id="R", child_id="Kit", received_on=REFERRED, **said
    )
    for unit_id, start, end in leads:
        world.add(
            "allocation",
            child_id="Kit",
            unit_id=unit_id,
            referral_id="R",
            lead=True,
            started_on=REFERRED + timedelta(start),
            ended_on=None if end is None else REFERRED + timedelta(end),
        )
    return world


def waited(rows_of, world: World) -> list[tuple]:
    return [(row["unit_id"], row["days"]) for row in rows_of(METRIC, world)]


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (referred(("A", 0, 12), ("B", 12, None)), [("B", 12)]),
        (referred(("B", 0, None)), [("B", 0)]),
        # Led by the unit since before, as of an earlier case.
        (referred(("B", -9, None)), [("B", 0)]),
        (referred(("A", 0, 12), ("B", 12, 20), ("D", 20, None)), [("B", 12)]),
        (referred(("A", 0, None)), []),
        # E is in no row: nobody knows what kind of unit it is.
        (referred(("E", 3, None)), []),
        (referred(("B", 12, None), no_further_action=True), []),
        (referred(("B", 12, 12), ("D", 14, None)), [("D", 14)]),
    ],
    ids=["after the front door", "at once", "led by it before", "then to another",
         "at the front door", "a unit in no row", "no further action", "for no day"],
)  # fmt: skip
def test_it_counts_from_the_referral_to_the_first_day_with_a_unit(rows_of, world, expected):
    assert waited(rows_of, world) == expected


def test_it_counts_in_the_month_in_which_the_case_came_to_the_unit(rows_of):
    (row,) = rows_of(METRIC, referred(("B", 26, None)))
    assert (row["month"], row["received_on"]) == (date(2016, 10, 1), REFERRED)


def test_who_waits_is_told_beside(companion_of):
    world = referred(("A", 0, 26), ("B", 26, None))
    told = {row["month"]: row for row in companion_of(METRIC, "waiting", world)}
    september, october = told[date(2016, 9, 1)], told[date(2016, 10, 1)]
    assert (september["unit_id"], september["numerator"]) == ("A", 1)
    assert (october["unit_id"], october["numerator"]) == ("B", 0)
