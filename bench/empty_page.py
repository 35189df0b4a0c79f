"""An empty Streamlit page: what every page of ChildStat is measured against."""

import streamlit as st

st.html("<p>Empty</p>")
