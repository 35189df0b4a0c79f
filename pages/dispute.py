"""Dispute: one row that looks wrong to somebody, noted with its reason, or settled."""

import streamlit as st

from ui.forms import LONGEST_WORDS, form_name, signature
from ui.metric.disputes import (
    back_from_dispute,
    chosen_doubt,
    note_dispute,
    row_in_doubt,
    settle_dispute,
)
from ui.session import open_page

OUTCOMES = {"Upheld: the data are wrong": "upheld", "Rejected: the data are right": "rejected"}

with open_page("dispute") as page:
    doubt = chosen_doubt(page)
    page.draw(page.header(), row_in_doubt(doubt), back_from_dispute(page))
    done = st.container()
    with st.form(form_name("dispute")):
        if doubt.dispute is None:
            reason = st.radio("What is wrong", doubt.reasons)
            words = st.text_area("A note (no names are needed)", max_chars=LONGEST_WORDS)
        else:
            outcome = st.radio("How it ended", list(OUTCOMES))
        signature(page)
        sent = st.form_submit_button("Note it", type="primary")
    with done:
        if sent and doubt.dispute is None:
            page.draw(note_dispute(page, doubt, reason, words))
        elif sent:
            page.draw(settle_dispute(page, doubt, OUTCOMES[outcome]))
