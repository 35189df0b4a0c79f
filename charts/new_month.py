"""A month that is still being entered, on the large chart: what it may become, and its elders."""

from collections.abc import Iterator
from typing import Any

import plotly.graph_objects as go

from charts.month_lines import day_of
from charts.palette import QUIET
from metrics.spc.chart_reading import ChartReading
from metrics.spc.new_months import line_name

TEXT = 20
OTHER_AGE = {"color": QUIET, "width": 2, "dash": "dot"}
TOP_LEFT: dict[str, Any] = {"xref": "x domain", "x": 0, "yref": "y domain", "y": 1}


def months_at_its_age(reading: ChartReading) -> Iterator[go.Scatter]:
    """The earlier months when they were as old as the new one: a second line, dotted."""
    if reading.same_age:
        yield go.Scatter(
            x=[month.start for month, _ in reading.same_age],
            y=[value for _, value in reading.same_age],
            mode="lines",
            line=OTHER_AGE,
            connectgaps=False,
            hoverinfo="skip",
            showlegend=False,
        )


def name_of_the_line(reading: ChartReading) -> Iterator[dict]:
    """In the corner, where it is free of both lines more often than at either end."""
    if reading.same_age:
        words = f"{line_name(reading)} (dotted)"
        yield words_at(words, QUIET, xanchor="left", yanchor="top", **TOP_LEFT)


def what_it_will_be(reading: ChartReading) -> Iterator[dict]:
    """Under the hollow month, between which values it will probably end."""
    if reading.last and reading.probable:
        day, (low, high) = day_of(reading.last), reading.probable
        upright = {"type": "line", "xref": "x", "yref": "y", "x0": day, "x1": day, "y0": low}
        yield {**upright, "y1": high, "line": {"color": QUIET, "width": 6}}


def words_at(text: str, colour: str, size: int = TEXT, **where: Any) -> dict:
    """Words on the chart, as plotly names them."""
    return {"text": text, "showarrow": False, "font": {"size": size, "color": colour}, **where}
