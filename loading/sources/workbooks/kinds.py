"""What a file that should be an Excel workbook really is, by what stands in it.

The name says nothing: systems give web pages and text the ending .xls or .xlsx.
"""

import re
from collections.abc import Collection
from typing import BinaryIO
from zipfile import is_zipfile

from data_access.problems import Problem

ZIP = b"PK"
OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# The first bytes of a workbook of Excel 2 to 4, which had no container.
OLD_SHEET = re.compile(rb"\x09[\x00\x02\x04\x08][\x04-\x10]\x00")
# A page or a table may stand behind marks, comments and spaces.
HEAD = 4096
SAVE_AS = "open it in Excel, choose Save As, 'Excel Workbook (*.xlsx)', and load that"
AGAIN = "copy or export it again"

_PARTS = {
    "xl/workbook.bin": f"is an Excel binary workbook (.xlsb): {SAVE_AS}.",
    "word/document.xml": "is a Word document: give the Excel workbook.",
    "ppt/presentation.xml": "is a PowerPoint presentation: give the Excel workbook.",
}
_BEGINNINGS = (
    (re.compile(rb"%PDF"), "is a PDF: give the Excel workbook that it was made from."),
    (re.compile(rb"\x1f\x8b"), "is packed (gzip): unpack it, and load what is in it."),
    (re.compile(rb"7z\xbc\xaf|Rar!"), "is packed (7z or RAR): unpack it, and load what is in it."),
    (OLD_SHEET, f"is a workbook of Excel 4 or before: {SAVE_AS}."),
)
_PAGE = re.compile(rb"<!doctype html|<html|<table|<head|mime-version:", re.I)
_XML_SHEET = re.compile(rb"urn:schemas-microsoft-com:office:spreadsheet")
_XML = re.compile(rb"\s*<\?xml|\s*<[a-z]", re.I)


def refuse_other_kinds(name: str, raw: bytes) -> None:
    """A Problem that says what the file is, unless it is a zip archive, as workbooks are."""
    if name.startswith("~$"):
        raise Problem(
            f"{name} is what Excel keeps beside a workbook that is open: give the workbook."
        )
    if not raw:
        raise Problem(f"{name} is empty, no byte is in it: {AGAIN}.")
    if raw.startswith(OLE):
        raise Problem(f"{name} {_ole(raw)}")
    if not raw.startswith(ZIP):
        raise Problem(f"{name} is not an Excel workbook: it {_other(raw)}")


def refuse_other_archives(name: str, parts: Collection[str], mimetype: bytes) -> None:
    """A Problem that says what the archive is, unless it has the parts of an .xlsx workbook."""
    if b"opendocument" in mimetype:
        raise Problem(
            f"{name} is an OpenDocument file (.ods): open it in LibreOffice or Excel, save it as"
            " 'Excel Workbook (*.xlsx)', and load that."
        )
    for part, what in _PARTS.items():
        if part in parts:
            raise Problem(f"{name} {what}")
    if "[Content_Types].xml" not in parts and not any(part.startswith("xl/") for part in parts):
        raise Problem(
            f"{name} is a zip archive and not an Excel workbook: unpack it, and load what is in it."
        )


def _ole(raw: bytes) -> str:
    """Names in such a container are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in raw:
        return (
            "has a password: open it in Excel, take the password off (File, Info, Protect"
            " Workbook), save it, and load that."
        )
    if any(stream.encode("utf-16-le") in raw for stream in ("Workbook", "Book")):
        return f"is an Excel 97-2003 workbook (.xls): {SAVE_AS}."
    return (
        f"is an old Office file, and no workbook is found in it: {AGAIN}, as an Excel workbook"
        " (*.xlsx)."
    )


def _other(raw: bytes) -> str:
    for beginning, what in _BEGINNINGS:
        if beginning.match(raw):
            return what
    head = raw[:HEAD]
    if _XML_SHEET.search(head):
        return f"is a table in XML (XML Spreadsheet 2003): {SAVE_AS}."
    if _PAGE.search(head):
        return f"is a web page: {SAVE_AS}."
    if _XML.match(head.removeprefix(b"\xef\xbb\xbf")):
        return f"is XML: {AGAIN}, as an Excel workbook (*.xlsx)."
    if b"\0" not in head:
        return "is text. If it is a CSV file, give it the ending .csv."
    return f"has no beginning that Excel writes: {AGAIN}."


def refuse_cut_short(name: str, raw_file: BinaryIO) -> None:
    """A Problem where a zip archive has lost its end, in which its contents are listed."""
    if not is_zipfile(raw_file):
        raise Problem(
            f"{name} is cut short or damaged: the list of what is in it, at its end, is missing."
            " Copy or export it again."
        )
