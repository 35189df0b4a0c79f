"""Notes: words beside a chart's months, and new limits, with who wrote them and why."""

import streamlit as st

from metrics.model import Period
from metrics.publication import NoteKind
from ui.forms import form_name, last_said
from ui.metric.notes import (
    WHAT,
    months,
    notes,
    standing_notes,
    withdrawn,
    written,
)
from ui.session import open_page

with open_page("notes") as page:
    page.draw(page.header(), last_said(), standing_notes(page))
    if page.published.store is None:
        st.stop()
    with st.form(form_name("note")):
        what = st.radio("What to write", list(WHAT))
        month = st.selectbox("Month", list(months(page)))
        words = st.text_area("What happened, and why it matters (no names are needed)")
        by = st.text_input("Your name", page.viewer.name)
        if st.form_submit_button("Note it", type="primary"):
            written(page, WHAT[what], months(page)[month], words, by)
    begun = [one for one in notes(page) if one.kind is NoteKind.NEW_LIMITS]
    if begun:
        with st.form(form_name("withdraw")):
            at = st.selectbox(
                "New limits that no longer hold",
                range(len(begun)),
                format_func=lambda at: f"{Period.of(begun[at].month)}: {begun[at].words}",
            )
            who = st.text_input("Your name", page.viewer.name, key="who")
            if st.form_submit_button("Withdraw them"):
                withdrawn(page, begun[at], who)
