"""ChildStat. Run with: streamlit run app.py"""

import streamlit as st

if __name__ == "__main__":
    from ui.pages import HOME, PAGES

    st.navigation(
        [
            st.Page(f"pages/{page.name}.py", title=page.title, default=page.name == HOME)
            for page in PAGES.values()
        ],
        position="hidden",
    ).run()
else:
    from access.gate.serving import served_or_exit
    from ui.turning.front import front
    from ui.turning.imported import import_what_pages_need

    import_what_pages_need()
    gate = served_or_exit(st.get_option, front())
    # Streamlit looks for these very words. Where it doesn't find them it serves the pages without
    # the gate, and each of them refuses to open (access/gate/ticket.py).
    app = st.App("app.py", middleware=gate.middleware, routes=gate.routes)
