"""The page Teams: what each team holds, and saying of which unit it is."""

from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.meeting_store.matches.teams import TeamOfUnit, map_team, team_map
from data_access.viewer import Act
from tests.ui.conftest import PAGES
from tests.ui.small_council import UNITS


@pytest.fixture
def page(small_council, store, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    return lambda: AppTest.from_file(PAGES / "teams.py", default_timeout=60).run()


def html(of: AppTest) -> str:
    return "".join(element.proto.body for element in of.get("html"))


def say(of: AppTest, team: str, unit: str, called: str = "") -> AppTest:
    of.selectbox[0].select_index(of.selectbox[0].options.index(team))
    of.selectbox[1].select_index(of.selectbox[1].options.index(unit))
    of.text_input[0].set_value(called)
    return of.button[0].click().run()


def test_every_team_is_listed_with_what_is_said_of_it(page, store):
    since = date(2016, 6, 1)
    map_team(store, TeamOfUnit("U2", "north", "North <b>", started_on=since), "Ann")
    shown = page()
    said = html(shown)
    assert "<td>1 June 2016</td>" in said and "2016-06-01" not in said
    assert all(name in said for name, _ in UNITS.values())
    assert said.count("itself</td>") == len(UNITS) - 1
    assert "North &lt;b&gt;" in said
    assert "Ann, " in said and "counts from the next load" in said


def test_what_is_said_of_a_team_is_kept_and_withdrawn_under_the_viewer_s_name(page, store):
    done = say(page(), "Unit 2", "a new unit, called …", " North ")
    assert "Team U2 is of unit North always: so from the next load." in html(done)
    (line,) = team_map(store)
    assert (line.team_id, line.unit_id, line.unit_name, line.by) == (
        "U2", "North", "North", "Local viewer",
    )  # fmt: skip
    done = done.button[1].click().run()
    assert "Withdrawn, from the next load" in html(done)
    assert team_map(store) == []


def test_a_unit_that_is_called_so_already_is_that_unit(page, store):
    say(page(), "Unit 2", "a new unit, called …", "unit 3")
    assert [line.unit_id for line in team_map(store)] == ["U3"]


def test_what_can_not_be_is_said_and_not_kept(page, store):
    said = html(say(page(), "Unit 2", "Unit 2"))
    assert "is its own unit where nothing is said" in said
    said = html(say(page(), "Unit 2", "a new unit, called …"))
    assert "Name the team and the unit" in said or "There is no unit" in said
    assert team_map(store) == []


def test_definitions_leads_there_whom_it_is_open_to_and_nobody_else(opened, looks, store):
    assert "Teams and their units" in opened("definitions")
    looks(acts=frozenset({Act.NOTE}))
    assert "Teams and their units" not in opened("definitions")
    assert "This cannot be shown" in opened("teams")
