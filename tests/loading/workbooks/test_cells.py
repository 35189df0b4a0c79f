"""Every cell of a workbook is read as it stands, or marked with what keeps it from being read."""

from datetime import datetime

import pytest

from data_access.settings import DEFAULT_LIMITS
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.cells import DAMAGED, MERGED, NO_DAY, UNCALCULATED
from loading.sources.workbooks.opening import open_workbook
from tests.loading import dirty
from tests.loading.workbooks.parts import (
    SHEET,
    STYLES,
    changed,
    returned,
    rows_of,
    said_of,
    sheets_of,
    with_cells,
    without_recalculation,
)


def row(*cells: str) -> str:
    return f'<row r="1">{"".join(cells)}</row>'


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="A1"><v>7.5</v></c>', 7.5),
        ('<c r="A1"><v>1E400</v></c>', float("inf")),
        ('<c r="A1" t="b"><v>1</v></c>', True),
        ('<c r="A1" t="str"><v>1001</v></c>', "1001"),
        ('<c r="A1" t="s"><v>0</v></c>', "placeholder"),
        ('<c r="A1" t="inlineStr"><is><t>in line</t></is></c>', "in line"),
        ('<c r="A1" t="inlineStr"><is><r><t>a </t></r><r><t>b</t></r></is></c>', "a b"),
        ('<c r="A1" t="d"><v>2016-10-03T00:00:00</v></c>', datetime(2016, 10, 3)),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="str"><f>A2&amp;A3</f><v>text</v></c>', "text"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', 2),
        ('<c r="A1"><f>1+1</f><v></v></c>', UNCALCULATED),
        ('<c r="A1"><f>1+1</f></c>', UNCALCULATED),
        ('<c r="A1" t="s"><v>99</v></c>', DAMAGED),
        ('<c r="A1" t="d"><v>the 3rd</v></c>', DAMAGED),
        ('<c r="A1"><v>seven</v></c>', DAMAGED),
        (f'<c r="A1" t="str"><v>{"x" * 40_000}</v></c>', "x" * 40_000),
    ],
)
def test_a_cell_is_read_as_it_stands_or_marked(tmp_path, cell, value):
    assert rows_of(without_recalculation(with_cells(tmp_path, row(cell)))) == [(value,)]


def test_a_formula_that_gives_an_empty_text_is_calculated(tmp_path):
    cells = row('<c r="A1"><v>1</v></c>', '<c r="B1" t="str"><f>T(1)</f><v/></c>')
    assert rows_of(without_recalculation(with_cells(tmp_path, cells))) == [(1,)]


def test_where_the_file_is_to_be_calculated_when_opened_no_formula_has_a_value_yet(tmp_path):
    path = with_cells(tmp_path, row('<c r="A1"><v>1</v></c>', '<c r="B1"><f>A1</f><v>0</v></c>'))
    assert rows_of(path) == [(1, UNCALCULATED)]


def test_a_number_that_is_no_day_under_a_date_s_format_is_marked(tmp_path):
    sheets = {"Sheet": [[dirty.day("2016-10-03"), 1]]}
    path = changed(
        returned(tmp_path, sheets),
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b"<v>42646</v>", b"<v>-5</v>")}),
    )
    assert rows_of(path) == [(NO_DAY, 1)]


def test_cells_under_a_merged_one_are_marked_where_their_row_says_anything(tmp_path):
    cells = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>'
        '<row r="2"><c r="B2"><v>3</v></c></row><row r="3"/>'
    )
    merged = '<mergeCells count="1"><mergeCell ref="A1:A3"/></mergeCells>'
    assert rows_of(with_cells(tmp_path, cells, merged)) == [(1, 2), (MERGED, 3)]


def test_rows_that_hold_formats_only_say_nothing_and_stay_in_their_place(tmp_path):
    formatted = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(1, 5))
    path = with_cells(tmp_path, formatted + '<row r="7"><c r="C7"><v>1</v></c></row>')
    assert rows_of(path) == [(), (), (), (), (), (), (None, None, 1)]


def test_a_wrong_size_written_into_the_sheet_is_not_believed(tmp_path):
    size = b'<dimension ref="A1:XFD1048576"/><sheetData>'
    path = changed(
        with_cells(tmp_path, row('<c r="A1"><v>1</v></c>')),
        lambda parts: parts.update({SHEET: parts[SHEET].replace(b"<sheetData>", size)}),
    )
    assert rows_of(path) == [(1,)]


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048577"><c r="A1048577"><v>1</v></c></row>',
        '<row r="999999999999"><c><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="2"><c r="A2"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A2"><v>1</v></c></row>',
        '<row r="1"><c r="XFE1"><v>1</v></c></row>',
    ],
)
def test_rows_and_cells_that_excel_cannot_have_are_said(tmp_path, rows):
    said = said_of(with_cells(tmp_path, rows))
    assert said.startswith("book.xlsx, sheet 'Sheet' is damaged: ")
    assert "stands twice, or where Excel has no" in said


def test_a_chart_that_is_a_sheet_is_passed_over(tmp_path):
    from openpyxl import Workbook
    from openpyxl.chart import LineChart

    book = Workbook()
    book.active.append(["a cell"])
    book.create_chartsheet("Chart").add_chart(LineChart())
    book.save(tmp_path / "book.xlsx")
    assert [sheet.rows for sheet in sheets_of(tmp_path / "book.xlsx")] == [[("a cell",)]]


def test_a_style_that_is_not_known_is_no_reason_to_refuse(tmp_path):
    path = with_cells(tmp_path, row('<c r="A1" s="0"><v>1</v></c>'))
    path = changed(
        path,
        lambda parts: parts.update({STYLES: parts[STYLES].replace(b"<dxfs", b"<unknown/><dxfs")}),
    )
    assert rows_of(path) == [(1,)]


def test_the_day_on_which_it_was_saved_is_london_s(tmp_path):
    path = dirty.workbook(tmp_path / "a.xlsx", {"S": [[1]]}, saved_on=datetime(2016, 7, 31, 23, 30))
    assert open_workbook(path, DEFAULT_LIMITS).saved_on.isoformat() == "2016-08-01"


def test_a_formula_that_was_never_calculated_refuses_a_column_that_is_read(tmp_path):
    content = dirty.sheets()
    content["List 6"][2][5] = "=DATE(2015,3,1)"
    assert said_of(returned(tmp_path, content)) == (
        "annex_a.xlsx, sheet 'List 6', row 3, column F (CIN Start Date): a formula stands here that"
        " was never calculated. Open the workbook in Excel, save it, and load that."
    )


def test_a_formula_in_a_column_that_is_not_read_is_none_of_our_business(tmp_path):
    content = dirty.sheets()
    content["List 6"][2][4] = "=1+1"
    assert read_annex_a([returned(tmp_path, content)]).data_to == dirty.DATA_TO


def test_headings_that_are_formulas_without_a_value_are_the_cause_that_is_said(tmp_path):
    content = dirty.sheets()
    content["List 7"][0] = [f'="{heading}"' for heading in content["List 7"][0]]
    said = said_of(returned(tmp_path, content))
    assert "has no List 7" in said
    assert "In annex_a.xlsx, sheet 'List 7' formulas were never calculated. Open the" in said


@pytest.mark.parametrize("error", ["#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!"])
def test_an_error_of_excel_s_is_not_read_as_blank(tmp_path, error):
    content = dirty.sheets()
    content["List 7"][1][7] = error
    content["List 6"][2][6] = error
    issues = [one.message for one in read_annex_a([returned(tmp_path, content)]).issues]
    assert f"Excel's error {error} stands here: mend its formula; it is left empty." in " ".join(
        message for message in issues if "List 7" in message
    )
    assert any("column G (Primary Need Code)" in message and error in message for message in issues)


def test_what_a_look_up_did_not_find_is_blank(tmp_path):
    content = dirty.sheets()
    content["List 7"][1][7] = "#N/A"
    assert not any(
        "column H" in one.message for one in read_annex_a([returned(tmp_path, content)]).issues
    )


@pytest.mark.parametrize("cell", [True, dirty.day("2016-10-03")])
def test_an_id_that_excel_has_made_something_else_leaves_its_row_out(tmp_path, cell):
    content = dirty.sheets()
    content["List 7"][1][0] = cell
    found = read_annex_a([returned(tmp_path, content)])
    assert any("Excel holds a date, a time, TRUE or FALSE" in one.message for one in found.issues)


def test_a_team_merged_over_two_rows_is_said_of_the_second(tmp_path):
    from openpyxl import load_workbook

    path = returned(tmp_path, dirty.sheets())
    book = load_workbook(path)
    book["List 6"].merge_cells("L2:L3")
    book.save(path)
    (issue,) = [one for one in read_annex_a([path]).issues if "merged" in one.message]
    assert "sheet 'List 6', row 3, column L (Allocated Team): the cell is merged" in issue.message
