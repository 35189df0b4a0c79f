"""The auditor's page: who saw whom, what is unusual; and that reading it is kept as well."""

import pytest
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from metrics.catalogue import CATALOGUE
from tests.ui.conftest import PAGES

CHECK = "Check that nothing was changed"


@pytest.fixture
def page(small_council, monkeypatch, store, door):
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def run() -> AppTest:
        return AppTest.from_file(PAGES / "audit.py", default_timeout=30).run()

    return run


def html(of: AppTest) -> str:
    assert not of.exception
    return "".join(element.proto.body for element in of.get("html"))


def press(of: AppTest, label: str) -> AppTest:
    return next(one for one in of.button if one.label == label).click().run()


def test_who_saw_a_child_in_a_list_is_named_and_the_child_s_name_is_not(door, page, opened):
    door.comes("consultant", is_worker_of="U3", name="Carla Consultant")
    opened("unit", unit="U3")
    door.comes("auditor", name="Otto Auditor")
    run = page()
    run.text_input[0].set_value("KID-U3-0")
    said = html(press(run, "Ask"))
    assert "Carla Consultant" in said and "listed" in said
    assert "Zebedee" not in said


def test_reading_the_audit_is_kept_with_whose_events_were_asked_for(door, page):
    session = door.comes("auditor", name="Otto Auditor")
    before = len(door.events("read the audit"))
    run = page()
    run.text_input[0].set_value("KID-U3-0")
    press(run, "Ask")
    read = door.events("read the audit")[before:]
    assert {row.person for row in read} == {session.person}
    assert "of the child KID-U3-0" in read[-1].reason


def test_a_number_of_no_child_and_a_child_at_whom_nobody_has_looked_are_told_apart(door, page):
    door.comes("auditor", name="Otto Auditor")
    for number, told in (
        ("NOPE", "No child has the number NOPE"),
        ("KID-U3-0", "Nobody has looked at KID-U3-0 since"),
    ):
        run = page()
        run.text_input[0].set_value(number)
        run = press(run, "Ask")
        assert told in html(run)
        assert not run.get("download_button")


def test_figures_and_units_have_their_names_and_a_file_its_warning(door, page, opened):
    door.comes("director", name="Dora")
    opened("metric", unit="U3", metric="caseload")
    door.comes("auditor", name="Otto Auditor")
    run = page()
    run.text_input[0].set_value("KID-U3-0")
    run = press(run, "Ask")
    assert "<td>Unit 3</td>" in html(run) and "<td>U3</td>" not in html(run)
    assert f"<td>{CATALOGUE['caseload'].name}</td>" in html(run)
    assert run.get("download_button")
    assert any("Read the reasons before" in text.value for text in run.text)


def test_what_to_ask_about_stands_above_the_form(door, page):
    door.comes("auditor", name="Otto Auditor")
    run = page()
    places = [
        at for at, one in enumerate(run.main) if "To ask about" in getattr(one.proto, "body", "")
    ]
    assert places[0] < next(at for at, one in enumerate(run.main) if one.type == "header")


def test_a_changed_event_is_named(door, page):
    door.comes("auditor", name="Otto Auditor")
    assert "each as it was written" in html(press(page(), "Check that nothing was changed"))
    with door.store.begin() as connection:
        for name in (
            connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
            .scalars()
            .all()
        ):
            connection.execute(text(f"DROP TRIGGER {name}"))
        connection.execute(text("UPDATE access_event SET reason = 'nothing' WHERE number = 1"))
    assert "Event 1 was changed" in html(press(page(), CHECK))


def test_refusals_of_others_are_to_be_asked_about(door, page, opened):
    door.comes("social worker", is_worker_of="U2", name="Sam Worker")
    for _ in range(6):
        opened("unit", unit="U3")
    door.comes("auditor", name="Otto Auditor")
    said = html(page())
    assert "Sam Worker" in said and "refusals" in said
