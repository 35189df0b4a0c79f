"""CP plan reviews in time against a walk through every day; and as the DfE counts."""

from datetime import date

from hypothesis import given

from metrics.definitions.in_time.cp_reviews_in_time import METRIC
from tests.draws import draws
from tests.metrics.plain import AS_AT, held_by, month_ends, months_later, newest_lead, tallied
from tests.metrics.plain_reviews import counted, periods, reviews_due
from tests.worlds import World, reviewed

COMPARED = (
    "month", "unit_id", "worker_id", "child_id", "clock_started_on", "due_on", "held_on", "state",
    "numerator",
)  # fmt: skip


def reference(world: World) -> list[dict]:
    return counted(world, "CP")


def snapshot(world: World) -> list[dict]:
    """Every child three months or more on a plan at each month's end: 1 if nothing was missed."""
    missed = [row for row in counted(world, "CP") if not row["numerator"]]
    missed += [row for row in reviews_due(world) if row["due_on"] < date(2016, 2, 1) and late(row)]
    return [
        held_by(newest_lead(world, child_id, last_day))
        | {
            "month": last_day.replace(day=1),
            "numerator": int(
                not any(
                    row["child_id"] == child_id and began <= row["clock_started_on"]
                    for row in missed
                    if row["kind"] == "CP" and row["due_on"] <= last_day
                )
            ),
            "denominator": 1,
        }
        for last_day in month_ends()
        for child_id, began, ended in periods(world, "CP")
        if began <= months_later(last_day, -3) and (ended is None or last_day < ended)
    ]


def late(row: dict) -> bool:
    return row["held_on"] is None or row["held_on"] > row["due_on"]


def compared(rows: list[dict]) -> list[tuple]:
    return sorted(tuple(str(row[name]) for name in COMPARED) for row in rows)


@draws(30)
@given(world=reviewed())
def test_agrees_with_a_walk_through_every_day(rows_of, companion_of, world):
    assert compared(rows_of(METRIC, world)) == compared(reference(world))
    found = companion_of(METRIC, "cp_reviewed_snapshot", world)
    assert tallied(found, "month", "unit_id") == tallied(snapshot(world), "month", "unit_id")


def on_plan(started_on: date, *held: date) -> World:
    world = World().add("plan", child_id="Kit", kind="CP", started_on=started_on)
    for day in held:
        world.add("review", child_id="Kit", kind="CP", held_on=day, cancelled=False)
    return world


def test_the_dfe_s_share_is_of_children_three_months_on_a_plan_with_every_review_in_time(
    companion_of,
):
    """On 30 June the plan is three months old; due that day, held the day after."""
    world = on_plan(date(2016, 3, 30), date(2016, 7, 1))
    rows = companion_of(METRIC, "cp_reviewed_snapshot", world)
    found = [(row["month"].month, row["numerator"]) for row in rows]
    assert sorted(found) == [(6, 0), (7, 0), (8, 0), (9, 0), (10, 0)]
    world = on_plan(date(2016, 7, 14))
    rows = companion_of(METRIC, "cp_reviewed_snapshot", world)
    # Due on the data's last day: it may still be held on it.
    assert [(row["month"].month, row["numerator"]) for row in rows] == [(10, 1)]
    assert months_later(date(2016, 7, 14), 3) == AS_AT


def test_the_day_that_the_source_says_is_shown_and_not_counted(rows_of):
    """Held a day late by the rule, and in time by a day that was put off."""
    world = World().add("plan", child_id="Kit", kind="CP", started_on=date(2016, 4, 1))
    put_off = date(2016, 8, 1)
    held_on = date(2016, 7, 2)
    said = {"child_id": "Kit", "kind": "CP", "cancelled": False}
    world.add("review", held_on=held_on, due_on=put_off, **said)
    (row,) = rows_of(METRIC, world)
    assert (row["due_on"], row["numerator"]) == (date(2016, 7, 1), 0)
    assert row["source_due_on"] == put_off


def test_a_review_that_is_due_on_the_data_s_last_day_counts_if_it_was_held(rows_of):
    began = date(2016, 7, 14)
    assert months_later(began, 3) == AS_AT
    assert rows_of(METRIC, on_plan(began)) == []
    (row,) = rows_of(METRIC, on_plan(began, AS_AT))
    assert (row["due_on"], row["numerator"]) == (AS_AT, 1)


def test_a_month_needs_the_reviews_of_six_months_before_it():
    """One held just before reviews are held in full starts the clock of a month six later."""
    assert (METRIC.history_months, METRIC.needs_history_of) == (6, ("review",))


def test_coverage_says_which_reviews_were_of_no_child_on_a_plan(companion_of):
    """Held before, on the first day, within, on the day it ended, the day after."""
    world = World()
    said = {"child_id": "Kit", "kind": "CP"}
    began, ended = date(2016, 5, 2), date(2016, 5, 27)
    world.add("plan", started_on=began, ended_on=ended, **said)
    for day in (date(2016, 5, 1), began, date(2016, 5, 9), ended, date(2016, 5, 28)):
        world.add("review", held_on=day, cancelled=False, **said)
    world.add("review", held_on=began, cancelled=True, **said)
    found = tallied(companion_of(METRIC, "held_on_a_plan", world), "month")
    assert found == {(date(2016, 5, 1),): (3, 5)}
