"""People: who may look at what, and who is looking; for the administrator."""

import streamlit as st

from ui.forms import done_line
from ui.office.giving import confirm_form, end_form, give_form, take_back_form
from ui.office.opening import open_office
from ui.office.people import known_people, people_table, people_title, to_be_settled

with open_office("people") as office:
    known = known_people(office)
    office.draw(
        office.header(), done_line(), people_title(known), to_be_settled(known), people_table(known)
    )
    for form, place in zip(
        (give_form, take_back_form, confirm_form, end_form), st.columns(4), strict=True
    ):
        with place:
            form(office, known)
