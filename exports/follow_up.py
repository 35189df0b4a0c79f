"""The sheet that is sent round after a meeting: decisions, who does what by when, what became."""

from collections.abc import Sequence
from io import BytesIO

from exports.excel.style import PAGE_WIDTH, SMALL, SUBTITLE, TITLE, Book
from exports.pack import Pack, pack
from exports.text import tallest
from meeting.actions import Action, figure_words
from meeting.follow_up import FollowUp
from metrics.figures import Figures
from metrics.model import Period
from metrics.sentence import written_date

HEADING_ROW = 2
DECISIONS = {"Under": 480, "Decided": 540}
AGREED = {"What": 330, "Owner": 150, "Due": 130, "Measure": 150, "Effect expected": 260}
OWN_ACTIONS = "Actions"
OWN = {"What": 480, "Meeting about": 160, "Due": 160, "Stands": 220}
OTHERS = {
    "What": 270,
    "Meeting about": 130,
    "Owner": 120,
    "Due": 130,
    "Stands": 150,
    "The line": 220,
}


def write_follow_up(figures: Figures, follow_up: FollowUp) -> bytes:
    """A workbook of three sheets, for the service: no child is on it but in what people wrote."""
    stream = BytesIO()
    book = Book(stream)
    content = pack(figures, follow_up.agenda.month, (), "service")
    sheets = (
        ("Actions agreed", AGREED, [_agreed_row(content, action) for action in follow_up.agreed]),
        ("Decisions", DECISIONS, follow_up.decisions),
        (
            "Other actions",
            OTHERS,
            [_other_row(action, verdict) for action, verdict in follow_up.others],
        ),
    )
    for name, widths, rows in sheets:
        _write(book, content, name, widths, rows)
    book.file.close()
    return stream.getvalue()


def write_partner_sheet(
    figures: Figures, month: Period, partner: str, actions: Sequence[Action]
) -> bytes:
    """A workbook of one sheet, for a partner: the partner's own actions, and no figure or child.

    What an action should change and what the line did since are the service's own: numbers that
    outsiders may not be told could be in them.
    """
    stream = BytesIO()
    book = Book(stream)
    rows = [_own_row(action) for action in actions]
    content = pack(figures, month, (), "partners")
    _write(book, content, OWN_ACTIONS, OWN, rows, f"{OWN_ACTIONS} of {partner}")
    book.file.close()
    return stream.getvalue()


def _write(
    book: Book,
    content: Pack,
    name: str,
    widths: dict[str, int],
    rows: Sequence[Sequence[object]],
    title: str | None = None,
) -> None:
    sheet = book.page(name, content)
    assert sum(widths.values()) <= PAGE_WIDTH
    book.write(sheet, 0, 0, f"{title or name}: the meeting about {content.period}", **TITLE)
    sheet.set_row_pixels(0, 40)
    book.write(sheet, 1, 0, _how_many(len(rows)), **SUBTITLE)
    sheet.set_row_pixels(1, 30)
    for column, pixels in enumerate(widths.values()):
        sheet.set_column_pixels(column, column, pixels)
    for row, cells in enumerate(rows, HEADING_ROW + 1):
        for column, value in enumerate(cells):
            book.write(sheet, row, column, value, **SMALL, text_wrap=True)
        texts = [str(value or "") for value in cells]
        sheet.set_row_pixels(row, tallest(texts, 12, widths.values()))
    last = HEADING_ROW + max(len(rows), 1)
    place = (HEADING_ROW, 0, last, len(widths) - 1)
    book.table(sheet, place, name.replace(" ", "_"), name, list(widths))
    sheet.print_area(0, 0, last, len(widths) - 1)


def _how_many(rows: int) -> str:
    if rows < 2:
        return "Only this one." if rows else "None."
    return f"{rows} in all."


def _agreed_row(content: Pack, action: Action) -> Sequence[object]:
    return (
        action.task,
        action.owner,
        written_date(action.due_on),
        figure_words(action, content.figures.units),
        _effect(action),
    )


def _effect(action: Action) -> str:
    look = f" (look in {action.look})" if action.look else ""
    return f"{action.effect or ''}{look}".strip()


def _other_row(action: Action, verdict: str) -> Sequence[object]:
    due = written_date(action.due_on)
    return action.task, str(action.discussed), action.owner, due, _stands(action), verdict


def _own_row(action: Action) -> Sequence[object]:
    due = written_date(action.due_on)
    return action.task, str(action.discussed), due, _stands(action)


def _stands(action: Action) -> str:
    done_on = f" on {written_date(action.done_on)}" if action.done_on else ""
    stands = "open" if action.is_open else f"{action.outcome}{done_on}"
    words = f": {action.outcome_words}" if action.outcome_words else ""
    return f"{stands}{words}"
