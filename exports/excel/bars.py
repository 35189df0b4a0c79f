"""A slide's units side by side: a native chart of bars, each with its interval."""

from collections.abc import Sequence

from xlsxwriter.chart import Chart

from charts.palette import ACCENT, BAR, INK, LINE, QUIET, WHITE
from exports.excel.chart import form_of, untitled
from exports.excel.data_sheet import ABOVE, BELOW, DataSheet
from exports.excel.limits import THICK, font
from exports.excel.style import Book
from metrics.result import Result
from metrics.sentence import interval_of

# What the longest bar leaves free for its label.
ROOM = 1.25


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
            **_intervals(data),
            "data_labels": _labels_of_bars(data, compared),
        }
    )
    untitled(chart, f"Units, {compared[-1].view.period}")
    _draw_the_axes_of_bars(chart, compared)
    return chart


def _labels_of_bars(data: DataSheet, compared: Sequence[Result]) -> dict:
    """At the bar's end; at its foot where a whisker stands at the end."""
    labels = {"value": True, "font": font(14, INK), "num_format": form_of(compared)}
    if BELOW not in data.ranges:
        return labels
    others: list[dict | None] = [None] * (len(compared) - 1)
    on_dark = {"font": font(14, WHITE, bold=True)}
    return labels | {"position": "inside_base", "custom": [*others, on_dark]}


def _intervals(data: DataSheet) -> dict:
    """The 95% interval of each share as a bar's whiskers; nothing for figures that are none."""
    if BELOW not in data.ranges:
        return {}
    return {
        "x_error_bars": {
            "type": "custom",
            "plus_values": data.ranges[ABOVE].formula,
            "minus_values": data.ranges[BELOW].formula,
            "line": {"color": QUIET, "width": THICK},
        }
    }


def _draw_the_axes_of_bars(chart: Chart, compared: Sequence[Result]) -> None:
    """Of a bar chart the y axis is the upright one, which names the bars."""
    values = [result.value for result in compared if result.value is not None]
    values += [high for result in compared for _, high in [interval_of(result) or (0.0, 0.0)]]
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
