"""One metric on one page: the service's months, the units side by side, the reading."""

from xlsxwriter.worksheet import Worksheet

from exports.chart_titles import trend_title
from exports.described import trend_described, units_described
from exports.excel.bars import units_chart
from exports.excel.chart import has_months, has_values, trend_chart
from exports.excel.data_sheet import DataSheet, unit_columns
from exports.excel.style import BODY, FAINT, PAGE_WIDTH, SUBTITLE, TITLE, Book
from exports.pack import Pack
from exports.text import BOLD, height, provenance, shown_as, three_lines, title
from exports.trend_data import trend_columns
from metrics.agenda_rules import Item
from metrics.model import SERVICE, Metric, Period
from metrics.sentence import reading_sentences

CHART_ROW = 2
CHART_HEIGHT = 420
TREND_WIDTH = 600


def write_metric_slide(
    book: Book, sheet: Worksheet, data: DataSheet, pack: Pack, metric: Metric
) -> None:
    """Title, what is shown, two charts, three lines, source, the way to the data."""
    result = pack.result(metric)
    is_hidden = pack.hides(result)
    sheet.set_column_pixels(0, 0, PAGE_WIDTH)
    _line(book, sheet, 0, title(result, is_hidden), TITLE)
    _line(book, sheet, 1, _shows(pack, metric), SUBTITLE)
    row = CHART_ROW + 1
    for line in [*three_lines(result, is_hidden), *under_the_chart(pack, metric)]:
        _line(book, sheet, row, line, BODY)
        row += 1
    _line(book, sheet, row, provenance(metric, pack.worded(metric.source), pack.as_at), FAINT)
    book.link(sheet, row + 1, 0, data.name, f"Data behind this slide: sheet {data.name}")
    sheet.print_area(0, 0, row + 1, 0)
    _draw(book, sheet, data, pack, metric)


def write_item_slide(book: Book, sheet: Worksheet, data: DataSheet, pack: Pack, item: Item) -> None:
    """An item worth the room's time: its message, its question, its months, what it rests on."""
    metric, unit_id = item.metric, item.unit_ids[0]
    result, trend = pack.result(metric, unit_id), pack.trend(metric, unit_id)
    sheet.set_column_pixels(0, 0, PAGE_WIDTH)
    _line(book, sheet, 0, item.sentence, TITLE)
    _line(book, sheet, 1, f"{item.question} {item.others}".strip(), SUBTITLE)
    row = CHART_ROW + 1
    for line in [reading_sentences(result)[0], *under_the_chart(pack, metric, unit_id)]:
        _line(book, sheet, row, line, BODY)
        row += 1
    _line(book, sheet, row, provenance(metric, pack.worded(metric.source), pack.as_at), FAINT)
    book.link(sheet, row + 1, 0, data.name, f"Data behind this slide: sheet {data.name}")
    sheet.print_area(0, 0, row + 1, 0)
    sheet.set_row_pixels(CHART_ROW, CHART_HEIGHT if has_months(trend) else 60)
    if has_months(trend):
        title = trend_title(pack, trend, result.chart)
        chart = trend_chart(book, data, trend, result.chart, title)
        chart.set_size({"width": PAGE_WIDTH - 10, "height": CHART_HEIGHT - 10})
        says = {"description": trend_described(trend, result)}
        sheet.insert_chart(CHART_ROW, 0, chart, says)


def write_metric_data(data: DataSheet, pack: Pack, metric: Metric) -> None:
    """The months of the service, and the units in the month."""
    data.add_table("Months", trend_columns(pack, metric))
    data.add_table("Units", unit_columns(pack, pack.compared(metric)))


def _draw(book: Book, sheet: Worksheet, data: DataSheet, pack: Pack, metric: Metric) -> None:
    trend, compared = pack.trend(metric), pack.compared(metric)
    reading = pack.result(metric).chart
    sheet.set_row_pixels(CHART_ROW, CHART_HEIGHT if has_months(trend) else 60)
    if has_months(trend):
        chart = trend_chart(book, data, trend, reading, trend_title(pack, trend, reading))
        chart.set_size({"width": TREND_WIDTH, "height": CHART_HEIGHT - 10})
        sheet.insert_chart(
            CHART_ROW, 0, chart, {"description": trend_described(trend, pack.result(metric))}
        )
    if has_values(compared):
        chart = units_chart(book, data, compared)
        chart.set_size({"width": PAGE_WIDTH - TREND_WIDTH - 10, "height": CHART_HEIGHT - 10})
        beside = {"x_offset": TREND_WIDTH, "description": units_described(compared)}
        sheet.insert_chart(CHART_ROW, 0, chart, beside)


def under_the_chart(pack: Pack, metric: Metric, unit_id: str | None = SERVICE) -> list[str]:
    """Which limits are drawn and why; then what was written beside months."""
    chart_reading = pack.result(metric, unit_id).chart
    notes = [
        f"{note.kind.value.capitalize()}, {Period.of(note.month)}: {note.words} ({note.by})."
        for note in pack.notes(metric, unit_id)
        if pack.is_for_the_service
    ]
    return [" ".join([chart_reading.why, *notes])] if chart_reading else []


def _shows(pack: Pack, metric: Metric) -> str:
    return f"The service by month and its units in {pack.period}: {shown_as(metric)}."


def _line(book: Book, sheet: Worksheet, row: int, text: str, style: dict) -> None:
    book.write(sheet, row, 0, text, **style, text_wrap=True)
    wide = PAGE_WIDTH / (BOLD if style.get("bold") else 1)
    sheet.set_row_pixels(row, height(text, style["font_size"], wide))
