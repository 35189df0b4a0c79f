"""How slides look: Arial, ink on white, landscape A4. The only module that makes formats."""

from collections.abc import Sequence
from datetime import date
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from charts.palette import ACCENT, INK, QUIET
from exports.pack import Pack
from exports.text import INVENTED

FONT = "Arial"

# What fits on landscape A4 at full size, in pixels of 1/96 inch.
PAGE_WIDTH = 1020
PAGE_HEIGHT = 660

TITLE = {"font_size": 22, "bold": True, "valign": "top"}
SUBTITLE = {"font_size": 14, "font_color": QUIET, "valign": "top"}
BODY = {"font_size": 14, "valign": "top"}
SMALL = {"font_size": 12, "valign": "top"}
FAINT = {"font_size": 12, "font_color": QUIET, "valign": "top"}
LINK = {"font_size": 12, "font_color": ACCENT, "underline": 1, "valign": "vcenter"}
HEADING = {"font_size": 12, "bold": True, "valign": "vcenter", "bottom": 2, "bottom_color": INK}

HEADING_HEIGHT = 30

A4 = 9
MARGINS = {"left": 0.45, "right": 0.45, "top": 0.65, "bottom": 0.6}
# "none": Arial itself, and not whatever the theme of whoever opens it has for small letters.
LETTERS = {"font_name": FONT, "font_size": 12, "font_color": INK, "font_scheme": "none"}
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
    # What Excel takes for Arial 12: the charts' places are reckoned from these.
    "default_row_height": 21,
    "default_column_width": 80,
}
LOOKS_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Book:
    """The workbook being written, with each style made once."""

    def __init__(self, stream: IO[bytes]) -> None:
        # A copy, since the library writes into it.
        self.file = Workbook(stream, {**OPTIONS, "default_format_properties": dict(LETTERS)})
        self._made: dict[tuple, Format] = {}

    def style(self, **properties: object) -> Format:
        whole = {**LETTERS, **properties}
        key = tuple(sorted(whole.items()))
        if key not in self._made:
            self._made[key] = self.file.add_format(whole)
        return self._made[key]

    def write(
        self, sheet: Worksheet, row: int, column: int, value: object, **style: object
    ) -> None:
        """One cell: text as text whatever it begins with, None as a blank and never as 0."""
        if value is None or value == "":
            sheet.write_blank(row, column, None, self.style(**style))
        elif isinstance(value, str):
            if value.startswith(LOOKS_LIKE_A_FORMULA):
                style["quote_prefix"] = True
            sheet.write_string(row, column, unbroken(value), self.style(**style))
        elif isinstance(value, date):
            sheet.write_datetime(row, column, value, self.style(**style))
        else:
            assert isinstance(value, int | float), f"a cell cannot hold {value!r}"
            sheet.write_number(row, column, value, self.style(**style))

    def link(self, sheet: Worksheet, row: int, column: int, to: str, words: str) -> None:
        """A link to another sheet of the workbook."""
        place = to.replace("'", "''")
        if words.startswith(LOOKS_LIKE_A_FORMULA):
            style = self.style(**LINK, quote_prefix=True)
        else:
            style = self.style(**LINK)
        sheet.write_url(row, column, f"internal:'{place}'!A1", style, words, f"To {words}")

    def table(
        self, sheet: Worksheet, place: Sequence[int], name: str, says: str, headings: Sequence[str]
    ) -> None:
        """A real table over cells already written; `place`: first row, column, last row, column."""
        heading = self.style(**HEADING, text_wrap=True)
        columns = [{"header": text, "header_format": heading} for text in headings]
        quiet = {"style": "Table Style Light 1", "banded_rows": False, "autofilter": False}
        sheet.set_row_pixels(place[0], HEADING_HEIGHT)
        sheet.add_table(*place, {"name": name, "description": says, "columns": columns, **quiet})

    def page(self, name: str, pack: Pack, pages_high: int = 1) -> Worksheet:
        """A new sheet, set up for print and for the screen."""
        sheet = self.file.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(**MARGINS)
        sheet.fit_to_pages(1, pages_high)
        sheet.set_header(_left_and_right(f"ChildStat · {pack.period}", _notice(pack)))
        sheet.set_footer(_left_and_right(pack.council, "Page &P of &N"))
        return sheet


def unbroken(text: str) -> str:
    """Numbers kept on one line: Excel breaks at a thin space, not at this one."""
    return text.replace("\u2009", "\u202f")


def _notice(pack: Pack) -> str:
    notices = [
        INVENTED if pack.is_invented else "",
        "Provisional" if pack.is_provisional else "",
        "" if pack.is_for_the_service else f"For {pack.audience_words}",
    ]
    return " · ".join(notice for notice in notices if notice)


def _left_and_right(left: str, right: str) -> str:
    """A header or footer; the blank after the size keeps it apart from a number that follows."""
    size = '&"Arial,Regular"&12 '
    right_code = right if "&P" in right else right.replace("&", "&&")
    return f"&L{size}{left.replace('&', '&&')}&R{size}{right_code}"
