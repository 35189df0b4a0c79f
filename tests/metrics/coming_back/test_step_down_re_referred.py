"""Stepped down or closed, and back: of all whom a unit has supported, as at the month's end."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.database import read
from data_access.schema import status_run
from metrics.definitions.coming_back.step_down_re_referred import METRIC
from tests.draws import draws
from tests.metrics.coming_back.plain import (
    NEVER,
    children_who_come_back,
    days,
    is_case,
    last_known,
    leads_then,
)
from tests.worlds import AS_AT, CHILDREN, FIRST, LAST, World, basis, loaded, many, months

LOWER = {"CLA": ("CP", "CIN"), "CP": ("CIN", "open")}


@st.composite
def stepped_down(draw) -> World:
    """Children who come back, with plans that follow one another on the day."""
    world = draw(children_who_come_back())
    columns = {
        "child_id": st.sampled_from(CHILDREN),
        "kind": st.sampled_from(["CIN", "CP", "CLA"]),
        "started_on": days,
    }
    for row in draw(many("plan", 5, **columns)):
        after = [day for day in [one["started_on"] for one in world.rows["plan"]] if day]
        ends = [day for day in (*after, date(2016, 9, 30)) if day >= row["started_on"]]
        world.add("plan", **row, ended_on=draw(st.sampled_from([*ends, None])))
    return world


def events(world: World, runs: list[tuple]) -> list[tuple]:
    """Child, day, whether it is a closing, and the day of the referral that was closed."""
    found = [
        (row["child_id"], row["closed_on"], True, row["received_on"])
        for row in world.of("referral")
        if is_case(row) and last_known(row) < NEVER
    ]
    for child, level, _, ended_on in runs:
        for other, lower, started_on, _ in runs:
            if other == child and started_on == ended_on and lower in LOWER.get(level, ()):
                found.append((child, started_on, False, date.min))
    return found


def expected_rows(world: World, runs: list[tuple]) -> list[tuple]:
    """Each pair of child and unit, at each month's end, by itself."""
    first_led: dict[tuple, date] = {}
    for row in world.of("allocation"):
        has_led = row["lead"] and row["unit_id"] and row["started_on"] <= AS_AT
        if has_led and (row["ended_on"] or NEVER) > row["started_on"]:
            pair = row["child_id"], row["unit_id"]
            first_led[pair] = min(row["started_on"], first_led.get(pair, NEVER))
    found = []
    for (child, unit), first in first_led.items():
        closed, back = [], []
        for other, day, is_closing, referred_on in events(world, runs):
            leads = leads_then(world, child, day, True) if other == child else []
            if not leads or leads[-1]["unit_id"] != unit:
                continue
            closed += [day] if is_closing else []
            back += [
                row["received_on"]
                for row in world.of("referral")
                if row["child_id"] == child
                and row["received_on"] >= day
                and row["received_on"] > max(first, referred_on)
            ]
        for month in LAST.run_up(LAST.months_after(FIRST) + 1):
            end = min(month.last_day, AS_AT)
            if first <= end:
                is_back, is_closed = (
                    int(min(dates, default=NEVER) <= end) for dates in (back, closed)
                )
                found.append((month.start, child, unit, is_back, is_closed))
    return found


@draws(40)
@given(world=stepped_down())
def test_rows_are_those_that_a_plain_count_finds(shared_engine, world):
    with loaded(shared_engine, world, only_for=[status_run]) as engine:
        rows = read(engine, METRIC.rows(months(), basis()))
        runs = [tuple(row) for row in read(engine, select(*status_run.c))]
        (companion,) = METRIC.beside.companions
        closed = read(engine, companion.rows(months(), basis()))
    expected = expected_rows(world, runs)
    found = [(row.month, row.child_id, row.unit_id, row.numerator) for row in rows]
    assert sorted(found) == sorted(row[:4] for row in expected)
    assert sorted((row.month, row.unit_id, row.numerator) for row in closed) == sorted(
        (row[0], row[2], row[4]) for row in expected
    )


def supported(*referrals: tuple[date, date | None]) -> World:
    world = World()
    world.add("unit", unit_id="U1", name="East", kind="area")
    for received_on, closed_on in referrals:
        world.add("referral", child_id="Kit", received_on=received_on, closed_on=closed_on)
    lead = {"child_id": "Kit", "unit_id": "U1", "lead": True}
    return world.add("allocation", **lead, started_on=date(2016, 2, 1), ended_on=date(2016, 6, 1))


def by_month(rows: list[dict]) -> dict[int, int]:
    return {row["month"].month: row["numerator"] for row in rows}


def test_a_pair_counts_from_the_unit_s_first_day_on_and_is_back_once_it_is(rows_of):
    world = supported((date(2016, 1, 4), date(2016, 6, 1)), (date(2016, 8, 31), None))
    not_yet, since = dict.fromkeys(range(2, 8), 0), dict.fromkeys(range(8, 11), 1)
    assert by_month(rows_of(METRIC, world)) == not_yet | since


def test_who_was_never_closed_nor_stepped_down_is_not_back(rows_of):
    world = supported((date(2016, 1, 4), None), (date(2016, 8, 31), None))
    assert set(by_month(rows_of(METRIC, world)).values()) == {0}


def test_a_referral_on_the_unit_s_first_day_or_before_brings_nobody_back(rows_of):
    world = supported((date(2016, 2, 1), date(2016, 2, 1)), (date(2016, 1, 31), None))
    assert set(by_month(rows_of(METRIC, world)).values()) == {0}


def test_a_step_down_counts_as_a_closing_does_and_leaving_care_for_no_plan_does_not(rows_of):
    for kinds, is_back in ((("CP", "CIN"), 1), (("CLA", "CP"), 1), (("CIN", "CP"), 0)):
        world = supported((date(2016, 1, 4), None), (date(2016, 8, 31), None))
        first, then = kinds
        middle = date(2016, 4, 1)
        plan = {"child_id": "Kit"}
        world.add("plan", **plan, kind=first, started_on=date(2016, 1, 4), ended_on=middle)
        world.add("plan", **plan, kind=then, started_on=middle)
        assert by_month(rows_of(METRIC, world))[8] == is_back, kinds
    world = supported((date(2016, 1, 4), None), (date(2016, 8, 31), None))
    world.add("plan", child_id="Kit", kind="CLA", started_on=date(2016, 1, 4), ended_on=middle)
    assert by_month(rows_of(METRIC, world))[8] == 0


def test_a_child_of_two_units_is_two_pairs_and_the_one_that_closed_has_it_back(rows_of):
    world = supported((date(2016, 1, 4), date(2016, 8, 1)), (date(2016, 9, 1), None))
    world.add(
        "allocation", child_id="Kit", unit_id="U2", lead=True,
        started_on=date(2016, 6, 1), ended_on=date(2016, 8, 1),
    )  # fmt: skip
    found = [row for row in rows_of(METRIC, world) if row["month"] == date(2016, 10, 1)]
    assert sorted((row["unit_id"], row["numerator"]) for row in found) == [("U1", 0), ("U2", 1)]


def test_a_row_without_a_unit_is_in_no_pair(rows_of):
    world = World()
    world.add("allocation", child_id="Kit", lead=True, started_on=date(2016, 2, 1))
    world.add("referral", child_id="Kit", received_on=date(2016, 2, 1) + timedelta(1))
    assert rows_of(METRIC, world) == []


def test_nobody_is_back_before_the_day_of_stepping_down_or_closing_that_stands_beside(rows_of):
    """Stepped down in March, back in April, closed in June."""
    world = supported((date(2016, 1, 4), date(2016, 6, 1)), (date(2016, 4, 4), None))
    plans = {"child_id": "Kit", "kind": "CP", "started_on": date(2016, 1, 4)}
    world.add("plan", **plans, ended_on=date(2016, 3, 7))
    world.add("plan", child_id="Kit", kind="CIN", started_on=date(2016, 3, 7))
    last = rows_of(METRIC, world)[-1]
    assert (last["ended_on"], last["back_on"]) == (date(2016, 3, 7), date(2016, 4, 4))
    assert "closed_on" not in METRIC.drill_down
