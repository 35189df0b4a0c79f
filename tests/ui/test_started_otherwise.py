"""The file of settings changed while ChildStat serves: whom the gate let in stays who they are."""

import pytest
from streamlit.runtime.context import ContextProxy

from access.gate.ticket import SESSION, TICKET, ticket_for
from data_access.viewer import local_viewer
from tests.ui.signing_in import SIGN_IN
from tests.worlds import SETTINGS
from ui.who import Looking, who_still_looks

SAYS = "How people sign in was changed"


def test_who_signed_in_is_not_the_local_viewer_once_the_file_says_that_nobody_does(
    opened, monkeypatch
):
    monkeypatch.setattr(ContextProxy, "headers", ticket_for("a session"))
    assert SAYS in opened("month")


def test_the_local_viewer_is_nobody_once_the_file_says_that_people_sign_in(opened, change_settings):
    change_settings("[council]", f"{SIGN_IN}\n[council]")
    assert SAYS in opened("month")


@pytest.mark.parametrize("headers", [{}, {SESSION: "local"}, {SESSION: "local", TICKET: "0" * 64}])
def test_a_page_that_the_gate_did_not_open_shows_nothing(opened, monkeypatch, headers):
    monkeypatch.setattr(ContextProxy, "headers", headers)
    html = opened("month")
    assert "without passing ChildStat" in html
    assert "Caseload" not in html


def test_where_nobody_signs_in_a_file_may_still_be_made_after_its_page_was_drawn():
    looking = Looking(local_viewer(SETTINGS))
    assert who_still_looks(looking).signed_in is None
