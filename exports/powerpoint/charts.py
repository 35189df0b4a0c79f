"""PowerPoint's own charts, from the same columns that stand behind the slides in Excel."""

from collections.abc import Mapping, Sequence

from pptx.chart.axis import CategoryAxis, DateAxis, ValueAxis
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

from charts.palette import ACCENT, BAR, GRID, INK, QUIET, TARGET
from exports.chart_titles import bar_name
from exports.csv_text import as_text
from exports.excel.chart import months_between
from exports.excel.data_sheet import SheetColumn
from exports.excel.limits import SHAPES
from exports.excel.style import FONT
from exports.pack import Pack
from exports.powerpoint.parts import SMALL, Box, colour, describe
from exports.scale import scale_of, target_drawn
from exports.text import number_format
from exports.trend_data import LIMITS
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.words import WORDS

MARKERS = {
    Mark.IMPROVEMENT: XL_MARKER_STYLE.TRIANGLE,
    Mark.CONCERN: XL_MARKER_STYLE.SQUARE,
    Mark.NEUTRAL: XL_MARKER_STYLE.DIAMOND,
}
NAMED = {WORDS[mark]: mark for mark in SHAPES}
THICK, THIN = Pt(2.5), Pt(1.25)
SMALL_LINES = {
    "Unit": (INK, THICK, None),
    "Service": (BAR, THICK, MSO_LINE.ROUND_DOT),
    "Unit before": (QUIET, THICK, MSO_LINE.DASH),
}
MONTHS_APART = 12


def add_trend(
    slide: Slide,
    box: Box,
    columns: Sequence[SheetColumn],
    trend: Sequence[Result],
    reading: ChartReading | None,
    says: str,
    title: str,
) -> None:
    """The months as a line with mean, limits, marked points and target, each its own series."""
    by_heading = {column.heading: column for column in columns}
    data = CategoryChartData(number_format=number_format(trend[-1].metric.measure))
    data.categories = by_heading["Month"].values
    data.categories.number_format = "mmm yy"
    has_target = target_drawn(trend, reading) is not None
    for name in _series_names(by_heading, has_target):
        data.add_series(name, by_heading[name].values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    describe(frame, says)
    months = months_between(len(reading.points) if reading else len(trend))
    _quieten(frame.chart, scale_of(trend, reading), trend, months)
    say_title(frame.chart, title)
    for series in frame.chart.plots[0].series:
        _dress(series, trend[-1])
    if reading and reading.last and reading.last.mark in MARKERS:
        _label_under_its_mark(frame.chart)


def _label_under_its_mark(chart: Chart) -> None:
    """The last value, where a mark would lie on it."""
    value = next(series for series in chart.plots[0].series if series.name == "Value")
    last = max(place for place, number in enumerate(value.values) if number is not None)
    value.points[last].data_label.position = XL_LABEL_POSITION.BELOW


def say_title(chart: Chart, words: str) -> None:
    """Words over the lines, small: whose months, and what is missing among them."""
    chart.has_title = bool(words)
    if not words:
        return
    chart.chart_title.text_frame.text = words
    chart.chart_title.include_in_layout = False
    font = chart.chart_title.text_frame.paragraphs[0].runs[0].font
    font.name, font.size, font.bold = FONT, Pt(SMALL), False
    font.color.rgb = colour(QUIET)


def add_small_trend(
    slide: Slide, box: Box, lines: Sequence[Sequence[Result]], says: str, title: str
) -> None:
    """A unit's months over the service's, those of the unit that it continues dashed."""
    trend, service, before = lines
    data = CategoryChartData(number_format=number_format(trend[-1].metric.measure))
    data.categories = [result.view.period.start for result in trend]
    data.categories.number_format = "mmm yy"
    has_before = any(result.value is not None for result in before)
    named = {"Service": service, **({"Unit before": before} if has_before else {}), "Unit": trend}
    for name, results in named.items():
        data.add_series(name, [result.value for result in results[-len(trend) :]])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *box, data)
    describe(frame, says)
    _quieten(frame.chart, scale_of([*service, *before, *trend], None, steps=3), trend, MONTHS_APART)
    say_title(frame.chart, title)
    for series in frame.chart.plots[0].series:
        series.smooth = False
        _line(series, *SMALL_LINES[series.name])


def _series_names(columns: dict[str, SheetColumn], has_target: bool) -> list[str]:
    """Limits lie under the line, and marked points on it."""
    limits = [name for name in columns if _is_limit(name)]
    marked = [name for name in columns if name in NAMED]
    return [*limits, "Value", *marked, *(["Target"] if has_target else [])]


def _is_limit(name: str) -> bool:
    return any(name == limit or name.startswith(f"{limit} ") for limit in LIMITS)


def _dress(series: LineSeries, last: Result) -> None:
    series.smooth = False
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


def _line(series: LineSeries, ink: str, width: Pt, dash: MSO_LINE | None) -> None:
    series.format.line.color.rgb = colour(ink)
    series.format.line.width = width
    if dash:
        series.format.line.dash_style = dash
    series.marker.style = XL_MARKER_STYLE.NONE


def _mark(series: LineSeries, mark: Mark) -> None:
    """No line, a shape for each point, and the word beside the last."""
    ink = SHAPES[mark][1]
    series.format.line.fill.background()
    series.marker.style, series.marker.size = MARKERS[mark], 11
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(ink)
    series.marker.format.line.color.rgb = colour(ink)
    places = [place for place, value in enumerate(series.values) if value is not None]
    _label(series, places[-1], WORDS[mark], ink)


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
    label.text_frame.word_wrap = False
    font = label.text_frame.paragraphs[0].runs[0].font
    font.name, font.size, font.bold = FONT, Pt(SMALL), True
    font.color.rgb = colour(ink)


def _quieten(chart: Chart, scale: Mapping[str, float], trend: Sequence[Result], apart: int) -> None:
    """No legend, no title, no frame; the scale is the workbook's; one month in so many is named."""
    chart.has_legend = chart.has_title = False
    chart.font.name, chart.font.size = FONT, Pt(SMALL)
    chart.font.color.rgb = colour(QUIET)
    axis = chart.value_axis
    axis.minimum_scale, axis.maximum_scale = scale["min"], scale["max"]
    axis.major_unit = scale["major_unit"]
    _say_numbers_as(axis, trend)
    axis.major_gridlines.format.line.color.rgb = colour(GRID)
    axis.format.line.fill.background()
    chart.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    chart.category_axis.format.line.color.rgb = colour(BAR)
    _name_months(chart.category_axis, apart)


def _say_numbers_as(axis: ValueAxis, results: Sequence[Result]) -> None:
    axis.tick_labels.number_format = number_format(results[-1].metric.measure)
    axis.tick_labels.number_format_is_linked = False


def _name_months(axis: DateAxis, apart: int) -> None:
    """One month in so many: python-pptx has no words for it, the format has."""
    unit = axis._element.find(qn("c:baseTimeUnit"))
    unit.set("val", "months")
    for name, value in (("c:majorTimeUnit", "months"), ("c:majorUnit", apart)):
        unit.addnext(unit.makeelement(qn(name), {"val": str(value)}))


def _name_every_bar(axis: CategoryAxis) -> None:
    """However long the names are: a bar without one looks like its neighbour's."""
    last = axis._element.find(qn("c:noMultiLvlLbl"))
    last.addprevious(last.makeelement(qn("c:tickLblSkip"), {"val": "1"}))


def add_units(slide: Slide, box: Box, pack: Pack, compared: Sequence[Result], says: str) -> None:
    """Each unit's value as a bar in the units' own order, the service last and dark."""
    results = list(compared)[::-1]
    data = CategoryChartData(number_format=number_format(results[-1].metric.measure))
    # The chart's own workbook would run a name that begins a formula.
    data.categories = [as_text(bar_name(pack, result, result.unit_name)) for result in results]
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
    _name_every_bar(chart.category_axis)
    plot = chart.plots[0]
    plot.gap_width, plot.has_data_labels = 45, True
    plot.data_labels.show_value = True
    for place, result in enumerate(results):
        fill = plot.series[0].points[place].format.fill
        fill.solid()
        fill.fore_color.rgb = colour(ACCENT if result.view.scope.is_service else BAR)
