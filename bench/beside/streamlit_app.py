"""Month and Metric in Streamlit as its documentation shows: its own metrics, charts and tables.

A metric's small chart is its own, or plotly's (CHILDSTAT_BENCH_WAY).
"""

import json
import os
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bench.beside.drawing import STILL, small_chart, trend_chart

BY_PLOTLY = os.environ["CHILDSTAT_BENCH_WAY"] == "plotly"
# Two charts that are the same need a key each.
PLACES = count()


@st.cache_resource
def handed() -> dict[str, Any]:
    return json.loads(Path(os.environ["CHILDSTAT_BENCH_HANDED"]).read_text(encoding="utf-8"))


def month() -> None:
    st.title(handed()["month"])
    st.page_link(METRIC, label="Metric")
    names = [f"{metric['name']} ({metric['direction']})" for metric in handed()["metrics"]]
    for unit in handed()["units"]:
        first, *columns = st.columns(len(names) + 1)
        first.subheader(unit["name"])
        for column, name, cell in zip(columns, names, unit["cells"], strict=True):
            _cell(column, name, cell)
            column.caption(f"n {cell['n']}")


def _cell(column: DeltaGenerator, name: str, cell: dict[str, Any]) -> None:
    if BY_PLOTLY:
        column.metric(name, cell["written"])
        if cell["months"]:
            key = f"{name} {next(PLACES)}"
            column.plotly_chart(small_chart(cell["months"]), config=STILL, key=key)
    else:
        values = [one["value"] for one in cell["months"] if one["value"] is not None]
        column.metric(name, cell["written"], chart_data=values or None)


def metric() -> None:
    shown = handed()["metric"]
    st.title(shown["name"])
    st.page_link(MONTH, label="Month")
    st.write(shown["sentence"])
    st.plotly_chart(trend_chart(shown["months"]))
    st.dataframe(pd.DataFrame(shown["months"])[["month", "written", "n"]], hide_index=True)
    st.dataframe(pd.DataFrame(shown["units"], columns=["Unit", "Value", "n"]), hide_index=True)
    st.dataframe(pd.DataFrame(shown["rows"], columns=shown["headings"]), hide_index=True)


MONTH = st.Page(month, title="Month", default=True)
METRIC = st.Page(metric, title="Metric", url_path="metric")
st.set_page_config(layout="wide")
st.navigation([MONTH, METRIC], position="hidden").run()
