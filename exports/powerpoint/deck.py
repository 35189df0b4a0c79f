"""The month as a PowerPoint deck: the slides of the workbook, with charts that can be changed."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from pptx.presentation import Presentation
from pptx.util import Inches, Length

from charts.palette import QUIET
from exports.chart_titles import trend_title
from exports.described import trend_described, units_described
from exports.excel.chart import has_months, has_values
from exports.excel.metric_slide import under_the_chart
from exports.pack import NOTHING_PLANNED, Pack, pack
from exports.powerpoint.charts import add_trend
from exports.powerpoint.closing import add_actions, add_agenda, add_definitions
from exports.powerpoint.items import add_items
from exports.powerpoint.parts import (
    EDGE,
    ROOM,
    SMALL,
    add_lines,
    add_slide,
    new_deck,
)
from exports.powerpoint.unit_charts import add_units
from exports.powerpoint.units import add_unit
from exports.slide_words import cover_lines, cover_title
from exports.text import provenance, three_lines, title
from exports.trend_data import trend_columns
from meeting.follow_up import PlannedMeeting
from metrics.figures import Figures
from metrics.model import Metric, Period

CHART_TOP, CHART_BOTTOM, FOOT_TOP = Inches(1.4), Inches(4.85), Inches(6.55)
# Of the words under the charts, whose font is no wider than this on average.
LETTERS_A_LINE, LINE_HEIGHT, GAP = 112, Inches(0.27), Inches(0.07)
TREND_WIDTH, UNITS_WIDTH = Inches(7.6), Inches(4.5)


def write_deck(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None = None,
    audience: str = "service",
    meeting: PlannedMeeting = NOTHING_PLANNED,
    boards: Sequence[str] | None = None,
) -> bytes:
    """The deck: what is worth the room's time, a slide a metric and a unit, what each counts.

    Outside the service small numbers are in no part of it, and it has no items: they would
    be judged by what may not be shown.
    """
    content = pack(figures, period, unit_ids, audience, meeting, boards)
    deck = new_deck(content)
    _add_cover(deck, content)
    if content.is_for_the_service:
        add_items(deck, content)
    add_agenda(deck, content)
    add_actions(deck, content)
    for metric in content.metrics:
        _add_metric(deck, content, metric)
    for unit_id in content.unit_ids:
        add_unit(deck, content, unit_id)
    add_definitions(deck, content)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _add_cover(deck: Presentation, content: Pack) -> None:
    slide = add_slide(deck, content, cover_title(content), (44,))
    box = (EDGE, Inches(2.2), ROOM, Inches(4.2))
    add_lines(slide, box, cover_lines(content), 24)


def _add_metric(deck: Presentation, content: Pack, metric: Metric) -> None:
    result, trend = content.result(metric), content.trend(metric)
    is_hidden, compared = content.hides(result), content.compared(metric)
    slide = add_slide(deck, content, title(result, is_hidden))
    lines = [*three_lines(result, is_hidden), *under_the_chart(content, metric)]
    lines_top = min(CHART_BOTTOM, FOOT_TOP - height_of(lines))
    if has_months(trend):
        box = (EDGE, CHART_TOP, TREND_WIDTH, lines_top - CHART_TOP)
        columns, says = trend_columns(content, metric), trend_described(trend, result)
        chart_title = trend_title(content, trend, result.chart)
        add_trend(slide, box, columns, trend, result.chart, says, chart_title)
    if has_values(compared):
        box = (EDGE + TREND_WIDTH, CHART_TOP, UNITS_WIDTH, lines_top - CHART_TOP)
        add_units(slide, box, content, compared, units_described(compared))
    add_lines(slide, (EDGE, lines_top, ROOM, FOOT_TOP - lines_top), lines, SMALL)
    source = content.worded(metric.source)
    box = (EDGE, FOOT_TOP, ROOM, Inches(0.45))
    add_lines(slide, box, [provenance(metric, source, content.as_at)], 12, QUIET)


def height_of(lines: Sequence[str]) -> Length:
    """How high the words stand, each line broken where it must: nothing may run into the foot."""
    broken = sum(ceil(len(line) / LETTERS_A_LINE) for line in lines)
    return Length(broken * LINE_HEIGHT + (len(lines) + 1) * GAP)
