"""Explore: one figure cut, narrowed, over longer, and set beside another; then its rows."""

import streamlit as st

from ui.explore.asking import question
from ui.explore.files import file_buttons
from ui.explore.links import asking_links
from ui.explore.message import message
from ui.explore.over_time import periods_section, tallies, units_section
from ui.explore.parts import parts_section
from ui.explore.rows import rows_section
from ui.session import open_page

with open_page("explore") as page:
    asked = question(page)
    tally_of = tallies(asked)
    page.draw(page.header(), message(asked))
    if asked.whole.never_counted:
        st.stop()
    page.draw(asking_links(asked))
    page.draw(parts_section(asked), rows_section(asked))
    page.draw(periods_section(asked, tally_of), units_section(asked, tally_of))
    file_buttons(asked)
