"""A second look with a reason: one child, an hour, its event first; and who is told of it."""

import re
from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

import ui.who
from access.openings import REASONS
from data_access.london import LONDON, now
from tests.ui.conftest import PAGES
from tests.ui.small_council import HIDDEN

WHY = "Police asked about this child tonight"


@pytest.fixture
def asked(small_council, monkeypatch, store, door):
    """The child page without a child, filled in and sent."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)

    def send(number: str, words: str, reason: str | None = REASONS[0]) -> AppTest:
        run = AppTest.from_file(PAGES / "child.py", default_timeout=30).run()
        run.text_input[0].set_value(number)
        run.selectbox[0].set_value(reason)
        run.text_area[0].set_value(words)
        return run.button[0].click().run()

    return send


def html(run: AppTest) -> str:
    assert not run.exception
    return "".join(element.proto.body for element in run.get("html"))


def test_without_words_nothing_is_opened_and_no_child_is_written_down(door, asked):
    door.comes("consultant", is_worker_of="U2")
    run = asked("KID-U3-0", "")
    assert "letters why you look" in html(run)
    assert not door.events("looked closer")
    assert "Zebedee" not in html(run)


def test_with_a_reason_that_child_is_opened_and_no_other(door, asked, opened):
    door.comes("consultant", is_worker_of="U2")
    run = asked("KID-U3-0", WHY)
    assert "Zebedee Quillfeather U3" in html(run)
    looked, shown = door.events("looked closer") + door.events("opened a child")
    assert looked.number < shown.number
    assert door.children_of(looked.number) == door.children_of(shown.number) == {"KID-U3-0"}
    assert looked.reason.endswith(WHY)
    others = opened("unit", unit="U3") + opened("metric", unit="U3", metric="caseload")
    assert "Ottoline Marchbanks U3" not in others


def code_in(run: AppTest) -> str:
    """The code of the child that the address names."""
    code = run.query_params["child"]
    return code if isinstance(code, str) else code[0]


def test_after_an_hour_it_is_closed_again(door, asked, opened, monkeypatch):
    session = door.comes("consultant", is_worker_of="U2")
    child = code_in(asked("KID-U3-0", WHY))
    assert "Zebedee Quillfeather U3" in opened("child", child=child)
    later = now() + timedelta(minutes=61)
    monkeypatch.setattr(ui.who, "now", lambda: later)
    # Untouched for an hour the session is over as well; a busy one goes on.
    monkeypatch.setattr(ui.who, "open_session", lambda *_: session)
    assert "Zebedee Quillfeather U3" not in opened("child", child=child)


def test_another_sign_in_of_the_same_person_has_nothing_opened(door, asked, opened):
    door.comes("consultant", is_worker_of="U2")
    child = code_in(asked("KID-U3-0", WHY))
    door.comes("consultant", is_worker_of="U2")
    assert "Zebedee Quillfeather U3" not in opened("child", child=child)


def test_after_one_child_the_form_for_the_next_is_there_with_who_is_open_until_when(
    door, asked, opened
):
    door.comes("consultant", is_worker_of="U2")
    first = asked("KID-U3-0", WHY)
    until = f"{(now() + timedelta(minutes=60)).astimezone(LONDON):%H}:"
    assert f"Open to you with a reason until {until}" in html(first)
    before = len(door.events("opened a child"))
    form = opened("child", unit="U2")
    assert f"Zebedee Quillfeather U3</a>, until {until}" in form
    assert code_in(first) in form
    second = html(asked("KID-U4-0", WHY))
    assert "Zebedee Quillfeather U4" in second
    assert len(door.events("opened a child")) == before + 1


def test_the_audit_has_the_child_s_unit_and_the_role(door, asked, opened):
    door.comes("consultant", is_worker_of="U2")
    child = code_in(asked("KID-U3-0", WHY))
    opened("child", unit="U2", child=child)
    told = door.events("looked closer") + door.events("opened a child")
    assert len(told) == 3
    assert {(row.unit_id, row.role) for row in told} == {("U3", "consultant social worker")}


def test_a_reason_is_chosen_by_who_looks_and_by_nobody_else(door, asked):
    door.comes("consultant", is_worker_of="U2")
    assert "Choose why you look" in html(asked("KID-U3-0", WHY, None))
    assert not door.events("looked closer")


def test_a_number_in_small_letters_is_the_child_s(door, asked):
    door.comes("consultant", is_worker_of="U2")
    assert "Zebedee Quillfeather U3" in html(asked("kid-u3-0", WHY))


def test_a_typed_restricted_child_opens_and_the_audit_says_that_it_was_one(door, asked, opened):
    door.comes("director")
    assert "opens a restricted record too" in "".join(text.value for text in asked("", "").text)
    assert HIDDEN in html(asked("KID-U2-1", WHY))
    (looked,) = door.events("looked closer")
    assert looked.reason.startswith("restricted record, ")


def test_a_refusal_of_another_unit_s_children_leads_who_may_to_a_second_look(door, opened):
    door.comes("consultant", is_worker_of="U2")
    assert "Look closer, with a reason" in opened("unit", unit="U3")
    door.comes("social worker", is_worker_of="U4")
    assert "Look closer, with a reason" not in opened("unit", unit="U3")


def test_a_number_of_nobody_is_told_and_kept(door, asked):
    door.comes("consultant", is_worker_of="U2")
    assert "No child has this number" in html(asked("KID-U9-9", WHY))
    assert len(door.events("searched")) == 1


def test_who_may_not_look_closer_has_no_such_form(door, opened):
    door.comes("social worker", is_worker_of="U2")
    assert "A child is opened from a row" in opened("child")


def test_a_restricted_child_is_closed_on_every_page_and_opens_with_a_reason(
    door, opened, small_council, monkeypatch, store
):
    door.comes("director")
    rows = opened("unit", unit="U2") + opened("metric", unit="U2", metric="caseload")
    links = set(re.findall(r'href="\./child\?([^"]*)"', rows))
    assert links and HIDDEN not in rows
    pages = {link: _of_link(opened, link) for link in links}
    (closed,) = {_code(link) for link, page in pages.items() if "Restricted record" in page}
    monkeypatch.setenv("CHILDSTAT_DATABASE", small_council)
    run = AppTest.from_file(PAGES / "child.py", default_timeout=30)
    run.query_params["child"] = closed
    run.run().text_area[0].set_value(WHY)
    run.selectbox[0].set_value(REASONS[0])
    assert HIDDEN in html(run.button[0].click().run())
    (looked,) = door.events("looked closer")
    before = [door.children_of(one.number) for one in door.events() if one.number < looked.number]
    assert not any("KID-U2-1" in children for children in before)
    assert "KID-U2-1" in door.children_of(door.events("opened a child")[-1].number)


def _code(link: str) -> str:
    return link.split("child=")[1].split("&")[0]


def _of_link(opened, link: str) -> str:
    said = dict(part.split("=") for part in link.replace("&amp;", "&").split("&"))
    return opened("child", **said)


def test_the_unit_s_consultant_sees_that_it_happened(door, asked, opened):
    door.comes("consultant", is_worker_of="U2", name="Carla Consultant")
    asked("KID-U3-0", WHY)
    door.comes("consultant", is_worker_of="U3", name="Owen Owner")
    own = opened("unit", unit="U3")
    assert "Carla Consultant" in own and WHY in own
    door.comes("consultant", is_worker_of="U4", name="Sam Stranger")
    assert WHY not in opened("unit", unit="U4")
