"""What is below nothing says so everywhere with the same sign, and what is nothing has none."""

import re
from collections.abc import Mapping
from io import BytesIO

import pytest
from pptx import Presentation

from commands.output import print_rows
from exports.csv_text import csv_text
from exports.excel.workbook import write_slides
from exports.powerpoint.deck import write_deck
from exports.text import number_format
from metrics.model import Measure
from tests.exports.made_up import PLAIN, SEPTEMBER, UNITS, figures
from tests.exports.opened import Opened, data_of, slide_of, unit_slide

# One unit below nothing, one that only rounds to it; the service is below it too.
BELOW: Mapping[str | None, tuple[float, float]] = {
    "U1": (-7, 2),
    "U2": (-4, 100),
    "EAST": (-60, 84),
}
HYPHEN = re.compile(r"(?<![\w–-])-\d")
NOTHING_WITH_A_SIGN = re.compile(r"[-−]0(?:\.0+)?(?![\d.])")


def below():
    return figures({**PLAIN, "distance_travelled": BELOW}, UNITS)


def texts_of_the_deck() -> list[str]:
    deck = Presentation(BytesIO(write_deck(below(), SEPTEMBER)))
    shapes = [shape for slide in deck.slides for shape in slide.shapes]
    frames = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    cells = [
        cell.text
        for shape in shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    return frames + cells


def test_every_text_of_a_deck_and_a_workbook_has_the_real_minus():
    texts = [*texts_of_the_deck(), *Opened(write_slides(below(), SEPTEMBER)).texts()]
    assert any("−3.5" in text for text in texts)
    assert not [text for text in texts if HYPHEN.search(text)]
    assert not [text for text in texts if NOTHING_WITH_A_SIGN.search(text)]


def test_a_cell_of_a_slide_has_no_sign_on_what_rounds_to_nothing():
    book = Opened(write_slides(below(), SEPTEMBER)).book
    sheet = book[unit_slide(2, "Unit 2")]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Distance travelled")
    assert row[1].value == 0
    assert row[1].number_format == '"+"0.0;"−"0.0;"+"0.0' or row[1].number_format.endswith("+0.0")


def test_numbers_behind_a_slide_are_unrounded_and_shown_with_the_real_minus():
    opened = Opened(write_slides(below(), SEPTEMBER))
    sheet = opened.book[data_of("distance_travelled")]
    numbers = [cell for row in sheet.iter_rows() for cell in row if cell.value == -3.5]
    assert numbers
    assert all('"−"' in cell.number_format for cell in numbers)
    assert slide_of("distance_travelled") in opened.book.sheetnames


def test_a_bar_that_rounds_to_nothing_is_named_without_a_sign():
    charts = Opened(write_slides(below(), SEPTEMBER)).parsed("charts").values()
    words = [text for chart in charts for text in chart.itertext()]
    assert "+0.0" in words


@pytest.mark.parametrize("measure", Measure)
def test_every_measure_s_format_in_excel_has_the_real_minus(measure):
    _, below_nothing, _ = number_format(measure).split(";")
    assert below_nothing.startswith('"−"')


def test_a_file_s_numbers_stay_numbers_and_nothing_has_no_sign():
    assert csv_text(["value"], [[-0.5], [-0.0], [0.0]]) == "value\r\n-0.5\r\n0.0\r\n0.0\r\n"


def test_a_printed_table_has_the_real_minus(capsys):
    print_rows(["value"], [(-0.5,), (-0.004,), (-0.0,)], "table")
    assert capsys.readouterr().out.split() == ["value", "−0.5", "0", "0"]
