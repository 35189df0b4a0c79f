"""The month as an Excel workbook: one slide a sheet, the data behind each on a sheet of its own."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil

from xlsxwriter.worksheet import Worksheet

from exports.excel.actions import ACTIONS, write_actions
from exports.excel.agenda_sheet import AGENDA, write_agenda
from exports.excel.cover import write_contents, write_cover
from exports.excel.data_sheet import DataSheet, what_they_count
from exports.excel.definitions import DEFINITIONS, write_definitions
from exports.excel.metric_slide import write_item_slide, write_metric_data, write_metric_slide
from exports.excel.style import Book
from exports.excel.unit_slide import ROWS_A_PAGE, write_unit_data, write_unit_slide
from exports.pack import NOTHING_PLANNED, Pack, pack
from exports.properties import SUBJECT, comments_of, made_at, title_of
from exports.text import sheet_name
from exports.trend_data import trend_columns
from meeting.follow_up import PlannedMeeting
from metrics.figures import Figures
from metrics.model import Period


def write_slides(
    figures: Figures,
    period: Period,
    unit_ids: Sequence[str | None] | None = None,
    audience: str = "service",
    meeting: PlannedMeeting = NOTHING_PLANNED,
    boards: Sequence[str] | None = None,
) -> bytes:
    """The workbook: the service's slides, those of `unit_ids` (all units unless said), the data.

    The same figures give the same bytes. Outside the service small numbers are in no part of it.
    """
    stream = BytesIO()
    _write(Book(stream), pack(figures, period, unit_ids, audience, meeting, boards))
    return stream.getvalue()


def _write(book: Book, content: Pack) -> None:
    metric_slides = _metric_slides(content)
    unit_slides = {
        unit_id: sheet_name(number, content.figures.units[unit_id])
        for number, unit_id in enumerate(content.unit_ids, 1 + len(metric_slides))
    }
    items = _item_slides(content)
    _describe(book, content)
    write_cover(book, content)
    agenda = [AGENDA] if content.meeting.items else []
    others = [*agenda, *items, ACTIONS, DEFINITIONS]
    write_contents(book, content, metric_slides, unit_slides, others)
    if agenda:
        write_agenda(book, content)
    item_sheets = [book.page(name, content) for name in items]
    metric_sheets = [book.page(name, content) for name in metric_slides.values()]
    high = ceil(len(content.metrics) / ROWS_A_PAGE)
    unit_sheets = {unit: book.page(name, content, high) for unit, name in unit_slides.items()}
    write_actions(book, content)
    write_definitions(book, content)
    _write_metrics(book, content, metric_sheets)
    _write_units(book, content, unit_sheets)
    _write_items(book, content, item_sheets)
    book.file.close()


def _metric_slides(content: Pack) -> dict[str, str]:
    """The name of each metric's slide, by its key."""
    return {
        metric.key: sheet_name(number, metric.short_name)
        for number, metric in enumerate(content.metrics, 1)
    }


def _item_slides(content: Pack) -> list[str]:
    """The names of the slides of what is worth the room's time, in its order."""
    return [
        sheet_name(f"Item{number}", f"{item.metric.short_name} {item.result.unit_name}")
        for number, item in enumerate(content.worth.items, 1)
    ]


def _write_items(book: Book, content: Pack, sheets: Sequence[Worksheet]) -> None:
    for sheet, item in zip(sheets, content.worth.items, strict=True):
        data = DataSheet(book, content, sheet.name, what_they_count(item.metric))
        columns = trend_columns(content, item.metric, item.unit_ids[0])
        data.add_table("Months", columns)
        write_item_slide(book, sheet, data, content, item)


def _write_metrics(book: Book, content: Pack, sheets: Sequence[Worksheet]) -> None:
    for sheet, metric in zip(sheets, content.metrics, strict=True):
        data = DataSheet(book, content, sheet.name, what_they_count(metric))
        write_metric_data(data, content, metric)
        write_metric_slide(book, sheet, data, content, metric)


def _write_units(book: Book, content: Pack, sheets: Mapping[str | None, Worksheet]) -> None:
    for unit_id, sheet in sheets.items():
        data = DataSheet(book, content, sheet.name, "One row a month.")
        write_unit_data(data, content, unit_id)
        write_unit_slide(book, sheet, data, content, unit_id)


def _describe(book: Book, content: Pack) -> None:
    """The document's properties; its day is the data's: the same figures are the same file."""
    book.file.set_properties(
        {
            "title": title_of(content),
            "subject": SUBJECT,
            # Excel shows the author as the one who changed it last as well.
            "author": content.council,
            "company": content.council,
            "created": made_at(content),
            "comments": comments_of(content),
        }
    )
