"""The Agenda page's forms: make it, change, add and strike off items, who attended, decisions."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st
from sqlalchemy import Engine

from data_access.meeting_store import agendas as stored_agendas
from data_access.meeting_store.free_text import LONGEST_WORDS
from data_access.problems import Problem
from data_access.viewer import Act
from meeting.actions import Action, every_action
from meeting.agenda import (
    Agenda,
    AgendaItem,
    add_own_item,
    open_agenda,
    strike_off,
    struck_off,
)
from meeting.costs import attended
from meeting.follow_up import follow_up, of_each_partner
from metrics.writing import several
from ui.export.slides import EXCEL
from ui.forms import (
    choice_of,
    day_field,
    file_button,
    form_name,
    is_closed,
    signature,
    store_of,
    write,
)
from ui.learning.lesson_forms import item_field, item_under, lesson_form, numbered
from ui.session import Page

ROLES = (
    "Director",
    "Heads of service",
    "Unit leaders",
    "Social workers",
    "Analysts",
    "Partners and guests",
)
MOST_PEOPLE, MOST_MINUTES = 200, 240
OWN_MINUTES = 5


def make(page: Page) -> None:
    """Keeps what the rule proposes as the month's agenda."""
    month = page.address.view.period
    if is_closed(page, Act.CHAIR):
        return
    with st.form(form_name("make")):
        signature(page)
        sent = st.form_submit_button(f"Make the agenda of {month}", type="primary")
    if sent:
        write(page, Act.CHAIR, lambda store: _make(page, store))


def _make(page: Page, store: Engine) -> str:
    agenda = open_agenda(store, page.figures, page.address.view.period, page.viewer.name)
    return f"Made, with {several(len(agenda.items), 'item')}."


def follow_up_button(page: Page, agenda: Agenda) -> None:
    """What is sent round after the meeting: made when it is asked for, by who leads it."""
    if not page.may(Act.CHAIR):
        return

    def workbook(page: Page) -> bytes:
        # The workbook's library is loaded by whoever makes a file.
        from exports.follow_up import write_follow_up

        return write_follow_up(page.figures, follow_up(store_of(page), page.figures, agenda))

    name = f"childstat-{agenda.month.key}-follow-up.xlsx"
    file_button(page, "Make the follow-up sheet", workbook, name, EXCEL)
    _partner_buttons(page, agenda)


def _partner_buttons(page: Page, agenda: Agenda) -> None:
    """For each partner with actions of this meeting or an earlier one: those alone."""

    def workbook(page: Page, partner: str) -> bytes:
        from exports.follow_up import write_partner_sheet

        own = _owned(page, agenda)[partner]
        return write_partner_sheet(page.figures, agenda.month, partner, own)

    for number, partner in enumerate(_owned(page, agenda), start=1):
        name = f"childstat-{agenda.month.key}-partner-{number}.xlsx"
        make_it = partial(workbook, partner=partner)
        file_button(page, f"Make the sheet for {partner}", make_it, name, EXCEL)


def _owned(page: Page, agenda: Agenda) -> dict[str, tuple[Action, ...]]:
    known = [one for one in every_action(store_of(page)) if one.discussed <= agenda.month]
    return of_each_partner(known, page.live.settings.partners)


def forms(page: Page, agenda: Agenda) -> None:
    """Everything that the analyst changes, each form folded until somebody asks for it."""
    if is_closed(page, Act.CHAIR):
        return
    by = page.viewer.name
    for title, form in FORMS.items():
        with st.expander(title, key=form_name(title), expanded=False):
            form(page, agenda, by)
    signature(page)


def _change_an_item(page: Page, agenda: Agenda, by: str) -> None:
    known = numbered(agenda)
    if not known:
        st.text("The agenda has no item.")
        return
    # By id: what is typed below is of this item, whatever another session does to its title.
    id = st.selectbox("Which item", known, format_func=known.__getitem__, key=form_name("item"))
    item = next(one for one in agenda.items if one.id == id)
    place = agenda.items.index(item) + 1
    with st.form(form_name(f"change-{item.id}")):
        title = st.text_input("Title", item.title, max_chars=LONGEST_WORDS)
        question = st.text_area("Question", item.question, height=90, max_chars=LONGEST_WORDS)
        new_place, minutes = _place_and_minutes(place, len(known), item.minutes)
        with st.container(horizontal=True):
            save = st.form_submit_button("Save", type="primary")
            strike = st.form_submit_button("Strike off")
    edited = replace(item, title=title, question=question, minutes=minutes)
    if save:
        moved_to = None if new_place == place else new_place
        write(page, Act.CHAIR, lambda store: _save(store, edited, moved_to, by))
    if strike:
        write(page, Act.CHAIR, lambda store: _strike(store, item, by))


def _place_and_minutes(place: int, places: int, minutes: int) -> tuple[int, int]:
    place_at, minutes_at = st.columns(2)
    return (
        place_at.number_input("Place", 1, places, place),
        minutes_at.number_input("Minutes", 0, MOST_MINUTES, minutes),
    )


def _save(store: Engine, edited: AgendaItem, moved_to: int | None, by: str) -> str:
    stored_agendas.reword_item(store, edited.id, edited.title, edited.question, edited.minutes, by)
    if moved_to:
        stored_agendas.place_item(store, edited.id, moved_to, by)
    return f"Saved: {edited.title}."


def _strike(store: Engine, item: AgendaItem, by: str) -> str:
    strike_off(store, item, by)
    return f"Struck off: {item.title}. It can be put back."


def _add_an_item(page: Page, agenda: Agenda, by: str) -> None:
    with st.form(form_name("add")):
        title = st.text_input("Title", max_chars=LONGEST_WORDS)
        question = st.text_input("The question to the room", max_chars=LONGEST_WORDS)
        minutes = st.number_input("Minutes", 0, MOST_MINUTES, OWN_MINUTES)
        sent = st.form_submit_button("Add it", type="primary")
    if sent:
        write(page, Act.CHAIR, lambda store: _add(store, agenda, (title, question, minutes), by))


def _add(store: Engine, agenda: Agenda, item_parts: tuple[str, str, int], by: str) -> str:
    add_own_item(store, agenda, *item_parts, by)
    return f"Added at the end: {item_parts[0]}."


def _put_back(page: Page, agenda: Agenda, by: str) -> None:
    items = {item.id: item for item in struck_off(store_of(page), agenda)}
    if not items:
        st.text("No item is struck off.")
        return
    with st.form(form_name("put-back")):
        id = choice_of("Struck off", {id: item.title for id, item in items.items()})
        sent = st.form_submit_button("Put it back")
    if sent:
        chosen = items[id] if id else None
        write(page, Act.CHAIR, lambda store: _put_item_back(store, chosen, by))


def _put_item_back(store: Engine, item: AgendaItem | None, by: str) -> str:
    if item is None:
        raise Problem("Choose which item is put back: the list may have changed meanwhile.")
    stored_agendas.put_back(store, item.id, by)
    return f"Put back: {item.title}."


def _who_sat(page: Page, agenda: Agenda, by: str) -> None:
    known = attended(store_of(page), agenda)
    with st.form(form_name("attendance")):
        held_on = day_field("Held on", agenda.held_on)
        places = [place for _ in ROLES[::2] for place in st.columns(2)]
        people = {
            role: place.number_input(role, 0, MOST_PEOPLE, known.get(role, 0))
            for role, place in zip(ROLES, places, strict=True)
        }
        sent = st.form_submit_button("Note who attended", type="primary")
    if sent:
        write(page, Act.CHAIR, lambda store: _attended(store, agenda, held_on, people, by))


def _attended(
    store: Engine, agenda: Agenda, held_on: date | None, people: Mapping[str, int], by: str
) -> str:
    if held_on and held_on != agenda.held_on:
        stored_agendas.hold_meeting(store, agenda.meeting_id, held_on, by)
    stored_agendas.set_attendance(store, agenda.meeting_id, people, by)
    return f"Noted: {several(sum(people.values()), 'person', 'people')}."


def _decide(page: Page, agenda: Agenda, by: str) -> None:
    with st.form(form_name("decide")):
        words = st.text_input("What was decided", max_chars=LONGEST_WORDS)
        chosen = item_field("Under", agenda)
        sent = st.form_submit_button("Note it", type="primary")
    if sent:
        write(page, Act.CHAIR, lambda store: _decided(store, agenda, chosen, words, by))


def _decided(store: Engine, agenda: Agenda, chosen: str | None, words: str, by: str) -> str:
    item = item_under(agenda, chosen)
    id = item.id if item else None
    stored_agendas.note_decision(store, agenda.meeting_id, id, words, by)
    return f"Decided: {words}"


def _learn(page: Page, agenda: Agenda, _by: str) -> None:
    lesson_form(page, agenda)


FORMS: Mapping[str, Callable[[Page, Agenda, str], None]] = {
    "The day, and who attended": _who_sat,
    "Change an item": _change_an_item,
    "Add an item": _add_an_item,
    "Note a decision": _decide,
    "Keep a lesson": _learn,
    "Put back an item": _put_back,
}
