"""A workbook read back: its cells by openpyxl, its charts as they stand in the file."""

import re
from functools import cached_property
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from metrics.catalogue import CATALOGUE
from tests.exports.made_up import on_slides

XML = {
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
}


class Opened:
    """One workbook's bytes, opened for tests to look into."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.zip = ZipFile(BytesIO(content))

    @cached_property
    def book(self):
        return load_workbook(BytesIO(self.content))

    @cached_property
    def parts(self) -> dict[str, str]:
        """Every part as text."""
        return {name: self.zip.read(name).decode("utf-8") for name in self.zip.namelist()}

    def parsed(self, folder: str) -> dict[str, etree._Element]:
        return {
            name: etree.fromstring(text.encode("utf-8"))
            for name, text in self.parts.items()
            if re.fullmatch(rf"xl/{folder}/[a-z]+\d+\.xml", name)
        }

    @property
    def slides(self):
        """The numbered sheets that are no data sheets."""
        return [sheet for sheet in self.book if re.match(r"\d+ ", sheet.title)]

    @property
    def data_sheets(self):
        return [sheet for sheet in self.book if sheet.title.startswith("Data ")]

    def rows_of(self, sheet_name: str, table: int = 0) -> list[dict]:
        """A table's rows by heading."""
        sheet = self.book[sheet_name]
        tables = sorted(sheet.tables.values(), key=lambda one: range_boundaries(one.ref))
        headings, *rows = sheet[tables[table].ref]
        names = [cell.value for cell in headings]
        return [dict(zip(names, (cell.value for cell in row), strict=True)) for row in rows]

    def texts(self) -> list[str]:
        """Every text in a cell."""
        return [
            cell.value
            for sheet in self.book
            for row in sheet.iter_rows()
            for cell in row
            if isinstance(cell.value, str)
        ]

    def series(self) -> list[etree._Element]:
        charts = self.parsed("charts").values()
        return [one for chart in charts for one in chart.iterfind(".//c:ser", XML)]


def cells(book, reference: str) -> list:
    """The values of the cells that a chart's formula names."""
    sheet, _, place = reference.rpartition("!")
    sheet = sheet.strip("'").replace("''", "'")
    found = book[sheet][place.replace("$", "")]
    if not isinstance(found, tuple):
        return [found.value]
    return [cell.value for row in found for cell in row]


def slide_of(key: str) -> str:
    """The name of a metric's sheet: its place on the slides, and its short name."""
    return f"{_number(key)} {CATALOGUE[key].short_name}"


def data_of(key: str) -> str:
    """The name of the sheet of a metric's data."""
    return f"Data {_number(key)}"


def unit_slide(number: int, name: str) -> str:
    """The name of the sheet of the pack's unit of that number, after the metrics'."""
    return f"{len(on_slides()) + number} {name}"


def unit_data(number: int) -> str:
    """The name of the sheet of that unit's data."""
    return f"Data {len(on_slides()) + number}"


def _number(key: str) -> int:
    return on_slides().index(CATALOGUE[key]) + 1
