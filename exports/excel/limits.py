"""What stands about a slide's line: mean, limits, points that are marked, the unit before."""

from xlsxwriter.chart import Chart

from charts.palette import BAR, BLUE, INK, OCHRE, QUIET, WHITE
from exports.excel.data_sheet import DataSheet
from exports.excel.style import FONT
from exports.trend_data import LIMITS, MARKED, PROBABLY, SO_FAR, before_heading, phase_heading
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.new_months import column_name
from metrics.spc.words import WORDS

THICK, THIN = 2.25, 1.25
# Excel has no triangle that points down: the word beside the last one says which it is.
SHAPES = {
    Mark.IMPROVEMENT: ("triangle", BLUE),
    Mark.CONCERN: ("square", OCHRE),
    Mark.NEUTRAL: ("diamond", INK),
}


def font(size: int = 12, colour: str = QUIET, bold: bool = False) -> dict:
    """As every text of a chart is set."""
    return {"name": FONT, "size": size, "color": colour, "bold": bold}


def line_of(data: DataSheet, heading: str, colour: str) -> dict:
    """A series bound to a column of the data sheet."""
    return {
        "name": data.ranges[heading].heading,
        "categories": data.ranges["Month"].cells,
        "values": data.ranges[heading].cells,
        "line": {"color": colour, "width": THICK},
    }


def add_limits(chart: Chart, data: DataSheet, reading: ChartReading) -> None:
    """Mean and limits of each phase that has any."""
    for number, _ in enumerate(reading.phases, start=1):
        for name in LIMITS:
            heading = phase_heading(name, number)
            if heading in data.ranges:
                dashes = "solid" if name == "Mean" else "dash"
                line = {"color": BAR, "width": THIN, "dash_type": dashes}
                chart.add_series(line_of(data, heading, BAR) | {"line": line})


def add_new_month(chart: Chart, data: DataSheet, reading: ChartReading) -> None:
    """Beside a month that is still being entered: the earlier ones when they were as old.

    And a dash at either end of what it will probably come to.
    """
    if reading.same_age:
        dotted = {"color": QUIET, "width": THIN, "dash_type": "round_dot"}
        chart.add_series(line_of(data, column_name(reading), QUIET) | {"line": dotted})

    if reading.probable:
        dash = {"type": "long_dash", "size": 12, "border": {"color": QUIET}}
        dash |= {"fill": {"color": QUIET}}
        for heading in PROBABLY:
            series = line_of(data, heading, QUIET)
            chart.add_series(series | {"line": {"none": True}, "marker": dash})


def add_so_far(chart: Chart, data: DataSheet, reading: ChartReading) -> None:
    """The latest month as a ring, of the shape that it is marked with, where it will change."""
    if SO_FAR in data.ranges:
        kind, colour = SHAPES.get(reading.mark or Mark.COMMON_CAUSE, ("circle", INK))
        # One in the other: LibreOffice draws no edge about a marker.
        for size, ink in ((11, colour), (6, WHITE)):
            disc = {"type": kind, "size": size, "fill": {"color": ink}, "border": {"color": ink}}
            series = line_of(data, SO_FAR, colour)
            chart.add_series(series | {"line": {"none": True}, "marker": disc})


def add_marked(chart: Chart, data: DataSheet, reading: ChartReading) -> None:
    """The points that are not usual, by shape and colour; the last of each kind says its word."""
    for mark in MARKED:
        places = [place for place, point in enumerate(reading.points) if point.mark is mark]
        if not places:
            continue
        kind, colour = SHAPES[mark]
        named = {"value": WORDS[mark], "font": font(12, colour, bold=True)}
        labels = [
            named if place == places[-1] else {"delete": True}
            for place in range(len(reading.points))
        ]
        dots = {"type": kind, "size": 9, "fill": {"color": colour}, "border": {"color": colour}}
        chart.add_series(
            line_of(data, WORDS[mark], colour)
            | {
                "line": {"none": True},
                "marker": dots,
                "data_labels": {
                    "value": True,
                    "position": "above",
                    "font": font(12, colour, bold=True),
                    "custom": labels,
                },
            }
        )


def add_the_unit_before(chart: Chart, data: DataSheet, name: str) -> None:
    """The months of the unit that this one continues, dashed; nothing where it continues none."""
    if before_heading(name) in data.ranges:
        dashed = {"color": QUIET, "width": THICK, "dash_type": "dash"}
        chart.add_series(line_of(data, before_heading(name), QUIET) | {"line": dashed})
