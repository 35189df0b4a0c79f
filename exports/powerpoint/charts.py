"""PowerPoint's own charts, from the same columns that stand behind the slides in Excel."""

from collections.abc import Mapping, Sequence

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

from charts.palette import BAR, GRID, INK, QUIET, TARGET, WHITE
from exports.excel.chart import A_YEAR, is_joined, months_between
from exports.excel.data_sheet import SheetColumn
from exports.excel.limits import SHAPES
from exports.excel.style import FONT
from exports.powerpoint.mark_words import Side, Words
from exports.powerpoint.parts import SMALL, Box, colour, describe
from exports.scale import scale_of, target_drawn
from exports.text import number_format
from exports.trend_data import LIMITS, PROBABLY, SO_FAR, before_heading
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.new_months import column_name
from metrics.spc.words import WORDS

MARKERS = {
    Mark.IMPROVEMENT: XL_MARKER_STYLE.TRIANGLE,
    Mark.CONCERN: XL_MARKER_STYLE.SQUARE,
    Mark.NEUTRAL: XL_MARKER_STYLE.DIAMOND,
}
NAMED = {WORDS[mark]: mark for mark in SHAPES}
SIDES = {
    Side.ABOVE: XL_LABEL_POSITION.ABOVE,
    Side.BELOW: XL_LABEL_POSITION.BELOW,
    Side.RIGHT: XL_LABEL_POSITION.RIGHT,
}
THICK, THIN = Pt(2.5), Pt(1.25)
# One in the other makes a ring: LibreOffice draws no edge about a marker.
INSIDE = f"{SO_FAR}, inside"
BEFORE = before_heading("Value")
BESIDE_A_MARK, TARGET_NAMED_AT = "\u2002", 8


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
    for name in _series_names(by_heading, reading, has_target):
        data.add_series(name, by_heading[SO_FAR if name == INSIDE else name].values)
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE_MARKERS, *box, data)
    describe(frame, says)
    drawn = len(reading.points) if reading else len(trend)
    months = months_between(drawn) if is_joined(trend) else A_YEAR
    scale = scale_of(trend, reading)
    quieten(frame.chart, scale, trend, months)
    say_title(frame.chart, title)
    for series in frame.chart.plots[0].series:
        _dress(series, trend[-1], reading, scale, box)


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


def _series_names(
    columns: dict[str, SheetColumn], reading: ChartReading | None, has_target: bool
) -> list[str]:
    """Limits lie under the line, and marked points on it."""
    new = [column_name(reading), *PROBABLY] if reading else []
    limits = [name for name in columns if _is_limit(name)]
    marked = [name for name in columns if name in NAMED]
    new = [name for name in new if name in columns]
    so_far = [SO_FAR, INSIDE] if SO_FAR in columns else []
    before = [name for name in (BEFORE,) if name in columns]
    return [*limits, *new, *before, "Value", *marked, *so_far, *(["Target"] if has_target else [])]


def _is_limit(name: str) -> bool:
    return any(name == limit or name.startswith(f"{limit} ") for limit in LIMITS)


def _dress(
    series: LineSeries,
    last: Result,
    reading: ChartReading | None,
    scale: Mapping[str, float],
    box: Box,
) -> None:
    series.smooth = False
    if reading and series.name in (column_name(reading), SO_FAR, INSIDE, *PROBABLY):
        _dress_new_month(series, reading)
        return
    if _is_limit(series.name):
        line(series, BAR, THIN, None if series.name.startswith("Mean") else MSO_LINE.DASH)
        return
    if series.name in NAMED and reading:
        _mark(series, NAMED[series.name], Words(reading, scale, box))
        return
    if series.name == BEFORE:
        line(series, QUIET, THICK, MSO_LINE.DASH)
    elif series.name == "Target":
        line(series, TARGET, THICK, MSO_LINE.DASH)
        _name_target(series, last, scale)
    else:
        _dress_value(series, last)


def _dress_value(series: LineSeries, last: Result) -> None:
    if last.metric.kind.has_limits:
        line(series, INK, THICK, None)
    else:
        dots(series, XL_MARKER_STYLE.CIRCLE, INK)
    known = [place for place, value in enumerate(series.values) if value is not None]
    if known:
        value = last.metric.measure.written(series.values[known[-1]])
        # Clear of a mark or a ring, of which this series knows nothing.
        _label(series, known[-1], f"{BESIDE_A_MARK}{value}", INK, XL_LABEL_POSITION.RIGHT)


def _name_target(series: LineSeries, last: Result, scale: Mapping[str, float]) -> None:
    """In the chart and not over its axis or its title: a little in, and towards the middle."""
    known = [place for place, value in enumerate(series.values) if value is not None]
    target = series.values[known[-1]]
    is_high = target > (scale["min"] + scale["max"]) / 2
    where = XL_LABEL_POSITION.BELOW if is_high else XL_LABEL_POSITION.ABOVE
    words = f"Target {last.metric.measure.written(target)}"
    _label(series, known[len(known) // TARGET_NAMED_AT], words, TARGET, where)


def _dress_new_month(series: LineSeries, reading: ChartReading) -> None:
    """The earlier months at its age, a ring for it, a dash at either end of what it will be."""
    if series.name in PROBABLY:
        dots(series, XL_MARKER_STYLE.DASH, QUIET)
    elif series.name in (SO_FAR, INSIDE):
        _ring(series, reading.mark)
    else:
        line(series, QUIET, THIN, MSO_LINE.ROUND_DOT)


def line(series: LineSeries, ink: str, width: Pt, dash: MSO_LINE | None) -> None:
    series.format.line.color.rgb = colour(ink)
    series.format.line.width = width
    if dash:
        series.format.line.dash_style = dash
    series.marker.style = XL_MARKER_STYLE.NONE


def _mark(series: LineSeries, mark: Mark, words: Words) -> None:
    """No line, a shape for each point, and the word once, where it covers least."""
    ink = SHAPES[mark][1]
    dots(series, MARKERS[mark], ink)
    places = [place for place, value in enumerate(series.values) if value is not None]
    place, side = words.beside(places, WORDS[mark])
    _label(series, place, WORDS[mark], ink, SIDES[side])


def _ring(series: LineSeries, mark: Mark | None) -> None:
    """The latest month where it will still change: of the shape that it is marked with."""
    shape, ink = XL_MARKER_STYLE.CIRCLE, INK
    if mark in MARKERS:
        shape, ink = MARKERS[mark], SHAPES[mark][1]
    is_inside = series.name == INSIDE
    dots(series, shape, WHITE if is_inside else ink, 6 if is_inside else 10)


def dots(series: LineSeries, style: XL_MARKER_STYLE, ink: str, size: int = 11) -> None:
    """Points without a line."""
    series.format.line.fill.background()
    series.marker.style, series.marker.size = style, size
    series.marker.format.fill.solid()
    series.marker.format.fill.fore_color.rgb = colour(ink)
    series.marker.format.line.color.rgb = colour(ink)


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


def quieten(chart: Chart, scale: Mapping[str, float], trend: Sequence[Result], apart: int) -> None:
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
