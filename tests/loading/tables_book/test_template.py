"""The workbook to start from."""

from datetime import date

import pytest
from openpyxl import load_workbook

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.problems import Problem
from data_access.schema import metadata, post
from loading.columns.codes import code_in
from loading.fitting import FOUND_AT
from loading.sources.tables_book.declared import LAST_DAY, SHEETS
from loading.sources.tables_book.reading import read_workbook
from loading.sources.tables_book.takes import choices, takes
from loading.sources.tables_book.template import write_template
from tests.loading.tables_book.books import filled, template

COLUMNS = [column for one in SHEETS for column in one.table.columns]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("template")


@pytest.fixture(scope="module")
def reading(folder):
    return read_workbook(filled(folder))


def test_a_template_as_it_is_written_has_no_row(folder):
    with pytest.raises(Problem, match="no row under the headings of any sheet"):
        read_workbook(template(folder))


def test_every_example_is_read_back_as_it_was_meant(reading):
    for declared in SHEETS:
        if declared.table.name not in metadata.tables or declared.title == LAST_DAY:
            continue
        rows = reading.frames[declared.table.name].astype(object)
        rows = rows.where(rows.notna(), None).drop(columns=FOUND_AT).to_dict("records")
        assert rows == [
            {column.name: example.get(column.name) for column in declared.table.columns}
            for example in declared.examples
        ]


def test_a_team_of_a_unit_is_a_line_of_the_team_map(reading):
    assert reading.team_map == (TeamOfUnit("T7", "U1", None, date(2015, 4, 1), None),)


def test_nothing_is_said_of_the_examples_but_that_one_table_begins_late(reading):
    assert {issue.rule for issue in reading.issues} == {"covers_from_in_doubt"}


def test_the_last_day_and_since_when_a_table_is_held_are_read(reading):
    assert reading.data_to == date(2016, 9, 30)
    assert reading.data_to_from == "as the sheet 'Last day' says"
    assert reading.covers_from == {"post": date(2014, 1, 6)}


@pytest.mark.parametrize("column", [c for c in COLUMNS if choices(c)], ids=str)
def test_every_choice_of_a_list_is_read_back_as_its_code(column):
    codes = codes_of(column)
    assert isinstance(codes, CodeSet)
    read = [code_in(choice, codes) for choice in choices(column)]
    assert read == list(codes.names)


def test_what_a_column_takes_says_whether_it_is_needed_and_its_limits():
    assert takes(post.c.fte) == "Needed: a number, 0 to 1"
    assert takes(post.c.ended_on).startswith("May be empty: a date. The day after")


def test_excel_is_told_lists_days_and_limits_of_every_sheet(folder):
    book = load_workbook(template(folder))
    for declared in SHEETS:
        rules = book[declared.title].data_validations.dataValidation
        ranges = {str(rule.sqref).split(":")[0] for rule in rules}
        assert all(one.endswith(str(declared.headings_row + 1)) for one in ranges)
    fte = next(rule for rule in book["Posts"].data_validations.dataValidation
               if rule.type == "decimal")  # fmt: skip
    assert (fte.formula1, fte.formula2) == ("0", "1")
    assert book["Codes"].sheet_state == "hidden"


def test_a_template_replaces_no_file_and_is_no_other_kind(folder):
    with pytest.raises(Problem, match="is there already"):
        write_template(template(folder))
    with pytest.raises(Problem, match=r"should end in \.xlsx"):
        write_template(folder / "template.csv")
