"""The agenda: what the rule puts on it, and that no open action is ever left out."""

from datetime import date

import pytest

from data_access.meeting_store import agendas
from data_access.problems import Problem
from meeting.actions import Noted, close_done, close_undone, every_action, note_action
from meeting.agenda import (
    ItemKind,
    items_by_rule,
    open_agenda,
    read_agenda,
    strike_off,
    struck_off,
)
from metrics.agenda_rules import Item, WorthRule, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period, Scope, View
from tests.exports.made_up import PLAIN, Counted, figures

AUGUST, SEPTEMBER, OCTOBER = Period(2016, 8), Period(2016, 9), Period(2016, 10)
FIGURES = figures()
TODAY = FIGURES.load.as_at
ELEMENTS = [ItemKind.CASE_REVIEW, ItemKind.UNIT_FIGURES, ItemKind.CASE_IN_DEPTH]


def noted(what: str, due_on: date = TODAY, **other) -> Noted:
    return Noted(verb="Share", what=what, owner="Unit 2’s lead", due_on=due_on, **other)


def worth(*unit_ids: str | None) -> Item:
    found = [
        FIGURES.compared_result(CATALOGUE["sickness"], View(SEPTEMBER, Scope(one)))
        for one in unit_ids
    ]
    return Item(WorthRule.CONCERN, tuple(found))


def titles(agenda) -> list[str]:
    return [item.title for item in agenda.items]


def test_an_agenda_is_made_by_rule_the_first_time_and_read_after(file_store):
    assert read_agenda(file_store, SEPTEMBER) is None
    made = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    assert [item.kind for item in made.items] == ELEMENTS
    assert all(item.question for item in made.items)
    assert made.minutes == 55
    agendas.reword_item(file_store, made.items[0].id, "Three cases", "Why?", 5, "Ann")
    again = open_agenda(file_store, FIGURES, SEPTEMBER, "Bob")
    assert (again.meeting_id, again.key) == (made.meeting_id, made.key)
    assert titles(again) == ["Three cases", *titles(made)[1:]]
    assert read_agenda(file_store, SEPTEMBER) == again


def test_the_key_of_an_agenda_is_not_written_where_it_is_printed(file_store):
    agenda = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    assert len(agenda.key) == 32
    assert agenda.key.hex() not in repr(agenda) and repr(agenda.key) not in repr(agenda)


def test_actions_come_first_those_due_or_to_be_looked_at_before_the_others(file_store):
    first = open_agenda(file_store, FIGURES, AUGUST, "Ann")
    later = date(2016, 12, 1)
    about = {"metric": "sickness", "unit_id": "U1"}
    for one in (
        noted("a thing not due", later, look=OCTOBER),
        noted("a thing to be looked at", later, look=SEPTEMBER, **about),
        noted("a thing due", TODAY),
    ):
        note_action(file_store, first.meeting_id, one, "Ann")
    found = items_by_rule(every_action(file_store), [worth("U2")], SEPTEMBER, TODAY)
    assert [one["title"] for one in found][:4] == [
        "Share a thing due",
        "Share a thing to be looked at",
        "Share a thing not due",
        worth("U2").sentence,
    ]
    assert [one["minutes"] for one in found][:4] == [3, 3, 1, 6]
    assert found[1]["metric"], found[1]["unit_id"] == ("sickness", "U1")
    assert found[2]["question"] == "Due 1 December 2016: is anything in its way?"
    assert [ItemKind(one["kind"]) for one in found[4:]] == ELEMENTS


@pytest.mark.parametrize("unit_ids", [("U2",), (None,), (SERVICE, "U1"), ("U1", "U2")])
def test_an_item_worth_the_room_s_time_is_about_the_figure_that_it_tells_of(unit_ids):
    (found, *_) = items_by_rule([], [worth(*unit_ids)], SEPTEMBER, TODAY)
    assert (found["metric"], found["unit_id"]) == ("sickness", unit_ids[0])
    assert found["title"] == worth(unit_ids[0]).sentence
    assert found["question"].startswith(CATALOGUE["sickness"].question)


def test_its_question_names_the_other_units_that_the_rule_found():
    (found, *_) = items_by_rule([], [worth(SERVICE, "U1", "U2")], SEPTEMBER, TODAY)
    assert found["question"] == (
        "Are our people well? Also concerning, each in its own way: Unit 1, Unit 2."
    )


def test_what_is_worth_the_room_s_time_comes_from_the_figures(file_store):
    counted: Counted = {**PLAIN, "direct_work": {"U1": (100, 1000), "U2": (90, 1000)}}
    below_target = figures(counted, months=24)
    agenda = open_agenda(file_store, below_target, SEPTEMBER, "Ann")
    expected = worth_the_rooms_time(below_target, SEPTEMBER).items
    found = [item for item in agenda.items if item.kind is ItemKind.WORTH]
    assert expected
    assert [item.title for item in found] == [one.sentence for one in expected]


def test_an_open_action_is_on_every_later_agenda_until_it_is_closed(file_store):
    august = open_agenda(file_store, FIGURES, AUGUST, "Ann")
    september = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    # Noted in August's meeting after September's agenda was first opened.
    id = note_action(file_store, august.meeting_id, noted("visits"), "Ann")
    assert "Share visits" not in titles(read_agenda(file_store, SEPTEMBER))
    first, *others = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann").items
    assert (first.kind, first.title, first.action_id) == (ItemKind.ACTION, "Share visits", id)
    assert others == list(september.items)
    assert titles(open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")).count("Share visits") == 1
    assert "Share visits" in titles(open_agenda(file_store, FIGURES, OCTOBER, "Ann"))
    close_done(file_store, id, TODAY, "", "Bob")
    assert "Share visits" not in titles(open_agenda(file_store, FIGURES, OCTOBER.shift(1), "Ann"))


def test_two_who_open_an_agenda_at_the_same_moment_get_the_same_one(store, monkeypatch):
    def nobody_yet(_store, _month):
        monkeypatch.undo()

    first = open_agenda(store, FIGURES, SEPTEMBER, "Ann")
    monkeypatch.setattr("meeting.agenda.read_agenda", nobody_yet)
    assert open_agenda(store, FIGURES, SEPTEMBER, "Bob") == first


def test_two_who_find_an_action_lacking_at_the_same_moment_add_it_once(store, monkeypatch):
    august = open_agenda(store, FIGURES, AUGUST, "Ann")
    lacking = open_agenda(store, FIGURES, SEPTEMBER, "Ann")
    note_action(store, august.meeting_id, noted("visits"), "Ann")
    added = open_agenda(store, FIGURES, SEPTEMBER, "Ann")

    def before_it_was_added(_store, _month):
        monkeypatch.undo()
        return lacking

    monkeypatch.setattr("meeting.agenda.read_agenda", before_it_was_added)
    assert open_agenda(store, FIGURES, SEPTEMBER, "Bob") == added
    assert titles(added).count("Share visits") == 1


def test_a_meeting_s_own_actions_are_not_on_its_own_agenda_nor_on_one_that_is_over(file_store):
    august = open_agenda(file_store, FIGURES, AUGUST, "Ann")
    note_action(file_store, august.meeting_id, noted("visits"), "Ann")
    assert "Share visits" not in titles(open_agenda(file_store, FIGURES, AUGUST, "Ann"))
    july = open_agenda(file_store, FIGURES, Period(2016, 7), "Ann")
    note_action(file_store, july.meeting_id, noted("rooms"), "Ann")
    open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    assert "Share rooms" not in titles(open_agenda(file_store, FIGURES, AUGUST, "Ann"))


def test_an_open_action_cannot_be_struck_off_and_anything_else_can(file_store):
    august = open_agenda(file_store, FIGURES, AUGUST, "Ann")
    id = note_action(file_store, august.meeting_id, noted("visits"), "Ann")
    agenda = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    action, review, *_ = agenda.items
    with pytest.raises(Problem, match="until it is closed"):
        strike_off(file_store, action, "Ann")
    strike_off(file_store, review, "Ann")
    close_undone(file_store, id, "dropped", "Not needed.", "Ann")
    strike_off(file_store, action, "Ann")
    agenda = open_agenda(file_store, FIGURES, SEPTEMBER, "Ann")
    assert [item.kind for item in agenda.items] == ELEMENTS[1:]
    assert {item.id for item in struck_off(file_store, agenda)} == {action.id, review.id}
