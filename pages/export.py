"""Export: the month as slides, in Excel, PowerPoint or PDF."""

from functools import partial

import streamlit as st

from ui.export.publish_form import publish_form
from ui.export.slides import (
    BOARDS,
    PROGRAMS,
    audiences,
    board_needed,
    boards_to_choose,
    choices,
    file_name,
    readers,
    slides_title,
)
from ui.forms import done_line, file_button, form_name
from ui.session import open_page

with open_page("export") as page:
    page.draw(page.header(), done_line(), slides_title(page.address))
    names = list(choices(page.figures, page.address.view.period))
    units = st.multiselect("Units, besides the service", names, names, key=form_name("units"))
    by_name, usual = boards_to_choose(page.figures)
    told = st.multiselect(BOARDS, list(by_name), usual, key=form_name("boards"))
    audience = st.radio("Who will read it", audiences(page), key=form_name("readers"))
    page.draw(board_needed(told))
    for program, make, ending, kind in PROGRAMS if told else ():
        # It names its readers: a click before the choice has arrived can't make the wrong file.
        file_button(
            page,
            f"Make the {program} file for {readers(audience)}",
            partial(make, names=units, audience=audience, boards=told),
            file_name(page.address, audience, ending),
            kind,
            "primary" if ending == "xlsx" else "secondary",
        )
    publish_form(page)
