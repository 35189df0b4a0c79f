"""Legacy cases: referred before the unit opened that holds them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.definitions.handing_on.legacy_cases import METRIC
from tests.draws import draws
from tests.metrics.plain import is_open, month_ends, newest_lead, tallied
from tests.metrics.plain_transfers import older
from tests.worlds import APRIL, CHILDREN, World, handed_on, near, with_doors

OPENED = date(2016, 5, 2)
JULY = date(2016, 7, 1)


def _opened_on(world: World, unit_id: str | None) -> date | None:
    days = {row["unit_id"]: row["opened_on"] for row in world.of("unit")}
    known = [days.get(one) for one in (unit_id, *older(world, unit_id or ""))]
    return min((day for day in known if day), default=None)


def _received_on(world: World, lead: dict, day: date) -> date | None:
    cases = [row for row in world.of("referral") if row["child_id"] == lead["child_id"]]
    named = [row["received_on"] for row in cases if row["referral_id"] == lead["referral_id"]]
    open_then = [
        row["received_on"]
        for row in cases
        if not row["no_further_action"]
        and is_open({"started_on": row["received_on"], "ended_on": row["closed_on"]}, day)
    ]
    return named[0] if named else max(open_then, default=None)


def reference(world: World) -> list[dict]:
    found = []
    for day in month_ends():
        for child_id in CHILDREN:
            lead = newest_lead(world, child_id, day)
            if lead:
                received = _received_on(world, lead, day)
                opened = _opened_on(world, lead["unit_id"])
                is_legacy = received is not None and opened is not None and received < opened
                row = {"month": day.replace(day=1), "unit_id": lead["unit_id"]}
                row |= {"worker_id": lead["worker_id"], "child_id": child_id}
                found.append({**row, "numerator": int(is_legacy), "denominator": 1})
    return found


@st.composite
def opened(draw) -> World:
    world = draw(handed_on())
    for row in world.rows["unit"]:
        row["opened_on"] = draw(st.sampled_from([None, *near(APRIL), *near(OPENED)]))
    return world


@draws(20)
@given(world=opened())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id")
    assert tallied(found, *by) == tallied(expected, *by)


def held(received_on: date, unit_id: str = "B", referral_id: str | None = "R") -> World:
    """Kit, held since 1 June by a unit that opened on 2 May; D continues C, and that B."""
    world = with_doors()
    for row in world.rows["unit"]:
        row["opened_on"] = {"B": OPENED, "C": JULY}.get(row["unit_id"])
    world.add("referral", referral_id="R", child_id="Kit", received_on=received_on)
    return world.add(
        "allocation",
        child_id="Kit",
        unit_id=unit_id,
        referral_id=referral_id,
        lead=True,
        started_on=date(2016, 6, 1),
    )


def legacy(rows_of, world: World) -> int:
    (row,) = (row for row in rows_of(METRIC, world) if row["month"] == JULY)
    return row["numerator"]


@pytest.mark.parametrize(("received_on", "is_legacy"), [(date(2016, 5, 1), 1), (OPENED, 0)])
@pytest.mark.parametrize("referral_id", ["R", None])
def test_a_case_referred_before_the_unit_opened_is_one(
    rows_of, received_on, is_legacy, referral_id
):
    assert legacy(rows_of, held(received_on, referral_id=referral_id)) == is_legacy


@pytest.mark.parametrize("unit_id", ["C", "D"])
def test_a_unit_that_continues_another_opened_with_the_first(rows_of, unit_id):
    assert legacy(rows_of, held(OPENED, unit_id)) == 0
    assert legacy(rows_of, held(date(2016, 5, 1), unit_id)) == 1


def test_of_a_unit_whose_opening_nobody_knows_it_is_said(rows_of, companion_of):
    world = held(date(2016, 5, 1), "A")
    assert legacy(rows_of, world) == 0
    told = {row["month"]: row["numerator"] for row in companion_of(METRIC, "days_known", world)}
    assert told[JULY] == 0
    told = {
        row["month"]: row["numerator"] for row in companion_of(METRIC, "days_known", held(APRIL))
    }
    assert told[JULY] == 1
