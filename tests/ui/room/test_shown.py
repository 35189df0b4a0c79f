"""What the projector showed is in the audit; and a sign-in for the meeting shows nothing else."""

import pytest

from access.sessions import begin_meeting
from data_access.access_settings import SessionLimits
from data_access.database import connect
from data_access.london import now
from meeting.agenda import open_agenda
from meeting.drawing import choose_case
from metrics.figures import read_figures
from metrics.model import Period
from tests.worlds import SETTINGS


@pytest.fixture
def case(small_council, store):
    """One child who is taken to September's meeting."""
    agenda = open_agenda(
        store, read_figures(connect(small_council), SETTINGS), Period(2016, 9), "Chair"
    )
    choose_case(store, agenda.meeting_id, "case_in_depth", "KID-U3-0", "Chair")


def test_a_child_on_the_projector_is_written_down_as_shown_to_the_meeting(door, opened, case):
    door.comes("director")
    html = opened("room", month="2016-09")
    shown = [door.children_of(event.number) for event in door.events("meeting shown")]
    assert {"KID-U3-0"} in shown
    assert "Zebedee" not in html


def test_a_sign_in_for_the_meeting_opens_the_room_and_no_other_page(door, opened, case):
    own = door.comes("director")
    _, meeting = begin_meeting(door.store, own, SessionLimits(), now())
    door.looks(meeting)
    assert "Child" in opened("room", month="2016-09")
    for page in ("month", "unit", "child", "agenda", "export"):
        assert "it shows the meeting and nothing else" in opened(page, unit="U3")


def test_who_sees_figures_and_no_record_sees_the_meeting_without_its_children(looks, opened, case):
    looks(units=frozenset(), may_see_names=False, may_see_restricted=False)
    for page in ("room", "actions"):
        html = opened(page, month="2016-09")
        assert "No unit has been opened" not in html
        assert "Zebedee" not in html
