"""Forms that write to the meeting store: what was done is told once, on the page as it is then."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from access.audit.events import What
from data_access.meeting_store.free_text import LONGEST_WORDS as LONGEST_WORDS
from data_access.problems import Problem
from data_access.viewer import Act
from ui import acts
from ui.on_screen import on_screen
from ui.session import Page
from ui.turning.typed import anew
from ui.turning.typed import form_name as form_name

CSV = "text/csv"
CHOOSE = "choose …"
DONE = "said_by_a_form"


def store_of(page: Page) -> Engine:
    """The meeting store, of a page that `needs_store`."""
    assert page.published.store is not None, "nothing is written without a store"
    return page.published.store


def needs_store(page: Page) -> None:
    """Where the store can't be read, says so and ends the page: all of it is kept there."""
    if page.published.store is None:
        sentence = "What meetings write is kept in the meeting store, which can’t be read now."
        page.draw(page.header(), Markup('<div class="cs-title"><h1>{}</h1></div>').format(sentence))
        st.stop()


def is_closed(page: Page, act: Act, instead: str | None = None) -> bool:
    """Whether a form is not for this viewer: then it says so in the form's place, or `instead`."""
    if page.may(act):
        return False
    words = instead or acts.cannot(act)
    page.draw(Markup('<p class="cs-note cs-quiet">{}</p>').format(words))
    return True


def day_field(label: str, day: date | None, at: Any = st) -> Any:
    """A field for a day: of any year, where Streamlit's own takes ten years around today."""
    return at.date_input(label, day, date(1990, 1, 1), date(2099, 12, 31), format="DD/MM/YYYY")


def choice_of(label: str, known: Mapping[str, str], at: Any = st) -> str | None:
    """The id of one of these, by id with their words, which others may add to or end meanwhile.

    What was chosen stays so while it is there. Nothing is before, nor once it has gone: the first
    of those that are there now would be another than the one that was on the screen.
    """
    return at.selectbox(
        label,
        known,
        index=None,
        format_func=lambda id: known[id],
        placeholder=CHOOSE,
        key=form_name(label),
    )


def signature(page: Page) -> None:
    """Under whose name a form writes: nobody can type another."""
    st.text(f"Noted as {page.viewer.name}")


def carried_out(page: Page, act: Act, work: Callable[[Engine], str]) -> str:
    """What `work` says that it did to the store; refused, whatever was sent, to who may not."""
    acts.refuse_unless(page.viewer, act)
    return work(store_of(page))


def write(page: Page, act: Act, work: Callable[[Engine], str]) -> None:
    """Runs `work`, which says what it did, and draws the page anew; else says why it could not."""
    done_or_trouble(page.draw, lambda: carried_out(page, act, work))


def done_or_trouble(draw: Callable[[Markup], None], work: Callable[[], str]) -> None:
    """Does it and draws the page anew, which then says so; else says why it could not be done."""
    try:
        sentence = work()
    except Problem as problem:
        draw(Markup('<p class="cs-trouble" role="alert">{}</p>').format(on_screen(problem)))
        return
    st.session_state[DONE] = sentence
    anew()
    st.rerun()


def file_button(
    page: Page,
    label: str,
    make: Callable[[Page], bytes | str],
    name: str,
    kind: str,
    look: Literal["primary", "secondary"] = "secondary",
) -> None:
    """A file, made when it is asked for, of what is open to the viewer then."""

    def made() -> bytes | str:
        now = page.anew()
        now.note(What.EXPORTED, reason=name)
        return make(now)

    st.download_button(label, made, name, kind, on_click="ignore", type=look)


def done_line() -> Markup:
    """What the last form did, told once."""
    sentence = st.session_state.pop(DONE, None)
    return (
        Markup('<p class="cs-done" role="status">{}</p>').format(sentence)
        if sentence
        else Markup("")
    )
