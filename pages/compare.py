"""Compare: two groups of cases, set beside each other after the same time from entry."""

import streamlit as st

from ui.compare.chosen import chosen_comparison, comparisons_told, told_of
from ui.compare.forms import ask_form, publish_form
from ui.compare.opening import all_asked, compare_title, example
from ui.compare.shown import curves_part, message, numbers_part, reading_part
from ui.forms import done_line, needs_store
from ui.session import open_page

with open_page("compare") as page:
    needs_store(page)
    chosen = chosen_comparison(page)
    if chosen is None:
        asked = comparisons_told(page)
        page.draw(page.header(), done_line(), compare_title(), example(), all_asked(page, asked))
        ask_form(page)
        st.stop()
    told = told_of(page, chosen)
    page.draw(page.header(), done_line(), message(page, chosen, told))
    left, right = st.columns([58, 42])
    with left:
        page.draw(curves_part(chosen, told))
    with right:
        page.draw(reading_part(told))
    page.draw(numbers_part(chosen, told))
    publish_form(page, chosen, told)
