"""A workbook of the template's sheets, read back."""

from datetime import date, datetime

import pytest
from openpyxl import Workbook

from data_access.problems import Problem
from loading.sources.tables_book.reading import WorkbookRefused, read_workbook
from tests.loading.tables_book.books import changes, filled, put

UNITS = (("Unit ID", "Name", "Kind"), ("U1", "Unit 1", "segmented"))


def book(folder, **sheets):
    """A workbook of plain sheets, whose titles are the keys with spaces for underscores."""
    made = Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    path = folder / "book.xlsx"
    made.save(path)
    return path


def refused(path) -> str:
    with pytest.raises(Problem) as problem:
        read_workbook(path)
    return str(problem.value)


def test_a_wrong_cell_is_told_by_sheet_row_and_column(tmp_path):
    reading = read_workbook(filled(tmp_path, put("Posts", "E6", "most days")))
    (issue,) = [issue for issue in reading.issues if issue.rule == "unreadable"]
    assert issue.message.startswith(
        "filled.xlsx, sheet 'Posts', row 6, column E (FTE): 'most days'"
    )
    assert reading.left_out["post"] == {"unreadable": 1}


def test_cells_are_what_excel_holds(tmp_path):
    rows = (
        ("absence_id", "worker_id", "reason", "first_day", "half_day", "last_day"),
        (1, 7.0, "sick leave", datetime(2016, 9, 5), True, None),
        (2, "7", "TRN", "06/09/2016", "no", 42620),
    )
    reading = read_workbook(book(tmp_path, Absence=rows))
    first, second = reading.frames["absence"].to_dict("records")
    assert (first["absence_id"], first["worker_id"], first["reason"]) == ("1", "7", "SIC")
    assert (first["first_day"], first["half_day"], first["last_day"]) == (
        date(2016, 9, 5), True, None,
    )  # fmt: skip
    assert (second["first_day"], second["last_day"]) == (date(2016, 9, 6), date(2016, 9, 7))


def test_headings_may_stand_in_any_row_and_order_under_any_title_of_the_table(tmp_path):
    rows = (("Our units",), (), ("Kind", "Unit id", "Name"), ("area", "U1", "East"))
    reading = read_workbook(book(tmp_path, unit=rows))
    (unit,) = reading.frames["unit"].to_dict("records")
    assert (unit["unit_id"], unit["kind"]) == ("U1", "area")
    assert unit["found_at"] == "book.xlsx, sheet 'unit', row 4"


def test_a_sheet_without_rows_says_nothing_of_its_table(tmp_path):
    complaints = (("complaint_id", "received_on", "stage"),)
    reading = read_workbook(book(tmp_path, Units=UNITS, Complaints=complaints))
    assert set(reading.frames) == {"unit"}


def test_what_stands_beside_the_table_alone_is_no_row(tmp_path):
    reading = read_workbook(book(tmp_path, Units=(*UNITS, (None, None, None, "checked by AB"))))
    assert reading.read == {"unit": 1}
    assert [issue.rule for issue in reading.issues if issue.rule == "unknown_column"]


def test_a_formula_that_was_never_calculated_stops_the_load_with_its_cell(tmp_path):
    message = refused(filled(tmp_path, put("Posts", "E6", "=0.5+0.3")))
    assert "sheet 'Posts', row 6, column E (FTE): a formula stands here" in message


def test_all_that_stops_a_load_is_said_at_once(tmp_path):
    wrong = changes(put("Posts", "E5", "Share"), put("Absence", "C5", "Why"))
    with pytest.raises(WorkbookRefused) as problem:
        read_workbook(filled(tmp_path, wrong))
    assert str(problem.value).endswith("1 more sheet is refused, too.")
    said = " ".join(issue.message for issue in problem.value.issues)
    assert "sheet 'Posts', row 5 has no column FTE: add it." in said
    assert "sheet 'Absence', row 5 has no column Reason: add it." in said


def test_two_sheets_of_one_table_are_refused_and_so_is_one_without_headings(tmp_path):
    assert "are both the table unit" in refused(book(tmp_path, Units=UNITS, unit=UNITS))
    assert (
        "sheet 'Units', row 6: the sheet has no row of headings, as in 'Unit id, Name, Kind':"
        " take it from the template" in refused(book(tmp_path, Units=(("U1", "Unit 1"),)))
    )
    far_below = book(tmp_path, Units=[("U1", "Unit 1")] * 40 + [*UNITS])
    assert "sheet 'Units', row 41: the headings stand here" in refused(far_below)
    assert "both 'Name'" in refused(book(tmp_path, Units=((*UNITS[0], "Name"), UNITS[1]))) or (
        "has the heading 'Name' twice" in refused(book(tmp_path, Units=((*UNITS[0], "Name"),)))
    )


def test_a_sheet_with_the_headings_of_a_table_under_another_title_is_refused(tmp_path):
    message = refused(book(tmp_path, Teams_of_ours=UNITS))
    assert "has the headings of unit and no title that is known: rename it 'Units'" in message


def test_other_sheets_are_named_and_ours_are_not(tmp_path):
    notes = (("Worker ID", "what we did"), ("W1", "asked"))
    path = book(tmp_path, Units=UNITS, My_notes=notes, Read_me=notes, Issues=notes)
    reading = read_workbook(path)
    said = [issue.message for issue in reading.issues if issue.rule == "sheet_passed_over"]
    assert len(said) == 1
    assert "sheet 'My notes' is passed over" in said[0]


def test_a_hidden_sheet_is_left_out_and_said(tmp_path):
    def hide(made):
        made["Posts"].sheet_state = "hidden"

    reading = read_workbook(filled(tmp_path, changes(hide, put("Last day", "C6", None))))
    assert "post" not in reading.frames
    assert "hidden_sheet" in {issue.rule for issue in reading.issues}


def test_the_last_day_may_be_said_by_option(tmp_path):
    reading = read_workbook(filled(tmp_path), date(2016, 10, 31))
    assert (reading.data_to, reading.data_to_from) == (date(2016, 10, 31), "as --data-to says")


def test_a_table_said_to_be_held_whose_sheet_is_empty_is_refused(tmp_path):
    last = (("data_to", "table_name", "covers_from"), (None, "visit", date(2014, 1, 6)))
    assert "there is no row of it: fill its sheet" in refused(
        book(tmp_path, Units=UNITS, Last_day=last)
    )
