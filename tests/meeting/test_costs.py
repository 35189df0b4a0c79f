"""What a meeting costs and yields: people by minutes, decisions, actions in time, what to drop."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from data_access.meeting_store import agendas
from meeting.action_effects import Moved, Verdict
from meeting.actions import Noted, close_done, close_undone, every_action, note_action
from meeting.agenda import ItemKind, open_agenda
from meeting.costs import meeting_costs
from metrics.model import Period
from tests.exports.made_up import figures

FIGURES = figures()
JULY, AUGUST, SEPTEMBER = (Period(2016, month) for month in (7, 8, 9))
DUE = date(2016, 10, 1)
TODAY = date(2016, 10, 3)
OWN = {"kind": "own", "title": "Duty rota", "question": "", "minutes": 5}
SICKNESS = {"kind": "worth", "metric": "sickness", "unit_id": "U1", "title": "It rose."}


def sat(store, month: Period, *items: dict):
    """A meeting that took place."""
    agenda = open_agenda(store, FIGURES, month, "Ann")
    asked = [{"question": "", "minutes": 5, **one} for one in items]
    agendas.add_items(store, agenda.meeting_id, asked, "Ann")
    agendas.set_attendance(store, agenda.meeting_id, {"Director": 1, "Worker": 7}, "Ann")
    return open_agenda(store, FIGURES, month, "Ann")


def the(agenda, title: str):
    return next(item for item in agenda.items if item.title == title)


def sum_of(store, agenda, **verdicts):
    return meeting_costs(store, agenda, every_action(store), verdicts, TODAY)


def test_minutes_are_those_taken_where_they_are_known_else_those_planned(file_store):
    agenda = sat(file_store, SEPTEMBER)
    began = datetime(2016, 10, 4, 9, tzinfo=UTC)
    review, *others = agenda.items
    timed = replace(review, started_at=began, ended_at=began + timedelta(minutes=10, seconds=1))
    found = sum_of(file_store, replace(agenda, items=(timed, *others)))
    assert [(one.minutes, one.is_timed) for one in found.spent] == [
        (11, True),
        (15, False),
        (20, False),
    ]
    assert (found.people, found.minutes) == (8, 46)


def test_nobody_noted_is_not_nobody(file_store):
    agenda = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    assert sum_of(file_store, agenda).people is None


def test_decisions_are_counted_under_their_item_and_in_their_meeting(file_store):
    august, september = sat(file_store, AUGUST), sat(file_store, SEPTEMBER)
    review = the(september, "Case review")
    agendas.note_decision(file_store, september.meeting_id, review.id, "Meet weekly.", "Ann")
    agendas.note_decision(file_store, september.meeting_id, None, "Thank all.", "Ann")
    agendas.note_decision(file_store, august.meeting_id, None, "Other.", "Ann")
    found = sum_of(file_store, september)
    assert found.decisions == ("Meet weekly.", "Thank all.")
    assert [one.decisions for one in found.spent] == [1, 0, 0]


def test_an_action_is_done_in_time_by_the_day_it_was_done_not_the_day_it_was_closed(file_store):
    agenda = sat(file_store, AUGUST)
    due = {"in time": DUE, "late": DUE, "open": DUE, "dropped": DUE, "later": date(2016, 11, 1)}
    ids = {
        what: note_action(
            file_store,
            agenda.meeting_id,
            Noted(verb="Do", what=what, owner="Ann", due_on=day),
            "Ann",
        )
        for what, day in due.items()
    }
    close_done(file_store, ids["in time"], DUE, "", "Ann")
    close_done(file_store, ids["late"], DUE + timedelta(1), "", "Ann")
    close_undone(file_store, ids["dropped"], "dropped", "No need.", "Ann")
    found = sum_of(file_store, agenda)
    assert (found.done_in_time, found.were_due) == (1, 4)


def test_only_what_can_be_judged_counts_as_moved_or_not(file_store):
    agenda = sat(file_store, AUGUST)
    verdicts = {moved.name: Verdict(moved, "") for moved in Moved}
    found = sum_of(file_store, agenda, **verdicts)
    assert (found.moved, found.can_be_judged) == (1, 2)


def to_drop(store, agenda) -> list[str]:
    return [item.title for item in sum_of(store, agenda).to_drop]


ELEMENTS = ["Case review", "Unit figures", "One case in depth"]


def test_what_two_sittings_had_without_a_decision_is_proposed_for_dropping(file_store):
    for month in (JULY, AUGUST):
        sat(file_store, month, OWN)
    september = sat(file_store, SEPTEMBER, OWN, {**OWN, "title": "A new one"})
    assert to_drop(file_store, september) == [*ELEMENTS, "Duty rota"]


def test_one_sitting_is_too_few_and_an_agenda_alone_is_no_sitting(file_store):
    open_agenda(file_store, FIGURES, JULY, "Ann")
    sat(file_store, AUGUST)
    assert to_drop(file_store, sat(file_store, SEPTEMBER)) == []


@pytest.mark.parametrize("decided_in", [0, 1])
def test_a_decision_in_either_sitting_keeps_an_item(file_store, decided_in):
    sittings = [sat(file_store, month, OWN) for month in (JULY, AUGUST)]
    agenda = sittings[decided_in]
    id = the(agenda, "Duty rota").id
    agendas.note_decision(file_store, agenda.meeting_id, id, "Share it.", "Ann")
    assert to_drop(file_store, sat(file_store, SEPTEMBER, OWN)) == ELEMENTS


def test_a_figure_is_the_same_item_whatever_its_sentence_and_an_action_on_it_keeps_it(file_store):
    for month, said in ((JULY, "It rose."), (AUGUST, "It fell.")):
        sat(file_store, month, {**SICKNESS, "title": said})
    september = sat(
        file_store,
        SEPTEMBER,
        {**SICKNESS, "title": "It is back."},
        {**SICKNESS, "title": "Another unit.", "unit_id": "U2"},
    )
    assert to_drop(file_store, september) == [*ELEMENTS, "It is back."]
    july = open_agenda(file_store, FIGURES, JULY, "Ann")
    noted = Noted(
        verb="Ask",
        what="them",
        owner="Ann",
        due_on=DUE,
        metric="sickness",
        unit_id="U1",
        look=SEPTEMBER,
    )
    note_action(file_store, july.meeting_id, noted, "Ann")
    assert to_drop(file_store, september) == ELEMENTS


def test_an_open_action_is_never_proposed_for_dropping(file_store):
    june = sat(file_store, Period(2016, 6))
    noted = Noted(verb="Ask", what="them", owner="Ann", due_on=DUE)
    note_action(file_store, june.meeting_id, noted, "Ann")
    for month in (JULY, AUGUST):
        sat(file_store, month)
    september = sat(file_store, SEPTEMBER)
    assert ItemKind.ACTION in [item.kind for item in september.items]
    assert to_drop(file_store, september) == ELEMENTS
