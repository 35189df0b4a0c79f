"""A lesson is kept whole and for good, and is found again by metric, unit and word."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import delete, update
from sqlalchemy.exc import DatabaseError

from data_access.meeting_store.agendas import make_meeting
from data_access.meeting_store.learning.lessons import lesson
from data_access.problems import Problem
from meeting.actions import Noted, every_action, note_action
from meeting.agenda import ItemKind, read_agenda
from meeting.learning.lessons import (
    Learnt,
    every_lesson,
    keep_lesson,
    lessons_on_figures,
    of_action,
    of_item,
)
from metrics.model import Period

MONTH = Period(2016, 9)
ITEM = {
    **{"kind": ItemKind.WORTH.value, "title": "Sickness", "question": "Why?", "minutes": 5},
    **{"metric": "sickness", "unit_id": "U2", "action_id": None},
}
SAID = ("A rota", "Fewer days away", "Unit 3’s leader")


@pytest.fixture
def agenda(store):
    own = {**ITEM, "kind": ItemKind.OWN.value, "metric": None, "unit_id": None}
    make_meeting(store, MONTH.start, [ITEM, own], "Ann")
    found = read_agenda(store, MONTH)
    assert found
    return found


def action_of(store, agenda, **about):
    noted = Noted(
        verb="Share", what="visits", owner="Unit 2", due_on=date(2016, 10, 1), look=Period(2016, 11)
    )
    note_action(store, agenda.meeting_id, replace(noted, **about), "Ann")
    return every_action(store)[-1]


def test_a_lesson_says_what_was_tried_what_happened_who_takes_it_up_and_of_which_figure(
    store, agenda
):
    keep_lesson(store, of_item(agenda, agenda.items[0], " A rota ", *SAID[1:]), "Ann")
    (kept,) = every_lesson(store)
    assert (kept.tried, kept.happened, kept.taken_up_by) == SAID
    assert (kept.metric, kept.unit_id, kept.discussed, kept.by) == ("sickness", "U2", MONTH, "Ann")
    assert kept.agenda_item_id == agenda.items[0].id


def test_of_an_item_without_a_figure_and_of_no_item_it_is_of_the_service(store, agenda):
    for item in (agenda.items[1], None):
        keep_lesson(store, of_item(agenda, item, *SAID), "Ann")
    assert [(one.metric, one.unit_id) for one in every_lesson(store)] == [(None, "*")] * 2


def test_of_an_action_the_action_is_what_was_tried(store, agenda):
    action = action_of(store, agenda, metric="sickness", unit_id=None)
    keep_lesson(store, of_action(action, "It held", "Unit 3"), "Ann")
    (kept,) = every_lesson(store)
    assert (kept.tried, kept.metric, kept.unit_id) == ("Share visits", "sickness", None)
    assert kept.action_id == action.id


@pytest.mark.parametrize(
    ("said", "lacks"),
    [
        ((" ", "b", "c"), "what was tried"),
        (("a", "", "c"), "what happened"),
        (("a", "b", " "), "who takes it up"),
    ],
)
def test_a_lesson_that_lacks_a_part_is_refused(store, agenda, said, lacks):
    with pytest.raises(Problem, match=f"A lesson needs {lacks}\\."):
        keep_lesson(store, of_item(agenda, None, *said), "Ann")
    assert not every_lesson(store)


def test_a_lesson_stays_as_it_was_written(store, agenda):
    keep_lesson(store, of_item(agenda, None, *SAID), "Ann")
    for statement in (update(lesson).values(happened="x"), delete(lesson)):
        with pytest.raises(DatabaseError), store.begin() as connection:
            connection.execute(statement)


def test_it_is_found_by_all_of_the_words_in_any_of_its_parts_by_metric_and_by_unit(store, agenda):
    keep_lesson(store, of_item(agenda, agenda.items[0], *SAID), "Ann")
    (kept,) = every_lesson(store)
    assert kept.has("") and kept.has("LEADER rota") and not kept.has("rota visits")
    assert kept.is_of(None, "*") and kept.is_of("sickness", "U2") and kept.is_of(None, "U2")
    assert not kept.is_of("caseload", "*") and not kept.is_of(None, "U3")
    assert not kept.is_of(None, None)


def test_lessons_are_counted_by_figure_and_those_about_a_child_are_counted_apart(store, agenda):
    about = {"metric": "sickness", "unit_id": "U2"}
    keep_lesson(store, of_item(agenda, agenda.items[0], *SAID), "Ann")
    action = action_of(store, agenda, child_id="KID", **about)
    keep_lesson(store, of_action(action, "It held", "Unit 3"), "Ann")
    keep_lesson(
        store,
        Learnt(
            meeting_id=agenda.meeting_id,
            **dict(zip(("tried", "happened", "taken_up_by"), SAID, strict=True)),
        ),
        "Ann",
    )
    assert lessons_on_figures(store, with_children=True) == {("sickness", "U2"): 2, (None, "*"): 1}
    assert lessons_on_figures(store, with_children=False)["sickness", "U2"] == 1
    assert {one.child_id for one in every_lesson(store)} == {None, "KID"}
