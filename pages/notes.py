"""Notes: words beside a chart's months, and new limits, with who wrote them and why."""

import streamlit as st

from metrics.model import Period
from metrics.publication import NoteKind
from ui.acts import Act
from ui.forms import LONGEST_WORDS, done_line, form_name, is_closed, signature
from ui.metric.notes import (
    WHAT,
    chart_notes,
    month_asked,
    months_by_name,
    not_here,
    standing_notes,
    withdraw_limits,
    write_chart_note,
)
from ui.session import open_page

with open_page("notes") as page:
    page.draw(page.header(), done_line(), standing_notes(page))
    if page.published.store is None or is_closed(page, Act.NOTE) or not_here(page):
        st.stop()
    with st.form(form_name("note")):
        asked, names = month_asked(page, st.query_params.to_dict()), list(months_by_name(page))
        limits_first = list(WHAT.values()).index(NoteKind.NEW_LIMITS) if asked else 0
        what = st.radio("What to write", list(WHAT), index=limits_first)
        month = st.selectbox("Month", names, index=names.index(str(asked)) if asked else 0)
        words = st.text_area(
            "What happened, and why it matters (no names are needed)", max_chars=LONGEST_WORDS
        )
        signature(page)
        if st.form_submit_button("Note it", type="primary"):
            write_chart_note(page, WHAT[what], months_by_name(page)[month], words)
    limits = [note for note in chart_notes(page) if note.kind is NoteKind.NEW_LIMITS]
    if limits:
        with st.form(form_name("withdraw")):
            place = st.selectbox(
                "New limits that no longer hold",
                range(len(limits)),
                format_func=lambda place: (
                    f"{Period.of(limits[place].month)}: {limits[place].words}"
                ),
            )
            signature(page)
            if st.form_submit_button("Withdraw them"):
                withdraw_limits(page, limits[place])
