"""Cases: which children the meeting looks at, drawn by chance or chosen, and the key on paper."""

import streamlit as st

from meeting.drawing import PURPOSES, Draw
from ui.acts import Act
from ui.forms import done_line, form_name, signature, write
from ui.meeting.cases import (
    cases_title,
    choose_and_note,
    chosen_words,
    draw_and_note,
    frame,
    key_on_paper,
    plans,
    rule_words,
    seed_field,
    size_words,
    units,
)
from ui.room.entering import agenda_of
from ui.session import open_page

with open_page("cases") as page:
    agenda = agenda_of(page, "cases")
    page.draw(page.header(), done_line(), cases_title(page))
    left, right = st.columns(2)
    with left:
        purposes = {words: key for key, words in PURPOSES.items()}
        purpose = purposes[
            st.radio("For", list(purposes), horizontal=True, key=form_name("purpose"))
        ]
        is_drawn = page.address.child is None
        if is_drawn:
            unit, plan, rule = (
                choices[st.selectbox(name, list(choices), key=form_name(name))]
                for name, choices in (
                    ("Unit", units(page.figures, page.address.view.period)),
                    ("Plan today", plans()),
                    ("Which children", rule_words(page.figures)),
                )
            )
            frame_words, children = frame(page, unit, plan, rule)
        page.draw(size_words(children) if is_drawn else chosen_words(page))
        with st.form(form_name(f"case-{purpose}")):
            if is_drawn:
                number = st.number_input("How many", 1, 8, 1 if "depth" in purpose else 6)
                seed = seed_field()
            signature(page)
            sent = st.form_submit_button("Take them to the meeting", type="primary")
        if sent and is_drawn:
            draw = Draw(purpose, frame_words, children, seed, number)
            write(page, Act.DRAW_CASES, lambda store: draw_and_note(store, page, agenda, draw))
        elif sent:
            write(page, Act.DRAW_CASES, lambda store: choose_and_note(store, page, agenda, purpose))
    with right:
        page.draw(key_on_paper(page, agenda))
