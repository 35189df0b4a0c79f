"""Month and Metric in Panel: `python -m bench.beside.panel_app FILE PORT bokeh|plotly`.

Bokeh is what Panel stands on; plotly is what many draw with, and is loaded beside it.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import panel as pn
from bokeh.plotting import figure

from bench.beside.drawing import STILL, small_chart, trend_chart

Handed = dict[str, Any]


Drawn = Callable[[list[Handed]], Any]


def month_page(handed: Handed, small: Drawn) -> pn.Column:
    heads = [pn.pane.HTML("Unit")] + [
        pn.pane.HTML(f"<b>{one['name']}</b><br>{one['direction']}") for one in handed["metrics"]
    ]
    cells = [
        shown
        for unit in handed["units"]
        for shown in (
            pn.pane.HTML(f"<b>{unit['name']}</b>"),
            *(_cell(cell, small) for cell in unit["cells"]),
        )
    ]
    grid = pn.GridBox(*heads, *cells, ncols=len(heads))
    return pn.Column(pn.pane.HTML(f"<h1>{handed['month']}</h1>"), grid)


def _cell(cell: Handed, small: Drawn) -> pn.Row:
    words = pn.pane.HTML(f"<b>{cell['written']}</b><br>n {cell['n']}")
    return pn.Row(words, *(map(small, [cell["months"]] * bool(cell["months"]))))


def _small_chart(months: list[Handed]) -> figure:
    chart = figure(height=48, width=110, toolbar_location=None, tools="", min_border=0)
    chart.axis.visible = chart.grid.visible = False
    chart.line([*range(len(months))], [_number(month["value"]) for month in months])
    return chart


def metric_page(metric: Handed, trend: Drawn) -> pn.Column:
    months = pd.DataFrame(metric["months"])[["month", "written", "n"]]
    units = pd.DataFrame(metric["units"], columns=["Unit", "Value", "n"])
    rows = pd.DataFrame(metric["rows"], columns=metric["headings"])
    return pn.Column(
        pn.pane.HTML(f"<h1>{metric['name']}</h1><p>{metric['sentence']}</p>"),
        trend(metric["months"]),
        *(pn.pane.DataFrame(table, index=False) for table in (months, units, rows)),
    )


def _trend_chart(months: list[Handed]) -> figure:
    names = [month["month"] for month in months]
    chart = figure(height=360, width=1000, x_range=names, tools="hover,pan,wheel_zoom,reset")
    for part, colour in (
        ("value", "black"),
        ("mean", "grey"),
        ("lower", "grey"),
        ("upper", "grey"),
    ):
        chart.line(names, [_number(month[part]) for month in months], color=colour)
    chart.scatter(names, [_number(month["value"]) for month in months], color="black")
    return chart


def _number(value: float | None) -> float:
    return float("nan") if value is None else value


def _small_by_plotly(months: list[Handed]) -> pn.pane.Plotly:
    return pn.pane.Plotly(small_chart(months), config=STILL, height=48, width=110)


def _trend_by_plotly(months: list[Handed]) -> pn.pane.Plotly:
    return pn.pane.Plotly(trend_chart(months), height=360, width=1000)


WAYS: dict[str, tuple[list[str], Drawn, Drawn]] = {
    "bokeh": ([], _small_chart, _trend_chart),
    "plotly": (["plotly"], _small_by_plotly, _trend_by_plotly),
}


def main(file: str, port: str, way: str) -> None:
    handed = json.loads(Path(file).read_text(encoding="utf-8"))
    extensions, small, trend = WAYS[way]
    pn.extension(*extensions)
    pages = {
        "Month": lambda: month_page(handed, small),
        "Metric": lambda: metric_page(handed["metric"], trend),
    }

    def opened(first: str) -> pn.Column:
        turn = pn.widgets.RadioButtonGroup(options=[*pages], value=first)
        return pn.Column(turn, pn.bind(lambda name: pages[name](), turn))

    pn.serve(
        {"month": lambda: opened("Month"), "metric": lambda: opened("Metric")},
        port=int(port),
        address="127.0.0.1",
        websocket_origin=[f"127.0.0.1:{port}"],
        show=False,
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
