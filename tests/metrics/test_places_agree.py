"""A fact that several figures and lists rest on is the same one in all of them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from sqlalchemy import select

from data_access.database import read
from data_access.due.states import NO_RECORD_YET, OVERDUE
from data_access.schema import allocation, visit_due
from loading.checks.breaches import Situation
from loading.checks.wrong_links import open_cin_without_visit
from metrics.definitions.distance_travelled import METRIC as DISTANCE
from metrics.definitions.recorded_in_time import METRIC as RECORDED
from metrics.definitions.visits_out_of_timescale import METRIC as DUE
from metrics.lists.child_story import visits
from metrics.lists.listed_overdue import listed_overdue
from metrics.lists.opened import Opened
from metrics.lists.running_clocks import held_now, running_clocks
from metrics.lists.unvisited import unvisited
from metrics.model import SERVICE, Scope
from tests.draws import draws
from tests.metrics.plain import AS_AT
from tests.worlds import FIRST, SETTINGS, World, basis, loaded, months, visited, worked_out

STARTED = date(2016, 8, 1)
VISITED = date(2016, 8, 22)


def on_a_plan(**visit) -> World:
    """Kit, on a CIN plan and held by Ann in unit 1, visited in time; recorded after three weeks."""
    world = World().add("child", child_id="Kit", name="Kit", restricted=False)
    world.add("plan", child_id="Kit", kind="CIN", started_on=STARTED)
    world.add("visit", child_id="Elsewhere", kind="CP", visited_on=STARTED, seen=True)
    held = {"child_id": "Kit", "lead": True, "started_on": STARTED}
    world.add("allocation", unit_id="U1", worker_id="Ann", **held)
    made = {"visited_on": VISITED, "recorded_on": VISITED + timedelta(weeks=3)}
    return world.add("visit", child_id="Kit", kind="CIN", **made | visit)


def of_kit(found) -> list:
    return [row for row in found if row.child_id == "Kit"]


@pytest.mark.parametrize("seen", [True, None, False])
def test_a_visit_counts_as_seen_in_every_place_or_in_none(shared_engine, seen):
    situation = Situation(AS_AT, SETTINGS)
    [breach] = open_cin_without_visit(situation)
    with worked_out(shared_engine, on_a_plan(seen=seen)) as engine:
        clocks = of_kit(read(engine, select(*visit_due.c)))
        counts = {
            "starts a clock": VISITED in {row.clock_started_on for row in clocks},
            "is recorded": bool(of_kit(read(engine, RECORDED.rows(months(), basis())))),
            "is a visit of the plan": all(
                row.numerator == 0 for row in of_kit(read(engine, unvisited(months(), basis())))
            ),
            "is when the child was last seen": VISITED
            in {
                row.last_seen_on for row in of_kit(read(engine, running_clocks(months(), basis())))
            },
            "was listed until it was entered": bool(
                of_kit(read(engine, listed_overdue(months(), basis())))
            ),
            "is drawn as a visit": all(
                row.was_seen for row in read(engine, visits(Opened(("Kit",), "U1"), basis()))
            ),
            "is no data issue": not read(engine, breach.query),
        }
    assert set(counts.values()) == {seen is not False}, counts


@draws(30)
@given(world=visited())
def test_the_work_list_and_the_figure_call_a_visit_by_the_same_state(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        counted = read(engine, DUE.rows(months(), basis()))
        listed = read(engine, running_clocks(months(), basis()))
        clocks = read(engine, select(*visit_due.c))
        held = {row.child_id for row in read(engine, held_now(months(), basis()))}
    states = {(row.plan_id, row.clock_started_on): row.state for row in counted}
    on_lists = {(row.plan_id, row.clock_started_on): row.state for row in listed}
    for row in listed:
        if row.state in (OVERDUE, NO_RECORD_YET) and row.due_on >= FIRST.start:
            assert states[row.plan_id, row.clock_started_on] == row.state
    unmet = [row for row in clocks if row.visit_id is None]
    latest = {row.plan_id: row for row in sorted(unmet, key=lambda row: row.clock_started_on)}
    for plan_id, row in latest.items():
        is_open = row.plan_ended_on is None or row.plan_ended_on > AS_AT
        state = states.get((plan_id, row.clock_started_on))
        if is_open and row.child_id in held and state is not None:
            assert on_lists[plan_id, row.clock_started_on] == state


def test_about_the_recording_standard_too_the_list_and_the_figure_agree(shared_engine):
    """Visits due on each of the twelve days before the data's last, a child each."""
    world = on_a_plan()
    for days in range(1, 13):
        child_id, seen_on = f"Kit {days}", AS_AT - timedelta(weeks=4, days=days)
        world.add("child", child_id=child_id, name=child_id, restricted=False)
        world.add("plan", child_id=child_id, kind="CIN", started_on=seen_on)
        world.add("allocation", child_id=child_id, lead=True, started_on=seen_on)
    with worked_out(shared_engine, world) as engine:
        counted, listed = (
            {
                (row.child_id, row.clock_started_on): row.state
                for row in read(engine, query(months(), basis()))
            }
            for query in (DUE.rows, running_clocks)
        )
    assert len(listed) == 13
    assert {one: counted[one] for one in listed} == listed
    assert set(listed.values()) == {OVERDUE, NO_RECORD_YET}


def test_of_two_leads_from_one_day_every_place_takes_the_same(shared_engine):
    world = on_a_plan(visited_on=AS_AT, recorded_on=AS_AT)
    lead = {"child_id": "Kit", "lead": True, "started_on": date(2016, 9, 1)}
    world.add("allocation", allocation_id="B", unit_id="U2", worker_id="Bob", **lead)
    world.add("allocation", allocation_id="A", unit_id="U3", worker_id="Cat", **lead)
    world.add("allocation", unit_id="U4", worker_id="Dan", **lead | {"lead": False})
    world.add("referral", referral_id="R", child_id="Kit", received_on=STARTED, closed_on=AS_AT)
    for score, day in ((2.0, STARTED), (5.0, AS_AT)):
        scored = {"scale": "safety", "rater": "social_worker", "best": "high"}
        world.add("scale_score", child_id="Kit", scored_on=day, score=score, **scored)
    with loaded(shared_engine, world) as engine:
        units = {
            "who holds the child now": read(engine, held_now(months(), basis())),
            "on the day of the visit": of_kit(read(engine, RECORDED.rows(months(), basis()))),
            "at closure": read(engine, DISTANCE.rows(months(), basis())),
        }
    assert {place: [row.unit_id for row in rows] for place, rows in units.items()} == dict.fromkeys(
        units, ["U2"]
    )


@pytest.mark.parametrize(
    ("unit_id", "held"), [(SERVICE, ["U1", "U2", None]), ("U1", ["U1"]), (None, [None]), ("U9", [])]
)
def test_a_scope_holds_the_rows_of_its_unit_and_the_service_all(shared_engine, unit_id, held):
    world = World()
    for of in ("U1", "U2", None):
        world.add("allocation", child_id="Kit", unit_id=of, lead=True, started_on=STARTED)
    query = select(allocation.c.unit_id).where(Scope(unit_id).holds(allocation.c.unit_id))
    with loaded(shared_engine, world) as engine:
        found = [row.unit_id for row in read(engine, query)]
    assert sorted(found, key=str) == sorted(held, key=str)
