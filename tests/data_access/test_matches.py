"""The team map and decisions on workers in the meeting store: kept, withdrawn, never at odds."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from data_access.meeting_store.matches.tables import OPEN, SAME, TWO, worker_decision
from data_access.meeting_store.matches.teams import (
    TeamOfUnit,
    faults,
    map_team,
    team_map,
    unmap_team,
)
from data_access.meeting_store.matches.workers import (
    decide_workers,
    every_decision,
    those_that_hold,
)
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem

APRIL, JUNE = date(2016, 4, 1), date(2016, 6, 1)
EAST = TeamOfUnit("east-1", "U1")


@pytest.fixture
def store(store_url):
    engine = open_store(store_url)
    yield engine
    engine.dispose()


def lines(store) -> list[tuple]:
    return [
        (one.team_id, one.unit_id, one.unit_name, one.started_on, one.ended_on, one.by)
        for one in team_map(store)
    ]


def test_a_line_of_the_team_map_is_read_back_until_it_is_withdrawn(store):
    id = map_team(store, replace(EAST, unit_name="Unit 1", ended_on=APRIL), "Ann")
    map_team(store, TeamOfUnit("east-1", "U2", started_on=APRIL), "Bob")
    assert lines(store) == [
        ("east-1", "U1", "Unit 1", None, APRIL, "Ann"),
        ("east-1", "U2", None, APRIL, None, "Bob"),
    ]
    unmap_team(store, id, "Cy")
    assert [line[1] for line in lines(store)] == ["U2"]
    with pytest.raises(Problem, match="withdrawn already"):
        unmap_team(store, id, "Cy")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (TeamOfUnit("east-1", "U2"), "it can be of one on a day"),
        (TeamOfUnit("east-1", "U2", started_on=APRIL), "it can be of one on a day"),
        (TeamOfUnit("west", "east-1"), "west is of east-1 always, which is itself a team of U1"),
        (TeamOfUnit("U1", "U2"), "east-1 is of U1 always, which is itself a team of U2"),
        (TeamOfUnit("U1", "U1"), "name another"),
        (TeamOfUnit(" ", "U1"), "Name the team"),
        (TeamOfUnit("west", ""), "Name the team"),
        (TeamOfUnit("west", "U1", started_on=JUNE, ended_on=JUNE), "before its first"),
    ],
)
def test_what_a_team_can_t_be_is_refused_and_not_kept(store, wrong, said):
    map_team(store, EAST, "Ann")
    with pytest.raises(Problem, match=said):
        map_team(store, wrong, "Ann")
    assert len(team_map(store)) == 1


def test_a_unit_may_become_a_team_of_another_once_its_own_teams_have_left_it():
    before = TeamOfUnit("east-1", "U1", ended_on=APRIL)
    assert not list(faults([before, TeamOfUnit("U1", "U2", started_on=APRIL)]))
    one_day_too_early = date(2016, 3, 31)
    assert list(faults([before, TeamOfUnit("U1", "U2", started_on=one_day_too_early)]))


def test_the_latest_decision_on_two_workers_holds_whichever_is_named_first(store):
    decide_workers(store, "P1", "H1", SAME, "Ann", "Married in May.")
    decide_workers(store, "H1", "P1", TWO, "Bob")
    decided = every_decision(store)
    assert [(one.verdict, one.by, one.reason) for one in decided] == [
        (SAME, "Ann", "Married in May."),
        (TWO, "Bob", None),
    ]
    assert those_that_hold(decided).verdict("P1", "H1") == TWO
    assert those_that_hold(decided).verdict("P1", "H2") == OPEN


def test_one_person_by_two_decisions_is_one_by_both(store):
    decide_workers(store, "P1", "H1", SAME, "Ann")
    decide_workers(store, "H1", "S1", SAME, "Ann")
    decide_workers(store, "S1", "X1", OPEN, "Ann")
    assert those_that_hold(every_decision(store)).same_as("S1") == {"P1", "H1"}


def test_decisions_that_contradict_one_another_are_refused(store):
    decide_workers(store, "P1", "H1", SAME, "Ann")
    decide_workers(store, "S1", "P1", TWO, "Ann")
    with pytest.raises(Problem, match="would be one person"):
        decide_workers(store, "H1", "S1", SAME, "Ann")
    decide_workers(store, "S1", "P1", OPEN, "Ann")
    decide_workers(store, "H1", "S1", SAME, "Ann")
    with pytest.raises(Problem, match="Name two workers"):
        decide_workers(store, "H1", "H1", SAME, "Ann")


def test_the_database_itself_lets_nobody_change_what_was_decided_of_workers(store):
    decide_workers(store, "P1", "H1", SAME, "Ann")
    for statement in (update(worker_decision).values(verdict=TWO), delete(worker_decision)):
        with pytest.raises(DatabaseError, match="is never changed"), store.begin() as writing:
            writing.execute(statement)
