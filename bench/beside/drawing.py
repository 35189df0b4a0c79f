"""The charts of those tools that draw with plotly, without its large standard template."""

from typing import Any

import plotly.graph_objects as go

STILL = {"staticPlot": True, "displayModeBar": False}
NO_EDGE = {"l": 0, "r": 0, "t": 0, "b": 0}


def small_chart(months: list[dict[str, Any]]) -> go.Figure:
    """The months in a cell: one line, no axes."""
    line = go.Scatter(y=[month["value"] for month in months], mode="lines", hoverinfo="skip")
    hidden = {"visible": False}
    return go.Figure(
        line,
        {
            "template": "none",
            "margin": NO_EDGE,
            "height": 48,
            "width": 110,
            "showlegend": False,
            "xaxis": hidden,
            "yaxis": hidden,
        },
    )


def trend_chart(months: list[dict[str, Any]]) -> go.Figure:
    """The months with their mean and their usual range."""
    names = [month["month"] for month in months]
    lines = [
        go.Scatter(x=names, y=[month[part] for month in months], name=name, mode=mode)
        for part, name, mode in (
            ("value", "value", "lines+markers"),
            ("mean", "mean", "lines"),
            ("lower", "lower limit", "lines"),
            ("upper", "upper limit", "lines"),
        )
    ]
    return go.Figure(lines, {"template": "none", "height": 360})
