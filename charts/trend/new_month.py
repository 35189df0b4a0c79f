"""A month that is still being entered, on the large chart: what it may become, and its elders."""

from collections.abc import Iterator
from typing import Any

from charts.palette import QUIET
from charts.trend.month_lines import day_of, line_of
from metrics.spc.chart_reading import ChartReading
from metrics.spc.new_months import line_name

TEXT = 20
# Of the line's name, which stands in two lines over the plot, as a phone has no room for one.
NAME_HEIGHT = 54
OTHER_AGE = {"color": QUIET, "width": 2, "dash": "dot"}
TOP_LEFT: dict[str, Any] = {"xref": "x domain", "x": 0, "yref": "y domain", "y": 1}
LEFT: dict[str, Any] = {"xanchor": "left", "yanchor": "bottom", "align": "left"}


def months_at_its_age(reading: ChartReading) -> Iterator[dict]:
    """The earlier months when they were as old as the new one: a second line, dotted."""
    if reading.same_age:
        months, values = zip(*reading.same_age, strict=True)
        days = [month.start for month in months]
        yield line_of(days, values, mode="lines", line=OTHER_AGE)


def name_of_the_line(reading: ChartReading, above: int) -> Iterator[dict]:
    """Over the plot, so many pixels above it: in it nowhere is sure to be free of both lines."""
    if reading.same_age:
        words = f"{line_name(reading)} (dotted)".replace(" known ", " known<br>")
        yield words_at(words, QUIET, yshift=above, **TOP_LEFT, **LEFT)


def what_it_will_be(reading: ChartReading) -> Iterator[dict]:
    """Under the hollow month, between which values it will probably end."""
    if reading.last and reading.probable:
        day, (low, high) = day_of(reading.last), reading.probable
        upright = {"type": "line", "xref": "x", "yref": "y", "x0": day, "x1": day, "y0": low}
        yield {**upright, "y1": high, "line": {"color": QUIET, "width": 6}}


def words_at(text: str, colour: str, size: int = TEXT, **where: Any) -> dict:
    """Words on the chart, as plotly names them."""
    return {"text": text, "showarrow": False, "font": {"size": size, "color": colour}, **where}
