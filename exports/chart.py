"""Native charts that stay editable: each is bound to a data sheet's cells, and described."""

from collections.abc import Sequence
from math import ceil, floor, log10

from xlsxwriter.chart import Chart

from exports.data_sheet import DataSheet
from exports.style import ACCENT, BAR, FONT, INK, LINE, QUIET, TARGET, Book
from exports.text import number_format
from metrics.model import Result

THICK = 2.25
MONTHS_BETWEEN_LABELS = 3
# What the longest bar leaves free for its label.
ROOM = 1.25
ROUND_STEPS = (1, 2, 5, 10)


def font(size: int = 12, colour: str = QUIET, bold: bool = False) -> dict:
    return {"name": FONT, "size": size, "color": colour, "bold": bold}


def has_values(results: Sequence[Result]) -> bool:
    return any(one.value is not None for one in results)


def trend_chart(book: Book, data: DataSheet, trend: Sequence[Result]) -> Chart:
    """The months as a line, its last value written; the target dashed where there is one."""
    chart = book.file.add_chart({"type": "line"})
    chart.add_series(
        _line(data, "Value", INK)
        | {"marker": _dots(INK), "data_labels": _label_of_the_last(trend, 16)}
    )
    if any(one.target is not None for one in trend):
        dashed = {"color": TARGET, "width": THICK, "dash_type": "dash"}
        chart.add_series(
            _line(data, "Target", TARGET)
            | {"line": dashed, "data_labels": _label_of_the_target(trend)}
        )
    _quiet(chart, f"{trend[-1].unit_name}, month by month", trend)
    chart.set_plotarea({"layout": {"x": 0.09, "y": 0.13, "width": 0.79, "height": 0.72}})
    return chart


def units_chart(book: Book, data: DataSheet, compared: Sequence[Result]) -> Chart:
    """Each unit's value as a bar in the units' own order, the service in the one colour."""
    chart = book.file.add_chart({"type": "bar"})
    others: list[dict | None] = [None] * (len(compared) - 1)
    chart.add_series(
        {
            "name": data.ranges["Unit value"].heading,
            "categories": data.ranges["Unit and n"].cells,
            "values": data.ranges["Unit value"].cells,
            **_filled(BAR),
            "points": [*others, _filled(ACCENT)],
            "gap": 45,
            "data_labels": {"value": True, "font": font(14, INK), "num_format": _form(compared)},
        }
    )
    _untitled(chart, f"Units, {compared[-1].view.period}")
    _draw_the_axes_of_bars(chart, compared)
    return chart


def _draw_the_axes_of_bars(chart: Chart, compared: Sequence[Result]) -> None:
    """Of a bar chart the y axis is the upright one, which names the bars."""
    values = [one.value for one in compared if one.value is not None]
    ends = {"min": min(0.0, *values) * ROOM, "max": max(0.0, *values) * ROOM or 1}
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, **ends})
    chart.set_y_axis(
        {
            "reverse": True,
            "num_font": font(12, INK),
            "line": {"color": LINE},
            "major_tick_mark": "none",
            "label_position": "low",
            "interval_unit": 1,
        }
    )


def _filled(colour: str) -> dict:
    return {"fill": {"color": colour}, "border": {"none": True}}


def small_trend(
    book: Book,
    data: DataSheet,
    key: str,
    trend: Sequence[Result],
    service: Sequence[Result],
) -> Chart:
    """A unit's months as a line over the service's, in the little room of a table's row."""
    chart = book.file.add_chart({"type": "line"})
    dotted = {"color": BAR, "width": THICK, "dash_type": "round_dot"}
    chart.add_series(_line(data, f"{key}, service", BAR) | {"line": dotted})
    chart.add_series(_line(data, key, INK))
    _quiet(chart, "", [*service, *trend], steps=3)
    chart.set_x_axis({"visible": False, "date_axis": True, "major_gridlines": {"visible": False}})
    chart.set_plotarea({"layout": {"x": 0.17, "y": 0.12, "width": 0.8, "height": 0.76}})
    return chart


def _line(data: DataSheet, heading: str, colour: str) -> dict:
    return {
        "name": data.ranges[heading].heading,
        "categories": data.ranges["Month"].cells,
        "values": data.ranges[heading].cells,
        "line": {"color": colour, "width": THICK},
    }


def _dots(colour: str) -> dict:
    return {"type": "circle", "size": 6, "fill": {"color": colour}, "border": {"color": colour}}


def _label_of_the_last(trend: Sequence[Result], size: int) -> dict:
    known = [at for at, one in enumerate(trend) if one.value is not None]
    kept = {"font": font(size, INK, bold=True)}
    return {
        "value": True,
        "position": "right",
        "num_format": _form(trend),
        "font": font(size, INK, bold=True),
        "custom": [kept if at in known[-1:] else {"delete": True} for at in range(len(trend))],
    }


def _label_of_the_target(trend: Sequence[Result]) -> dict:
    first = next(at for at, one in enumerate(trend) if one.target is not None)
    words = f"Target {trend[first].metric.measure.written(trend[first].target)}"
    named = {"value": words, "font": font(12, TARGET)}
    return {
        "value": True,
        "position": "above",
        "font": font(12, TARGET),
        "custom": [named if at == first else {"delete": True} for at in range(len(trend))],
    }


def _quiet(chart: Chart, title: str, trend: Sequence[Result], steps: int = 5) -> None:
    _untitled(chart, title)
    chart.show_blanks_as("gap")
    chart.set_x_axis(
        {
            "date_axis": True,
            "num_format": "mmm yy",
            "major_unit": MONTHS_BETWEEN_LABELS,
            "major_unit_type": "months",
            "num_font": font(),
            "line": {"color": LINE},
            "label_position": "low",
        }
    )
    chart.set_y_axis(
        {
            "num_format": _form(trend),
            "num_font": font(),
            "line": {"none": True},
            "major_gridlines": {"visible": True, "line": {"color": "#eceff2", "width": 0.75}},
            **_scale(trend, steps),
        }
    )


def _scale(trend: Sequence[Result], steps: int) -> dict[str, float]:
    """From 0, or from below it where a value is, in at most so many round steps."""
    numbers = [one.value for one in trend if one.value is not None]
    numbers += [one.target for one in trend if one.target is not None]
    high, low = max(0.0, *numbers), min(0.0, *numbers)
    wanted = (high - low) / steps or 1
    magnitude = 10.0 ** floor(log10(wanted))
    step = next(magnitude * one for one in ROUND_STEPS if magnitude * one >= wanted * 0.999)
    return {
        "min": floor(low / step + 0.001) * step,
        "max": ceil(high / step - 0.001) * step or step,
        "major_unit": step,
    }


def _untitled(chart: Chart, title: str) -> None:
    """A title on the left, if any; no legend, no frame: what is drawn is named beside itself."""
    place = {"layout": {"x": 0.01, "y": 0.01}, "overlay": True}
    chart.set_title(
        {"name": title, "name_font": font(12, INK, bold=True), **place} if title else {"none": True}
    )
    chart.set_legend({"none": True})
    chart.set_chartarea({"border": {"none": True}, "fill": {"none": True}})


def _form(results: Sequence[Result]) -> str:
    return number_format(results[-1].metric.measure)


def trend_described(trend: Sequence[Result]) -> str:
    """What the line shows, for those who cannot see it."""
    known = [one for one in trend if one.value is not None]
    last = trend[-1]
    months = f"{trend[0].view.period} to {last.view.period}"
    about = f"Line chart: {last.metric.name}, {last.unit_name}, {months}"
    if not known:
        return f"{about}; no month has a value."
    values = sorted(known, key=lambda one: one.value or 0)
    target = "" if last.target is None else f" Target {last.metric.measure.written(last.target)}."
    return (
        f"{about}. Last value {known[-1].written} in {known[-1].view.period};"
        f" lowest {values[0].written}, highest {values[-1].written}.{target}"
    )


def units_described(compared: Sequence[Result]) -> str:
    """What the bars show, for those who cannot see them."""
    said = ", ".join(f"{one.unit_name} {one.written}" for one in compared)
    return f"Bar chart: {compared[-1].metric.name} in {compared[-1].view.period}: {said}."
