"""A file that is no Excel workbook, or one of another kind, is told what it is."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from tests.loading import dirty
from tests.loading.workbooks.parts import (
    BOOK,
    SHEET,
    STRINGS,
    STYLES,
    archive,
    changed,
    said_of,
    with_cells,
)

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
SAVE_AS = "open it in Excel, choose Save As, 'Excel Workbook (*.xlsx)', and load that."


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty, no byte is in it"),
        (stream("Workbook"), f"is an Excel 97-2003 workbook (.xls): {SAVE_AS}"),
        (stream("Book"), f"is an Excel 97-2003 workbook (.xls): {SAVE_AS}"),
        (stream("EncryptedPackage"), "has a password: open it in Excel, take the password off"),
        (stream("WordDocument"), "is an old Office file, and no workbook is found in it"),
        (b"\x09\x08\x10\x00\x00\x06", f"it is a workbook of Excel 4 or before: {SAVE_AS}"),
        (b"%PDF-1.7 ...", "it is a PDF: give the Excel workbook that it was made from."),
        (b"\x1f\x8b\x08\x00", "it is packed (gzip): unpack it"),
        (b"7z\xbc\xaf\x27\x1c", "it is packed (7z or RAR)"),
        (b"<!DOCTYPE html><html><table>", f"it is a web page: {SAVE_AS}"),
        (b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", f"it is a web page: {SAVE_AS}"),
        (b"MIME-Version: 1.0\r\nContent-Type:", f"it is a web page: {SAVE_AS}"),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            f"it is a table in XML (XML Spreadsheet 2003): {SAVE_AS}",
        ),
        (b"<?xml version='1.0'?><Message/>", "it is XML: copy or export it again"),
        (b"Child Unique ID,Gender\n1001,M\n", "it is text. If it is a CSV file, give it the"),
        (b"\x00\x01\x02", "it has no beginning that Excel writes"),
        (b"PK\x03\x04 cut", "is cut short or damaged: the list of what is in it"),
    ],
)
def test_what_the_file_really_is_is_said(tmp_path, content, said):
    path = tmp_path / "return.xlsx"
    path.write_bytes(content)
    assert said_of(path).startswith("return.xlsx ")
    assert said in said_of(path)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "(.ods)"),
        ({"xl/workbook.bin": b"", "[Content_Types].xml": b""}, "Excel binary workbook (.xlsb)"),
        ({"word/document.xml": b"", "[Content_Types].xml": b""}, "is a Word document"),
        ({"ppt/presentation.xml": b""}, "is a PowerPoint presentation"),
        ({"annex_a.csv": b"1,2"}, "is a zip archive and not an Excel workbook: unpack it"),
        ({"[Content_Types].xml": b"<Types/>"}, "its part xl/workbook.xml is missing"),
    ],
)
def test_another_archive_under_the_name_of_a_workbook_is_said(tmp_path, parts, said):
    assert said in said_of(archive(tmp_path / "return.xlsx", parts))


def test_strict_open_xml_is_said(tmp_path):
    def strict(parts):
        for name, content in parts.items():
            for transitional, strict in (
                (b"schemas.openxmlformats.org/spreadsheetml/2006/", b"spreadsheetml/"),
                (b"schemas.openxmlformats.org/officeDocument/2006/", b"officeDocument/"),
            ):
                content = content.replace(transitional, b"purl.oclc.org/ooxml/" + strict)
            parts[name] = content

    path = changed(dirty.good_workbook(tmp_path), strict)
    assert said_of(path) == f"annex_a.xlsx is saved as 'Strict Open XML': {SAVE_AS}"


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", BOOK, "xl/_rels/workbook.xml.rels", SHEET, STRINGS, STYLES],
)
def test_a_part_that_is_missing_is_named(tmp_path, part):
    path = changed(with_cells(tmp_path, ""), lambda parts: parts.pop(part))
    assert said_of(path).startswith(f"book.xlsx is damaged: its part {part} is missing; open it")


@pytest.mark.parametrize("part", [SHEET, STYLES])
def test_a_part_that_was_changed_on_the_way_is_named(tmp_path, part):
    path = dirty.good_workbook(tmp_path)
    with ZipFile(path) as book:
        info = book.getinfo(part)
    raw = bytearray(path.read_bytes())
    # Behind the part's own head of 30 bytes and its name.
    raw[info.header_offset + 30 + len(part) + info.compress_size // 2] ^= 1
    path.write_bytes(raw)
    assert said_of(path).startswith(f"annex_a.xlsx is damaged in its part {part}")


def test_links_that_can_t_be_read_are_not_taken_for_none(tmp_path):
    """Without them its dates would be taken as numbers."""
    links = "xl/_rels/workbook.xml.rels"
    spoilt = b'<Relationships><Relationship Id="a" Kind="b"/></Relationships>'
    path = changed(dirty.good_workbook(tmp_path), lambda parts: parts.update({links: spoilt}))
    assert said_of(path).startswith(f"annex_a.xlsx is damaged in its part {links}")


def test_a_part_that_stands_twice_is_said(tmp_path):
    path = dirty.good_workbook(tmp_path)
    with pytest.warns(UserWarning), ZipFile(path, "a") as book:
        book.writestr(SHEET, b"<worksheet/>")
    assert said_of(path).startswith(f"annex_a.xlsx is damaged: its part {SHEET} is there twice")


def test_a_sheet_that_is_no_xml_is_named(tmp_path):
    path = changed(
        dirty.good_workbook(tmp_path), lambda parts: parts.update({SHEET: parts[SHEET][:-40]})
    )
    assert said_of(path).startswith("annex_a.xlsx, sheet 'List 1' is damaged: open it in Excel")


def test_half_a_workbook_is_cut_short(tmp_path):
    path = dirty.good_workbook(tmp_path)
    dirty.cut_short(path)
    assert said_of(path).startswith("annex_a.xlsx is cut short or damaged")


def test_what_excel_keeps_beside_an_open_workbook_is_no_workbook(tmp_path):
    path = tmp_path / "~$annex_a.xlsx"
    path.write_bytes(b"\x07Analyst")
    assert "is what Excel keeps beside a workbook that is open" in said_of(path)


def test_entities_are_not_unfolded(tmp_path):
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    path = changed(
        with_cells(tmp_path, ""), lambda parts: parts.update({STRINGS: bomb + parts[STRINGS]})
    )
    assert f"its part {STRINGS} declares a document type" in said_of(path)


def test_an_archive_with_a_password_of_its_own_is_said(tmp_path):
    path = dirty.good_workbook(tmp_path)
    raw = bytearray(path.read_bytes())
    # Bit 0 of each head's flags says that the part is under a password.
    for head, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(head)
        while place >= 0:
            raw[place + flags] |= 1
            place = raw.find(head, place + 1)
    path.write_bytes(raw)
    assert said_of(path) == (
        "annex_a.xlsx has a password: take it off, and load the workbook without it."
    )


def test_the_ending_of_a_workbook_s_name_says_nothing(tmp_path):
    path = dirty.good_workbook(tmp_path).rename(tmp_path / "annex_a.xls")
    assert BytesIO(path.read_bytes()).read(2) == b"PK"
    with pytest.raises(AssertionError, match="was read"):
        said_of(path)
