"""Dispute: one row that looks wrong to somebody, noted with its reason, or settled."""

import streamlit as st

from ui.metric.disputes import about, back, doubt, note, settled
from ui.session import open_page

OUTCOMES = {"Upheld: the data are wrong": "upheld", "Rejected: the data are right": "rejected"}

with open_page("dispute") as page:
    chosen = doubt(page)
    page.draw(page.header(), about(chosen), back(page))
    done = st.container()
    with st.form("dispute"):
        if chosen.dispute is None:
            reason = st.radio("What is wrong", chosen.reasons)
            words = st.text_area("A note (no names are needed)")
        else:
            outcome = st.radio("How it ended", list(OUTCOMES))
        by = st.text_input("Your name", page.viewer.name)
        sent = st.form_submit_button("Note it", type="primary")
    with done:
        if sent and chosen.dispute is None:
            page.draw(note(page, chosen, reason, by, words))
        elif sent:
            page.draw(settled(page, chosen, OUTCOMES[outcome], by))
