"""Recording: two clocks, whether children were seen and whether it was written down."""

import streamlit as st
from markupsafe import Markup

from ui.recording.parts import issues_table, recording_title
from ui.recording.rows import recording_section
from ui.recording.units import is_any_lag_known, lag_csv, lag_table, units_table
from ui.session import open_page

with open_page("recording") as page:
    address, figures = page.address, page.figures
    page.draw(page.header(), page.cached(recording_title), page.cached(units_table))
    if page.cached(is_any_lag_known):
        st.download_button(
            "Working days as CSV",
            lambda: lag_csv(address, figures),
            f"recording-{address.view.period.key}.csv",
            "text/csv",
            on_click="ignore",
        )
    page.draw(
        page.cached(lag_table),
        Markup('<div class="cs-grid"><div>{}</div><div>{}</div></div>').format(
            recording_section(page), issues_table(page)
        ),
    )
