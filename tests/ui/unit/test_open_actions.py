"""Unit: its open actions, as the meeting store has them."""

import re
from datetime import date

import pytest

from data_access.meeting_store import agendas
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.actions import Noted, close_done, note_action
from metrics.model import Period

NEXT_YEAR = Period(2017, 1)


@pytest.fixture
def agree(store):
    """Notes an action in one meeting of August."""
    meeting_id = agendas.make_meeting(store, date(2016, 8, 1), [], "Ann")

    def note(what: str, unit_id: str, due_on: date, metric: str | None = "sickness") -> str:
        about = Noted(
            verb="See",
            what=what,
            owner="Leader",
            due_on=due_on,
            metric=metric,
            unit_id=unit_id,
            look=NEXT_YEAR,
        )
        return note_action(store, meeting_id, about, "Ann")

    return note


def actions_in(html: str) -> str:
    (found,) = re.findall(r"<section><h2>Open actions.*?</section>", html, re.S)
    return found


def test_a_unit_shows_the_open_actions_on_its_own_figures_and_says_which_are_overdue(
    opened, agree, store
):
    agree("what is late", "U1", date(2016, 1, 5))
    agree("what is to come", "U1", date(2030, 1, 5))
    agree("another unit", "U2", date(2016, 1, 5))
    agree("no figure at all", "U1", date(2016, 1, 5), metric=None)
    close_done(store, agree("what is done", "U1", date(2016, 1, 5)), date(2016, 1, 4), "", "Ann")
    shown = actions_in(opened("unit", unit="U1"))
    assert re.findall(r"See ([a-z ]+)<", shown) == ["what is late", "what is to come"]
    assert "5 January 2016: overdue" in shown
    assert "5 January 2030<" in shown
    assert 'href="./actions' in shown


def test_a_unit_without_open_actions_says_so(opened, agree):
    agree("another unit", "U2", date(2016, 1, 5))
    assert "No open action is about a figure of this unit." in actions_in(opened("unit", unit="U1"))


def test_a_unit_says_nothing_of_actions_where_the_store_cannot_be_read(
    opened, tmp_path, monkeypatch
):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'none' / 'm.sqlite'}")
    assert "Open actions" not in opened("unit", unit="U1")
