"""Who works in a unit today, their supervision, and children held of whom nobody talked."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_access.database import read
from data_access.unit_settings.practice import Practice
from metrics.model import Basis
from metrics.practice.staff import Staff, members, staff, staff_today, what_is_recorded
from metrics.practice.supervised import children_of, sessions_of
from tests.worlds import AS_AT, SETTINGS, World, loaded

SIX_WEEKS = AS_AT - timedelta(weeks=6)
TWELVE_WEEKS = AS_AT - timedelta(weeks=12)
BASIS = Basis(replace(SETTINGS, practice=Practice(discussed_within_weeks=6)), AS_AT)


def ann(**in_post) -> World:
    """Ann, in a post of Unit 1, who has held Kit for Unit 1 and Lou for Unit 2 since January."""
    world = World()
    world.add("worker", worker_id="Ann", name="Ann Example")
    post = {"worker_id": "Ann", "unit_id": "U1", "role": "social_worker", "fte": 0.8}
    rest = {"agency": False, "newly_qualified": False, "started_on": date(2015, 1, 5)}
    world.add("post", **(post | rest | in_post))
    for child, unit in (("Kit", "U1"), ("Lou", "U2")):
        world.add("child", child_id=child, name=child, restricted=False)
        held = {"child_id": child, "unit_id": unit, "lead": True}
        world.add("allocation", worker_id="Ann", started_on=date(2016, 1, 4), **held)
    return world


def session(world: World, day: date, *children: str, worker: str = "Ann", **said) -> World:
    number = len(world.rows["supervision"])
    row = {"worker_id": worker, "held_on": day, "kind": "one_to_one"} | said
    world.add("supervision", supervision_id=f"S{number}", **row)
    for child in children:
        world.add("supervision_child", supervision_id=f"S{number}", child_id=child)
    return world


def rows_of(engine, world: World):
    query = staff_today(BASIS)
    with loaded(engine, world, only_for=[query]) as engine:
        return {(row.unit_id, row.worker_id): row for row in read(engine, query)}


def told(engine, world: World) -> Staff:
    (one,) = staff(rows_of(engine, world).values()).values()
    return one


def test_the_last_of_each_kind_and_twelve_weeks_of_sessions_and_children(shared_engine):
    world = session(ann(), TWELVE_WEEKS, "Kit")
    session(world, TWELVE_WEEKS + timedelta(1), "Kit", "Lou")
    session(world, AS_AT, "Kit", kind="group")
    one = told(shared_engine, world)
    assert (one.last_one_to_one_on, one.last_group_on) == (TWELVE_WEEKS + timedelta(1), AS_AT)
    assert (one.sessions, one.discussed) == (2, 2)


@pytest.mark.parametrize(("day", "waiting"), [(SIX_WEEKS, 2), (SIX_WEEKS + timedelta(1), 1)])
def test_a_child_is_not_talked_about_once_all_of_the_weeks_are_over(shared_engine, day, waiting):
    assert told(shared_engine, session(ann(), day, "Kit")).not_discussed == waiting


def test_who_was_talked_about_with_the_worker_before_was_talked_about(shared_engine):
    world = session(ann(), AS_AT - timedelta(3), "Kit", worker="Bob")
    assert told(shared_engine, world).not_discussed == 1


def test_a_child_held_for_less_than_the_weeks_is_not_waited_for_yet(shared_engine):
    world = ann()
    world.rows["allocation"][0]["started_on"] = SIX_WEEKS + timedelta(1)
    assert told(shared_engine, world).not_discussed == 1
    world.rows["allocation"][0]["started_on"] = SIX_WEEKS
    assert told(shared_engine, world).not_discussed == 2


def test_a_child_held_for_no_unit_is_waited_for_as_any_other(shared_engine):
    world = ann()
    world.rows["allocation"][1]["unit_id"] = None
    assert told(shared_engine, session(world, AS_AT, "Kit")).not_discussed == 1


def test_supervision_is_told_in_the_unit_of_the_post_alone(shared_engine):
    found = rows_of(shared_engine, session(ann(), AS_AT, "Kit"))
    here, there = found[("U1", "Ann")], found[("U2", "Ann")]
    assert (here.is_own, here.sessions, here.fte) == (1, 1, 0.8)
    assert (there.is_own, there.sessions, there.last_one_to_one_on) == (0, 0, None)


def test_who_has_no_post_anywhere_is_of_each_unit_that_they_hold_a_child_for(shared_engine):
    world = session(ann(ended_on=AS_AT), AS_AT, "Kit")
    assert {row.is_own for row in rows_of(shared_engine, world).values()} == {1}


def test_who_holds_nobody_is_there_by_a_practitioner_s_post(shared_engine):
    world = ann()
    in_post = {"unit_id": "U1", "fte": 1.0, "agency": False, "started_on": date(2016, 1, 4)}
    for worker, role in (("Bob", "family_support_worker"), ("Cy", "unit_coordinator")):
        world.add("post", worker_id=worker, role=role, newly_qualified=worker == "Bob", **in_post)
    found = rows_of(shared_engine, world)
    assert {worker for _, worker in found} == {"Ann", "Bob"}
    assert staff(found.values())["Bob"].newly_qualified


def test_holiday_is_of_twelve_weeks_and_of_the_method_that_counts(shared_engine):
    world = ann()
    for day, category, method, hours in (
        (TWELVE_WEEKS, "annual_leave", "diary", 1.0),
        (TWELVE_WEEKS + timedelta(1), "annual_leave", "diary", 2.0),
        (AS_AT, "annual_leave", "survey", 4.0),
        (AS_AT, "sickness", "diary", 8.0),
        (AS_AT - timedelta(9), "supervision", "diary", 1.0),
        (AS_AT - timedelta(2), "supervision", "diary", 0.0),
    ):
        row = {"worked_on": day, "category": category, "method": method, "hours": hours}
        world.add("time_record", worker_id="Ann", **row)
    one = told(shared_engine, world)
    assert (one.holiday_hours, one.supervised_hour_on) == (2.0, AS_AT - timedelta(9))


def test_what_is_recorded_of_nobody_is_told(shared_engine):
    query = what_is_recorded(BASIS)
    with loaded(shared_engine, session(ann(), AS_AT), only_for=[query]) as engine:
        assert read(engine, query)[0]._asdict() == {
            "supervision_hours": False,
            "holiday": False,
            "sessions": True,
            "talks": False,
        }


def test_the_sheet_has_sessions_of_half_a_year_and_the_last_talk_of_each_child(shared_engine):
    world = session(ann(), AS_AT - timedelta(weeks=26), "Kit")
    session(world, AS_AT - timedelta(weeks=26) + timedelta(1), "Kit")
    queries = sessions_of("Ann", members(BASIS), BASIS), children_of("Ann", BASIS)
    with loaded(shared_engine, world, only_for=queries) as engine:
        sessions, children = (read(engine, query) for query in queries)
    assert [(row.unit_id, row.supervision_id, row.discussed) for row in sessions] == [
        ("U1", "S1", 1)
    ]
    assert {row.child_id: row.last_discussed_on for row in children} == {
        "Kit": AS_AT - timedelta(weeks=26) + timedelta(1),
        "Lou": None,
    }
