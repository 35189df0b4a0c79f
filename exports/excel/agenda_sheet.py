"""The agenda on one page: its items in their order, each with its question and its minutes."""

from exports.excel.style import PAGE_WIDTH, SMALL, SUBTITLE, TITLE, Book
from exports.pack import Pack
from exports.text import height
from metrics.writing import several

AGENDA = "Agenda"
HEADING_ROW = 2
WIDTHS = {"No": 50, "Item": 520, "Question": 360, "Minutes": 90}


def write_agenda(book: Book, pack: Pack) -> None:
    """A row an item; what is not on it is usual variation, and has its own slides."""
    sheet = book.page(AGENDA, pack)
    items = pack.meeting.items
    assert sum(WIDTHS.values()) <= PAGE_WIDTH
    book.write(sheet, 0, 0, f"The agenda: {several(_minutes(pack), 'minute')}", **TITLE)
    sheet.set_row_pixels(0, 40)
    subtitle = f"The meeting about {pack.period}. What is not on it varies as it usually does."
    book.write(sheet, 1, 0, subtitle, **SUBTITLE)
    sheet.set_row_pixels(1, 30)
    for column, pixels in enumerate(WIDTHS.values()):
        sheet.set_column_pixels(column, column, pixels)
    for row, item in enumerate(items, HEADING_ROW + 1):
        cells = (row - HEADING_ROW, item.title, item.question, item.minutes)
        for column, value in enumerate(cells):
            book.write(sheet, row, column, value, **SMALL, text_wrap=True, align="left")
        tallest = max(
            height(item.title, 12, WIDTHS["Item"]), height(item.question, 12, WIDTHS["Question"])
        )
        sheet.set_row_pixels(row, tallest)
    last = HEADING_ROW + len(items)
    place = (HEADING_ROW, 0, last, len(WIDTHS) - 1)
    book.table(sheet, place, AGENDA, "The items of the agenda", list(WIDTHS))
    sheet.print_area(0, 0, last, len(WIDTHS) - 1)


def _minutes(pack: Pack) -> int:
    return sum(item.minutes for item in pack.meeting.items)
