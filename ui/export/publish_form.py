"""Publishing a month, from Export: asked once, with what it freezes and what is doubtful."""

import streamlit as st
from markupsafe import Markup
from sqlalchemy import Engine

from access.audit.events import What
from data_access.database import read
from data_access.meeting_store.free_text import LONGEST_WORDS
from data_access.viewer import Act
from loading.checks.checks import issue_counts
from meeting.published.doubts import BeforePublishing, before_publishing, figures_counted
from meeting.published.publishing import publish
from metrics.writing import several
from ui.forms import form_name, is_closed, signature, store_of, write
from ui.session import Page

ASKED = "asked_to_publish"
FREEZE, NOT_NOW = "Freeze its figures, words and rows", "Not now"


def publish_form(page: Page) -> None:
    """Nothing of a month that can't be published yet, or where there is no store."""
    month = page.address.view.period
    if page.published.store is None or page.live.is_provisional(month):
        return
    if is_closed(page, Act.PUBLISH):
        return
    is_again = page.published.of(month) is not None
    title = f"Publish a correction of {month}" if is_again else f"Publish {month}"
    st.header(title)
    if st.session_state.get(ASKED) != form_name(month.key):
        _ask(page, f"{title} …")
        return
    _panel(page, is_again)


def _ask(page: Page, words: str) -> None:
    """The first of two presses: nothing is written by it."""
    if st.button(words, key="publish"):
        st.session_state[ASKED] = form_name(page.address.view.period.key)
        st.rerun()


def _panel(page: Page, is_again: bool) -> None:
    """What is frozen, what is doubtful, why again; then the one question."""
    page.draw(_told(_before(page)))
    with st.form(form_name("publish")):
        reason = st.text_input("Why again", max_chars=LONGEST_WORDS) if is_again else None
        signature(page)
        with st.container(horizontal=True):
            sent = st.form_submit_button(FREEZE, type="primary")
            dropped = st.form_submit_button(NOT_NOW)
    if dropped:
        del st.session_state[ASKED]
        st.rerun()
    if sent:
        with st.spinner("Freezing the month …"):
            write(page, Act.PUBLISH, lambda store: _publish(page, store, reason))


def _before(page: Page) -> BeforePublishing:
    issues = read(page.engine, issue_counts())
    return before_publishing(store_of(page), page.live, issues, page.address.view.period)


def _told(before: BeforePublishing) -> Markup:
    doubts = Markup("").join(Markup("<li>{}</li>").format(doubt) for doubt in before.doubts)
    doubtful = Markup(
        '<p><b>Doubtful, and no reason to refuse:</b></p><ul class="cs-rules">{}</ul>'
    )
    return Markup("<p>{}</p>{}").format(
        before.freezes,
        doubtful.format(doubts)
        if doubts
        else Markup("<p>Nothing in it is known to be doubtful.</p>"),
    )


def _publish(page: Page, store: Engine, reason: str | None) -> str:
    month = page.address.view.period
    page.note(What.EXPORTED, reason=f"published {month}")
    done, content = publish(page.engine, store, page.live.settings, month, page.viewer.name, reason)
    counted = figures_counted((line["metric"], line["unit_id"]) for line in content.figures)
    return (
        f"{month} is published as version {done.version}: {counted}, and the"
        f" {several(len(content.rows), 'row')} behind them."
    )
