"""When a visit made in time stood as overdue: worked examples, and the work list of every day."""

from datetime import date

import pytest
from hypothesis import given

from data_access.database import read
from metrics.lists.listed_overdue import listed_overdue
from metrics.model import Basis
from tests.draws import draws
from tests.metrics.plain import AS_AT, ONE_DAY, days, is_open
from tests.metrics.plain_clocks import reference
from tests.metrics.test_visits_out_of_timescale import held, seen
from tests.worlds import World, basis, loaded, months, recorded_within, visited


def spells(engine, on: Basis | None = None) -> dict:
    """By the child, and the clock's plan and start: first and last day listed."""
    found = read(engine, listed_overdue(months(), on or basis()))
    return {
        (row.child_id, row.plan_id, row.clock_started_on): (
            row.listed_from,
            row.listed_until - ONE_DAY,
        )
        for row in found
    }


def the_only_spell(shared_engine, world: World, on: Basis | None = None) -> tuple[str, str] | None:
    with loaded(shared_engine, world) as engine:
        found = list(spells(engine, on).values())
    assert len(found) <= 1
    return (str(found[0][0]), str(found[0][1])) if found else None


@pytest.mark.parametrize(
    ("seen_on", "recorded_on", "listed"),
    [
        # Due on Monday 29 August, a bank holiday: 30 and 31 August are left to record it.
        ("2016-08-25", "2016-09-12", ("2016-09-01", "2016-09-11")),
        ("2016-08-29", "2016-09-02", ("2016-09-01", "2016-09-01")),
        ("2016-08-29", "2016-09-01", None),  # in the record on the first day that could list it
        ("2016-08-29", "2016-08-29", None),
        ("2016-08-29", None, None),  # nothing says that it came later
        ("2016-08-30", "2016-09-12", None),  # late: it was overdue in truth
    ],
)
def test_a_visit_due_on_29_august_was_listed(shared_engine, seen_on, recorded_on, listed):
    recorded = date.fromisoformat(recorded_on) if recorded_on else None
    world = seen(held("CP", "2016-08-01"), seen_on, recorded_on=recorded)
    assert the_only_spell(shared_engine, world) == listed


@pytest.mark.parametrize(
    ("from_day", "listed"),
    [
        ("2016-08-29", ("2016-09-02", "2016-09-11")),  # the day it was due: three working days
        ("2016-08-30", ("2016-09-01", "2016-09-11")),
    ],
)
def test_a_visit_is_listed_by_the_standard_of_the_day_it_was_due(shared_engine, from_day, listed):
    on = basis(recorded_within((2, date(2000, 1, 1)), (3, date.fromisoformat(from_day))))
    world = seen(held("CP", "2016-08-01"), "2016-08-25", recorded_on=date(2016, 9, 12))
    assert the_only_spell(shared_engine, world, on) == listed


def test_a_later_visit_that_is_in_the_record_first_ends_the_listing(shared_engine):
    world = seen(held("CP", "2016-08-01"), "2016-08-25", recorded_on=date(2016, 9, 26))
    seen(world, "2016-09-06", recorded_on=date(2016, 9, 7))
    assert the_only_spell(shared_engine, world) == ("2016-09-01", "2016-09-06")


def test_a_plan_that_ended_is_listed_no_longer(shared_engine):
    world = seen(held("CP", "2016-08-01"), "2016-08-25", recorded_on=date(2016, 9, 26))
    world.rows["plan"][0]["ended_on"] = date(2016, 9, 6)
    assert the_only_spell(shared_engine, world) == ("2016-09-01", "2016-09-05")


def test_another_placement_starts_the_clock_that_is_listed_instead(shared_engine):
    world = seen(held("CLA", "2016-08-01"), "2016-08-05", kind="CLA", recorded_on=date(2016, 9, 26))
    world.add("placement", child_id="K", started_on=date(2016, 8, 17), long_term=False)
    assert the_only_spell(shared_engine, world) == ("2016-08-11", "2016-08-16")


def overdue_on(world: World, day: date) -> set[tuple]:
    """The plans' last clocks that were overdue as known on a day, by clocks run up to it."""
    rows = [row | {"numerator": row["numerator"]} for row in reference(world, known_on=day)]
    return {
        (row["child_id"], row["kind"], row["clock_started_on"])
        for row in rows
        if row["state"] == "overdue"
    }


@draws(30)
@given(world=visited())
def test_a_spell_holds_exactly_the_days_on_which_the_visit_was_overdue(shared_engine, world):
    """Of clocks that only a plan's start or a visit began, and that are alone in their plan."""
    plans = {plan["plan_id"]: plan for plan in world.of("plan")}
    kinds = [(plan["child_id"], plan["kind"]) for plan in plans.values()]
    with loaded(shared_engine, world) as engine:
        found = spells(engine)
    for (child_id, plan_id, started_on), (first, last) in found.items():
        plan = plans[plan_id]
        assert child_id == plan["child_id"]
        if plan["kind"] == "CLA" or kinds.count((plan["child_id"], plan["kind"])) > 1:
            continue
        place = (plan["child_id"], plan["kind"], started_on)
        for day in days(first - ONE_DAY, min(last + ONE_DAY, AS_AT)):
            was_listed = place in overdue_on(world, day) and is_open(plan, day)
            assert was_listed == (first <= day <= last), (place, day)


@draws(15)
@given(world=visited())
def test_a_visit_in_time_without_a_spell_was_never_listed(shared_engine, world):
    plans = world.of("plan")
    with loaded(shared_engine, world) as engine:
        found = {(child_id, started_on) for child_id, _, started_on in spells(engine)}
    for plan in plans:
        alone = [one for one in plans if one["child_id"] == plan["child_id"]] == [plan]
        for row in reference(world) if alone and plan["kind"] != "CLA" else []:
            place = (row["child_id"], row["kind"], row["clock_started_on"])
            if row["child_id"] != plan["child_id"] or row["numerator"] or place[::2] in found:
                continue
            for day in days(row["due_on"], min(row["due_on"] + 20 * ONE_DAY, AS_AT)):
                assert not (place in overdue_on(world, day) and is_open(plan, day)), (place, day)
