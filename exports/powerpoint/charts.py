"""PowerPoint's own charts, from the same columns that stand behind the slides in Excel."""

from collections.abc import Sequence

from pptx.chart.axis import DateAxis, ValueAxis
from pptx.chart.chart import Chart
from pptx.chart.data import CategoryChartData
from pptx.chart.series import LineSeries
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from charts.palette import ACCENT, BAR, GRID, INK, QUIET, TARGET, WHITE
from exports.csv_text import as_text
from exports.excel.chart import months_between, scale_of
from exports.excel.data_sheet import SheetColumn
from exports.excel.limits import SHAPES
from exports.excel.style import FONT
from exports.powerpoint.parts import SMALL, Box, colour, describe
from exports.text import number_format
from exports.trend_data import LIMITS, PROBABLY, SO_FAR
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.new_months import column_name, line_name
from metrics.spc.words import WORDS

MARKERS = {
    Mark.IMPROVEMENT: XL_MARKER_STYLE.TRIANGLE,
    Mark.CONCERN: XL_MARKER_STYLE.SQUARE,
    Mark.NEUTRAL: XL_MARKER_STYLE.DIAMOND,
}
NAMED = {WORDS[mark]: mark for mark in SHAPES}
THICK, THIN = Pt(2.5), Pt(1.25)
# One in the other makes a ring: LibreOffice draws no edge about a marker.
INSIDE = f"{SO_FAR}, inside"


def add_trend(
    slide: Slide,
    box: Box,
    columns: Sequence[SheetColumn],
    trend: Sequence[Result],
    reading: ChartReading | None,
    says: str,
) -> None:
    """The months as a line with mean, limits, marked points and target, each its own series."""
    by_heading = {column.heading: column for column in columns}
    data = CategoryChartData(number_format=number_format(trend[-1].metric.measure))
    data.categories = by_heading["Month"].values
    data.categories.number_format = "mmm yy"
    for name in _series_names(by_heading, reading):
        data.add_series(name, by_heading[SO_FAR if name == INSIDE else name].values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    describe(frame, says)
    _quieten(frame.chart, trend, reading)
    for series in frame.chart.plots[0].series:
        _dress(series, trend[-1], reading)
    if reading and reading.same_age:
        _name(frame.chart, f"Dotted: {line_name(reading)}")


def _series_names(columns: dict[str, SheetColumn], reading: ChartReading | None) -> list[str]:
    """Limits lie under the line, and marked points on it."""
    new = [column_name(reading), *PROBABLY] if reading else []
    limits = [name for name in columns if _is_limit(name)]
    marked = [name for name in columns if name in NAMED]
    has_target = any(value is not None for value in columns["Target"].values)
    new = [name for name in new if name in columns]
    so_far = [SO_FAR, INSIDE] if SO_FAR in columns else []
    return [*limits, *new, "Value", *marked, *so_far, *(["Target"] if has_target else [])]


def _is_limit(name: str) -> bool:
    return any(name == limit or name.startswith(f"{limit} ") for limit in LIMITS)


def _dress(series: LineSeries, last: Result, reading: ChartReading | None) -> None:
    series.smooth = False
    if reading and series.name in (column_name(reading), SO_FAR, INSIDE, *PROBABLY):
        _dress_new_month(series, reading)
        return
    if _is_limit(series.name):
        _line(series, BAR, THIN, None if series.name.startswith("Mean") else MSO_LINE.DASH)
        return
    if series.name in NAMED:
        _mark(series, NAMED[series.name])
        return
    if series.name == "Target":
        _line(series, TARGET, THICK, MSO_LINE.DASH)
        first = next(place for place, value in enumerate(series.values) if value is not None)
        _label(series, first, f"Target {last.metric.measure.written(series.values[-1])}", TARGET)
        return
    _line(series, INK, THICK, None)
    known = [place for place, value in enumerate(series.values) if value is not None]
    if known:
        value = last.metric.measure.written(series.values[known[-1]])
        _label(series, known[-1], value, INK, XL_LABEL_POSITION.RIGHT)


def _dress_new_month(series: LineSeries, reading: ChartReading) -> None:
    """The earlier months at its age, a ring for it, a dash at either end of what it will be."""
    if series.name in PROBABLY:
        _shape(series, XL_MARKER_STYLE.DASH, QUIET)
    elif series.name in (SO_FAR, INSIDE):
        _ring(series, reading.mark)
    else:
        _line(series, QUIET, THIN, MSO_LINE.ROUND_DOT)


def _line(series: LineSeries, ink: str, width: Pt, dash: MSO_LINE | None) -> None:
    series.format.line.color.rgb = colour(ink)
    series.format.line.width = width
    if dash:
        series.format.line.dash_style = dash
    series.marker.style = XL_MARKER_STYLE.NONE


def _mark(series: LineSeries, mark: Mark) -> None:
    """No line, a shape for each point, and the word beside the last."""
    ink = SHAPES[mark][1]
    _shape(series, MARKERS[mark], ink)
    places = [place for place, value in enumerate(series.values) if value is not None]
    _label(series, places[-1], WORDS[mark], ink)


def _ring(series: LineSeries, mark: Mark | None) -> None:
    """The latest month where it will still change: of the shape that it is marked with."""
    shape, ink = XL_MARKER_STYLE.CIRCLE, INK
    if mark in MARKERS:
        shape, ink = MARKERS[mark], SHAPES[mark][1]
    is_inside = series.name == INSIDE
    _shape(series, shape, WHITE if is_inside else ink, 6 if is_inside else 10)


def _shape(series: LineSeries, style: XL_MARKER_STYLE, ink: str, size: int = 11) -> None:
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(ink)
    series.marker.format.line.color.rgb = colour(ink)


def _name(chart: Chart, words: str) -> None:
    """Over the chart, small: what the second line is."""
    chart.has_title = True
    chart.chart_title.include_in_layout = False
    chart.chart_title.text_frame.text = words
    font = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    font.name, font.size, font.bold = FONT, Pt(SMALL), False
    font.color.rgb = colour(QUIET)


def _label(
    series: LineSeries,
    place: int,
    words: str,
    ink: str,
    where: XL_LABEL_POSITION = XL_LABEL_POSITION.ABOVE,
) -> None:
    label = series.points[place].data_label
    label.position = where
    label.text_frame.text = words
    font = label.text_frame.paragraphs[0].runs[0].font
    font.name, font.size, font.bold = FONT, Pt(SMALL), True
    font.color.rgb = colour(ink)


def _quieten(chart: Chart, trend: Sequence[Result], reading: ChartReading | None) -> None:
    """No legend, no title, no frame; the scale of the slide in Excel."""
    chart.has_legend = chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(SMALL)
    chart.font.color.rgb = colour(QUIET)
    scale = scale_of(trend, reading)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = scale["min"], scale["max"]
    axis.major_unit = scale["major_unit"]
    _say_numbers_as(axis, trend)
    axis.major_gridlines.format.line.color.rgb = colour(GRID)
    axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = colour(BAR)
    _name_months(chart.category_axis, len(reading.points) if reading else len(trend))


def _say_numbers_as(axis: ValueAxis, results: Sequence[Result]) -> None:
    axis.tick_labels.number_format = number_format(results[-1].metric.measure)
    axis.tick_labels.number_format_is_linked = False


def _name_months(axis: DateAxis, months: int) -> None:
    """Every third or sixth month: python-pptx has no words for it, the format has."""
    unit = axis._element.find(qn("c:baseTimeUnit"))
    unit.set("val", "months")
    for name, value in (("c:majorTimeUnit", "months"), ("c:majorUnit", months_between(months))):
        unit.addnext(unit.makeelement(qn(name), {"val": str(value)}))


def add_units(slide: Slide, box: Box, compared: Sequence[Result], says: str) -> None:
    """Each unit's value as a bar in the units' own order, the service last and dark."""
    results = list(compared)[::-1]
    data = CategoryChartData(number_format=number_format(results[-1].metric.measure))
    # The chart's own workbook would run a name that begins a formula.
    data.categories = [as_text(result.unit_name) for result in results]
    data.add_series("Value", [result.value for result in results])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *box, data)
    describe(frame, says)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(SMALL)
    known = [result.value for result in results if result.value is not None]
    # Bars say how much there is: from anywhere but 0 they would lie.
    chart.value_axis.minimum_scale = min(0.0, *known)
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.show_value = True
    for place, result in enumerate(results):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = colour(ACCENT if result.view.scope.is_service else BAR)
