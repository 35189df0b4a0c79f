"""A second look with a reason: one child that is not open, for an hour; who looked is kept."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NoReturn

import streamlit as st
from markupsafe import Markup

from access.audit.events import What
from access.audit.witness import Shown
from access.in_cases import child_called, unit_of_child
from access.openings import MINUTES, MOST_LETTERS, REASONS, Look, look_closer, open_until
from charts.tables import link
from data_access.london import LONDON, now, today
from data_access.problems import Problem
from data_access.viewer import Act
from ui.acts import refuse_unless
from ui.child.parts import child_name_shown, chosen_child
from ui.codes import children
from ui.forms import CHOOSE, done_line, done_or_trouble, form_name
from ui.session import Page

TITLE = Markup('<div class="cs-title"><h1>A child of another unit</h1></div>')
KEPT = (
    f"The child is open to you for {MINUTES} minutes, in this sign-in alone. That you looked, and"
    " why, is kept: the child’s unit and the auditor see it. This opens a restricted record too,"
    " and the audit says that it was one."
)


def child_to_open(page: Page) -> str:
    """The child of the address; without one, the form for who may look closer at another."""
    if page.address.child is None and page.may(Act.LOOK_CLOSER):
        _asked_for(page)
    return chosen_child(page)


def _asked_for(page: Page) -> NoReturn:
    page.draw(page.header(), done_line(), TITLE, _open_now(page))
    closer_form(page)
    st.stop()


def _open_now(page: Page) -> Markup:
    """Whom the viewer has opened already, until when: the way back to each."""
    listing = replace(page, viewer=page.looking.witnessed(Shown(page.name, What.LISTED)))
    lines = [
        Markup("<li>{}, until {}</li>").format(_to_the_child(listing, id), at)
        for id, at in _until(page).items()
    ]
    if not lines:
        return Markup("")
    return Markup('<p>Open to you now:</p><ul class="cs-rules">{}</ul>').format(
        Markup("").join(lines)
    )


def _to_the_child(page: Page, child_id: str) -> Markup:
    where = page.address.link("child", **page.address.unit, child=children(page).code_of(child_id))
    return link(where, child_name_shown(page, child_id))


def _until(page: Page) -> Mapping[str, str]:
    """Until when each child is open with a reason, in London's time."""
    signed_in = page.looking.signed_in
    if signed_in is None or not page.viewer.opened:
        return {}
    ends = open_until(signed_in.store, signed_in.session.id, now())
    return {id: f"{at.astimezone(LONDON):%H:%M}" for id, at in ends.items()}


def opened_with_a_reason(page: Page, child_id: str) -> Markup:
    """On the child's page: until when it is open; for who may look closer, the way to another."""
    until = _until(page).get(child_id)
    if until is None:
        return Markup("")
    where = page.address.link("child", **page.address.unit)
    another = link(where, "look at another child →") if page.may(Act.LOOK_CLOSER) else ""
    return Markup('<p class="cs-note">Open to you with a reason until {}. {}</p>').format(
        until, another
    )


def told_as_of_its_unit(page: Page, child_id: str) -> Page:
    """This page, whose reads are written down with the child's own unit: not where it was clicked.

    A child whom no unit has held is told without one.
    """
    if page.looking.signed_in is None:
        return page
    known = page.address
    metric = known.metric.key if known.names_metric else None
    unit_id = unit_of_child(page.engine, child_id, today())
    shown = Shown(page.name, What.OPENED_CHILD, metric, unit_id)
    return replace(page, viewer=page.looking.witnessed(shown))


def closer_form(page: Page, child_id: str | None = None) -> None:
    """Asks for the reason, and for the child where none is named; nothing for who may not."""
    if not page.may(Act.LOOK_CLOSER):
        return
    with st.form(form_name("closer")):
        st.header("Look closer, with a reason")
        st.text(KEPT)
        number = child_id or st.text_input("The child’s number in the case system")
        reason = st.selectbox("Reason", REASONS, index=None, placeholder=CHOOSE)
        words = st.text_area("Why, in a sentence", max_chars=MOST_LETTERS)
        sent = st.form_submit_button("Open the child’s record", type="primary")
    if sent:
        asked = Look(number.strip(), reason or "", words)
        done_or_trouble(page.draw, lambda: _look(page, asked))


def _look(page: Page, asked: Look) -> str:
    refuse_unless(page.viewer, Act.LOOK_CLOSER)
    signed_in = page.looking.signed_in
    assert signed_in is not None, "only who signs in may look closer"
    known = child_called(page.engine, asked.child_id, today())
    if known is None:
        page.note(What.SEARCHED, unit=None, reason=f"no such child; {asked.why}")
        raise Problem("No child has this number in the data. That you asked is kept.")
    look = Look(
        known.child_id,
        asked.reason,
        asked.words,
        known.unit_id,
        known.is_restricted,
        signed_in.roles,
    )
    look_closer(signed_in.store, signed_in.session, page.viewer, look, now())
    st.query_params["child"] = children(page).code_of(known.child_id)
    return "That you looked, and why, is kept."
