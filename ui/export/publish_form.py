"""Publishing a month from the page Export: who freezes it, and why again if it is frozen."""

import streamlit as st
from sqlalchemy import Engine

from access.audit.events import What
from data_access.viewer import Act
from meeting.published.publishing import publish
from ui.forms import form_name, is_closed, signature, write
from ui.session import Page


def publish_form(page: Page) -> None:
    """Nothing of a month that can't be published yet, or where there is no store."""
    month = page.address.view.period
    if page.published.store is None or page.live.is_provisional(month):
        return
    if is_closed(page, Act.PUBLISH):
        return
    frozen = page.published.of(month)
    with st.form(form_name("publish")):
        st.header(f"Publish a correction of {month}" if frozen else f"Publish {month}")
        reason = st.text_input("Why again") if frozen else None
        signature(page)
        sent = st.form_submit_button("Freeze its figures, words and rows")
    if sent:
        with st.spinner("Freezing the month …"):
            write(page, Act.PUBLISH, lambda store: _publish(page, store, reason))


def _publish(page: Page, store: Engine, reason: str | None) -> str:
    month = page.address.view.period
    page.note(What.EXPORTED, reason=f"published {month}")
    done, content = publish(page.engine, store, page.live.settings, month, page.viewer.name, reason)
    return (
        f"{month} is published as version {done.version}: {len(content.figures)} figures and the"
        f" {len(content.rows)} rows behind them."
    )
