"""A lesson is kept where it is learnt: of an item discussed, of an action that is closed."""

from collections.abc import Callable

import streamlit as st
from sqlalchemy import Engine

from data_access.meeting_store.free_text import LONGEST_NAME, LONGEST_WORDS
from data_access.problems import Problem
from data_access.viewer import Act
from meeting.actions import Action
from meeting.agenda import Agenda, AgendaItem
from meeting.learning.lessons import Learnt, keep_lesson, of_action, of_item, refuse_unless_whole
from ui.forms import choice_of, form_name, signature, write
from ui.session import Page

KEPT = "A lesson is kept."
TRIED = "Tried: what was done otherwise, no child’s name"
HAPPENED = "Happened: what came of it, no child’s name"
TAKEN_UP = "Taken up by: who tries it next, a role"
OF_ACTION = "Keep a lesson of it, for whoever tries the like"
NO_ITEM = ""
CHOOSE_FIRST = "Choose under which item, or no item: the agenda may have changed meanwhile."
OF_ITEM = "Or keep a lesson of this item"


def numbered(agenda: Agenda) -> dict[str, str]:
    """The agenda's items by id, each with its number and title."""
    return {item.id: f"{at}. {item.title}" for at, item in enumerate(agenda.items, start=1)}


def item_field(label: str, agenda: Agenda) -> str | None:
    """Asks for an item of the agenda, or for none: see `item_under`."""
    return choice_of(label, {NO_ITEM: "No item", **numbered(agenda)})


def item_under(agenda: Agenda, chosen: str | None) -> AgendaItem | None:
    """The item that was chosen; None for no item, a Problem where nothing is chosen."""
    if chosen is None:
        raise Problem(CHOOSE_FIRST)
    return next((item for item in agenda.items if item.id == chosen), None)


def lesson_form(page: Page, agenda: Agenda) -> None:
    """On Agenda: what was learnt under one of the items, or under none."""
    with st.form(form_name("lesson")):
        chosen = item_field("Learnt under", agenda)
        said = _said()
        sent = st.form_submit_button("Keep it", type="primary")

    def kept(store: Engine) -> str:
        return _keep(store, of_item(agenda, item_under(agenda, chosen), *said), page)

    if sent:
        write(page, Act.CHAIR, kept)


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


def _keep(store: Engine, learnt: Learnt, page: Page) -> str:
    keep_lesson(store, learnt, page.viewer.name)
    return KEPT
