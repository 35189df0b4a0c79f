"""Lessons: kept where an action is closed and an item discussed; told as what they are of is."""

import pytest
from streamlit.testing.v1 import AppTest

from meeting.actions import every_action
from meeting.agenda import read_agenda
from meeting.learning.lessons import Learnt, every_lesson, keep_lesson, of_action
from metrics.model import Period
from tests.ui.conftest import PAGES
from tests.ui.small_council import HOSTILE

MONTH = Period(2016, 9)


@pytest.fixture
def page(met, small_council, monkeypatch):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run(name: str, **said: str) -> AppTest:
        app = AppTest.from_file(PAGES / f"{name}.py", default_timeout=30)
        for key, value in {"month": "2016-09", **said}.items():
            app.query_params[key] = value
        return app.run()

    return run


@pytest.fixture
def kept(met, store):
    """A lesson of each action of the meeting, and one of the service by no action."""
    for action in every_action(store):
        keep_lesson(store, of_action(action, f"It worked: {action.what}", "Another unit"), "Chair")
    agenda = read_agenda(store, MONTH)
    assert agenda
    said = {"tried": HOSTILE, "happened": "Nothing ran", "taken_up_by": "Everybody"}
    keep_lesson(store, Learnt(meeting_id=agenda.meeting_id, **said), "Chair")


def html(app: AppTest) -> str:
    assert not app.exception
    return "".join(element.proto.body for element in app.get("html"))


def typed(app: AppTest, **fields: str) -> AppTest:
    """Into the last field whose label begins so."""
    for start, words in fields.items():
        [*_, field] = [one for one in app.text_input if one.label.startswith(start)]
        field.set_value(words)
    return app


def choose(app: AppTest, label: str, start: str = "") -> AppTest:
    """The first that begins so, of those that a field offers."""
    field = next(one for one in app.selectbox if one.label == label)
    field.set_value(next(words for words in field.options if words.startswith(start)))
    return app


def press(app: AppTest, label: str) -> AppTest:
    return next(one for one in app.button if one.label == label).click().run()


def test_an_action_is_closed_with_its_lesson(page, store):
    said = typed(page("actions"), Happened="It held", Taken="Unit 3’s leader")
    done = html(press(choose(said, "Which"), "Close it"))
    assert "Closed, done:" in done and "A lesson is kept." in done
    (lesson,) = every_lesson(store)
    closed = next(one for one in every_action(store) if not one.is_open)
    assert (lesson.tried, lesson.action_id) == (closed.task, closed.id)


def test_half_a_lesson_closes_nothing_and_no_lesson_closes_as_before(page, store):
    half = press(choose(typed(page("actions"), Happened="It held"), "Which"), "Close it")
    assert "A lesson needs who takes it up." in html(half)
    assert all(action.is_open for action in every_action(store))
    assert "A lesson is kept" not in html(press(choose(page("actions"), "Which"), "Close it"))
    assert not every_lesson(store)


def test_a_lesson_of_an_item_is_kept_on_agenda_and_in_the_room(page, store):
    said = {"Tried": "A rota", "Happened": "It held", "Taken": "Unit 1"}
    assert "Choose under which item" in html(press(typed(page("agenda"), **said), "Keep it"))
    assert every_lesson(store) == []
    learnt = choose(typed(page("agenda"), **said), "Learnt under", "No item")
    assert "A lesson is kept." in html(press(learnt, "Keep it"))
    agenda = read_agenda(store, MONTH)
    assert agenda
    item = agenda.items[0]
    press(typed(page("room", screen="3", note="1"), **said), "Keep it")
    of_room, of_agenda = every_lesson(store)
    assert of_agenda.agenda_item_id is None
    assert (of_room.agenda_item_id, of_room.metric) == (item.id, item.metric)


def test_lessons_are_found_by_metric_unit_and_word_and_run_nothing(page, kept):
    every = html(page("lessons"))
    assert every.count("It worked") == 3 and "<img src=x" not in every
    of_unit = html(page("lessons", unit="U2"))
    assert "mend our own" in of_unit and "ask Unit 3" not in of_unit
    assert html(page("lessons", metric="sickness")).count("It worked") == 2
    word = html(typed(page("lessons"), Find="THEIRS child").run())
    assert word.count("It worked") == 1 and "see a child of theirs" in word
    assert "No lesson that is open to you" in html(page("lessons", metric="caseload"))


def test_metric_and_unit_lead_to_their_lessons_and_say_how_many(page, kept):
    assert "1 lesson of a meeting about this figure" in html(
        page("metric", metric="sickness", unit="U2")
    )
    assert "cs-lessons" not in html(page("metric", metric="caseload", unit="U2"))
    assert "1 lesson →" in html(page("unit", unit="U2"))
    assert "lesson →" not in html(page("unit", unit="U1"))


def test_who_sees_one_unit_is_told_its_lessons_and_none_of_another_s_child(page, kept, looks):
    looks(units=frozenset({"U2"}), figures=frozenset({"U2"}))
    told = html(page("lessons"))
    assert "mend our own" in told and "Nothing ran" in told
    assert "ask Unit 3" not in told and "a child of theirs" not in told


def test_where_none_is_kept_the_page_says_how_one_comes_about(page):
    assert "None is kept yet" in html(page("lessons"))
