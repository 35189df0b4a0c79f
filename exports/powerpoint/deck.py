"""The month as a PowerPoint deck: the slides of the workbook, with charts that can be changed."""

from collections.abc import Sequence
from io import BytesIO
from math import ceil

from pptx.presentation import Presentation
from pptx.util import Inches, Length

from charts.palette import QUIET
from exports.described import trend_described, units_described
from exports.excel.chart import has_values
from exports.excel.metric_slide import under_the_chart
from exports.pack import NOTHING_PLANNED, Pack, pack
from exports.powerpoint.charts import add_trend, add_units
from exports.powerpoint.closing import add_actions, add_definitions
from exports.powerpoint.parts import (
    BODY,
    EDGE,
    ROOM,
    SMALL,
    add_lines,
    add_slide,
    add_table,
    by_slide,
    new_deck,
)
from exports.text import provenance, short_reading, three_lines, title, unit_title
from exports.trend_data import trend_columns
from meeting.follow_up import PlannedMeeting
from metrics.agenda_rules import Item, worth_the_rooms_time
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period
from metrics.spc.words import chart_words

CHART_TOP, CHART_BOTTOM, FOOT_TOP = Inches(1.4), Inches(4.85), Inches(6.55)
# Of the words under the charts, whose font is no wider than this on average.
LETTERS_A_LINE, LINE_HEIGHT, GAP = 125, Inches(0.24), Inches(0.07)
TREND_WIDTH, UNITS_WIDTH = Inches(7.6), Inches(4.5)
UNIT_HEADINGS = ("Measure", "This unit", "Service", "What it rests on")
NO_ITEM = "By the rules nothing is worth the room’s time: all varies as it usually does"
UNKNOWN = "No figure of this month has a value, so nothing can be said of it"
ITEMS_A_SLIDE = 8
UNIT_SHARES = (20, 16, 10, 54)


def write_deck(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None = None,
    audience: str = "service",
    meeting: PlannedMeeting = NOTHING_PLANNED,
) -> bytes:
    """The deck: what is worth the room's time, a slide a metric and a unit, what each counts.

    Outside the service small numbers are in no part of it, and it has no items: they would
    be judged by what may not be shown.
    """
    content = pack(figures, period, unit_ids, audience, meeting)
    deck = new_deck(content)
    _add_cover(deck, content)
    if content.is_for_the_service:
        _add_items(deck, content)
    if content.meeting.items:
        _add_agenda(deck, content)
    add_actions(deck, content)
    for metric in CATALOGUE.values():
        _add_metric(deck, content, metric)
    for unit_id in content.unit_ids:
        _add_unit(deck, content, unit_id)
    add_definitions(deck, content)
    stream = BytesIO()
    deck.save(stream)
    return stream.getvalue()


def _add_cover(deck: Presentation, content: Pack) -> None:
    slide = add_slide(deck, content, f"ChildStat: {content.period}", (44,))
    stamp = content.figures.stamps.get(content.period)
    frozen = (
        f"Frozen (version {stamp.version})."
        if stamp
        else "Not published: figures may still change."
    )
    box = (EDGE, Inches(2.2), ROOM, Inches(4.2))
    lines = [content.council, frozen, f"For {content.audience_words}.", *content.not_as_set]
    add_lines(slide, box, lines, 24)


def _add_items(deck: Presentation, content: Pack) -> None:
    """At most five, each with its question; then how much else there is."""
    worth = worth_the_rooms_time(content.figures, content.period)
    none = NO_ITEM if worth.has_values else UNKNOWN
    slide = add_slide(deck, content, "Worth the room’s time" if worth.items else none)
    if worth.items:
        rows = [(_item_words(item), item.question) for item in worth.items]
        box = (EDGE, Inches(1.3), ROOM, Inches(4.5))
        add_table(slide, box, ("What the figures say", "To ask"), rows, (68, 32), BODY)
    rest = (
        f"Usual variation: {len(worth.usual)} figures. Unusual but small: {len(worth.small)}."
        f" Not judged: {len(worth.unjudged)}."
        f" Beyond the first five: {len(worth.more)}."
    )
    add_lines(slide, (EDGE, Inches(6.5), ROOM, Inches(0.4)), [rest], BODY, QUIET)


def _add_agenda(deck: Presentation, content: Pack) -> None:
    """The items in their order, as many a slide as can be read."""
    items = content.meeting.items
    minutes = sum(item.minutes for item in items)
    item_rows = [
        (str(number), item.title, item.question, str(item.minutes))
        for number, item in enumerate(items, 1)
    ]
    for rows in by_slide(item_rows, ITEMS_A_SLIDE):
        slide = add_slide(deck, content, f"The agenda: {len(items)} items, {minutes} minutes")
        box = (EDGE, Inches(1.3), ROOM, Inches(5))
        add_table(slide, box, ("No.", "Item", "Question", "Minutes"), rows, (6, 50, 34, 10))


def _item_words(item: Item) -> str:
    return f"{item.sentence} {item.others}".strip()


def _add_metric(deck: Presentation, content: Pack, metric: Metric) -> None:
    result, trend = content.result(metric), content.trend(metric)
    is_hidden, compared = content.hides(result), content.compared(metric)
    slide = add_slide(deck, content, title(result, is_hidden))
    lines = [*three_lines(result, is_hidden), *under_the_chart(content, metric)]
    lines_top = min(CHART_BOTTOM, FOOT_TOP - height_of(lines))
    if has_values(trend):
        box = (EDGE, CHART_TOP, TREND_WIDTH, lines_top - CHART_TOP)
        columns, says = trend_columns(content, metric), trend_described(trend, result)
        add_trend(slide, box, columns, trend, result.chart, says)
    if has_values(compared):
        box = (EDGE + TREND_WIDTH, CHART_TOP, UNITS_WIDTH, lines_top - CHART_TOP)
        add_units(slide, box, compared, units_described(compared))
    add_lines(slide, (EDGE, lines_top, ROOM, FOOT_TOP - lines_top), lines, SMALL)
    source = content.worded(metric.source)
    box = (EDGE, FOOT_TOP, ROOM, Inches(0.45))
    add_lines(slide, box, [provenance(metric, source, content.as_at)], 12, QUIET)


def height_of(lines: Sequence[str]) -> Length:
    """How high the words stand, each line broken where it must: nothing may run into the foot."""
    broken = sum(ceil(len(line) / LETTERS_A_LINE) for line in lines)
    return Length(broken * LINE_HEIGHT + (len(lines) + 1) * GAP)


def _add_unit(deck: Presentation, content: Pack, unit_id: str | None) -> None:
    results = [content.result(metric, unit_id) for metric in CATALOGUE.values()]
    name = content.figures.units[unit_id]
    slide = add_slide(deck, content, unit_title(name, results), (22, 18))
    rows = [_unit_row(content, metric, unit_id) for metric in CATALOGUE.values()]
    box = (EDGE, Inches(1.4), ROOM, Inches(5.2))
    add_table(slide, box, UNIT_HEADINGS, rows, UNIT_SHARES)


def _unit_row(content: Pack, metric: Metric, unit_id: str | None) -> tuple[str, ...]:
    result, service = content.result(metric, unit_id), content.result(metric, SERVICE)
    is_hidden = content.hides(result)
    icon = ""
    if result.chart and result.value is not None:
        words = chart_words(result.chart, metric.measure.written)
        icon = f" {words.shape} {words.word}"
    return (
        metric.name,
        f"{result.written}{icon}",
        service.written,
        short_reading(result, is_hidden),
    )
