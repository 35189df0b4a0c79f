"""ChildStat. Run with: streamlit run app.py"""

import streamlit as st

st.navigation(
    [
        st.Page("pages/month.py", title="Month", default=True),
        st.Page("pages/metric.py", title="Metric"),
        st.Page("pages/unit.py", title="Unit"),
        st.Page("pages/recording.py", title="Recording"),
        st.Page("pages/child.py", title="Child"),
        st.Page("pages/dispute.py", title="This looks wrong"),
        st.Page("pages/notes.py", title="Notes and limits"),
        st.Page("pages/agenda.py", title="Agenda"),
        st.Page("pages/actions.py", title="Actions"),
        st.Page("pages/definitions.py", title="Definitions"),
        st.Page("pages/export.py", title="Export"),
        st.Page("pages/room.py", title="Meeting"),
        st.Page("pages/cases.py", title="Cases"),
    ],
    position="hidden",
).run()
