"""The Actions page's forms: note one in twenty seconds, close one with its outcome."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import streamlit as st
from sqlalchemy import Engine

from data_access.meeting_store.free_text import LONGEST_LINE, LONGEST_WORDS
from data_access.problems import Problem
from data_access.viewer import Act
from meeting.actions import (
    DONE,
    OUTCOMES,
    Action,
    Noted,
    close_done,
    close_undone,
    note_action,
)
from meeting.agenda import open_agenda
from meeting.learning.lessons import keep_lesson
from meeting.spoken import spoken
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE
from metrics.sentence import written_date
from ui.child.parts import child_name_shown, chosen_child
from ui.forms import choice_of, day_field, form_name, is_closed, signature, write
from ui.learning.lesson_forms import KEPT, OF_ACTION, happened_and_who, learnt_of
from ui.session import Page

DAYS_TO_DO_IT = 28
MONTHS_AHEAD = 12
# Agreed in the month after the one discussed: four months later, three are known since.
USUALLY_LOOKED_AT = 4
NO_FIGURE = "No figure"
SAY_IT = "Who will do what, by when: one sentence, no child’s name"
EXAMPLE = "Unit 2’s leader will share fortnightly visits with family support by 30 November"
NOTED_BY = "Actions are noted by whoever leads the meeting."
CHOOSE_FIRST = "Choose which action ended: its list may have changed meanwhile."
CLOSED_BY = "They are closed by whoever leads the meeting, or was given the right to close actions."


def do_nothing() -> None:
    """Nothing is to be done after an action but to draw the page anew."""


def note_form(page: Page, then: Callable[[], None] = do_nothing) -> None:
    """One sentence is enough; the figure is the address's where it names one.

    `then` is done once it is noted, before the page is drawn anew.
    """
    if is_closed(page, Act.CHAIR, NOTED_BY):
        return
    with st.container(key="note"), st.form(form_name("note")):
        st.header(f"Note an action of the meeting about {page.address.view.period}")
        sentence = st.text_input(SAY_IT, placeholder=EXAMPLE, max_chars=LONGEST_LINE)
        with st.expander("What it should change, and a day if the sentence has none"):
            figure, due_on = _figure(page), _due(page)
        child = _child(page)
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button("Note it", type="primary")
            signature(page)
    if sent:
        about = {**figure, **child}
        write(page, Act.CHAIR, lambda store: _note(page, store, sentence, due_on, about, then))


def _due(page: Page) -> date:
    usually_due = page.live.load.as_at + timedelta(days=DAYS_TO_DO_IT)
    return day_field("Due, if the sentence names no day", usually_due)


def _figure(page: Page) -> dict[str, Any]:
    metrics = {NO_FIGURE: None} | {metric.name: key for key, metric in CATALOGUE.items()}
    month = page.address.view.period
    open_then = page.figures.units_open(month)
    units = {name: unit_id for unit_id, name in open_then.items()}
    months = {
        str(ahead): ahead
        for ahead in (month.shift(months_on + 1) for months_on in range(MONTHS_AHEAD))
    }
    named = page.address.metric.name if page.address.names_metric else NO_FIGURE
    here = open_then.get(page.address.view.scope.unit_id, open_then[SERVICE])
    metric_at, unit_at, effect_at, look_at = st.columns((5, 4, 5, 5))
    metric = metric_at.selectbox("Meant to change", metrics, list(metrics).index(named))
    unit = unit_at.selectbox("Of", units, list(units).index(here))
    effect = effect_at.text_input("The effect expected", max_chars=LONGEST_LINE)
    look = look_at.selectbox("Look in", months, USUALLY_LOOKED_AT - 1)
    if metrics[metric] is None:
        return {"effect": effect}
    about = {"metric": metrics[metric], "unit_id": units[unit]}
    return {**about, "look": months[look], "effect": effect}


def _child(page: Page) -> dict[str, Any]:
    """The child of the row that the address points at, if it points at one."""
    if page.address.child is None:
        return {}
    child_id = chosen_child(page)
    st.text(f"About: {child_name_shown(page, child_id)}")
    return {"child_id": child_id}


def _note(
    page: Page,
    store: Engine,
    sentence: str,
    due_on: date,
    about: dict[str, Any],
    then: Callable[[], None],
) -> str:
    by, month = page.viewer.name, page.address.view.period
    said = spoken(sentence, page.live.load.as_at)
    due_on = said.due_on or due_on
    noted = Noted(verb=said.verb, what=said.what, owner=said.owner, due_on=due_on, **about)
    agenda = open_agenda(store, page.figures, month, by)
    note_action(store, agenda.meeting_id, noted, by)
    then()
    due = written_date(noted.due_on)
    unsaid = "" if said.due_on else " (the sentence names no day)"
    of = f"An action of the meeting about {month}"
    return f"Noted: {noted.verb} {noted.what}. {noted.owner}, due {due}{unsaid}. {of}."


def close_form(page: Page, actions: Sequence[Action]) -> None:
    """One of the open actions, with its outcome; nothing where none is open."""
    still_open = {action.id: action for action in actions if action.is_open}
    if not still_open or is_closed(page, Act.CLOSE, CLOSED_BY):
        return
    with st.container(key="close"), st.form(form_name("close")):
        st.header("Close an action")
        which_at, how_at, day_at = st.columns((8, 4, 2))
        known = {action.id: _called(action) for action in still_open.values()}
        id = choice_of("Which", known, which_at)
        outcome = how_at.radio("How it ended", OUTCOMES, horizontal=True)
        done_on = day_field("If done, on", page.live.load.as_at, day_at)
        words = st.text_input("A word on it: needed where it was not done", max_chars=LONGEST_WORDS)
        with st.expander(OF_ACTION):
            lesson = happened_and_who()
        with st.container(horizontal=True, vertical_alignment="center"):
            sent = st.form_submit_button("Close it", type="primary")
            signature(page)
    if sent:
        ended, by = (outcome, done_on, words), page.viewer.name
        chosen = still_open[id] if id else None
        write(page, Act.CLOSE, lambda store: _close(store, chosen, ended, lesson, by))


def _called(action: Action) -> str:
    return f"{action.task} ({action.owner}, due {written_date(action.due_on)})"


def _close(
    store: Engine,
    action: Action | None,
    ended: tuple[str, date, str],
    lesson: tuple[str, str],
    by: str,
) -> str:
    """Nothing is closed where its lesson lacks a part, which is asked for first."""
    if action is None:
        raise Problem(CHOOSE_FIRST)
    outcome, done_on, words = ended
    learnt = learnt_of(action, *lesson)
    if outcome == DONE:
        close_done(store, action.id, done_on, words, by)
    else:
        close_undone(store, action.id, outcome, words, by)
    closed = f"Closed, {outcome}: {action.task}."
    if learnt is None:
        return closed
    keep_lesson(store, learnt, by)
    return f"{closed} {KEPT}"
