"""PowerPoint's charts of units: their bars side by side, and the months of one, small."""

from collections.abc import Sequence

from pptx.chart.axis import CategoryAxis
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from charts.palette import ACCENT, BAR, INK, QUIET
from exports.chart_titles import bar_name
from exports.csv_text import as_text
from exports.excel.chart import is_joined
from exports.excel.style import FONT
from exports.pack import Pack
from exports.powerpoint.charts import THICK, dots, line, quieten, say_title
from exports.powerpoint.parts import SMALL, Box, colour, describe
from exports.scale import scale_of
from exports.text import number_format
from metrics.result import Result

SMALL_LINES = {
    "Unit": (INK, THICK, None),
    "Service": (BAR, THICK, MSO_LINE.ROUND_DOT),
    "Unit before": (QUIET, THICK, MSO_LINE.DASH),
}
MONTHS_APART, SMALL_DOT = 12, 6


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
        values = {result.view.period: result.value for result in results}
        data.add_series(name, [values.get(result.view.period) for result in trend])
    frame = slide.shapes.add_chart(XL_CHART_TYPE.LINE, *box, data)
    describe(frame, says)
    quieten(frame.chart, scale_of([*service, *before, *trend], None, steps=3), trend, MONTHS_APART)
    say_title(frame.chart, title)
    for series in frame.chart.plots[0].series:
        series.smooth = False
        if is_joined(trend):
            line(series, *SMALL_LINES[series.name])
        else:
            dots(series, XL_MARKER_STYLE.CIRCLE, SMALL_LINES[series.name][0], SMALL_DOT)


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
