"""The large chart looked at closer: plotly's own, with what each month says, zoom and a picture."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from charts.closer.months import month_told
from charts.palette import ACCENT, FONT, INK, QUIET, WHITE
from charts.trend.month_lines import day_of
from charts.trend.new_month import TEXT
from charts.trend.told import trend
from metrics.publication import Note
from metrics.result import Result

if TYPE_CHECKING:
    import plotly.graph_objects as go

NEEDLESS = ["select2d", "lasso2d", "autoScale2d"]
TWICE = 2


def closer(
    result: Result, notes: Sequence[Note] = (), service: Sequence[Result] = ()
) -> "go.Figure":
    """The same chart as is drawn, to be pointed at and zoomed."""
    figure, reading = trend(result, notes, service), result.chart
    assert reading is not None, "a chart is drawn of a figure told with one"
    by_day = {day_of(point): "<br>".join(month_told(result, point)) for point in reading.points}
    for trace in figure.data:
        if "markers" in (trace.mode or ""):
            words = [by_day[day] for day in trace.x]
            trace.update(hovertext=words, hoverinfo="text")
    font = {"family": FONT, "size": TEXT, "color": INK}
    label = {"bgcolor": WHITE, "bordercolor": ACCENT, "font": font}
    modebar = {"color": QUIET, "activecolor": ACCENT, "bgcolor": WHITE}
    figure.update_layout(hovermode="closest", hoverlabel=label, dragmode="zoom", modebar=modebar)
    figure.update_xaxes(fixedrange=False)
    figure.update_yaxes(fixedrange=False)
    return figure


def buttons(file_name: str) -> dict:
    """What plotly offers over the chart; a picture that is kept is twice as fine as the screen."""
    return {
        "displayModeBar": True,
        "displaylogo": False,
        "responsive": True,
        "modeBarButtonsToRemove": NEEDLESS,
        "toImageButtonOptions": {"format": "png", "filename": file_name, "scale": TWICE},
    }
