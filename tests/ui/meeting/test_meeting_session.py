"""A session of the meeting's own: every way in it leads to the meeting, or out by signing out."""

import re

import pytest

from access.sessions import begin_meeting
from data_access.access_settings import SessionLimits
from data_access.london import now
from data_access.settings import MEETING_STORE_VARIABLE
from tests import meetings


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return meetings.built(tmp_path_factory.mktemp("council"))


@pytest.fixture(scope="module")
def held(council, tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('held') / 'meeting.sqlite'}"
    meetings.hold(council, url)
    return url


@pytest.fixture
def director(door, opened, council, held, monkeypatch):
    """A director's own session, and what opens a page for whoever looks."""
    monkeypatch.setenv(MEETING_STORE_VARIABLE, held)
    session = door.comes("director")

    def shows(name: str, **said: str) -> str:
        return opened(name, council, **{"month": "2016-09", **said})

    return session, shows


@pytest.fixture
def meeting(director, door):
    session, shows = director
    door.looks(begin_meeting(door.store, session, SessionLimits(), now())[1])
    return shows


def leads_to(html: str) -> list[str]:
    return re.findall(r'href="([^"]*)"', html)


@pytest.mark.parametrize("name", ["month", "metric", "agenda", "actions", "export", "people"])
def test_a_page_that_is_refused_leads_back_to_the_meeting_alone(meeting, name):
    html = meeting(name)
    assert "Back to the meeting" in html
    assert leads_to(html) == ["./room"]


def test_no_key_of_the_meeting_leads_to_a_page_that_is_refused(meeting):
    walk = meeting("room")
    assert {re.split(r"[?#]", to)[0] for to in leads_to(walk)} == {"./room"}
    assert 'action="./sign-out"' in walk
    assert walk.count('action="./sign-out"') == 1


def test_a_month_without_an_agenda_leads_to_no_page_that_is_refused(meeting):
    html = meeting("room", month="2016-07")
    assert "There is no agenda of July 2016 yet" in html
    assert {re.split(r"[?#]", to)[0] for to in leads_to(html)} == {"./room"}


def test_a_session_of_one_s_own_leaves_the_meeting_for_its_agenda(director):
    _, shows = director
    walk = shows("room")
    assert "./agenda?month=2016-09" in leads_to(walk)
    assert "./sign-out" not in walk


def test_the_button_of_the_projector_says_why_it_signs_out(director):
    _, shows = director
    html = shows("agenda")
    assert "Present on the projector" in html
    assert "signs you out here, so that this browser opens the meeting and nothing else" in html
    assert "for 4 hours" in html
