"""Practice: what each worker carries, for the worker and the managers of the unit alone."""

import streamlit as st

from ui.practice.opening import everybody, practice_of, worker_asked
from ui.practice.protected import newly_qualified
from ui.practice.sheet import sheet
from ui.practice.shown import of_the_units, own_card, practice_title, what_it_is
from ui.practice.two_figures import two_figures
from ui.session import open_page

with open_page("practice") as page:
    on = practice_of(page)
    if page.address.worker is not None:
        page.draw(page.header(), sheet(on, worker_asked(on)))
        st.stop()
    page.draw(
        page.header(),
        practice_title(on),
        own_card(on),
        of_the_units(on),
        what_it_is(),
        newly_qualified(on, everybody(on)),
        two_figures(on),
    )
