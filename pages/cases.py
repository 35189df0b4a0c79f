"""Cases: which children the meeting looks at, drawn by chance or chosen, and the key on paper."""

import streamlit as st

from meeting.drawing import PURPOSES
from ui.cases import (
    agenda_of,
    any_seed,
    choose,
    draw,
    frame,
    key_on_paper,
    plans,
    rule_words,
    size_words,
    title,
    units,
)
from ui.session import open_page

with open_page("cases") as page:
    agenda = agenda_of(page)
    top, left, right = st.container(), *st.columns(2)
    with left:
        purposes = {words: key for key, words in PURPOSES.items()}
        purpose = st.radio("For", list(purposes), horizontal=True)
        if page.address.row is None:
            unit, plan, rule = (
                choices[st.selectbox(name, list(choices))]
                for name, choices in (
                    ("Unit", units(page.figures)),
                    ("Plan today", plans()),
                    ("Which children", rule_words(page.figures)),
                )
            )
            said, children = frame(page, unit, plan, rule or "any")
            page.draw(size_words(children))
        with st.form("case"):
            if page.address.row is None:
                number = st.number_input("How many", 1, 8, 1 if "depth" in purposes[purpose] else 6)
                seed = st.text_input("Seed", st.session_state.setdefault("seed", any_seed()))
            by = st.text_input("Your name", page.viewer.name)
            sent = st.form_submit_button("Take them to the meeting", type="primary")
        if sent and page.address.row is None:
            page.draw(draw(page, agenda, purposes[purpose], said, children, seed, number, by))
        elif sent:
            page.draw(choose(page, agenda, purposes[purpose], by))
    with right:
        page.draw(key_on_paper(page, agenda))
    with top:
        page.draw(page.header(), title(page))
