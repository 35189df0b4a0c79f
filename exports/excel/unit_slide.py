"""One unit on one page: its figures, what each rests on, and its months as a line."""

from math import ceil

from xlsxwriter.worksheet import Worksheet

from exports.described import trend_described
from exports.excel.chart import has_months, has_values, small_trend
from exports.excel.data_sheet import FIRST_ROW, MONTH, NUMBER, DataSheet, SheetColumn
from exports.excel.style import FAINT, PAGE_WIDTH, SUBTITLE, TITLE, Book
from exports.pack import Pack
from exports.text import (
    height,
    largest_that_fits,
    number_format,
    numbers_told,
    row_note,
    short_reading,
    shown_number,
)
from exports.trend_data import before_heading
from exports.unit_message import unit_message
from metrics.model import Metric, Period, Scope, View
from metrics.result import Result
from metrics.sentence import written_date
from metrics.writing import several

HEADINGS = ("Measure", "This unit", "Service", "What it rests on", "Month by month")
WIDTHS = (170, 100, 85, 360, 305)
HEADING_ROW = 2
ROW_HEIGHT, ROWS_A_PAGE = 80, 6
TITLE_SIZES = (16, 14, 12)

TALL = {"font_size": 14, "valign": "vcenter"}

UnitId = str | None


def write_unit_slide(
    book: Book, sheet: Worksheet, data: DataSheet, pack: Pack, unit_id: UnitId
) -> None:
    """Title, the table of figures with a small chart each, the way to the data."""
    name = pack.figures.units[unit_id]
    for column, pixels in enumerate(WIDTHS):
        sheet.set_column_pixels(column, column, pixels)
    _write_head(book, sheet, pack, unit_id)
    for row, metric in enumerate(pack.metrics, HEADING_ROW + 1):
        _write_row(book, sheet, row, pack, metric, unit_id)
        _draw(book, sheet, row, data, pack, metric, unit_id)
    last = HEADING_ROW + len(pack.metrics)
    place = (HEADING_ROW, 0, last, len(HEADINGS) - 1)
    table = data.name.replace("Data ", "Slide_")
    book.table(sheet, place, table, f"The figures of {name}", HEADINGS)
    day = written_date(pack.as_at)
    as_at = f"As at {day}. Sources: Definitions {numbers_told(pack.metrics)}."
    book.write(sheet, last + 1, 0, as_at, **FAINT)
    book.link(sheet, last + 2, 0, data.name, f"Data behind this slide: sheet {data.name}")
    sheet.print_area(0, 0, last + 2, len(HEADINGS) - 1)


def write_unit_data(data: DataSheet, pack: Pack, unit_id: UnitId) -> None:
    """One row a month: for each metric what it counts, the unit's value and the service's."""
    months = pack.months
    columns = [SheetColumn("Month", [month.start for month in months], MONTH, 110)]
    for metric in pack.metrics:
        columns += _columns(pack, metric, unit_id)
    notes = [_notes(pack, month, unit_id) for month in months]
    data.add_table("Unit", [*columns, SheetColumn("Note", notes, pixels=300)])
    # Too wide for one page to be read: two for six figures, with the months on each.
    data.sheet.fit_to_pages(2 * ceil(len(pack.metrics) / ROWS_A_PAGE), 1)
    data.sheet.repeat_columns(0)
    data.sheet.freeze_panes(FIRST_ROW + 1, 1)


def _columns(pack: Pack, metric: Metric, unit_id: UnitId) -> list[SheetColumn]:
    trend, name = pack.trend(metric, unit_id), metric.short_name
    before = pack.unit_before(metric, unit_id)
    tallies = {result.view.period: result.tally for result in trend}
    known = [tallies.get(month) for month in pack.months]
    return [
        SheetColumn(f"{name} numerator", [t.numerator if t else None for t in known], NUMBER),
        SheetColumn(f"{name} denominator", [t.denominator if t else None for t in known], NUMBER),
        SheetColumn(name, pack.by_month(trend), NUMBER),
        SheetColumn(f"{name}, service", pack.by_month(pack.trend(metric)), NUMBER),
        *(
            [SheetColumn(before_heading(name), pack.by_month(before), NUMBER)]
            if has_values(before)
            else []
        ),
    ]


def _notes(pack: Pack, period: Period, unit_id: UnitId) -> str:
    """Why the month's blanks are blank, and what of it is not judged."""
    results = [_of_month(pack, metric, View(period, Scope(unit_id))) for metric in pack.metrics]
    reasons = [
        (result.metric.short_name, row_note(result, pack.hides(result))) for result in results
    ]
    return "; ".join(f"{name}: {why}" for name, why in reasons if why)


def _of_month(pack: Pack, metric: Metric, view: View) -> Result:
    """As the pack tells it; of the pack's own month also why it is not judged."""
    if view.period == pack.period:
        return pack.result(metric, view.scope.unit_id)
    return pack.figures.result(metric, view)


def _write_head(book: Book, sheet: Worksheet, pack: Pack, unit_id: UnitId) -> None:
    results = [pack.result(metric, unit_id) for metric in pack.metrics]
    hidden = [pack.hides(result) for result in results]
    heading = unit_message(pack.figures.units[unit_id], results, hidden)
    size = largest_that_fits(heading, PAGE_WIDTH, TITLE_SIZES)
    book.write(sheet, 0, 0, heading, **TITLE | {"font_size": size})
    sheet.set_row_pixels(0, height("", size, PAGE_WIDTH))
    months = len(pack.months)
    continued = {
        result.chart.continues for result in results if result.chart and result.chart.continues
    }
    before = f", {', '.join(sorted(continued))} before it dashed" if continued else ""
    shows = (
        f"{pack.period}, and {several(months, 'month')} up to it: the unit solid, the"
        f" service dotted{before}."
    )
    book.write(sheet, 1, 0, shows, **SUBTITLE)
    sheet.set_row_pixels(1, height("", 14, PAGE_WIDTH) + 6)


def _write_row(
    book: Book, sheet: Worksheet, row: int, pack: Pack, metric: Metric, unit_id: UnitId
) -> None:
    result, service = pack.result(metric, unit_id), pack.result(metric)
    form = {"num_format": number_format(metric.measure), "align": "left"}
    reading = short_reading(result, pack.hides(result))
    sheet.set_row_pixels(row, max(ROW_HEIGHT, height(reading, 12, WIDTHS[3])))
    book.write(sheet, row, 0, metric.name, **TALL | {"font_size": 14}, bold=True, text_wrap=True)
    book.write(sheet, row, 1, shown_number(result), **TALL | {"font_size": 22}, bold=True, **form)
    book.write(sheet, row, 2, shown_number(service), **TALL, **form)
    book.write(sheet, row, 3, reading, **TALL | {"font_size": 12}, text_wrap=True)


def _draw(
    book: Book,
    sheet: Worksheet,
    row: int,
    data: DataSheet,
    pack: Pack,
    metric: Metric,
    unit_id: UnitId,
) -> None:
    trend = pack.trend(metric, unit_id)
    if not has_months(trend):
        return
    lines = (trend, pack.trend(metric), pack.unit_before(metric, unit_id))
    chart = small_trend(book, data, metric.short_name, *lines)
    chart.set_size({"width": WIDTHS[4] - 16, "height": ROW_HEIGHT - 4})
    sheet.insert_chart(
        row,
        4,
        chart,
        {
            "x_offset": 14,
            "y_offset": 2,
            "description": trend_described(trend, pack.result(metric, unit_id)),
        },
    )
