"""The agenda's items in their order, each with the buttons that move it one place."""

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from data_access.meeting_store import agendas as stored_agendas
from data_access.viewer import Act
from meeting.agenda import Agenda, AgendaItem
from ui.forms import write
from ui.meeting.agenda import KINDS, item_words
from ui.session import Page

UP, DOWN = -1, 1
WAYS = {UP: "↑ Up", DOWN: "↓ Down"}


def items_to_move(page: Page, agenda: Agenda) -> None:
    """A line an item; moved by mouse or by keys, and told at once where it stands."""
    for number, item in enumerate(agenda.items, start=1):
        with st.container(key=f"line-{number}", horizontal=True, vertical_alignment="center"):
            page.draw(_line(page, number, item))
            for way, words in WAYS.items():
                _button(page, agenda, number, way, words)


def _line(page: Page, number: int, item: AgendaItem) -> Markup:
    return Markup(
        '<p class="cs-item"><b>{}</b> {} <span class="cs-quiet">{}</span>'
        ' <small class="cs-quiet">{} · {} min</small></p>'
    ).format(number, item_words(page, item), item.question, KINDS[item.kind], item.minutes)


def _button(page: Page, agenda: Agenda, number: int, way: int, words: str) -> None:
    to, item = number + way, agenda.items[number - 1]
    is_at_the_end = not 1 <= to <= len(agenda.items)
    says = f"Item {number} goes to place {to}"
    if st.button(words, key=f"{words}-{number}", help=says, disabled=is_at_the_end):
        write(page, Act.CHAIR, lambda store: _move(store, page, item, to))


def _move(store: Engine, page: Page, item: AgendaItem, to: int) -> str:
    stored_agendas.place_item(store, item.id, to, page.viewer.name)
    return f"Item {to} now: {item.title}."
