"""The deck's slides around its figures: the actions that are open, and what each figure counts."""

from pptx.presentation import Presentation
from pptx.util import Inches

from charts.palette import QUIET
from exports import slide_words
from exports.pack import Pack
from exports.powerpoint.parts import (
    EDGE,
    ROOM,
    SMALL,
    add_lines,
    add_slide,
    add_table,
    rows_by_slide,
)

HIGH, COUNTS_HIGH = Inches(5.6), Inches(4.8)
TABLE = (EDGE, Inches(1.3), ROOM, Inches(4.5))


def add_actions(deck: Presentation, content: Pack) -> None:
    """Those that are open, as many a slide as can be read; no slide where none is."""
    for rows in rows_by_slide(slide_words.action_rows(content), slide_words.ACTION_SHARES, HIGH):
        slide = add_slide(deck, content, slide_words.actions_title(content))
        add_table(slide, TABLE, slide_words.ACTION_HEADINGS, rows, slide_words.ACTION_SHARES)


def add_agenda(deck: Presentation, content: Pack) -> None:
    """The items in their order, as many a slide as can be read."""
    for rows in rows_by_slide(slide_words.agenda_rows(content), slide_words.AGENDA_SHARES, HIGH):
        slide = add_slide(deck, content, slide_words.agenda_title(content))
        add_table(slide, TABLE, slide_words.AGENDA_HEADINGS, rows, slide_words.AGENDA_SHARES)


def add_definitions(deck: Presentation, content: Pack) -> None:
    """A line a metric, and the rules that hold of all."""
    headings, shares = slide_words.COUNT_HEADINGS, slide_words.COUNT_SHARES
    for rows in rows_by_slide(slide_words.count_rows(content), shares, COUNTS_HIGH):
        slide = add_slide(deck, content, slide_words.WHAT_COUNTS)
        add_table(slide, TABLE, headings, rows, shares)
    box = (EDGE, Inches(5.9), ROOM, Inches(1))
    add_lines(slide, box, slide_words.rules(content), SMALL, QUIET)
