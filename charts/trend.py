"""The one large chart: a metric's months as a line, told without hovering."""

from collections.abc import Sequence
from datetime import timedelta

import plotly.graph_objects as go

from charts.palette import FONT, INK, LINE, QUIET, TARGET
from metrics.model import Result

TEXT, HEIGHT = 20, 370
STILL = {"staticPlot": True, "displayModeBar": False, "responsive": True}


def trend(chosen: Sequence[Result], service: Sequence[Result] = ()) -> go.Figure:
    """`chosen` month by month, labelled at its end, on top of the service's where that is given."""
    figure = go.Figure()
    if service:
        figure.add_trace(_line(service, FAINT_LINE))
        _label_end(figure, service, QUIET, 16)
    figure.add_trace(_line(chosen, {"color": INK, "width": 4}))
    _label_end(figure, chosen, INK, 30)
    _draw_target(figure, chosen)
    figure.update_layout(**_quiet_layout(service or chosen))
    return figure


FAINT_LINE = {"color": "#8a949c", "width": 3, "dash": "dot"}


def _line(results: Sequence[Result], line: dict) -> go.Scatter:
    return go.Scatter(
        x=[result.view.period.start for result in results],
        y=[result.value for result in results],
        mode="lines+markers",
        line=line,
        marker={"size": 9, "color": line["color"]},
        connectgaps=False,
        hoverinfo="skip",
        showlegend=False,
    )


def _label_end(figure: go.Figure, results: Sequence[Result], colour: str, size: int) -> None:
    known = [result for result in results if result.value is not None]
    if not known:
        return
    last = known[-1]
    name = f"{last.unit_name} {last.written}" if size < TEXT else f"<b>{last.written}</b>"
    figure.add_annotation(
        x=last.view.period.start,
        y=last.value,
        text=name,
        showarrow=False,
        xanchor="left",
        xshift=14,
        font={"size": max(size, TEXT), "color": colour},
    )


def _draw_target(figure: go.Figure, results: Sequence[Result]) -> None:
    last = results[-1]
    if last.target is None:
        return
    figure.add_hline(y=last.target, line={"color": TARGET, "width": 3, "dash": "dash"})
    figure.add_annotation(
        xref="paper",
        x=0,
        y=last.target,
        text=f"target {last.metric.measure.written(last.target)}",
        showarrow=False,
        xanchor="left",
        yanchor="bottom",
        font={"size": TEXT, "color": TARGET},
    )


def _quiet_layout(results: Sequence[Result]) -> dict:
    measure = results[-1].metric.measure
    return {
        "height": HEIGHT,
        "margin": {"l": 70, "r": 140, "t": 16, "b": 44},
        "paper_bgcolor": "white",
        "plot_bgcolor": "white",
        "font": {"family": FONT, "size": TEXT, "color": QUIET},
        "xaxis": {
            "showgrid": False,
            "tickvals": [result.view.period.start for result in results][::-3][::-1],
            "ticktext": [_month(result) for result in results][::-3][::-1],
            "range": [
                results[0].view.period.start - timedelta(days=12),
                results[-1].view.period.start + timedelta(days=12),
            ],
            "linecolor": LINE,
            "fixedrange": True,
        },
        "yaxis": {
            "gridcolor": "#eceff2",
            "zerolinecolor": LINE,
            "rangemode": "tozero",
            "ticksuffix": "%" if measure.is_share else "",
            "nticks": 6,
            "fixedrange": True,
        },
    }


def _month(result: Result) -> str:
    return f"{result.view.period.start:%b %y}"
