"""Two headings of an Annex A sheet that fit one column, and a tag twice in a census return."""

import pytest

from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.workforce_census import read_workforce_census
from tests.loading import dirty
from tests.loading.test_annex_a import read, rows, rules, sentence


def with_column(sheet: str, heading: str, cells: list) -> dirty.Sheets:
    """The good return with one column more on a sheet, after its last."""
    content = dirty.sheets()
    for row, cell in zip(content[sheet], [heading, *cells], strict=True):
        row.append(cell)
    return content


def clean(tmp_path):
    (tmp_path / "clean").mkdir()
    return read_annex_a([dirty.good_workbook(tmp_path / "clean")])


def test_a_needed_heading_twice_with_other_values_is_refused(tmp_path):
    content = with_column("List 7", "Child Protection Plan Start Date", [dirty.day("2016-02-01")])
    assert sentence(tmp_path, content) == (
        "annex_a.xlsx, sheet 'List 7' has 'Child Protection Plan Start Date' in column F and"
        " 'Child Protection Plan Start Date' in column O, which both say 'Child Protection Plan"
        " Start Date' and hold different values: which counts can't be known. Rename or remove the"
        " one that is not to count."
    )


@pytest.mark.parametrize("cell", [dirty.day("2016-01-18"), None])
def test_the_same_column_twice_and_one_that_is_empty_are_no_matter(tmp_path, cell):
    content = with_column("List 7", "Child Protection Plan Start Date", [cell])
    found = read(tmp_path, content)
    assert rows(found, "plan") == rows(clean(tmp_path), "plan")
    assert "heading_twice" not in rules(found)


def test_of_two_columns_of_which_the_first_is_empty_the_second_is_read(tmp_path):
    content = with_column("List 7", "Child Protection Plan Start Date", [dirty.day("2016-01-18")])
    content["List 7"][1][5] = None
    assert rows(read(tmp_path, content), "plan") == rows(clean(tmp_path), "plan")


def test_another_heading_twice_is_said_with_the_one_that_counts(tmp_path):
    content = with_column("List 7", "Allocated Team", ["North Team"])
    found = read(tmp_path, content)
    (issue,) = [one for one in found.issues if one.rule == "heading_twice"]
    assert issue.message == (
        "annex_a.xlsx, sheet 'List 7' has 'Allocated Team' in column M and 'Allocated Team' in"
        " column O, which both say 'Allocated Team' and hold different values; column M counts."
        " Rename or remove the one that is not to count."
    )
    assert issue.table_name == "list_7"


def test_two_spellings_of_one_column_are_as_doubtful(tmp_path):
    content = with_column("List 6", "CIN plan start", [dirty.day("2011-01-01")] * 5)
    content["List 6"][0][5] = "CIN episode start"
    said = sentence(tmp_path, content)
    assert "has 'CIN episode start' in column F and 'CIN plan start' in column N" in said


def test_ofsted_s_own_heading_goes_before_another_that_fits(tmp_path):
    content = with_column("List 7", "Expected date of birth", [dirty.day("2016-01-01")])
    found = read(tmp_path, content)
    assert rows(found, "child") == rows(clean(tmp_path), "child")
    assert "heading_twice" not in rules(found)


def test_headings_that_are_blank_and_rows_that_end_early_are_no_matter(tmp_path):
    content = dirty.sheets()
    content["List 7"][0].extend([None, " ", None])
    del content["List 6"][1][11:]
    assert "heading_twice" not in rules(read(tmp_path, content))


def census(tmp_path, twice: str):
    path = dirty.census(tmp_path / "census.xml", [dirty.ASH])
    path.write_text(path.read_text().replace("<FTE>0.8</FTE>", twice))
    return read_workforce_census(path)


def test_a_census_tag_twice_with_two_values_leaves_the_post_out(tmp_path):
    found = census(tmp_path, "<FTE>0.8</FTE><FTE>0.4</FTE>")
    assert "post" not in found.frames
    assert any("FTE: stands twice, with different values" in one.message for one in found.issues)


@pytest.mark.parametrize("twice", ["<FTE>0.8</FTE><FTE>0.8</FTE>", "<FTE/><FTE>0.8</FTE>"])
def test_a_census_tag_twice_with_one_value_is_no_matter(tmp_path, twice):
    found = census(tmp_path, twice)
    assert list(found.frames["post"]["fte"]) == [0.8]


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("Closed episode", "closed"),
        ("Assessment - closed", "closed"),
        ("Closed - no further action", "closed"),
        ("c) Child in need plan - not closed", "CIN"),
        ("Child in need plan, not yet closed", "CIN"),
        ("CIN plan - to be closed", "CIN"),
        ("not closed", None),
        ("Never been closed", None),
        ("Closed and re-opened", None),
        ("Reopened (was closed)", None),
    ],
)
def test_what_is_not_closed_is_not_read_as_closed(tmp_path, words, status):
    content = dirty.sheets()
    content["List 6"][1][10] = words
    found = read(tmp_path, content)
    kinds = {row["kind"] for row in rows(found, "plan").values() if row["child_id"] == "1001"}
    assert kinds == ({status} & {"CIN", "CP"})
    assert ("unknown_code" in rules(found)) == (status is None)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("a) WBRI", "WBRI"),
        ("wbri", "WBRI"),
        ("White British (WBRI)", "WBRI"),
        ("k) APKN - Pakistani", "APKN"),
        ("White British", "WBRI"),
        ("Cornish", "Cornish"),
        ("NHS: MWBC", "MWBC"),
    ],
)
def test_an_ethnicity_is_a_code_of_the_census_wherever_it_stands(tmp_path, cell, code):
    content = dirty.sheets()
    for title in ("List 3", "List 4", "List 6"):
        content[title][1][2] = cell
    assert rows(read(tmp_path, content), "child")["1001"]["ethnicity"] == code


@pytest.mark.parametrize("cell", ["NONE", "ABCD", "wxyz"])
def test_four_letters_that_are_no_code_are_said_and_no_ethnicity(tmp_path, cell):
    content = dirty.sheets()
    content["List 7"][1][2] = cell
    found = read(tmp_path, content)
    messages = [one.message for one in found.issues if one.rule == "unknown_code"]
    # "none" is a blank like any other.
    assert len(messages) == (cell != "NONE")
    assert all("one of WBRI, WIRI" in one for one in messages)
