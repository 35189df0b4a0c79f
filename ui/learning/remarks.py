"""Remarks: what people say to the analysts of a page, and what these answer."""

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link, stacked
from data_access.meeting_store.free_text import LONGEST_WORDS
from data_access.problems import Problem
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act
from meeting.learning.remarks import (
    Place,
    Remark,
    answer,
    every_remark,
    make_remark,
    own_remarks,
)
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period
from metrics.sentence import written_date
from metrics.writing import several
from ui.address import unit_address_parts
from ui.forms import choice_of, form_name, is_closed, signature, store_of, write
from ui.pages import PAGES
from ui.session import Page

ABOUT = "about"
HEADINGS = ("Remark", "Of", "By", "Answer")
WORDS = "What does not look right, or what you would like to see: no child’s or adult’s name"
ANSWER = "Answer: what was found or done, no child’s or adult’s name"
KEPT = "Your remark is with the analysts. Their answer will stand here, on Remarks."
ANSWERED = "The answer is kept, and told to who asked."
CHOOSE_FIRST = "Choose which remark you answer."
WHO = "Told to you and to the analysts alone."


def remarks_told(page: Page) -> list[Remark]:
    """Those of everybody to who answers them, else the viewer's own."""
    if _answers(page):
        return every_remark(store_of(page))
    return own_remarks(store_of(page), page.viewer)


def _answers(page: Page) -> bool:
    """Analysts, who see every unit's figures: a remark is of any."""
    return page.may(Act.LOAD) and EVERY_UNIT in page.viewer.figures


def place_of(page: Page) -> Place:
    """Where the viewer came from; Remarks itself where the address names no page."""
    name = st.query_params.get(ABOUT, page.name)
    address, unit_id = page.address, page.address.view.scope.unit_id
    return Place(
        name if name in PAGES else page.name,
        address.view.period.start,
        address.metric.key if address.names_metric else None,
        unit_id if address.names_unit else None,
    )


def remarks_title(page: Page) -> Markup:
    """What this page is for, and of which place a remark would be."""
    return Markup('<div class="cs-title"><h1>Remarks</h1></div><p class="cs-lead">{}</p>').format(
        f"Say something to the analysts about {named(page, place_of(page))}."
    )


def named(page: Page, place: Place) -> str:
    """As in "Metric, Out-of-timescale visits, Unit 2, September 2016"; the month if it has one."""
    known = PAGES.get(place.page)
    metric = CATALOGUE.get(place.metric or "")
    unit = page.figures.units.get(place.unit_id, str(place.unit_id)) if place.unit_id else None
    title = known.title if known else place.page
    month = str(Period.of(place.month)) if known is None or known.has_months else None
    parts = (title, metric.short_name if metric else None, unit, month)
    return ", ".join(part for part in parts if part)


def remark_form(page: Page) -> None:
    """Anybody who may write notes says something of the place that the address names."""
    if is_closed(page, Act.NOTE):
        return
    with st.form(form_name("remark")):
        words = st.text_area(WORDS, max_chars=LONGEST_WORDS)
        sent = st.form_submit_button("Say it", type="primary")
        st.text(WHO)
        signature(page)

    def kept(store: Engine) -> str:
        make_remark(store, place_of(page), words, page.viewer)
        return KEPT

    if sent:
        write(page, Act.NOTE, kept)


def answer_form(page: Page, told: Sequence[Remark]) -> None:
    """For the analysts: those without an answer first."""
    if not told or not _answers(page):
        return
    unanswered_first = sorted(told, key=lambda one: bool(one.answers))
    known = {one.id: _called(one) for one in unanswered_first}
    with st.form(form_name("answer")):
        remark_id = choice_of("Answer which", known)
        words = st.text_area(ANSWER, max_chars=LONGEST_WORDS)
        sent = st.form_submit_button("Answer it", type="primary")
        signature(page)

    def answered(store: Engine) -> str:
        if remark_id is None:
            raise Problem(CHOOSE_FIRST)
        answer(store, remark_id, words, page.viewer.name)
        return ANSWERED

    if sent:
        write(page, Act.LOAD, answered)


def _called(one: Remark) -> str:
    return f"{one.words[:80]} ({_by(one)}, {one.at:%H:%M:%S})"


def remarks_list(page: Page, told: Sequence[Remark]) -> Markup:
    """The remarks, the latest first, with their answers."""
    if not told:
        return Markup("<p>No remark is made yet.</p>")
    rows = [(one.words, _where(page, one.place), _by(one), _answers_told(one)) for one in told]
    waiting = sum(1 for one in told if not one.answers)
    heading = f"{several(len(told), 'remark')}, {waiting} without an answer"
    return Markup("<h2>{}</h2>{}").format(heading, stacked(HEADINGS, rows))


def _where(page: Page, place: Place) -> object:
    """A way back to what was looked at, where a page alone says what that was."""
    if place.page not in PAGES or PAGES[place.page].of_a_row:
        return named(page, place)
    parts: dict[str, object] = {"month": Period.of(place.month).key, "metric": place.metric}
    if place.unit_id not in (None, SERVICE):
        parts |= unit_address_parts(place.unit_id)
    return link(page.address.link(place.page, **parts), named(page, place))


def _by(one: Remark) -> str:
    return f"{one.by}, {written_date(one.at.date())}"


def _answers_told(one: Remark) -> Markup:
    said = (
        Markup("<p>{} <small>{}, {}</small></p>").format(
            given.words, given.by, written_date(given.at.date())
        )
        for given in one.answers
    )
    return Markup("").join(said) or Markup('<span class="cs-quiet">none yet</span>')
