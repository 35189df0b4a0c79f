"""Forms that write to the meeting store: what was done is told once, on the page as it is then."""

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from data_access.meeting_store.free_text import LONGEST_LINE as LONGEST_LINE
from data_access.meeting_store.free_text import LONGEST_NAME as LONGEST_NAME
from data_access.meeting_store.free_text import LONGEST_WORDS as LONGEST_WORDS
from data_access.problems import Problem
from ui.on_screen import on_screen
from ui.session import Page

DONE, TURN = "said_by_a_form", "forms_sent"


def store_of(page: Page) -> Engine:
    """The meeting store, of a page that `needs_store`."""
    assert page.published.store is not None, "nothing is written without a store"
    return page.published.store


def needs_store(page: Page) -> None:
    """Where the store can't be read, says so and ends the page: all of it is kept there."""
    if page.published.store is None:
        sentence = "Agendas and actions are kept in the meeting store, which can’t be read now."
        page.draw(page.header(), Markup('<div class="cs-title"><h1>{}</h1></div>').format(sentence))
        st.stop()


def form_name(name: str) -> str:
    """A form's key: another after each success, so that its fields are empty again then."""
    return f"{name}-{st.session_state.get(TURN, 0)}"


def write(page: Page, work: Callable[[Engine], str]) -> None:
    """Runs `work`, which says what it did, and draws the page anew; else says why it could not."""
    try:
        sentence = work(store_of(page))
    except Problem as problem:
        page.draw(Markup('<p class="cs-trouble" role="alert">{}</p>').format(on_screen(problem)))
        return
    st.session_state[DONE] = sentence
    st.session_state[TURN] = st.session_state.get(TURN, 0) + 1
    st.rerun()


def done_line() -> Markup:
    """What the last form did, told once."""
    sentence = st.session_state.pop(DONE, None)
    return (
        Markup('<p class="cs-done" role="status">{}</p>').format(sentence)
        if sentence
        else Markup("")
    )
