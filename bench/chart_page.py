"""A Streamlit page with one empty plotly chart: what the chart library alone costs."""

import plotly.graph_objects as go
import streamlit as st

st.html("<p>Empty</p>")
st.plotly_chart(go.Figure(go.Scatter(x=[1, 2, 3], y=[2, 1, 3])))
