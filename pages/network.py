"""Network: which adults of a child's family are linked to other families, asked with a reason."""

import streamlit as st
from markupsafe import Markup

from ui.child.parts import restricted_page
from ui.forms import done_line
from ui.network.asking import (
    answered,
    asking_title,
    child_asked_from,
    reason_form,
    why_not_yet,
)
from ui.network.leads import ask_form, asked_before, carry_out
from ui.network.shown import answer_shown
from ui.session import open_page

with open_page("network") as page:
    missing = why_not_yet(page)
    if missing:
        page.draw(page.header(), asking_title(page, None), Markup("<p>{}</p>").format(missing))
        st.stop()
    child = child_asked_from(page)
    if child.is_closed:
        page.draw(page.header(), restricted_page(page))
        st.stop()
    page.draw(page.header(), asking_title(page, child), done_line())
    carry_out(page, child)
    asked_before(page, child)
    reason = reason_form()
    answer = None if reason is None else answered(page, child, reason)
    if reason is not None and answer is not None:
        page.draw(answer_shown(page, answer))
        ask_form(page, child, answer, reason)
