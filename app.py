"""ChildStat. Run with: streamlit run app.py"""

import streamlit as st

from ui.pages import HOME, PAGES

st.navigation(
    [
        st.Page(f"pages/{page.name}.py", title=page.title, default=page.name == HOME)
        for page in PAGES.values()
    ],
    position="hidden",
).run()
