"""A child's journey is open to the units that have held the child, and to nobody else."""

from datetime import date

import pytest

from data_access.problems import NotAllowed
from data_access.viewer import Viewer, read_records
from metrics.lists.child_story import (
    PARTS,
    about,
    allocations,
    clocks,
    missing_episodes,
    visits,
)
from metrics.lists.opened import Opened
from tests.metrics.lists.test_work_lists import TUESDAY, seen_on
from tests.worlds import basis, worked_out

EVERYBODY = Viewer("manager", frozenset({"*"}), may_see_names=True)


KIT = Opened(("Kit",), "U1")


def of_unit(unit_id: str) -> Viewer:
    return Viewer("worker", frozenset({unit_id}), may_see_names=True)


@pytest.fixture
def world():
    world = seen_on(TUESDAY, recorded_on=TUESDAY)
    world.rows["child"][0]["family_id"] = "F1"
    for child_id, family_id in (("Lou", "F1"), ("Max", "F2")):
        world.add("child", child_id=child_id, name=child_id, restricted=False, family_id=family_id)
    for kind, month in (("M", 3), ("A", 4), (None, 5)):
        day = date(2016, month, 1)
        world.add("missing_episode", child_id="Kit", kind=kind, started_on=day, ended_on=day)
    return world


@pytest.mark.parametrize("part", [*PARTS, "about"])
def test_every_part_is_closed_to_a_unit_that_never_held_the_child(shared_engine, world, part):
    query = about("Kit", basis()) if part == "about" else PARTS[part](KIT, basis())
    with worked_out(shared_engine, world) as engine:
        assert not read_records(engine, query, of_unit("U2"))


@pytest.mark.parametrize("part", PARTS)
def test_a_viewer_without_units_is_refused(shared_engine, world, part):
    with worked_out(shared_engine, world) as engine:
        with pytest.raises(NotAllowed):
            read_records(engine, PARTS[part](KIT, basis()), Viewer("nobody"))


def test_a_unit_that_held_the_child_once_sees_the_whole_journey(shared_engine, world):
    world.rows["allocation"][0]["ended_on"] = date(2016, 9, 1)
    world.add(
        "allocation",
        child_id="Kit",
        worker_id="Bob",
        unit_id="U2",
        lead=True,
        started_on=date(2016, 9, 1),
    )
    with worked_out(shared_engine, world) as engine:
        for unit_id in ("U1", "U2"):
            [kit] = read_records(engine, about("Kit", basis()), of_unit(unit_id))
            opened = Opened((kit.child_id,), kit.unit_id)
            found = read_records(engine, allocations(opened, basis()), of_unit(unit_id))
            assert sorted(row.held_by for row in found) == ["Team U1", "Team U2"]


def test_missing_and_away_are_two_things_and_one_of_a_single_day_is_told(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        found = read_records(engine, missing_episodes(KIT, basis()), EVERYBODY, ("started_on",))
    assert [row.kind for row in found] == [
        "missing",
        "away without authorisation",
        "missing or away",
    ]


def test_a_co_worker_s_unit_does_not_open_the_journey(shared_engine, world):
    world.add(
        "allocation",
        child_id="Kit",
        worker_id="Bob",
        unit_id="U2",
        lead=False,
        started_on=date(2016, 9, 1),
    )
    with worked_out(shared_engine, world) as engine:
        assert not read_records(engine, about("Kit", basis()), of_unit("U2"))


def test_a_child_that_no_unit_held_is_open_only_to_who_may_see_every_unit(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        assert [row.child_id for row in read_records(engine, about("Max", basis()), EVERYBODY)] == [
            "Max"
        ]
        assert not read_records(engine, about("Max", basis()), of_unit("U1"))


def test_brothers_and_sisters_are_counted_by_family(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        [kit] = read_records(engine, about("Kit", basis()), EVERYBODY)
        [max_] = read_records(engine, about("Max", basis()), EVERYBODY)
    assert (kit.siblings, kit.family_is_known) == (1, True)
    assert max_.siblings == 0


def test_names_are_hidden_from_who_may_not_see_them(shared_engine, world):
    blind = Viewer("analyst", frozenset({"*"}))
    with worked_out(shared_engine, world) as engine:
        [kit] = read_records(engine, about("Kit", basis()), blind)
        [held] = read_records(engine, allocations(KIT, basis()), blind)
    assert (kit.child_name, kit.born_on, held.worker_name) == (None, None, None)


def test_what_is_dated_after_the_data_s_last_day_is_not_told(shared_engine, world):
    world.add("visit", child_id="Kit", kind="CIN", visited_on=date(2016, 12, 1))
    with worked_out(shared_engine, world) as engine:
        found = read_records(engine, visits(KIT, basis()), EVERYBODY)
    assert [row.visited_on for row in found] == [TUESDAY]


def test_the_running_clock_is_told_from_those_that_ended(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        found = read_records(engine, clocks(KIT, basis()), EVERYBODY, ("clock_started_on",))
    assert [(row.is_running, row.is_missed) for row in found] == [(False, True), (True, False)]


def test_clocks_are_told_in_the_order_of_their_starts_whatever_the_plan(shared_engine, world):
    world.add("plan", child_id="Kit", kind="CP", started_on=date(2016, 7, 1))
    with worked_out(shared_engine, world) as engine:
        found = read_records(engine, clocks(KIT, basis()), EVERYBODY)
    assert [row.kind for row in found][0] == "CP"
    starts = [row.clock_started_on for row in found]
    assert starts == sorted(starts)
