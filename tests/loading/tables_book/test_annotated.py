"""The copy of a workbook in which what is wrong is marked."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from data_access.settings import DEFAULT_LIMITS
from loading.sources.reading import ERROR, Issue
from loading.sources.tables_book.annotated import AUTHOR, annotate, annotated_beside
from loading.sources.tables_book.places import Place, place_in, sheet_words
from loading.sources.tables_book.reading import WorkbookRefused, read_workbook
from tests.loading.tables_book.books import changes, filled, put

WRONG = changes(put("Posts", "E6", "most days"), put("Absence", "C6", "poorly"))


def issue(message: str, column: str | None = None) -> Issue:
    return Issue("any", "post", None, ERROR, message, column=column)


def annotated(path, *issues: Issue):
    to = annotated_beside(path)
    annotate(path, to, issues, DEFAULT_LIMITS)
    return to


@pytest.fixture
def wrong(tmp_path):
    return filled(tmp_path, WRONG)


def test_each_wrong_cell_is_marked_and_says_what_is_wrong(wrong):
    book = load_workbook(annotated(wrong, *read_workbook(wrong).issues))
    comment = book["Posts"]["E6"].comment
    assert comment is not None
    assert comment.text.startswith("'most days': a number is needed")
    assert book["Posts"]["E6"].fill.fgColor.rgb == "FFF2B8B5"
    assert book["Absence"]["C6"].comment is not None
    assert book["Posts"]["E6"].value == "most days"
    assert book["Units"]["A6"].comment is None


def test_the_first_sheet_lists_every_issue_with_a_link_to_its_cell(wrong):
    book = load_workbook(annotated(wrong, *read_workbook(wrong).issues))
    listed = book.worksheets[0]
    assert listed.title == "Issues"
    rows = [row[:3] for row in listed.iter_rows(min_row=2, values_only=True)]
    assert rows == [("Posts", 6, "FTE"), ("Absence", 6, "Reason")]
    assert listed["A2"].hyperlink.location == "'Posts'!E6" or (
        listed["A2"].hyperlink.target == "#'Posts'!E6"
    )
    assert [sheet.title for sheet in book if sheet.sheet_view.tabSelected] == ["Issues"]


def test_the_list_prints_on_one_width_with_room_for_all_its_words(wrong):
    book = load_workbook(annotated(wrong, issue(f"filled.xlsx, sheet 'Posts': {'words ' * 60}")))
    listed = book["Issues"]
    assert listed.page_setup.orientation == "landscape"
    assert (listed.sheet_properties.pageSetUpPr.fitToPage, listed.page_setup.fitToHeight) == (1, 0)
    assert listed["D2"].alignment.wrap_text
    assert listed.row_dimensions[2].height >= 4 * 15


def test_what_a_check_finds_of_a_row_is_marked_in_its_column(wrong):
    said = "filled.xlsx, sheet 'Posts', row 6: it began too early: correct it"
    book = load_workbook(annotated(wrong, issue(said, "started_on")))
    assert book["Posts"]["I6"].comment is not None
    assert [cell.value for cell in book["Issues"][2]][:3] == ["Posts", 6, "Started on"]


def test_what_is_found_of_a_whole_row_is_marked_in_its_first_cell(wrong):
    said = "filled.xlsx, sheet 'Posts', row 6: a post of the same worker begins on 3 May"
    assert load_workbook(annotated(wrong, issue(said)))["Posts"]["A6"].comment is not None


def test_what_is_said_of_a_whole_column_is_marked_at_its_heading(wrong):
    said = "filled.xlsx, sheet 'Posts', column I (Started on): day first was taken."
    assert load_workbook(annotated(wrong, issue(said)))["Posts"]["I5"].comment is not None


def test_a_heading_that_is_not_read_is_marked_and_so_is_the_row_that_lacks_one(tmp_path):
    renamed = changes(put("Posts", "E5", "WTE"), put("Absence", "E5", "End"))
    path = filled(tmp_path, renamed)
    with pytest.raises(WorkbookRefused) as problem:
        read_workbook(path)
    book = load_workbook(annotated(path, *problem.value.issues))
    assert "has the heading 'WTE', and none is 'FTE': rename it FTE." in (
        book["Posts"]["E5"].comment.text
    )
    assert book["Absence"]["E5"].comment.text == (
        "has the heading 'End', which is not read. Rename or drop it."
    )
    assert book["Absence"]["A5"].comment.text == (
        "has no column Last day: every absence counts as not ended. Add it, if it is known. Not"
        " read is 'End': if that is it, rename it."
    )


def test_without_an_issue_of_the_workbook_there_is_no_copy(wrong):
    assert not annotated(wrong, issue("visit.csv, row 3: seen is 'x'")).exists()


def test_a_copy_that_was_mended_loses_its_marks_and_replaces_no_file(wrong):
    first = annotated(wrong, *read_workbook(wrong).issues)
    mended = load_workbook(first)
    mended["Posts"]["E6"] = 0.8
    mended.save(first)
    second = annotated(first, *read_workbook(first).issues)
    assert (first.name, second.name) == ("filled - issues.xlsx", "filled - issues 2.xlsx")
    book = load_workbook(second)
    assert book.sheetnames.count("Issues") == 1
    assert book["Posts"]["E6"].comment is None
    assert book["Absence"]["C6"].comment.author == AUTHOR


def test_words_that_begin_as_a_formula_stay_words(tmp_path):
    path = filled(tmp_path, put("Posts", "N5", "'=1+1"))
    book = load_workbook(annotated(path, issue("filled.xlsx, sheet 'Posts' has a column '=1+1'")))
    assert all(cell.data_type != "f" for row in book["Issues"].iter_rows() for cell in row)


TITLES = st.text(string.ascii_letters + " '()", min_size=1, max_size=31)


@given(TITLES, TITLES, st.integers(1, 1_048_576), st.sampled_from(["A", "AB", "XFD"]))
def test_a_place_is_found_again_in_what_is_said_of_it(title, other, row, letter):
    where = sheet_words("b.xlsx", title)
    said = f"{where}, row {row}, column {letter} (Heading): wrong."
    assert place_in(said, "b.xlsx", (other, title)) == Place(title, row, letter, "wrong.")
    assert place_in(f"{where}, row {row}: wrong.", "b.xlsx", (title,)) == (
        Place(title, row, None, "wrong.")
    )
    assert place_in(said, "c.xlsx", (title,)) is None
