"""Agenda and Actions: what they say, and that a form writes what it says it wrote."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from data_access.meeting_store import agendas
from data_access.meeting_store.transactions import read
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.actions import every_action
from meeting.agenda import read_agenda
from metrics.model import Period
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.small_council import HIDDEN, HOSTILE

SEPTEMBER = Period(2016, 9)


@pytest.fixture
def page(store, small_council, monkeypatch):
    """A page opened by its address, to be filled in."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run(name: str, **said: str) -> AppTest:
        app = AppTest.from_file(PAGES / f"{name}.py", default_timeout=30)
        for key, value in {"month": "2016-09", **said}.items():
            app.query_params[key] = value
        return app.run()

    return run


def html(app: AppTest) -> str:
    assert not app.exception
    return "".join(element.proto.body for element in app.get("html"))


def filled(app: AppTest, **fields: object) -> AppTest:
    """The fields by the first word of their label, in lower case."""
    for element in (*app.text_input, *app.selectbox, *app.radio, *app.date_input):
        first = re.split(r"\W", element.label)[0].casefold()
        if first in fields:
            element.set_value(fields.pop(first))
    assert not fields
    return app


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def titles(store) -> list[str]:
    agenda = read_agenda(store, SEPTEMBER)
    return [item.title for item in agenda.items] if agenda else []


def note(page, what: str = "fortnightly visits", **said: str) -> AppTest:
    return press(filled(page("actions", **said), what=what, who="Unit 2’s leader"), "Note it")


def test_looking_at_an_agenda_makes_no_meeting_and_making_it_does(page, store):
    app = page("agenda")
    assert "4 items, 61 minutes" in html(app)
    assert "Present" not in html(app)
    assert read(store, agendas.meetings()) == []
    app = press(app, "Make the agenda of September 2016")
    assert 'href="./room?month=2016-09"' in html(app)
    assert "Made, with 4 items." in html(app)
    assert len(titles(store)) == 4


def test_an_item_is_added_reworded_moved_struck_off_and_put_back(page, store):
    app = press(page("agenda"), "Make the agenda of September 2016")
    adds = [one for one in app.text_input if one.label == "Title"]
    adds[-1].set_value("Duty rota")
    app = press(app, "Add it")
    assert "Added at the end: Duty rota." in html(app)
    app.selectbox[0].set_value("5. Duty rota").run()
    next(one for one in app.text_input if one.value == "Duty rota").set_value(HOSTILE)
    next(one for one in app.number_input if one.label == "Place").set_value(1)
    app = press(app, "Save")
    assert titles(store)[0] == HOSTILE
    assert "<img src=x" not in html(app)
    app = press(app, "Strike off")
    assert len(titles(store)) == 4
    press(app, "Put it back")
    assert titles(store)[0] == HOSTILE


def test_who_attended_and_what_was_decided_is_told_to_the_chair(page):
    app = press(page("agenda"), "Make the agenda of September 2016")
    next(one for one in app.number_input if one.label == "Social workers").set_value(9)
    app = press(app, "Note who attended")
    said = next(one for one in app.text_input if one.label == "What was decided")
    said.set_value("Read one case in five.")
    app = press(app, "Note it")
    chair = html(app).split("For the chair")[1]
    assert "People in the room: 9." in chair
    assert "<td>20 planned</td>" in chair
    assert ">180<" in chair and ">549<" in chair
    assert "Decisions: 1. Read one case in five." in chair


def test_an_action_is_noted_with_what_the_address_names_and_is_on_the_next_agenda(page, store):
    app = note(page, metric="sickness", unit="U2")
    assert "Noted: See fortnightly visits, Unit 2’s leader, due 11 November 2016." in html(app)
    (action,) = every_action(store)
    assert (action.metric, action.unit_id, action.look) == ("sickness", "U2", Period(2017, 1))
    assert (action.discussed, action.agreed_by) == (SEPTEMBER, "Local viewer")
    assert "1 action is open, none is due." in html(app)
    assert "Too early to say" in html(app) or "be judged" in html(app)
    assert "See fortnightly visits" in html(page("agenda", month="2016-10"))
    assert "See fortnightly visits" not in html(page("agenda", month="2016-08"))


def test_an_action_needs_no_figure(page, store):
    note(page)
    (action,) = every_action(store)
    assert (action.metric, action.unit_id, action.look) == (None, None, None)


@pytest.mark.parametrize("of", ["metric", "unit"])
def test_an_action_about_a_child_comes_from_the_child_s_page_and_names_nobody_in_an_address(
    page, store, of
):
    rows = html(page(of, metric="visits_out_of_timescale", unit="U2"))
    child = html(page("child", **links_to("child", rows)[0][0]))
    name = re.search(r"<h1>(.*?)</h1>", child)
    where = re.search(r'href="\./actions\?([^"]*)"[^>]*>Note an action<', child)
    assert name and where
    assert not re.search("KID|Quill|Otto|Pere", where[1])
    said = dict(part.split("=") for part in where[1].split("&amp;"))
    app = note(page, **said)
    (action,) = every_action(store)
    assert action.child_id and action.child_id.startswith("KID-U2")
    assert name[1] in html(app)


def test_an_action_about_a_restricted_child_does_not_name_it(page, store):
    rows = {"metric": "visits_out_of_timescale", "unit": "U2"}
    links = links_to("child", html(page("metric", **rows)))
    said = "".join(html(note(page, **row)) for row, _ in links)
    assert HIDDEN not in said
    assert "Restricted record" in said
    assert len({one.child_id for one in every_action(store)}) == 3


def test_what_is_missing_is_told_and_what_was_typed_stays(page, store):
    app = press(filled(page("actions"), what="visits"), "Note it")
    assert "An action needs an owner." in html(app)
    assert next(one for one in app.text_input if one.label.startswith("What")).value == "visits"
    assert every_action(store) == []


def test_after_it_is_noted_the_form_is_empty(page):
    app = note(page)
    assert next(one for one in app.text_input if one.label.startswith("What")).value == ""


def test_an_action_is_closed_with_its_outcome(page, store):
    app = note(page)
    app = press(filled(app, how="dropped"), "Close it")
    assert "Say why it was not done" in html(app)
    app = press(filled(app, how="dropped", a="No longer needed"), "Close it")
    assert "Closed, dropped: See fortnightly visits." in html(app)
    assert "dropped: No longer needed" in html(app)
    assert "No action is open." in html(app)
    app = note(page, "rooms")
    press(filled(app, how="done", **{"if": date(2016, 10, 5)}), "Close it")
    done = next(one for one in every_action(store) if one.what == "rooms")
    assert (done.outcome, done.done_on) == ("done", date(2016, 10, 5))


def test_what_people_write_is_shown_as_text_and_never_run(page):
    said = html(note(page, HOSTILE))
    assert "&lt;img src=x onerror" in said
    assert "<img src=x" not in said


@pytest.mark.parametrize("name", ["agenda", "actions"])
def test_without_the_store_there_is_no_form_that_could_lose_what_is_typed(
    page, monkeypatch, tmp_path, name
):
    (tmp_path / "garbage.sqlite").write_bytes(b"not a database" * 1000)
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'garbage.sqlite'}")
    app = page(name)
    assert "kept in the meeting store, which can’t be read now" in html(app)
    assert "is not a whole meeting store" in html(app)
    assert not app.button


def test_an_action_stands_on_the_chart_of_its_figure_and_a_row_s_address_stays_good(page, store):
    row = {"metric": "sickness", "unit": "U2", "month": "2016-08"}
    before = links_to("dispute", html(page("metric", **row)))
    note(page, **row)
    later = html(page("metric", **{**row, "month": "2016-09"}))
    assert "Action agreed, September 2016: See fortnightly visits (Local viewer)." in later
    assert links_to("dispute", html(page("metric", **row))) == before
