"""Actions: open, due, done; what each was meant to change and whether the line moved."""

import streamlit as st

from ui.action_forms import close_form, note_form
from ui.actions import actions_of, lists, title
from ui.session import open_page
from ui.writing import last_said

with open_page("actions") as page:
    actions = actions_of(page)
    page.draw(page.header(), last_said(), title(page, actions), lists(page, actions))
    to_note, to_close = st.columns((3, 2))
    with to_note:
        note_form(page)
    with to_close:
        close_form(page, actions)
