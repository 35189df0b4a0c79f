"""What is worth the room's time: the list on a slide, then each item on its own, with a chart."""

from pptx.presentation import Presentation
from pptx.util import Inches

from charts.palette import QUIET
from exports.chart_titles import trend_title
from exports.described import trend_described
from exports.excel.chart import has_months
from exports.pack import Pack
from exports.powerpoint.charts import add_trend
from exports.powerpoint.parts import (
    BODY,
    EDGE,
    ROOM,
    add_lines,
    add_slide,
    add_table,
    rows_by_slide,
)
from exports.slide_words import ITEM_HEADINGS, ITEM_SHARES, item_rows, rest_words, worth_title
from exports.text import provenance
from exports.trend_data import trend_columns
from metrics.agenda_rules import Item
from metrics.sentence import reading_sentences

HIGH = Inches(5.1)
CHART = (EDGE, Inches(1.4), ROOM, Inches(3.55))


def add_items(deck: Presentation, content: Pack) -> None:
    """At most five, each with its question, and how much else there is; then each by its chart."""
    for rows in rows_by_slide(item_rows(content), ITEM_SHARES, HIGH, BODY) or [()]:
        slide = add_slide(deck, content, worth_title(content))
        if rows:
            box = (EDGE, Inches(1.3), ROOM, Inches(4.5))
            add_table(slide, box, ITEM_HEADINGS, rows, ITEM_SHARES, BODY)
    box = (EDGE, Inches(6.5), ROOM, Inches(0.4))
    add_lines(slide, box, [rest_words(content)], BODY, QUIET)
    for item in content.worth.items:
        _add_item(deck, content, item)


def _add_item(deck: Presentation, content: Pack, item: Item) -> None:
    """The message, the months, what it rests on, and the question for the room."""
    metric, unit_id = item.metric, item.unit_ids[0]
    result = content.result(metric, unit_id)
    trend, reading = content.trend(metric, unit_id), result.chart
    slide = add_slide(deck, content, item.sentence)
    if has_months(trend):
        columns = trend_columns(content, metric, unit_id)
        title, says = trend_title(content, trend, reading), trend_described(trend, result)
        add_trend(slide, CHART, columns, trend, reading, says, title)
    asked = [item.question, *([item.others] if item.others else [])]
    add_lines(slide, (EDGE, Inches(5), ROOM, Inches(0.8)), asked, BODY)
    rests = reading_sentences(result)[0]
    add_lines(slide, (EDGE, Inches(5.95), ROOM, Inches(0.6)), [rests], BODY, QUIET)
    source = provenance(metric, content.worded(metric.source), content.as_at)
    add_lines(slide, (EDGE, Inches(6.55), ROOM, Inches(0.45)), [source], 12, QUIET)
