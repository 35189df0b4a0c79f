"""A lesson is kept where it is learnt: of an item discussed, of an action that is closed."""

from collections.abc import Callable, Mapping

import streamlit as st
from sqlalchemy import Engine

from data_access.meeting_store.free_text import LONGEST_NAME, LONGEST_WORDS
from data_access.viewer import Act
from meeting.actions import Action
from meeting.agenda import Agenda, AgendaItem
from meeting.learning.lessons import Learnt, keep_lesson, of_action, of_item, refuse_unless_whole
from ui.forms import form_name, signature, write
from ui.session import Page

KEPT = "A lesson is kept."
TRIED = "Tried: what was done otherwise, no child’s name"
HAPPENED = "Happened: what came of it, no child’s name"
TAKEN_UP = "Taken up by: who tries it next, a role"
OF_ACTION = "Keep a lesson of it, for whoever tries the like"
OF_ITEM = "Or keep a lesson of this item"


def lesson_form(page: Page, agenda: Agenda, items: Mapping[str, str | None]) -> None:
    """On Agenda: what was learnt under one of the items, by their names; None for no item."""
    with st.form(form_name("lesson")):
        name = st.selectbox("Learnt under", items)
        said = _said()
        sent = st.form_submit_button("Keep it", type="primary")
    if sent:
        item = _item(agenda, items[name])
        write(page, Act.CHAIR, lambda store: _keep(store, of_item(agenda, item, *said), page))


def lesson_in_the_room(
    page: Page, agenda: Agenda, item: AgendaItem | None, then: Callable[[], None]
) -> None:
    """In the meeting: of the item on the screen. `then` is done before the screen is drawn anew."""
    if not page.may(Act.CHAIR):
        return
    with st.container(key="lesson"), st.expander(OF_ITEM), st.form(form_name("lesson")):
        said = _said()
        sent = st.form_submit_button("Keep it", type="primary")
        signature(page)

    def kept(store: Engine) -> str:
        sentence = _keep(store, of_item(agenda, item, *said), page)
        then()
        return sentence

    if sent:
        write(page, Act.CHAIR, kept)


def _said() -> tuple[str, str, str]:
    tried = st.text_input(TRIED, max_chars=LONGEST_WORDS)
    return tried, *happened_and_who()


def happened_and_who() -> tuple[str, str]:
    """The two fields of a lesson of an action, which itself is what was tried."""
    happened_at, who_at = st.columns((3, 1))
    happened = happened_at.text_input(HAPPENED, max_chars=LONGEST_WORDS)
    return happened, who_at.text_input(TAKEN_UP, max_chars=LONGEST_NAME)


def learnt_of(action: Action, happened: str, who: str) -> Learnt | None:
    """What was learnt of an action; None where nothing was written, a Problem where a part was."""
    if not (happened.strip() or who.strip()):
        return None
    learnt = of_action(action, happened, who)
    refuse_unless_whole(learnt)
    return learnt


def _item(agenda: Agenda, id: str | None) -> AgendaItem | None:
    return next((item for item in agenda.items if item.id == id), None)


def _keep(store: Engine, learnt: Learnt, page: Page) -> str:
    keep_lesson(store, learnt, page.viewer.name)
    return KEPT
