"""What a file says of itself names the council, and nobody else."""

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from exports.excel.workbook import write_slides
from exports.powerpoint.deck import write_deck
from tests.exports.made_up import LOAD, SEPTEMBER, figures

WRITERS = pytest.mark.parametrize(
    "written", [write_slides, write_deck], ids=["excel", "powerpoint"]
)
STRANGERS = re.compile(
    rb"canny|python-?pptx|xlsxwriter|openpyxl|macintosh|/tmp/|/home/|/root/|/Users/|[A-Z]:\\\\",
    re.I,
)


def parts_within(content: bytes, name: str = "") -> Iterator[tuple[str, bytes]]:
    """Every part of a file, and of the files within it: a chart has a workbook of its own."""
    with ZipFile(BytesIO(content)) as parts:
        for part in parts.namelist():
            inner = parts.read(part)
            yield f"{name}{part}", inner
            if inner[:2] == b"PK":
                yield from parts_within(inner, f"{part}/")


@WRITERS
def test_no_part_of_the_file_names_a_stranger_or_a_path(written):
    parts = dict(parts_within(written(figures(), SEPTEMBER)))
    assert not {name for name, content in parts.items() if STRANGERS.search(content)}


@WRITERS
def test_no_picture_or_printer_of_a_template_is_left_in_it(written):
    names = [name for name, _ in parts_within(written(figures(), SEPTEMBER))]
    assert not [name for name in names if "thumbnail" in name or "printer" in name.lower()]
    types = dict(parts_within(written(figures(), SEPTEMBER)))["[Content_Types].xml"]
    assert b"printerSettings" not in types


@pytest.mark.parametrize(
    "opened", [lambda made: load_workbook(BytesIO(made[0])).properties,
               lambda made: Presentation(BytesIO(made[1])).core_properties],
    ids=["excel", "powerpoint"],
)  # fmt: skip
def test_author_and_who_changed_it_last_are_the_council_and_its_day_is_the_data_s(opened):
    made = figures(council="Anyshire")
    core = opened([written(made, SEPTEMBER) for written in (write_slides, write_deck)])
    authors = {getattr(core, "creator", None) or getattr(core, "author", None)}
    changed_by = getattr(core, "lastModifiedBy", None) or getattr(core, "last_modified_by", None)
    assert authors == {changed_by} == {"Anyshire"}
    assert core.created.date() == core.modified.date() == LOAD.data_to


@WRITERS
def test_its_company_is_the_council_whatever_is_in_its_name(written):
    parts = dict(parts_within(written(figures(council="A & B <Borough>"), SEPTEMBER)))
    assert b"<Company>A &amp; B &lt;Borough&gt;</Company>" in parts["docProps/app.xml"]
