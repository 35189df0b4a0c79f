"""What PowerPoint slides are put together from: titles, lines, tables, and a picture's words."""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from pptx import Presentation as new_presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.presentation import Presentation
from pptx.shapes.graphfrm import GraphicFrame
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.text.text import TextFrame
from pptx.util import Emu, Inches, Pt

from charts.palette import INK, LINE, QUIET, WHITE
from exports.excel.style import FONT
from exports.pack import Pack
from exports.powerpoint.properties import name_the_council
from exports.slide_words import foot_parts
from exports.text import BOLD, lines_taken

WIDTH, HEIGHT, EDGE = Inches(13.333), Inches(7.5), Inches(0.55)
ROOM = Emu(WIDTH - 2 * EDGE)
TITLE_ONLY = 5
# Nothing is smaller than 16 points but the foot of a slide and where a figure comes from.
TITLE_SIZES, BODY, SMALL, FOOT = (28, 24, 20), 18, 16, 12
PIXELS_AN_INCH = 96
# Of a table: what lies beside a cell's words, in pixels, and over and under a row's, in points.
CELL_MARGINS, AROUND_A_ROW, LINE_HEIGHT = 10, 10, 1.2
Box = tuple[int, int, int, int]


def colour(hexadecimal: str) -> RGBColor:
    """A colour of the house, as PowerPoint wants it."""
    return RGBColor.from_string(hexadecimal.removeprefix("#").upper())


def new_deck(pack: Pack) -> Presentation:
    """An empty widescreen deck that says what it is."""
    deck = new_presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    name_the_council(deck, pack)
    return deck


def add_slide(
    deck: Presentation, pack: Pack, title: str, sizes: Sequence[int] = TITLE_SIZES
) -> Slide:
    """A slide whose title is its message, with the line that every slide carries.

    The title has the first of `sizes` at which it takes two lines, or the last.
    """
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    place_shape(slide.shapes.title, (EDGE, Inches(0.3), ROOM, Inches(1.05)))
    room = Emu(ROOM).inches * PIXELS_AN_INCH / BOLD
    fitting = [size for size in sizes if lines_taken(title, size, room) <= 2]
    write_lines(slide.shapes.title.text_frame, [title], (fitting or sizes[-1:])[0], bold=True)
    foot = slide.shapes.add_textbox(EDGE, Inches(7.02), ROOM, Inches(0.35))
    write_lines(foot.text_frame, [" · ".join(foot_parts(pack))], FOOT, QUIET)
    return slide


def place_shape(shape: object, box: Box) -> None:
    """Where a shape stands: left, top, width, height."""
    for name, value in zip(("left", "top", "width", "height"), box, strict=True):
        setattr(shape, name, value)


def write_lines(
    frame: TextFrame, lines: Sequence[str], size: int, ink: str = INK, bold: bool = False
) -> None:
    """A paragraph for each line, in the house's letters."""
    frame.word_wrap = True
    for place, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.text = line
        paragraph.space_after, paragraph.alignment = Pt(5), PP_ALIGN.LEFT
        font = paragraph.font
        font.name, font.size, font.bold = FONT, Pt(size), bold
        font.color.rgb = colour(ink)


def add_lines(slide: Slide, box: Box, lines: Sequence[str], size: int, ink: str = INK) -> None:
    """Text of its own, beneath or beside what it is about."""
    write_lines(slide.shapes.add_textbox(*box).text_frame, lines, size, ink)


def add_table(
    slide: Slide,
    box: Box,
    headings: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[int],
    size: int = SMALL,
) -> None:
    """A real table; `shares` are the columns' parts of its width."""
    frame = slide.shapes.add_table(len(rows) + 1, len(headings), *box)
    describe(frame, f"Table: {', '.join(headings)}")
    table = frame.table
    table.rows[0].height = Pt(2 * SMALL)
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Emu(int(box[2] * share / sum(shares)))
    for row, texts in enumerate(rows, start=1):
        table.rows[row].height = Pt(round(row_height(texts, shares, size)))
    for row, texts in enumerate([headings, *rows]):
        for column, text in enumerate(texts):
            _write_cell(table.cell(row, column), text, size, is_heading=row == 0)


def _write_cell(cell: _Cell, text: str, size: int, is_heading: bool) -> None:
    write_lines(
        cell.text_frame,
        [text],
        SMALL if is_heading else size,
        QUIET if is_heading else INK,
        bold=is_heading,
    )
    cell.fill.solid()
    cell.fill.fore_color.rgb = colour(LINE if is_heading else WHITE)
    cell.margin_top = cell.margin_bottom = Pt(2)


def rows_by_slide(
    rows: Sequence[Sequence[str]], shares: Sequence[int], room: Emu, size: int = SMALL
) -> list[Sequence[Any]]:
    """The rows as they go on slides where a table may be so high, its heading included."""
    return by_height(rows, lambda row: row_height(row, shares, size), room.pt - 2 * SMALL)


def row_height(row: Sequence[str], shares: Sequence[int], size: int) -> float:
    """How high a table's row must be for its words, in points."""
    widths = [Emu(ROOM).inches * PIXELS_AN_INCH * share / sum(shares) for share in shares]
    cells = zip(row, widths, strict=True)
    lines = max(lines_taken(text, size, width - CELL_MARGINS) for text, width in cells)
    return lines * size * LINE_HEIGHT + AROUND_A_ROW


def describe(frame: GraphicFrame, words: str) -> None:
    """What a chart or table shows, for those who cannot see it."""
    frame._element.nvGraphicFramePr.cNvPr.set("descr", words)


def by_height(
    rows: Sequence[Any], height_of: Callable[[Any], float], room: float
) -> list[Sequence[Any]]:
    """`rows` in as few slides as have room for them, by how high each stands; one at least each."""
    for at_most in range(len(rows), 1, -1):
        parts = by_slide(rows, at_most)
        if all(sum(map(height_of, part)) <= room for part in parts):
            return parts
    return by_slide(rows, 1)


def by_slide(rows: Sequence[Any], at_most: int) -> list[Sequence[Any]]:
    """`rows` in as few slides as hold them, shared out so that none stands alone on the last."""
    slides = -(-len(rows) // at_most)
    ends = [len(rows) * number // slides for number in range(slides + 1)] if slides else []
    return [rows[slice(*part)] for part in pairwise(ends)]
