"""Audit: who has looked at which child, what is unusual, and whether it is as it was written."""

import streamlit as st

from ui.office.looked import (
    asked_by_form,
    audit_title,
    chain_state,
    events_table,
    subject_file,
    what_is_unusual,
)
from ui.office.opening import open_office
from ui.turning.typed import form_name

with open_office("audit") as office:
    office.draw(office.header(), audit_title())
    # What to ask about stands above the form, which fills a small screen.
    above = st.container()
    asked = asked_by_form(office)
    if asked is not None:
        office.draw(events_table(office, asked))
        if asked.child:
            subject_file(office, asked.child)
    else:
        with above:
            office.draw(what_is_unusual(office))
    with st.form(form_name("chain")):
        checks = st.form_submit_button("Check that nothing was changed")
    if checks:
        office.draw(chain_state(office))
