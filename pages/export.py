"""Export: the month as Excel slides."""

import streamlit as st

from ui.export import AUDIENCES, EXCEL, choices, file_name, slides, title
from ui.session import open_page

with open_page("export") as page:
    address, figures = page.address, page.figures
    page.draw(page.header(), title(address))
    names = list(choices(figures))
    units = st.multiselect("Units, besides the service", names, names)
    audience = st.radio("Who will read it", list(AUDIENCES))
    st.download_button(
        "Make the Excel file",
        lambda: slides(address, figures, units, audience),
        file_name(address, audience),
        EXCEL,
        on_click="ignore",
        type="primary",
    )
