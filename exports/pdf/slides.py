"""The month as a PDF: the deck's slides, page by page, with charts that stay sharp at any size."""

from collections.abc import Sequence

from charts.palette import QUIET
from exports import slide_words
from exports.chart_titles import why_no_chart
from exports.excel.chart import has_months, has_values
from exports.excel.metric_slide import under_the_chart
from exports.pack import NOTHING_PLANNED, Pack, pack
from exports.pdf.bars import units_chart
from exports.pdf.charts import small_trend, trend_chart
from exports.pdf.document import (
    BODY,
    EDGE,
    FOOT,
    FOOT_TOP,
    ROOM,
    SMALL,
    TABLE_TOP,
    Document,
)
from exports.powerpoint.units import HOW_TO_READ, in_parts
from exports.text import provenance, small_title, three_lines, title
from exports.unit_message import unit_message
from meeting.follow_up import PlannedMeeting
from metrics.agenda_rules import Item
from metrics.figures import Figures
from metrics.model import Metric, Period
from metrics.result import Result
from metrics.sentence import reading_sentences

CHART_TOP, SOURCE_TOP, REST_TOP = 98.0, 474.0, 474.0
TREND_SHARE, IN_A_ROW = 0.62, 3
SMALL_TOP, SMALL_BOTTOM, HEAD = 92.0, 452.0, 46.0


def write_pdf(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None = None,
    audience: str = "service",
    meeting: PlannedMeeting = NOTHING_PLANNED,
    boards: Sequence[str] | None = None,
) -> bytes:
    """The pack as pages: the same words, figures and rules of who may see them as in the deck."""
    content = pack(figures, period, unit_ids, audience, meeting, boards)
    pdf = Document(content)
    _cover(pdf, content)
    if content.is_for_the_service:
        _items(pdf, content)
    _tables(pdf, content)
    for metric in content.metrics:
        _metric(pdf, content, metric)
    for unit_id in content.unit_ids:
        for metrics in in_parts(content.metrics):
            _unit(pdf, content, unit_id, metrics)
    _definitions(pdf, content)
    return bytes(pdf.output())


def _cover(pdf: Document, content: Pack) -> None:
    pdf.slide(slide_words.cover_title(content), (44,))
    pdf.lines((EDGE, 160, ROOM, 0), slide_words.cover_lines(content), 24)


def _items(pdf: Document, content: Pack) -> None:
    headings, shares = slide_words.ITEM_HEADINGS, slide_words.ITEM_SHARES
    told = slide_words.item_rows(content)
    for rows in pdf.rows_by_page(told, headings, shares, REST_TOP - 6, BODY) or [()]:
        pdf.slide(slide_words.worth_title(content))
        if rows:
            pdf.rows_under(TABLE_TOP, headings, rows, shares, BODY)
    pdf.lines((EDGE, REST_TOP, ROOM, 0), [slide_words.rest_words(content)], BODY, QUIET)
    for item in content.worth.items:
        _item(pdf, content, item)


def _item(pdf: Document, content: Pack, item: Item) -> None:
    """The message, the months, the question for the room, what it rests on."""
    metric, unit_id = item.metric, item.unit_ids[0]
    pdf.slide(item.sentence)
    if has_months(content.trend(metric, unit_id)):
        trend_chart(pdf, (EDGE, CHART_TOP, ROOM, 262), content, metric, unit_id)
    asked = [item.question, *([item.others] if item.others else [])]
    below = pdf.lines((EDGE, 368, ROOM, 0), asked, BODY)
    rests = reading_sentences(content.result(metric, unit_id))[0]
    pdf.lines((EDGE, below + 4, ROOM, 0), [rests], SMALL, QUIET)
    _source(pdf, content, metric)


def _tables(pdf: Document, content: Pack) -> None:
    """The agenda and the open actions, as many a page as can be read."""
    words = slide_words
    rows, headings = words.agenda_rows(content), words.AGENDA_HEADINGS
    _table(pdf, words.agenda_title(content), rows, headings, words.AGENDA_SHARES)
    rows, acted = words.action_rows(content), words.ACTION_HEADINGS
    _table(pdf, words.actions_title(content), rows, acted, words.ACTION_SHARES)


def _table(
    pdf: Document,
    heading: str,
    rows: slide_words.Rows,
    headings: Sequence[str],
    shares: Sequence[int],
) -> None:
    for part in pdf.rows_by_page(rows, headings, shares):
        pdf.slide(heading)
        pdf.rows_under(TABLE_TOP, headings, part, shares)


def _metric(pdf: Document, content: Pack, metric: Metric) -> None:
    """The service's months, its units, and under them what the figure rests on."""
    result, compared = content.result(metric), content.compared(metric)
    is_hidden = content.hides(result)
    pdf.slide(title(result, is_hidden))
    lines = [*three_lines(result, is_hidden), *under_the_chart(content, metric)]
    tall = SOURCE_TOP - 6 - CHART_TOP - pdf.height_of(lines, SMALL)
    if has_months(content.trend(metric)):
        box = (EDGE, CHART_TOP, ROOM * TREND_SHARE, tall)
        trend_chart(pdf, box, content, metric, result.view.scope.unit_id)
    if has_values(compared):
        left = EDGE + ROOM * TREND_SHARE
        units_chart(pdf, (left, CHART_TOP, ROOM * (1 - TREND_SHARE), tall), content, compared)
    pdf.lines((EDGE, CHART_TOP + tall, ROOM, 0), lines, SMALL)
    _source(pdf, content, metric)


def _source(pdf: Document, content: Pack, metric: Metric) -> None:
    source = provenance(metric, content.worded(metric.source), content.as_at)
    pdf.lines((EDGE, SOURCE_TOP, ROOM, 0), [source], FOOT, QUIET)


def _unit(pdf: Document, content: Pack, unit_id: str | None, metrics: Sequence[Metric]) -> None:
    results = [content.result(metric, unit_id) for metric in metrics]
    hidden = [content.hides(result) for result in results]
    pdf.slide(unit_message(content.figures.units[unit_id], results, hidden))
    rows = -(-len(results) // IN_A_ROW)
    wide, tall = ROOM / IN_A_ROW, (SMALL_BOTTOM - SMALL_TOP) / rows
    for place, result in enumerate(results):
        row, column = divmod(place, IN_A_ROW)
        box = (EDGE + column * wide, SMALL_TOP + row * tall, wide - 12, tall - 6)
        _small(pdf, content, result, box)
    pdf.lines((EDGE, SMALL_BOTTOM + 4, ROOM, 0), HOW_TO_READ, SMALL, QUIET)


def _small(
    pdf: Document, content: Pack, result: Result, box: tuple[float, float, float, float]
) -> None:
    """One figure: in words, then its months, or why there are none."""
    left, top, width, height = box
    metric, unit_id = result.metric, result.view.scope.unit_id
    figure, beside = small_title(result, content.result(metric), content.hides(result))
    pdf.lines((left, top, width, 0), [figure], BODY)
    pdf.lines((left, top + 22, width, 0), [beside], SMALL, QUIET)
    under = (left, top + HEAD, width, height - HEAD)
    if has_months(content.trend(metric, unit_id)):
        small_trend(pdf, under, content, metric, unit_id)
        return
    pdf.lines(under, [why_no_chart(content, result)], SMALL, QUIET)


def _definitions(pdf: Document, content: Pack) -> None:
    headings, shares = slide_words.COUNT_HEADINGS, slide_words.COUNT_SHARES
    rules = slide_words.rules(content)
    rules_top = FOOT_TOP - 6 - pdf.height_of(rules, SMALL)
    rows = slide_words.count_rows(content)
    for part in pdf.rows_by_page(rows, headings, shares, rules_top - 6):
        pdf.slide(slide_words.WHAT_COUNTS)
        pdf.rows_under(TABLE_TOP, headings, part, shares)
    pdf.lines((EDGE, rules_top, ROOM, 0), rules, SMALL, QUIET)
