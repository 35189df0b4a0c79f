"""What a unit has to do today, over worlds small enough to count by hand."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine

from data_access.database import read
from metrics.definitions.visits_out_of_timescale import METRIC
from metrics.kept_rows import counted_first
from metrics.lists.running_clocks import running_clocks
from metrics.lists.work_lists import (
    counted_by_state,
    held_by_worker,
    of_plan,
    of_worker,
    work_in_state,
    work_now,
)
from metrics.model import SERVICE, Scope
from tests.worlds import AS_AT, World, basis, loaded, months, recorded_within, worked_out

FOUR_WEEKS = timedelta(weeks=4)
# AS_AT is Friday 14 October 2016; a visit is to be recorded within two working days.
TUESDAY, WEDNESDAY, THURSDAY = date(2016, 10, 11), date(2016, 10, 12), date(2016, 10, 13)


def work(state: str) -> Callable:
    return lambda basis, scope: work_in_state(work_now(basis, scope), state)


overdue, no_record_yet, due_soon = map(work, ("overdue", "no_record_yet", "due_soon"))


@pytest.fixture
def listed(shared_engine: Engine) -> Callable:
    """The rows of a work list over a world, in order of due date and child."""

    def rows(query, world: World, unit_id: str | None = "U1") -> list:
        with worked_out(shared_engine, world) as engine:
            found = read(engine, query(basis(), Scope(unit_id)))
        return sorted(found, key=lambda row: (getattr(row, "due_on", 0), str(row.worker_id)))

    return rows


def seen_on(day: date, **visit) -> World:
    """Kit, on a CIN plan and held by Ann in unit 1, was seen on `day`: due four weeks later."""
    world = World()
    for unit_id in ("U1", "U2"):
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind="segmented")
    world.add("worker", worker_id="Ann", name="Ann Example")
    world.add("child", child_id="Kit", name="Kit Example", restricted=False)
    started = date(2016, 8, 1)
    world.add("plan", child_id="Kit", kind="CIN", started_on=started)
    world.add(
        "allocation",
        child_id="Kit",
        worker_id="Ann",
        unit_id="U1",
        lead=True,
        started_on=started,
    )
    return world.add("visit", **{"child_id": "Kit", "kind": "CIN", "visited_on": day} | visit)


def test_a_visit_due_three_working_days_ago_with_nothing_recorded_is_overdue(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    [row] = listed(overdue, world)
    assert (row.child_id, row.due_on, row.days, row.last_seen_on) == (
        "Kit",
        TUESDAY,
        3,
        TUESDAY - FOUR_WEEKS,
    )
    assert not listed(no_record_yet, world)
    assert not listed(due_soon, world)


def test_a_visit_due_two_working_days_ago_may_still_be_recorded_in_time(listed):
    world = seen_on(WEDNESDAY - FOUR_WEEKS)
    [row] = listed(no_record_yet, world)
    assert (row.due_on, row.days) == (WEDNESDAY, 2)
    assert not listed(overdue, world)


@pytest.mark.parametrize(
    ("from_day", "state"), [(TUESDAY, "no_record_yet"), (WEDNESDAY, "overdue")]
)
def test_a_visit_is_overdue_by_the_standard_of_the_day_it_was_due(shared_engine, from_day, state):
    """Due on Tuesday, three working days ago."""
    on = basis(recorded_within((2, date(2000, 1, 1)), (3, from_day)))
    with loaded(shared_engine, seen_on(TUESDAY - FOUR_WEEKS)) as engine:
        [row] = read(engine, running_clocks(months(), on))
    assert (row.due_on, row.state) == (TUESDAY, state)


def test_a_visit_due_today_is_due_and_not_late(listed):
    world = seen_on(AS_AT - FOUR_WEEKS)
    [row] = listed(due_soon, world)
    assert (row.due_on, row.days) == (AS_AT, 0)
    assert not listed(no_record_yet, world)


def test_due_soon_ends_with_the_tenth_working_day(listed):
    tenth = date(2016, 10, 28)
    [row] = listed(due_soon, seen_on(tenth - FOUR_WEEKS))
    assert (row.due_on, row.days) == (tenth, 10)
    assert not listed(due_soon, seen_on(tenth + timedelta(3) - FOUR_WEEKS))


def test_a_plan_that_has_ended_asks_for_nothing(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.rows["plan"][0]["ended_on"] = AS_AT
    assert not listed(overdue, world)


def test_an_attempt_is_told_and_the_child_stays_overdue(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.add("visit", child_id="Kit", kind="CIN", visited_on=WEDNESDAY, seen=False)
    [row] = listed(overdue, world)
    assert (row.attempts, row.last_seen_on) == (1, TUESDAY - FOUR_WEEKS)


def test_a_visit_since_then_takes_the_child_off_the_list(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.add("visit", child_id="Kit", kind="CIN", visited_on=THURSDAY)
    assert not listed(overdue, world)


def test_work_goes_to_the_unit_that_holds_the_child_today(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.rows["allocation"][0]["ended_on"] = AS_AT
    world.add(
        "allocation", child_id="Kit", worker_id="Bob", unit_id="U2", lead=True, started_on=AS_AT
    )
    assert not listed(overdue, world)
    assert [row.unit_id for row in listed(overdue, world, "U2")] == ["U2"]
    assert [row.unit_id for row in listed(overdue, world, SERVICE)] == ["U2"]


def test_a_child_held_by_no_unit_is_on_the_list_of_no_unit(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.rows["allocation"][0]["unit_id"] = None
    assert [row.child_id for row in listed(overdue, world, None)] == ["Kit"]


def test_the_agreed_interval_is_told(listed):
    world = seen_on(TUESDAY - timedelta(weeks=2))
    world.add(
        "visit_interval",
        child_id="Kit",
        kind="CIN",
        every=2,
        period="weeks",
        effective_from=date(2016, 8, 1),
    )
    [row] = listed(overdue, world)
    assert (row.due_on, row.agreed_every, row.agreed_period) == (TUESDAY, 2, "weeks")


def test_a_restricted_child_is_listed_without_a_name(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.rows["child"][0]["restricted"] = True
    [row] = listed(overdue, world)
    assert (row.child_id, row.child_name) == ("Kit", None)


def test_a_list_is_narrowed_to_one_plan_or_one_worker(listed):
    world = seen_on(TUESDAY - FOUR_WEEKS)
    world.add("plan", child_id="Lou", kind="CP", started_on=TUESDAY - FOUR_WEEKS)
    world.add(
        "allocation", child_id="Lou", unit_id="U1", lead=True, started_on=TUESDAY - FOUR_WEEKS
    )
    world.add("child", child_id="Lou", name="Lou Example", restricted=False)

    def children(narrow: Callable) -> list[str]:
        return [row.child_id for row in listed(lambda b, s: narrow(overdue(b, s)), world)]

    assert sorted(children(lambda rows: rows)) == ["Kit", "Lou"]
    assert children(lambda rows: of_plan(rows, "CP")) == ["Lou"]
    assert children(lambda rows: of_worker(rows, "Ann")) == ["Kit"]
    assert children(lambda rows: of_worker(rows, None)) == ["Lou"]


def test_the_lists_are_counted_by_state(shared_engine):
    with worked_out(shared_engine, seen_on(TUESDAY - FOUR_WEEKS)) as engine:
        counted = read(engine, counted_by_state(work_now(basis(), Scope("U1"))))
    assert [(row.state, row.rows) for row in counted] == [("overdue", 1)]


def test_children_are_counted_by_worker_and_highest_status(listed):
    world = seen_on(THURSDAY - FOUR_WEEKS)
    world.add("plan", child_id="Kit", kind="CP", started_on=date(2016, 9, 1))
    for child_id, worker_id in (("Lou", "Ann"), ("Max", None)):
        world.add("child", child_id=child_id, name=child_id, restricted=False)
        world.add(
            "allocation",
            child_id=child_id,
            worker_id=worker_id,
            unit_id="U1",
            lead=True,
            started_on=date(2016, 9, 1),
        )
    world.add(
        "post",
        worker_id="Ann",
        unit_id="U1",
        role="social_worker",
        fte=0.5,
        agency=False,
        newly_qualified=False,
        started_on=date(2016, 1, 1),
    )
    ann, nobody = listed(held_by_worker, world)
    assert (ann.worker_id, ann.children, ann.cp, ann.cin, ann.fte) == ("Ann", 2, 1, 0, 0.5)
    assert (nobody.worker_id, nobody.children, nobody.fte) == (None, 1, None)


def test_rows_that_add_to_the_numerator_come_first(shared_engine):
    world = seen_on(date(2016, 8, 29))
    world.add("visit", child_id="Kit", kind="CIN", visited_on=date(2016, 10, 14))
    with loaded(shared_engine, world) as engine:
        rows = read(engine, counted_first(METRIC.rows(months(), basis())))
    assert {(row.numerator, row.place) for row in rows} == {(0, 1), (1, 0)}
