"""Export: the month as slides, in Excel or PowerPoint."""

from functools import partial

import streamlit as st

from ui.export.publish_form import publish_form
from ui.export.slides import (
    AUDIENCES,
    EXCEL,
    POWERPOINT,
    choices,
    deck,
    file_name,
    readers,
    slides,
    slides_title,
)
from ui.forms import done_line
from ui.session import open_page

with open_page("export") as page:
    page.draw(page.header(), done_line(), slides_title(page.address))
    names = list(choices(page.figures, page.address.view.period))
    units = st.multiselect("Units, besides the service", names, names)
    audience = st.radio("Who will read it", list(AUDIENCES))
    for program, make, ending, kind in (
        ("Excel", slides, "xlsx", EXCEL),
        ("PowerPoint", deck, "pptx", POWERPOINT),
    ):
        # It names its readers: a click before the choice has arrived can't make the wrong file.
        st.download_button(
            f"Make the {program} file for {readers(audience)}",
            partial(make, page, units, audience),
            file_name(page.address, audience, ending),
            kind,
            on_click="ignore",
            type="primary" if ending == "xlsx" else "secondary",
        )
    publish_form(page)
