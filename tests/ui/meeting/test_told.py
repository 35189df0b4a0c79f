"""What meetings say of a child is told to who opens the meeting, and else where the child is."""

import re
from functools import partial

import pytest

from data_access.viewer import Act
from meeting.actions import Noted, every_action, note_action
from meeting.learning.lessons import keep_lesson, of_action
from metrics.model import Period
from tests.ui.small_council import AS_AT

MONTH = "2016-10"
OURS, THEIRS, HIDDEN = "visit the Wren", "visit the Heron", "visit the Kestrel"
OF_NOBODY = ("mend our own", "ask Unit 3 for a plan")
OF_CHILDREN = {OURS: "KID-U2-0", THEIRS: "KID-U3-0", HIDDEN: "KID-U2-1"}
# It is about no figure.
THEIRS_TOO = "see a child of theirs"


@pytest.fixture
def agreed(met, store):
    """Actions on Unit 2's sickness about children: its own, Unit 3's and a restricted one's."""
    meeting_id = every_action(store)[0].meeting_id
    about = partial(Noted, verb="Do", owner="A", due_on=AS_AT, metric="sickness", unit_id="U2")
    for what, child_id in OF_CHILDREN.items():
        noted = about(what=what, child_id=child_id, look=Period(2016, 11))
        note_action(store, meeting_id, noted, "Chair")
    for action in every_action(store):
        keep_lesson(store, of_action(action, "It worked", "All"), "Chair")


@pytest.fixture
def consults(agreed, looks):
    """Who works in Unit 2 and is told every unit's figures, and leads no meeting."""
    return partial(looks, units=frozenset({"U2"}), acts=frozenset({Act.NOTE}))


@pytest.fixture
def listed(opened):
    """What Actions tells; Lessons tells the same."""

    def of_both() -> set[str]:
        actions, lessons = (told(opened(page, month=MONTH)) for page in ("actions", "lessons"))
        assert actions == lessons
        return actions

    return of_both


def told(html: str) -> set[str]:
    return {words for words in (*OF_CHILDREN, THEIRS_TOO, *OF_NOBODY) if words in html}


def test_who_sees_all_figures_and_leads_no_meeting_is_told_of_open_children_alone(listed, consults):
    consults()
    assert listed() == {OURS, *OF_NOBODY}


def test_who_may_see_a_restricted_child_is_told_of_it(listed, consults):
    consults(may_see_restricted=True)
    assert listed() == {OURS, HIDDEN, *OF_NOBODY}


def test_to_whom_no_unit_s_children_are_open_no_child_s_is_told(listed, consults):
    consults(units=frozenset())
    assert listed() == set(OF_NOBODY)


def test_who_holds_some_children_of_the_unit_is_told_of_these(listed, consults):
    consults(own_children="WORKER-U3", figures=frozenset({"U2"}))
    assert listed() == {"mend our own"}
    consults(own_children="WORKER-U2", figures=frozenset({"U2"}))
    assert listed() == {OURS, "mend our own"}


def test_who_leads_the_meeting_is_told_of_every_child_that_it_speaks_of(listed, agreed, looks):
    looks(units=frozenset({"U2"}))
    assert listed() == {*OF_CHILDREN, THEIRS_TOO, *OF_NOBODY}


def actions_of_unit(html: str) -> set[str]:
    (found,) = re.findall(r"<section><h2>Open actions.*?</section>", html, re.S)
    return told(found)


def test_a_unit_s_open_actions_are_those_of_children_who_are_open(opened, consults, looks):
    consults()
    html = opened("unit", unit="U2", month=MONTH)
    assert actions_of_unit(html) == {OURS, "mend our own"}
    assert "1 lesson →" in html
    looks()
    html = opened("unit", unit="U2", month=MONTH)
    assert actions_of_unit(html) == {*OF_CHILDREN, "mend our own"}
    assert "4 lessons →" in html


def test_no_link_counts_a_child_s_for_who_leads_no_meeting(opened, consults, looks):
    def said() -> tuple[list[str], bool]:
        open_ones = re.findall(r">(\d+)<span> open</span>", opened("month", month=MONTH))
        of_figure = opened("metric", metric="sickness", unit="U2", month=MONTH)
        return open_ones, "1 lesson of a meeting about this figure" in of_figure

    consults()
    assert said() == (["1", "1"], True)
    looks()
    assert said() == (["4", "1"], False)


def test_beside_a_figure_stands_what_was_agreed_about_it_and_nothing_of_a_child(opened, agreed):
    html = opened("metric", metric="sickness", unit="U2", month=MONTH)
    assert told(html) == {"mend our own"}


def test_an_agenda_has_a_child_s_action_for_who_leads_and_to_whom_the_child_is_open(
    opened, consults, looks
):
    left_out = "Actions about children who are not open to you are not in this list."
    consults()
    html = opened("agenda", month=MONTH)
    assert THEIRS_TOO not in html and left_out in html
    assert "ask Unit 3 for a plan" in html
    consults(units=frozenset({"U3"}))
    html = opened("agenda", month=MONTH)
    assert THEIRS_TOO in html and left_out not in html
    looks()
    html = opened("agenda", month=MONTH)
    assert THEIRS_TOO in html and left_out not in html
