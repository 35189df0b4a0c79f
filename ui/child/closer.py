"""A second look with a reason: one child that is not open, for an hour; who looked is kept."""

from typing import NoReturn

import streamlit as st
from markupsafe import Markup
from sqlalchemy import select

from access.audit.events import What
from access.openings import MINUTES, MOST_LETTERS, REASONS, Look, look_closer
from data_access.database import read
from data_access.london import LONDON, now
from data_access.problems import Problem
from data_access.schema import child
from data_access.viewer import Act
from ui.acts import refuse_unless
from ui.child.parts import chosen_child
from ui.forms import done_line, done_or_trouble, form_name
from ui.session import Page

TITLE = Markup('<div class="cs-title"><h1>A child of another unit</h1></div>')
OPENED_LAST = "opened_last"
KEPT = (
    f"The child is open to you for {MINUTES} minutes, in this sign-in alone. That you looked, and"
    " why, is kept: the child’s unit and the auditor see it."
)


def opened_child(page: Page) -> str | None:
    """The child whom the viewer opened last with a reason; None where no such hour runs."""
    last = st.session_state.get(OPENED_LAST)
    return last if last in page.viewer.opened else min(page.viewer.opened, default=None)


def child_to_open(page: Page) -> str:
    """The child of the address; else the one opened with a reason, or the form to open one."""
    if page.address.child is None and page.may(Act.LOOK_CLOSER):
        return opened_child(page) or _asked_for(page)
    return chosen_child(page)


def _asked_for(page: Page) -> NoReturn:
    page.draw(page.header(), done_line(), TITLE)
    closer_form(page)
    st.stop()


def closer_form(page: Page, child_id: str | None = None) -> None:
    """Asks for the reason, and for the child where none is named; nothing for who may not."""
    if not page.may(Act.LOOK_CLOSER):
        return
    with st.form(form_name("closer")):
        st.header("Look closer, with a reason")
        st.text(KEPT)
        number = child_id or st.text_input("The child’s number in the case system")
        reason = st.selectbox("Reason", REASONS)
        words = st.text_area("Why, in a sentence", max_chars=MOST_LETTERS)
        sent = st.form_submit_button("Open the child’s record", type="primary")
    if sent:
        look = Look(number.strip(), reason, words)
        done_or_trouble(page.draw, lambda: _look(page, look))


def _look(page: Page, look: Look) -> str:
    refuse_unless(page.viewer, Act.LOOK_CLOSER)
    signed_in = page.looking.signed_in
    assert signed_in is not None, "only who signs in may look closer"
    if not read(page.engine, select(child.c.child_id).where(child.c.child_id == look.child_id)):
        page.note(What.SEARCHED, reason=f"no such child; {look.reason}: {look.words.strip()}")
        raise Problem("No child has this number in the data. That you asked is kept.")
    ends_at = look_closer(signed_in.store, signed_in.session, page.viewer, look, now())
    st.session_state[OPENED_LAST] = look.child_id
    return f"Open to you until {ends_at.astimezone(LONDON):%H:%M}."
