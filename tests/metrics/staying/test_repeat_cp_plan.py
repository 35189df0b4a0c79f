"""Repeat CP plans against plain loops: which plans begin, and which are a second one."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.staying.repeat_cp_plan import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import AS_AT, held_by, newest_lead, tallied
from tests.worlds import World, on_cp_plans

COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "started_on", "last_ended_on", "previous_plans",
    "known_by", "numerator",
)  # fmt: skip


def reference(world: World) -> list[dict]:
    """Every CP plan that begins in the months counted and goes on as no other."""
    return [
        plan
        | held_by(newest_lead(world, plan["child_id"], plan["started_on"]))
        | _known(plan, [one for one in of_child if one["started_on"] == plan["started_on"]], before)
        | {"month": plan["started_on"].replace(day=1), "denominator": 1}
        for plan in world.of("plan")
        if plan["kind"] == "CP" and date(2016, 2, 1) <= plan["started_on"] <= AS_AT
        for of_child in [
            [one for one in world.of("plan") if _is_of(one, plan)],
        ]
        for before in [[one for one in of_child if _place(one) < _place(plan)]]
        if all(one["ended_on"] and one["ended_on"] < plan["started_on"] for one in before)
    ]


def _is_of(one: dict, plan: dict) -> bool:
    return one["child_id"] == plan["child_id"] and one["kind"] == "CP"


def _place(plan: dict) -> tuple:
    return plan["started_on"], plan["plan_id"]


def _known(plan: dict, that_day: list[dict], before: list[dict]) -> dict:
    returned = max(
        (one["previous_plans"] for one in that_day if one["previous_plans"] is not None),
        default=None,
    )
    known_by = "here" if before else "returned" if returned else "none"
    return {
        "last_ended_on": max((one["ended_on"] for one in before), default=None),
        "previous_plans": returned,
        "known_by": known_by,
        "numerator": int(known_by != "none"),
    }


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(40)
@given(world=on_cp_plans())
def test_agrees_with_every_plan_looked_at_by_itself(rows_of, companion_of, world):
    expected = reference(world)
    assert compared(rows_of(METRIC, world)) == compared(expected)
    restarted = [
        row["last_ended_on"] and row["started_on"] <= row["last_ended_on"] + timedelta(7)
        for row in expected
    ]
    returned = [row["previous_plans"] is not None for row in expected]
    for key, holds in (("restarted", restarted), ("returned_known", returned)):
        marked = [
            row | {"numerator": int(bool(one))} for row, one in zip(expected, holds, strict=True)
        ]
        found = companion_of(METRIC, key, world)
        assert tallied(found, "month", "unit_id") == tallied(marked, "month", "unit_id")


@pytest.mark.parametrize(
    ("last_ended", "returned", "known_by"),
    [
        (date(2016, 3, 1), 0, None),  # the same plan goes on
        (date(2016, 2, 29), 0, "here"),  # begun again the next day
        (date(2012, 2, 29), None, "here"),  # however long ago
        (None, 1, "returned"),
        (None, 0, "none"),
        (None, None, "none"),
    ],
)
def test_a_plan_is_a_repeat_by_one_here_or_by_the_returned_number(
    rows_of, last_ended, returned, known_by
):
    world, began = World(), date(2016, 3, 1)
    if last_ended:
        world.add(
            "plan", child_id="Kit", kind="CP", started_on=date(2011, 5, 2), ended_on=last_ended
        )
    world.add("plan", child_id="Kit", kind="CP", started_on=began, previous_plans=returned)
    found = [(row["known_by"], row["numerator"]) for row in rows_of(METRIC, world)]
    assert found == ([(known_by, int(known_by != "none"))] if known_by else [])


def test_the_dfe_s_103_of_457_come_out_of_rows_made_to_match(rows_of):
    """Newcastle, year to 31 March 2016: 60 had a plan here before, 43 one elsewhere."""
    world = World()
    for number in range(457):
        began = date(2016, 2, 1) + timedelta(number % 240)
        child = {"child_id": f"Kit {number}", "kind": "CP"}
        if number < 60:
            ended = {"started_on": date(2012, 1, 1), "ended_on": date(2013, 1, 1)}
            world.add("plan", **child, **ended)
        returned = 1 if 60 <= number < 60 + 43 else 0
        world.add("plan", **child, started_on=began, previous_plans=returned)
    rows = rows_of(METRIC, world)
    tally = Tally(sum(row["numerator"] for row in rows), len(rows))
    assert tally == Tally(103, 457)
    assert METRIC.figure(tally) == pytest.approx(22.54, abs=0.01)
