"""Asked of this unit: what others want to know of its families, for who manages it to answer."""

import streamlit as st
from markupsafe import Markup

from access.agreements import Acting, answer_request
from access.openings import MINUTES, MOST_LETTERS
from access.requests import DAYS, Request, asked_of, tells_of_restricted
from data_access.london import day_of, now
from data_access.problems import Problem
from metrics.sentence import written_date
from ui.child.parts import child_name_shown
from ui.forms import done_line, done_or_trouble, form_name
from ui.session import Page

TITLE = Markup("<h2>Asked of this unit</h2>")
ANSWERS = {"Agree": True, "Not now": False}
NEEDS_SIGN_IN = "What other units’ workers ask of this unit is told only where people sign in."
MEANS = (
    f"Who asks has a family with an adult who is linked to this one. If you agree they may open,"
    f" in the next {DAYS} days and for {MINUTES} minutes at a time, these children’s records: never"
    " a restricted one. Your answer is kept as it is, and read by who asks and by the auditor."
)


def asked_of_this_unit(page: Page) -> None:
    """The requests that wait, each with its form; nothing for who does not manage the unit."""
    unit_id = page.address.view.scope.unit_id
    if unit_id not in page.viewer.staff:
        return
    signed_in = page.looking.signed_in
    if signed_in is None:
        page.draw(TITLE, Markup('<p class="cs-quiet">{}</p>').format(NEEDS_SIGN_IN))
        return
    who = Acting(signed_in.store, signed_in.session, page.viewer, signed_in.roles)
    asked = [one for one in asked_of(who.store, page.viewer, now()) if one.unit == unit_id]
    waiting = [one for one in asked if not tells_of_restricted(page.engine, one)]
    said = done_line()
    if said or waiting:
        page.draw(said, TITLE if waiting else Markup(""))
    for one in waiting:
        _form(page, who, one)


def _form(page: Page, who: Acting, one: Request) -> None:
    with st.form(form_name(f"answer-{one.id}")):
        page.draw(_words(page, one))
        st.text(MEANS)
        answer = st.radio("Answer", list(ANSWERS), index=None, horizontal=True)
        words = st.text_area("In a sentence, for who asks", max_chars=MOST_LETTERS)
        sent = st.form_submit_button("Answer", type="primary")
    if sent:
        done_or_trouble(page.draw, lambda: _answer(who, one, answer, words))


def _words(page: Page, one: Request) -> Markup:
    names = ", ".join(child_name_shown(page, child) for child in one.children)
    return Markup("<p><strong>{}</strong> asks about {}, on {}: {}. “{}”</p>").format(
        one.asker, names, written_date(day_of(one.asked_at)), one.reason, one.words
    )


def _answer(who: Acting, one: Request, answer: str | None, words: str) -> str:
    if answer is None:
        raise Problem("Choose whether you agree.")
    answer_request(who, one.id, ANSWERS[answer], words, now())
    return f"Your answer to {one.asker} is kept."
