"""Agenda and Actions: what they say, and that a form writes what it says it wrote."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from streamlit.testing.v1 import AppTest

from data_access.database import connect
from data_access.meeting_store import agendas
from data_access.meeting_store.transactions import now, read
from data_access.settings import MEETING_STORE_VARIABLE
from meeting.actions import every_action
from meeting.agenda import Agenda, ItemKind, read_agenda
from meeting.drawing import choose_case
from meeting.readiness import NO_CHILD, not_ready
from metrics.agenda_rules import worth_the_rooms_time
from metrics.figures import read_figures
from metrics.model import Period
from metrics.publication import Stamp
from tests.ui.addresses import links_to
from tests.ui.conftest import PAGES
from tests.ui.learning.test_lessons_page import choose
from tests.ui.small_council import HIDDEN, HOSTILE
from tests.worlds import SETTINGS
from ui.meeting.agenda_forms import FORMS

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


@pytest.fixture(scope="module")
def worth(small_council) -> int:
    """How many figures are worth the room's time; three items of the agenda's own follow them."""
    return len(
        worth_the_rooms_time(read_figures(connect(small_council), SETTINGS), SEPTEMBER).items
    )


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


def note(page, what: str = "fortnightly visits", by: str = "", **said: str) -> AppTest:
    sentence = f"Unit 2’s leader will see {what}{by}"
    return press(filled(page("actions", **said), who=sentence), "Note it")


def test_looking_at_an_agenda_makes_no_meeting_and_making_it_does(page, store, worth):
    app = page("agenda")
    assert f"{worth + 3} items, {6 * worth + 55} minutes" in html(app)
    assert "Present" not in html(app)
    assert read(store, agendas.meetings()) == []
    app = press(app, "Make the agenda of September 2016")
    assert 'href="./room?month=2016-09"' in html(app)
    assert f"Made, with {worth + 3} items." in html(app)
    assert len(titles(store)) == worth + 3


def test_an_item_is_added_reworded_moved_struck_off_and_put_back(page, store, worth):
    app = press(page("agenda"), "Make the agenda of September 2016")
    adds = [one for one in app.text_input if one.label == "Title"]
    adds[-1].set_value("Duty rota")
    app = press(app, "Add it")
    assert "Added at the end: Duty rota." in html(app)
    app.selectbox[0].set_value(f"{worth + 4}. Duty rota").run()
    next(one for one in app.text_input if one.value == "Duty rota").set_value(HOSTILE)
    next(one for one in app.number_input if one.label == "Place").set_value(1)
    app = press(app, "Save")
    assert titles(store)[0] == HOSTILE
    assert "<img src=x" not in html(app)
    app = press(app, "Strike off")
    assert len(titles(store)) == worth + 3
    assert "Choose which item" in html(press(app, "Put it back"))
    press(choose(app, "Struck off"), "Put it back")
    assert titles(store)[0] == HOSTILE


def test_a_meeting_of_years_ago_is_held_on_its_own_day(page, store):
    app = press(page("agenda"), "Make the agenda of September 2016")
    [held] = [one for one in app.date_input if one.label == "Held on"]
    assert held.min <= date(2016, 11, 3) <= held.max
    held.set_value(date(2016, 11, 3))
    press(app, "Note who attended")
    agenda = read_agenda(store, SEPTEMBER)
    assert agenda is not None
    assert agenda.held_on == date(2016, 11, 3)


def test_who_attended_and_what_was_decided_is_told_to_the_chair(page, worth):
    app = press(page("agenda"), "Make the agenda of September 2016")
    next(one for one in app.number_input if one.label == "Social workers").set_value(9)
    app = press(app, "Note who attended")
    said = next(one for one in app.text_input if one.label == "What was decided")
    said.set_value("Read one case in five.")
    assert "Choose under which item, or no item" in html(press(app, "Note it"))
    under = next(one for one in app.selectbox if one.label == "Under")
    under.set_value("No item")
    app = press(app, "Note it")
    chair = html(app).split("For the chair")[1]
    assert "People in the room: 9." in chair
    assert "<td>20 planned</td>" in chair
    assert ">180<" in chair and f">{9 * (6 * worth + 55)}<" in chair
    assert "Decisions: 1. Read one case in five." in chair


def test_an_action_is_noted_with_what_the_address_names_and_is_on_the_next_agenda(page, store):
    app = note(page, metric="sickness", unit="U2")
    assert "Noted: See fortnightly visits. Unit 2’s leader, due 11 November 2016" in html(app)
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
    app = press(filled(page("actions"), who="See more children"), "Note it")
    assert "names who does it" in html(app)
    typed = next(one for one in app.text_input if one.label.startswith("Who"))
    assert typed.value == "See more children"
    assert every_action(store) == []


def test_the_day_in_the_sentence_is_the_action_s_and_without_one_four_weeks_are_told(page, store):
    said = html(note(page, by=" by 30 November"))
    assert "Unit 2’s leader, due 30 November 2016. An action of the meeting about" in said
    assert every_action(store)[0].due_on == date(2016, 11, 30)
    assert "due 11 November 2016 (the sentence names no day)" in html(note(page, "rooms"))


def test_an_action_says_of_which_meeting_it_is_wherever_it_is_listed(page, store):
    assert "of the meeting about September 2016" in html(note(page))
    later = html(page("actions", month="2016-10"))
    assert "Meeting about" in later
    assert ">September 2016<" in later


def test_after_it_is_noted_the_form_is_empty(page):
    app = note(page)
    assert next(one for one in app.text_input if one.label.startswith("Who")).value == ""


def test_an_action_is_closed_with_its_outcome(page, store):
    app = note(page)
    app = press(choose(filled(app, how="dropped"), "Which"), "Close it")
    assert "Say why it was not done" in html(app)
    app = press(filled(app, how="dropped", a="No longer needed"), "Close it")
    assert "Closed, dropped: See fortnightly visits." in html(app)
    assert "dropped: No longer needed" in html(app)
    assert "No action is open." in html(app)
    app = note(page, "rooms")
    press(choose(filled(app, how="done", **{"if": date(2016, 10, 5)}), "Which"), "Close it")
    done = next(one for one in every_action(store) if one.what == "rooms")
    assert (done.outcome, done.done_on) == ("done", date(2016, 10, 5))


def test_an_action_that_another_closed_meanwhile_is_not_the_next_one(page, store):
    """The list has moved by one: what was chosen has gone, and nothing else is chosen for it."""
    note(page)
    app, other = choose(note(page, "rooms"), "Which"), choose(page("actions"), "Which")
    press(filled(other, how="done"), "Close it")
    app = press(filled(app, how="done"), "Close it")
    assert "Choose which action ended" in html(app)
    assert sum(one.is_open for one in every_action(store)) == 1


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


def test_items_are_moved_by_buttons_one_place_at_a_time(page, store):
    app = press(page("agenda"), "Make the agenda of September 2016")
    before = titles(store)
    app = next(one for one in app.button if one.key == "↓ Down-1").click().run()
    assert titles(store) == [before[1], before[0], *before[2:]]
    assert f"Item 2 now: {before[0]}." in unescape(html(app))
    app = next(one for one in app.button if one.key == "↑ Up-2").click().run()
    assert titles(store) == before
    ends = [one.disabled for one in app.button if one.key in ("↑ Up-1", f"↓ Down-{len(before)}")]
    assert ends == [True, True]


def test_forms_on_the_agenda_are_folded_until_they_are_asked_for(page):
    app = press(page("agenda"), "Make the agenda of September 2016")
    assert [one.label for one in app.expander] == list(FORMS)
    assert not any(one.proto.expanded for one in app.expander)


def test_present_tells_what_is_not_ready_and_lets_one_go_on(page, store):
    app = press(page("agenda"), "Make the agenda of September 2016")
    said = html(app)
    for missing in (
        "No day is set for the meeting",
        "No child is drawn for the case review",
        "No child is drawn for the case in depth",
        "September 2016 is not published",
    ):
        assert missing in said
    assert re.search(r'href="\./room\?month=2016-09"[^>]*>Present all the same', said)


def test_present_says_nothing_where_all_is_ready(page, store, small_council):
    press(page("agenda"), "Make the agenda of September 2016")
    agenda = made(store)
    agendas.hold_meeting(store, agenda.meeting_id, date(2016, 10, 12), "Analyst")
    figures = with_a_stamp(small_council)
    for kind in (ItemKind.CASE_REVIEW, ItemKind.CASE_IN_DEPTH):
        missing = [one.words for one in not_ready(store, figures, made(store))]
        assert NO_CHILD[kind] in missing
        choose_case(store, agenda.meeting_id, kind.value, "KID-U2-0", "Analyst")
    assert not_ready(store, figures, made(store)) == []


def made(store) -> Agenda:
    agenda = read_agenda(store, SEPTEMBER)
    assert agenda
    return agenda


def with_a_stamp(database: str):
    """The council's figures as if September was published."""
    figures = read_figures(connect(database), SETTINGS)
    return replace(
        figures,
        stamps={SEPTEMBER: Stamp(figures.load.as_at, date(2016, 10, 12), 1, "Analyst", now(), ())},
    )
