"""A PDF of slides: pages, words, tables, each tagged by what it is, in letters that it carries.

The only module that imports fpdf2. Sizes are in points; a page is as large as a slide of the deck.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import MethodReturnValue
from fpdf.prefs import ViewerPreferences

from charts.palette import INK, LINE, QUIET
from exports.pack import Pack
from exports.powerpoint.parts import by_height
from exports.properties import SUBJECT, comments_of, made_at, title_of
from exports.slide_words import foot_parts

WIDTH, HEIGHT, EDGE = 960.0, 540.0, 40.0
ROOM = WIDTH - 2 * EDGE
TITLE_SIZES, BODY, SMALL, FOOT = (28, 24, 20), 18, 16, 12
TITLE_TOP, TABLE_TOP, FOOT_TOP = 24.0, 94.0, 508.0
LINE_HEIGHT, PADDING, CELL_PADDING = 1.2, 4.0, 3.0
FONTS = Path(__file__).parent / "fonts"
FAMILY, SIGNS = "liberation", "dejavu"
# Spaces that would be cut from a line's end or broken at: the letters have one that is not.
THIN_SPACES = dict.fromkeys(map(ord, "\u2009\u202f"), "\u00a0")
Box = tuple[float, float, float, float]


class Document(FPDF):
    """Slides with a foot each; what is drawn is marked as text, as a figure, or as decoration."""

    def __init__(self, pack: Pack) -> None:
        super().__init__(unit="pt", format=(HEIGHT, WIDTH), orientation="landscape")
        self._pack = pack
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.add_font(FAMILY, "", FONTS / "LiberationSans-Regular.ttf")
        self.add_font(FAMILY, "B", FONTS / "LiberationSans-Bold.ttf")
        self.add_font(SIGNS, "", FONTS / "DejaVuSans.ttf")
        self.set_fallback_fonts([SIGNS], exact_match=False)
        self._describe(pack)

    def _describe(self, pack: Pack) -> None:
        """The properties that the workbook and the deck have; its day is the data's."""
        self.set_title(title_of(pack))
        self.set_subject(SUBJECT)
        self.set_author(pack.council)
        self.set_keywords(comments_of(pack))
        self.set_creator("ChildStat")
        self.set_producer("ChildStat")
        self.set_creation_date(made_at(pack))
        self.set_lang("en-GB")
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)

    def slide(self, title: str, sizes: Sequence[int] = TITLE_SIZES) -> None:
        """A page whose heading is its message, with the line that every page carries."""
        self.add_page()
        self.start_section(title)
        size = next((one for one in sizes if self._lines(title, one, "B") <= 2), sizes[-1])
        with self.tagged("/H1"):
            self._write((EDGE, TITLE_TOP, ROOM, 0), title, size, INK, "B")
        with self.decoration():
            foot = " · ".join(foot_parts(self._pack))
            self._write((EDGE, FOOT_TOP, ROOM, 0), foot, FOOT, QUIET)

    def lines(self, box: Box, lines: Sequence[str], size: int, ink: str = INK) -> float:
        """A paragraph for each; where the last one ends."""
        left, top, width, _ = box
        for line in lines:
            with self.tagged("/P"):
                top = self._write((left, top, width, 0), line, size, ink) + PADDING
        return top

    def rows_under(
        self,
        top: float,
        headings: Sequence[str],
        rows: Sequence[Sequence[str]],
        shares: Sequence[int],
        size: int = SMALL,
    ) -> None:
        """Rows under their headings, each cell in the order in which it is read."""
        widths = [ROOM * share / sum(shares) for share in shares]
        for number, row in enumerate([headings, *rows]):
            style, ink = ("B", QUIET) if number == 0 else ("", INK)
            ends = [top]
            left = EDGE
            for text, width in zip(row, widths, strict=True):
                with self.tagged("/TH" if number == 0 else "/TD"):
                    place = (left, top + CELL_PADDING, width - 2 * PADDING, 0)
                    ends.append(self._write(place, text, size, ink, style))
                left += width
            top = max(ends) + CELL_PADDING
            with self.decoration():
                self.stroke(LINE, 0.75)
                self.line(EDGE, top, EDGE + ROOM, top)

    def rows_by_page(
        self,
        rows: Sequence[Sequence[str]],
        headings: Sequence[str],
        shares: Sequence[int],
        bottom: float = FOOT_TOP - 6,
        size: int = SMALL,
    ) -> list[Sequence[Sequence[str]]]:
        """The rows as they go on pages, each with its headings, down to `bottom` at most."""

        def height_of(row: Sequence[str], style: str = "") -> float:
            widths = (ROOM * share / sum(shares) - 2 * PADDING for share in shares)
            cells = zip(row, widths, strict=True)
            lines = max(len(self._broken(text, size, style, width)) for text, width in cells)
            return lines * size * LINE_HEIGHT + 2 * CELL_PADDING

        return by_height(rows, height_of, bottom - TABLE_TOP - height_of(headings, "B"))

    def _write(self, box: Box, text: str, size: float, ink: str, style: str = "") -> float:
        """Text broken between words from the box's top on; where it ends."""
        left, top, width, _ = box
        self.set_font(FAMILY, style, size)
        self.set_text_color(ink)
        self.set_xy(left, top)
        self.multi_cell(width, size * LINE_HEIGHT, plain(text), align="L")
        return self.get_y()

    def height_of(self, lines: Sequence[str], size: int) -> float:
        """How high the words stand, each line broken where it must."""
        broken = sum(self._lines(line, size, "") for line in lines)
        return broken * size * LINE_HEIGHT + len(lines) * PADDING

    def _lines(self, text: str, size: float, style: str) -> int:
        return len(self._broken(text, size, style, ROOM))

    def _broken(self, text: str, size: float, style: str, width: float) -> list[str]:
        self.set_font(FAMILY, style, size)
        lines = MethodReturnValue.LINES
        broken = self.multi_cell(width, size, plain(text), dry_run=True, output=lines)
        assert isinstance(broken, list), "lines were asked for"
        return broken

    def words(
        self, x: float, y: float, text: str, size: float, ink: str, anchor: str = "start"
    ) -> None:
        """One line that stands on `y`, from, about or up to `x`."""
        self.set_font(FAMILY, "", size)
        self.set_text_color(ink)
        wide = self.get_string_width(plain(text))
        self.text(x - {"start": 0, "middle": wide / 2, "end": wide}[anchor], y, plain(text))

    def stroke(self, ink: str, width: float, dash: float = 0, gap: float = 0) -> None:
        """How lines are drawn from here on."""
        self.set_draw_color(ink)
        self.set_line_width(width)
        self.set_dash_pattern(dash, gap)
        # Ends that stick out, as fpdf2 has them, would fill the gaps of a dotted line.
        self._out("0 J")

    @contextmanager
    def tagged(self, kind: str, says: str | None = None) -> Iterator[None]:
        """What is written within is such an element of the document, for whoever can't see it.

        fpdf2 marks pictures alone by a public way; this is what it does for them, with the kind.
        """
        mcid = self.struct_builder.next_mcid_for_page(self.page)
        self._add_marked_content(struct_type=kind, mcid=mcid, alt_text=says)
        self._out(f"{kind} <</MCID {mcid}>> BDC")
        yield
        self._out("EMC")

    @contextmanager
    def decoration(self) -> Iterator[None]:
        """What is the same on every page, or says nothing by itself."""
        self._out("/Artifact BMC")
        yield
        self._out("EMC")


def plain(text: str) -> str:
    return text.translate(THIN_SPACES)
