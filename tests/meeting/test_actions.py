"""Actions: whole when noted, closed with an outcome, open until then."""

from datetime import date

import pytest

from data_access.meeting_store import agendas
from data_access.problems import Problem
from meeting.actions import Noted, close_done, close_undone, every_action, note_action
from meeting.agenda import open_agenda
from metrics.model import Period
from tests.exports.made_up import figures

FIGURES = figures()
SEPTEMBER = Period(2016, 9)
DUE = date(2016, 10, 31)
NOTED = Noted(
    verb="Share",
    what="fortnightly visits",
    owner="Unit 2’s lead",
    due_on=DUE,
    metric="sickness",
    unit_id=None,
    effect="Fewer days lost",
    look=Period(2017, 1),
)


@pytest.fixture
def meeting(file_store) -> str:
    return open_agenda(file_store, FIGURES, SEPTEMBER, "Ann").meeting_id


def test_an_action_is_read_back_as_it_was_noted(file_store, meeting):
    id = note_action(file_store, meeting, NOTED, "Ann")
    (found,) = every_action(file_store)
    assert (found.id, found.task, found.is_open) == (id, "Share fortnightly visits", True)
    assert {name: getattr(found, name) for name in vars(NOTED)} == vars(NOTED)
    assert (found.discussed, found.agreed, found.agreed_by) == (SEPTEMBER, Period(2016, 10), "Ann")


def test_an_action_was_agreed_in_the_month_in_which_its_meeting_was_held(file_store, meeting):
    note_action(file_store, meeting, NOTED, "Ann")
    agendas.hold_meeting(file_store, meeting, date(2016, 11, 2), "Ann")
    assert every_action(file_store)[0].agreed == Period(2016, 11)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"what": " "}, "needs what is to be done"),
        ({"owner": ""}, "needs an owner"),
        ({"verb": "", "owner": ""}, "needs a verb and an owner"),
        ({"look": None}, "needs the month to look at it"),
    ],
)
def test_an_action_is_noted_whole_or_not_at_all(file_store, meeting, wrong, sentence):
    with pytest.raises(Problem, match=sentence):
        note_action(file_store, meeting, Noted(**{**vars(NOTED), **wrong}), "Ann")
    assert every_action(file_store) == []


def test_an_action_is_due_on_its_day_until_it_is_closed(file_store, meeting):
    id = note_action(file_store, meeting, NOTED, "Ann")
    (found,) = every_action(file_store)
    assert not found.is_due(date(2016, 10, 30))
    assert found.is_due(DUE)
    assert not found.is_to_be_looked_at(Period(2016, 12))
    assert found.is_to_be_looked_at(Period(2017, 1))
    close_done(file_store, id, DUE, "", "Bob")
    (found,) = every_action(file_store)
    assert (found.outcome, found.done_on, found.outcome_words) == ("done", DUE, None)
    assert not found.is_due(DUE)


def test_what_is_closed_undone_says_why(file_store, meeting):
    id = note_action(file_store, meeting, NOTED, "Ann")
    with pytest.raises(Problem, match="Say why it was not done"):
        close_undone(file_store, id, "dropped", " ", "Bob")
    close_undone(file_store, id, "not done", "No worker.", "Bob")
    (found,) = every_action(file_store)
    assert (found.outcome, found.outcome_words) == ("not done", "No worker.")
