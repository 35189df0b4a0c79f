"""The actions that are open, and room for the meeting's own: who, what, when, to what effect."""

from xlsxwriter.worksheet import Worksheet

from charts.palette import LINE
from exports.excel.style import PAGE_WIDTH, SMALL, SUBTITLE, TITLE, Book
from exports.pack import Pack
from exports.text import tallest
from meeting.actions import VERBS, figure_words

ACTIONS = "Actions"
ROWS = 10
ROW_HEIGHT = 46
HEADING_ROW = 2
COLUMNS = {
    "Verb": 90,
    "What": 285,
    "Owner (role)": 140,
    "Due": 165,  # "30 September 2016": a date that has no room is "###"
    "Measure": 155,
    "Effect expected": 185,
}
LONGEST_TEXT = 120
# More letters than this Excel takes for no list.
LONGEST_LIST = 255
DUE_DATE = {"num_format": "d mmmm yyyy", "align": "left"}


def write_actions(book: Book, pack: Pack) -> None:
    """An empty table with room to write, whose choices are checked as they are made."""
    sheet = book.page(ACTIONS, pack)
    book.write(sheet, 0, 0, "Who will do what by when, and what should change", **TITLE)
    sheet.set_row_pixels(0, 40)
    known = len(pack.meeting.actions)
    subtitle = f"{known} open, of meetings up to {pack.period}’s. Write roles, never a name."
    book.write(sheet, 1, 0, subtitle, **SUBTITLE)
    sheet.set_row_pixels(1, 30)
    _write_table(book, sheet, known + ROWS)
    _write_open_actions(book, sheet, pack)
    first, last = HEADING_ROW + 1 + known, HEADING_ROW + known + ROWS
    for column, (name, rule) in enumerate(_rules(pack).items()):
        assert name == list(COLUMNS)[column]
        sheet.data_validation(first, column, last, column, rule)
    sheet.print_area(0, 0, last, len(COLUMNS) - 1)


def _write_table(book: Book, sheet: Worksheet, rows: int) -> None:
    assert sum(COLUMNS.values()) <= PAGE_WIDTH
    line = {"bottom": 1, "bottom_color": LINE, "text_wrap": True}
    for column, (name, pixels) in enumerate(COLUMNS.items()):
        sheet.set_column_pixels(column, column, pixels)
        form = DUE_DATE if name == "Due" else {}
        for row in range(HEADING_ROW + 1, HEADING_ROW + 1 + rows):
            book.write(sheet, row, column, None, **SMALL, **line, **form)
            sheet.set_row_pixels(row, ROW_HEIGHT)
    place = (HEADING_ROW, 0, HEADING_ROW + rows, len(COLUMNS) - 1)
    book.table(sheet, place, "Actions", "Actions, to be filled in at the meeting", list(COLUMNS))


def _write_open_actions(book: Book, sheet: Worksheet, pack: Pack) -> None:
    """What earlier meetings agreed and nobody has closed, above the rows to fill in."""
    line = {"bottom": 1, "bottom_color": LINE, "text_wrap": True}
    for row, action in enumerate(pack.meeting.actions, HEADING_ROW + 1):
        about = (figure_words(action, pack.figures.units), action.effect)
        cells = (action.verb, action.what, action.owner, action.due_on, *about)
        for column, value in enumerate(cells):
            form = DUE_DATE if value is action.due_on else {}
            book.write(sheet, row, column, value, **SMALL, **line, **form)
        texts = [value if isinstance(value, str) else "" for value in cells]
        sheet.set_row_pixels(row, max(ROW_HEIGHT, tallest(texts, 12, COLUMNS.values())))


def _rules(pack: Pack) -> dict[str, dict]:
    measures = [metric.short_name for metric in pack.metrics]
    return {
        "Verb": _one_of(list(VERBS)),
        "What": _short("What is to be done, in one sentence."),
        "Owner (role)": _short("One role or unit answers for it."),
        "Due": {
            "validate": "date",
            "criteria": ">=",
            "value": pack.period.end,
            "error_title": "Not a due date",
            "error_message": f"Write a date after {pack.period}, as in 30/11/2016.",
        },
        "Measure": _one_of(measures),
        "Effect expected": _short("Which figure should read what, and by when."),
    }


def _one_of(choices: list[str]) -> dict:
    if len(",".join(choices)) > LONGEST_LIST:
        return _short("One of the measures, by its name on the slides.")
    return {
        "validate": "list",
        "source": choices,
        "error_title": "Not in the list",
        "error_message": "Choose one from the list.",
    }


def _short(asks: str) -> dict:
    return {
        "validate": "length",
        "criteria": "<=",
        "value": LONGEST_TEXT,
        "input_message": asks,
        "error_title": "Too long",
        "error_message": f"Say it in {LONGEST_TEXT} letters or fewer.",
    }
