"""Asked of this unit: what others want to know of its families, for who manages it to answer."""

import streamlit as st
from markupsafe import Markup

from access.agreements import OWN, Acting, answer_request
from access.openings import MINUTES, MOST_LETTERS
from access.requests import DAYS, Request, asked_of
from data_access.london import day_of, now
from data_access.problems import Problem
from metrics.sentence import written_date
from ui.child.parts import child_name_shown
from ui.forms import done_line, done_or_trouble, form_name
from ui.session import Page

SENT = "answered_to_another_unit"
TITLE = Markup("<h2>Asked of this unit</h2>")
ANSWERS = {"Agree": True, "Not now": False}
NEEDS_SIGN_IN = "What other units’ workers ask of this unit is told only where people sign in."
MEANS = (
    f"Who asks has a family with an adult who is linked to this one. If you agree they may open,"
    f" in the next {DAYS} days and for {MINUTES} minutes at a time, these children’s records: never"
    " a restricted one. Your answer is kept as it is, and read by who asks and by the auditor."
)


def asked_of_this_unit(page: Page) -> None:
    """The requests that wait, each with its form; nothing for who does not manage the unit.

    What was sent comes first: by now another may have answered it, and its form is gone.
    """
    signed_in = page.looking.signed_in
    if signed_in is None:
        if _manages(page):
            page.draw(TITLE, Markup('<p class="cs-quiet">{}</p>').format(NEEDS_SIGN_IN))
        return
    who = Acting(signed_in.store, page.engine, signed_in.session, page.viewer, signed_in.roles)
    _carry_out(page, who)
    if _manages(page):
        _forms(page, who)


def _manages(page: Page) -> bool:
    return page.address.view.scope.unit_id in page.viewer.staff


def _carry_out(page: Page, who: Acting) -> None:
    sent = st.session_state.pop(SENT, None)
    if sent is not None:
        done_or_trouble(page.draw, lambda: _answer(who, *sent))


def _forms(page: Page, who: Acting) -> None:
    asked = asked_of(who.store, who.engine, page.viewer, now())
    waiting = [one for one in asked if one.unit == page.address.view.scope.unit_id]
    said = done_line()
    if said or waiting:
        page.draw(said, TITLE if waiting else Markup(""))
    for one in waiting:
        _form(page, who, one)


def _form(page: Page, who: Acting, one: Request) -> None:
    if one.person == who.session.person:
        page.draw(_words(page, one), Markup('<p class="cs-quiet">{}</p>').format(OWN))
        return
    which, why = form_name(f"answer-is-{one.id}"), form_name(f"answer-why-{one.id}")
    with st.form(form_name(f"answer-{one.id}")):
        page.draw(_words(page, one))
        st.text(MEANS)
        st.radio("Answer", list(ANSWERS), index=None, horizontal=True, key=which)
        st.text_area("In a sentence, for who asks", max_chars=MOST_LETTERS, key=why)
        to_whom = one.id, one.asker, which, why
        st.form_submit_button("Answer", type="primary", on_click=_send, args=to_whom)


def _send(request_id: str, asker: str, which: str, why: str) -> None:
    answer, words = st.session_state[which], st.session_state[why] or ""
    st.session_state[SENT] = request_id, asker, answer, words


def _words(page: Page, one: Request) -> Markup:
    names = ", ".join(child_name_shown(page, child) for child in one.children)
    return Markup("<p><strong>{}</strong> asks about {}, on {}: {}. “{}”</p>").format(
        one.asker, names, written_date(day_of(one.asked_at)), one.reason, one.words
    )


def _answer(who: Acting, request_id: str, asker: str, answer: str | None, words: str) -> str:
    if answer is None:
        raise Problem("Choose whether you agree.")
    answer_request(who, request_id, ANSWERS[answer], words, now())
    return f"Your answer to {asker} is kept."
