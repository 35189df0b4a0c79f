"""What is written is signed by the session, and is written by nobody who may not."""

import pytest
from streamlit.testing.v1 import AppTest

from data_access.london import now
from data_access.meeting_store import agendas
from data_access.meeting_store.transactions import read
from data_access.problems import NotAllowed
from data_access.viewer import Act, Viewer
from meeting.actions import every_action
from meeting.disputing import doubted_rows
from meeting.figure_notes import notes_of
from metrics.catalogue import CATALOGUE
from tests.ui.conftest import PAGES
from tests.ui.learning.test_lessons_page import choose
from ui.acts import may, refuse_unless

NOTES = {"metric": "sickness", "unit": "U2", "month": "2016-09"}


@pytest.fixture
def page(small_council, monkeypatch, store, door):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run(name: str, **said: str) -> AppTest:
        of = AppTest.from_file(PAGES / f"{name}.py", default_timeout=30)
        for key, value in said.items():
            of.query_params[key] = value
        return of.run()

    return run


def press(of: AppTest, label: str) -> AppTest:
    return next(one for one in of.button if one.label == label).click().run()


def html(of: AppTest) -> str:
    assert not of.exception
    return "".join(element.proto.body for element in of.get("html"))


def labels(of: AppTest) -> set[str]:
    return {one.label for one in of.text_input}


def noted(page) -> AppTest:
    run = page("notes", **NOTES)
    run.text_area[0].set_value("Flu in the unit")
    return run


def test_no_page_asks_for_a_name(door, page):
    door.comes("analyst", name="Ada Analyst")
    press(page("agenda", month="2016-09"), "Make the agenda of September 2016")
    for name in ("agenda", "actions", "notes", "export", "cases"):
        run = page(name, **NOTES)
        run = press(run, "Publish September 2016 …") if name == "export" else run
        assert not labels(run) & {"Your name", "Changed by", "Noted by", "Closed by"}, name
        assert "Noted as Ada Analyst" in [text.value for text in run.text], name


def test_a_note_is_signed_by_whoever_is_signed_in(door, page, store):
    door.comes("consultant", is_worker_of="U2", name="Carla Consultant")
    assert "Noted." in html(press(noted(page), "Note it"))
    (note,) = notes_of(store)["sickness", "U2"]
    assert note.by == "Carla Consultant"


@pytest.mark.parametrize("unit", ["U3", "*"])
def test_a_chart_of_others_and_the_service_s_are_not_a_consultant_s_to_write_on(door, page, unit):
    door.comes("consultant", is_worker_of="U2")
    elsewhere = {**NOTES, "unit": unit} if unit != "*" else {"metric": "sickness"}
    run = page("notes", **elsewhere)
    assert not run.button
    assert "to whom every row behind the chart is open" in html(run)


def test_a_note_s_form_of_another_unit_that_was_open_writes_nothing(door, page, store):
    door.comes("director", name="Dora")
    run = noted(page)
    door.comes("consultant", is_worker_of="U3", name="Sam")
    press(run, "Note it")
    assert not notes_of(store)


def test_a_form_that_was_open_writes_nothing_for_who_may_write_no_more(door, page, store):
    """The browser sends what it had; the page is run for who looks now."""
    door.comes("consultant", is_worker_of="U2", name="Sam")
    run = noted(page)
    door.comes("social worker", is_worker_of="U2", name="Sam")
    press(run, "Note it")
    assert not notes_of(store)


@pytest.mark.parametrize(
    ("name", "role"),
    [("agenda", "consultant"), ("notes", "social worker")],
)
def test_who_may_not_write_sees_no_form_and_a_word_why(door, page, name, role):
    door.comes(role, is_worker_of="U2")
    run = page(name, **NOTES)
    assert not run.button
    assert "You have not been given the right to" in html(run)


@pytest.mark.parametrize("role", ["consultant", "social worker"])
def test_who_does_not_lead_is_told_who_notes_actions_and_not_that_a_right_is_missing(
    door, page, role
):
    door.comes(role, is_worker_of="U2")
    run = page("actions", month="2016-09")
    assert not run.button
    assert "Actions are noted by whoever leads the meeting." in html(run)
    assert "the right to prepare" not in html(run)


def test_who_may_not_publish_sees_no_form_for_it(door, page):
    door.comes("director")
    run = page("export", month="2016-09")
    assert "You have not been given the right to publish a month" in html(run)
    assert not run.button


@pytest.mark.parametrize("act", Act)
def test_what_pages_write_is_refused_to_who_holds_no_act(act, page, door, store):
    from ui.forms import carried_out

    class Nobody:
        viewer = Viewer("Nobody", frozenset({"*"}), figures=frozenset({"*"}))

    with pytest.raises(NotAllowed, match="You have not been given the right to"):
        carried_out(Nobody(), act, lambda _: pytest.fail("it was written"))  # type: ignore[arg-type]


def test_a_meeting_is_made_by_who_sees_every_unit_alone():
    own = Viewer("Own", frozenset({"U2"}), figures=frozenset({"U2"}), acts=frozenset(Act))
    assert not may(own, Act.CHAIR) and not may(own, Act.PUBLISH) and not may(own, Act.DRAW_CASES)
    assert may(own, Act.NOTE)
    with pytest.raises(NotAllowed):
        refuse_unless(own, Act.PUBLISH)


def test_an_action_and_its_end_are_signed_by_two_sessions(door, page, store):
    door.comes("analyst", name="Ada Analyst")
    run = page("actions", month="2016-09")
    sentence = next(one for one in run.text_input if one.label.startswith("Who will"))
    sentence.set_value("The leader will see more visits")
    press(run, "Note it")
    door.comes("director", name="Dora Director")
    press(choose(page("actions", month="2016-09"), "Which"), "Close it")
    (action,) = every_action(store)
    assert (action.agreed_by, action.closed_by) == ("Ada Analyst", "Dora Director")


def test_a_published_month_names_its_publisher_and_is_an_event(door, page):
    session = door.comes("analyst", name="Ada Analyst")
    asked = press(page("export", month="2016-09"), "Publish September 2016 …")
    done = press(asked, "Freeze its figures, words and rows")
    assert "by Ada Analyst" in html(done)
    (exported,) = door.events("exported")
    assert (exported.person, exported.reason) == (session.person, "published September 2016")
    assert exported.at <= now()


def test_nothing_is_doubted_by_who_may_write_nothing(door, page, store):
    door.comes("social worker", is_worker_of="U2")
    assert "wrong?" not in html(page("unit", unit="U2"))
    assert not any(doubted_rows(store, metric) for metric in CATALOGUE.values() if metric.disputes)
    assert not read(store, agendas.meetings())
