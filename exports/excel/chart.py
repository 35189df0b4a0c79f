"""Native charts that stay editable: each is bound to a data sheet's cells, and described."""

from collections.abc import Sequence

from xlsxwriter.chart import Chart

from charts.palette import BAR, GRID, INK, LINE, TARGET
from exports.excel.data_sheet import DataSheet
from exports.excel.limits import (
    THICK,
    add_limits,
    add_marked,
    add_new_month,
    add_so_far,
    add_the_unit_before,
    font,
    line_of,
)
from exports.excel.style import Book
from exports.scale import scale_of, target_drawn
from exports.text import number_format
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading

MONTHS_NAMED_BY_QUARTER, A_YEAR = 18, 12


def has_values(results: Sequence[Result]) -> bool:
    return any(result.value is not None for result in results)


def has_months(trend: Sequence[Result]) -> bool:
    """Whether there is a run of months to draw: none of what is one value by its kind."""
    return has_values(trend) and trend[-1].metric.kind.is_drawn


def is_joined(trend: Sequence[Result]) -> bool:
    """Whether a line may join the months: by their kind they may only stand side by side."""
    return trend[-1].metric.kind.has_limits


def dots_alone(colour: str) -> dict:
    """How months that stand side by side are drawn."""
    return {"line": {"none": True}, "marker": _dots(colour)}


def trend_chart(
    book: Book, data: DataSheet, trend: Sequence[Result], reading: ChartReading | None, title: str
) -> Chart:
    """The months as a line with mean, limits and marked points; the target dashed if it is near.

    `reading` is None where months are hidden: then there is the line alone.
    """
    chart = book.file.add_chart({"type": "line"})
    trend = trend[-len(reading.points) :] if reading else trend
    if reading:
        add_limits(chart, data, reading)
        add_new_month(chart, data, reading)
        add_the_unit_before(chart, data, "Value")
    chart.add_series(_months_drawn(data, trend))
    if reading:
        add_marked(chart, data, reading)
        add_so_far(chart, data, reading)
    if target_drawn(trend, reading) is not None:
        dashed = {"color": TARGET, "width": THICK, "dash_type": "dash"}
        chart.add_series(
            line_of(data, "Target", TARGET)
            | {"line": dashed, "data_labels": _label_of_the_target(trend)}
        )
    _quiet(chart, title, trend, reading)
    chart.set_plotarea({"layout": {"x": 0.09, "y": 0.13, "width": 0.79, "height": 0.72}})
    return chart


def _months_drawn(data: DataSheet, trend: Sequence[Result]) -> dict:
    """The values as a line with dots, or as dots alone where they stand side by side."""
    labelled = {"marker": _dots(INK), "data_labels": _label_of_the_last(trend, 16)}
    apart = {} if is_joined(trend) else dots_alone(INK)
    return line_of(data, "Value", INK) | labelled | apart


def small_trend(
    book: Book,
    data: DataSheet,
    key: str,
    trend: Sequence[Result],
    service: Sequence[Result],
    before: Sequence[Result],
) -> Chart:
    """A unit's months over the service's, those of the unit that it continues dashed."""
    chart = book.file.add_chart({"type": "line"})
    dotted = {"color": BAR, "width": THICK, "dash_type": "round_dot"}
    service_drawn, own_drawn = {"line": dotted}, {}
    if not is_joined(trend):
        service_drawn, own_drawn = dots_alone(BAR), dots_alone(INK)
    chart.add_series(line_of(data, f"{key}, service", BAR) | service_drawn)
    add_the_unit_before(chart, data, key)
    chart.add_series(line_of(data, key, INK) | own_drawn)
    _quiet(chart, "", [*service, *before, *trend], steps=3)
    chart.set_x_axis({"visible": False, "date_axis": True, "major_gridlines": {"visible": False}})
    chart.set_plotarea({"layout": {"x": 0.17, "y": 0.12, "width": 0.8, "height": 0.76}})
    return chart


def _dots(colour: str) -> dict:
    return {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}


def _label_of_the_last(trend: Sequence[Result], size: int) -> dict:
    known = [place for place, result in enumerate(trend) if result.value is not None]
    bold_label = {"font": font(size, INK, bold=True)}
    return {
        "value": True,
        "position": "right",
        "num_format": form_of(trend),
        "font": font(size, INK, bold=True),
        "custom": [
            bold_label if place in known[-1:] else {"delete": True} for place in range(len(trend))
        ],
    }


def _label_of_the_target(trend: Sequence[Result]) -> dict:
    first = next(place for place, result in enumerate(trend) if result.target is not None)
    words = f"Target {trend[first].metric.measure.written(trend[first].target)}"
    named = {"value": words, "font": font(12, TARGET)}
    return {
        "value": True,
        "position": "above",
        "font": font(12, TARGET),
        "custom": [named if place == first else {"delete": True} for place in range(len(trend))],
    }


def _quiet(
    chart: Chart,
    title: str,
    trend: Sequence[Result],
    reading: ChartReading | None = None,
    steps: int = 5,
) -> None:
    untitled(chart, title)
    chart.show_blanks_as("gap")
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "mmm yy",
            "major_unit": months_between(len(trend)) if is_joined(trend) else A_YEAR,
            "major_unit_type": "months",
            "num_font": font(),
            "line": {"color": LINE},
            "label_position": "low",
        }
    )
    chart.set_y_axis(
        {
            "num_format": form_of(trend),
            "num_font": font(),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": GRID, "width": 0.75}},
            **scale_of(trend, reading, steps),
        }
    )


def months_between(months: int) -> int:
    """So that the names of months never stand closer than they are long."""
    return 3 if months <= MONTHS_NAMED_BY_QUARTER else 6


def untitled(chart: Chart, title: str) -> None:
    """A title on the left, if any; no legend, no frame: what is drawn is named beside itself."""
    place = {"layout": {"x": 0.01, "y": 0.01}, "overlay": True}
    chart.set_title(
        {"name": title, "name_font": font(12, INK, bold=True), **place} if title else {"none": True}
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})


def form_of(results: Sequence[Result]) -> str:
    """How the metric's numbers are written on an axis."""
    return number_format(results[-1].metric.measure)
