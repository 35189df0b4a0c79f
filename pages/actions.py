"""Actions: open, due, done; what each was meant to change and whether the line moved."""

import streamlit as st

from ui.forms import done_line, needs_store
from ui.meeting.action_forms import close_form, note_form
from ui.meeting.actions import actions_of, actions_title, lists
from ui.session import open_page

with open_page("actions") as page:
    needs_store(page)
    actions = actions_of(page)
    page.draw(page.header(), done_line(), actions_title(page, actions))
    above, listed, below = st.container(), st.container(), st.container()
    with listed:
        page.draw(lists(page, actions))
    # Whoever comes from a figure or from a child comes to note an action on it.
    with above if page.address.names_metric or page.address.child else below:
        note_form(page)
    with below:
        close_form(page, actions)
