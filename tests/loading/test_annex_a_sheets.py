"""Which sheet is which list of Annex A, and which code a coded cell's words stand for."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from commands.building import annex_a
from data_access.problems import Problem
from loading.columns.column_read import ColumnReader
from loading.sources.annex_a import codes
from loading.sources.annex_a.workbook import read_annex_a
from tests.loading import dirty

CHILD = dirty.CHILD
EARLY_HELP: list[list] = [
    [*CHILD, "Assessment start date", "Assessment completion date"],
    [*dirty.KIT, dirty.day("2016-07-04"), dirty.day("2016-08-15")],
]


def written(folder: Path, content: dirty.Sheets, hidden: str = "", state: str = "hidden") -> Path:
    path = dirty.workbook(folder / "annex_a.xlsx", content)
    if hidden:
        book = load_workbook(path)
        book[hidden].sheet_state = state
        book.save(path)
    return path


def said(reading) -> list[str]:
    return [issue.message for issue in reading.issues if "sheet" in issue.rule]


def old_list_7() -> list[list]:
    """Kit's plan of 2015, ended since: he is on no plan now."""
    ended = [dirty.day("2015-01-05"), "a) Neglect", None, None, None]
    return [list(dirty.HEADINGS[7]), [*dirty.KIT, *ended, *dirty.EAST]]


def plans(reading) -> list[str]:
    return sorted(reading.frames["plan"]["plan_id"])


@pytest.mark.parametrize("title", ["Early Help", "List 2", "Sheet2", "2"])
def test_early_help_assessments_are_not_those_of_list_4(tmp_path, title):
    reading = read_annex_a([written(tmp_path, {title: EARLY_HELP, **dirty.sheets()})])
    assert list(reading.frames["assessment"]["assessment_id"]) == ["1001-A-20160905"]
    assert said(reading) == []


def test_early_help_assessments_in_a_council_s_own_words_are_not_those_of_list_4(tmp_path):
    headings = [*CHILD, "EH Assessment Start", "EH Assessment Completion"]
    content = {"EHM": [headings, EARLY_HELP[1]], **dirty.sheets()}
    reading = read_annex_a([written(tmp_path, content)])
    assert len(reading.frames["assessment"]) == 1


def test_a_title_decides_between_lists_whose_headings_fit_equally(tmp_path):
    content = dirty.sheets()
    content["List 4"][0][5:7] = ["Assessment Start Date", "Assessment Completion Date"]
    reading = read_annex_a([written(tmp_path, content)])
    assert len(reading.frames["assessment"]) == 1


@pytest.mark.parametrize("title", ["6 month summary", "List 6 notes", "Summary", "Cover"])
def test_a_sheet_that_fits_no_list_is_named_and_passed_over(tmp_path, title):
    content: dirty.Sheets = {title: [[*CHILD, "Months open"], [*dirty.KIT, 3]], **dirty.sheets()}
    reading = read_annex_a([written(tmp_path, content)])
    assert said(reading) == [
        f"annex_a.xlsx, sheet '{title}' is passed over: its headings fit no list of Annex A. If it"
        " holds one, give its columns Ofsted's headings."
    ]
    assert plans(reading) == plans(read_annex_a([dirty.good_workbook(tmp_path)]))


def test_headings_say_what_a_sheet_is_where_its_title_says_another_list(tmp_path):
    content = dirty.sheets()
    content["List 7"], content["List 8"] = content["List 8"], content["List 7"]
    reading = read_annex_a([written(tmp_path, content)])
    assert plans(reading) == plans(read_annex_a([dirty.good_workbook(tmp_path)]))
    assert len(said(reading)) == 2
    assert (
        "annex_a.xlsx, sheet 'List 8' has the headings of List 7 (child protection) and is read as"
        " that: rename the sheet, or correct its headings."
    ) in said(reading)


@pytest.mark.parametrize("title", ["List 7 (old)", "Sheet1", "List 3 (2)"])
def test_two_sheets_for_one_list_are_refused_with_both_names(tmp_path, title):
    content = {**dirty.sheets(), title: old_list_7()}
    with pytest.raises(Problem) as problem:
        read_annex_a([written(tmp_path, content)])
    assert str(problem.value) == (
        f"annex_a.xlsx, sheet 'List 7' and annex_a.xlsx, sheet '{title}' have the headings of List"
        " 7 (child protection): which of them counts can't be known. Remove or hide what is not to"
        " count, or put all rows of the list on one sheet."
    )


def test_two_files_for_one_list_are_refused_with_both_names(tmp_path):
    other = dirty.workbook(tmp_path / "north.xlsx", {"List 7": old_list_7()})
    with pytest.raises(Problem, match=r"annex_a.xlsx, sheet 'List 7' and north.xlsx, sheet 'List"):
        read_annex_a([dirty.good_workbook(tmp_path), other])


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_named_and_left_out(tmp_path, state):
    content = {**dirty.sheets(), "List 7 (old)": old_list_7()}
    reading = read_annex_a([written(tmp_path, content, "List 7 (old)", state)])
    assert plans(reading) == plans(read_annex_a([dirty.good_workbook(tmp_path)]))
    assert said(reading) == [
        "annex_a.xlsx, sheet 'List 7 (old)' is hidden and is left out. It has the headings of List"
        " 7 (child protection). If it is to count, unhide it, or load with --with-hidden-sheets."
    ]


def test_a_list_that_is_hidden_is_missing_and_that_is_said(tmp_path):
    with pytest.raises(Problem) as problem:
        read_annex_a([written(tmp_path, dirty.sheets(), "List 7")])
    assert str(problem.value).endswith(
        "annex_a.xlsx, sheet 'List 7' has its headings and is hidden: unhide it, or load with"
        " --with-hidden-sheets."
    )


def test_hidden_sheets_are_read_where_that_is_asked_for(tmp_path):
    path = written(tmp_path, dirty.sheets(), "List 7")
    reading = read_annex_a([path], with_hidden=True)
    assert plans(reading) == plans(read_annex_a([dirty.good_workbook(tmp_path)]))


def test_the_command_asks_for_hidden_sheets(tmp_path):
    database = f"duckdb:///{tmp_path / 'cases.duckdb'}"
    path = written(tmp_path, dirty.sheets(), "List 7")
    options = [str(path), "--into", database]
    assert CliRunner().invoke(annex_a, options).exit_code == 1
    done = CliRunner().invoke(annex_a, [*options, "--with-hidden-sheets"])
    assert done.exit_code == 0, done.output


def code_of(reader: ColumnReader, words: str) -> object:
    read = reader([words])
    return "refused" if words in read.refused else read.values[words]


@pytest.mark.parametrize(
    ("reader", "words", "code"),
    [
        (codes.need, "Parental disability or illness", "N3"),
        (codes.need, "Parental illness/disability: Children whose parents abuse alcohol", "N3"),
        (codes.need, "Socially unacceptable behaviour: Substance Abuse (child)", "N6"),
        (codes.need, "Child’s disability", "N2"),
        (codes.need, "Carer's disability or illness", "N3"),
        (codes.need, "Parental Alcohol/Drug abuse", "refused"),
        (codes.need, "N5a Private Fostering", "N5"),
        (codes.need, "N10", "refused"),
        (codes.closure, "Assessment declined", "refused"),
        (codes.closure, "Case closed after assessment, no further action", "RC8"),
        (codes.closure, "Returned home (not under residence order)", "refused"),
        (codes.legal_status, "Concurrent Care Order & Placement Order", "E1"),
        (codes.legal_status, "Interim care order", "C1"),
        (codes.legal_status, "Deposited with a third party", "refused"),
        (codes.legal_status, "No space found", "refused"),
        (codes.legal_status, "E4A", "refused"),
        (codes.placement_type, "Foster placement - long term", "U4"),
        (codes.placement_type, "Foster placement with relative or friend - long term", "U1"),
        (codes.placement_type, "Other foster carer - not long term or FFA", "U6"),
        (codes.placement_type, "u4", "U4"),
        (codes.placement_type, "Placed with parents", "P1"),
        (codes.placement_type, "Placed for adoption", "Placed for adoption"),
        (codes.placement_type, "Foster placement", "refused"),
        (codes.status, "In care proceedings", "refused"),
        (codes.status, "Child protection enquiry", "refused"),
        (codes.status, "Assessment - closed", "closed"),
        (codes.status, "CP/CLA", "CLA"),
        (codes.status, "Child in need (was looked after)", "CIN"),
        (codes.status, "Cinema", "refused"),
        (codes.abuse, "Removed", "refused"),
        (codes.abuse, "Neglect, physical", "MUL"),
        (codes.abuse, "PHYS", "PHY"),
        (codes.referral_source, "1a: Individual", "1A"),
        (codes.referral_source, "1st contact by the school", "1st contact by the school"),
    ],
)  # fmt: skip
def test_words_are_matched_whole_and_the_longest_first(reader, words, code):
    assert code_of(reader, words) == code
