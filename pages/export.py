"""Export: the month as slides, in Excel or PowerPoint."""

from functools import partial

import streamlit as st

from ui.export import AUDIENCES, EXCEL, POWERPOINT, choices, deck, file_name, slides, title
from ui.session import open_page

with open_page("export") as page:
    address, figures = page.address, page.figures
    page.draw(page.header(), title(address))
    names = list(choices(figures))
    units = st.multiselect("Units, besides the service", names, names)
    audience = st.radio("Who will read it", list(AUDIENCES))
    for label, make, ending, kind in (
        ("Make the Excel file", slides, "xlsx", EXCEL),
        ("Make the PowerPoint file", deck, "pptx", POWERPOINT),
    ):
        st.download_button(
            label,
            partial(make, address, figures, units, audience),
            file_name(address, audience, ending),
            kind,
            on_click="ignore",
            type="primary" if ending == "xlsx" else "secondary",
        )
