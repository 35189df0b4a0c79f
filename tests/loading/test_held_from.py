"""Since when an extract's tables are held: said beside it, never told from its rows."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from childstat import main
from data_access.database import connect
from data_access.load_info import read_load
from data_access.problems import Problem
from loading.loads import load
from loading.sources.csv_folder import read_csv_folder
from tests.loading import dirty
from tests.worlds import SETTINGS

SAID = {"data_to": "2016-10-31", "table_name": "referral", "covers_from": "2016-04-01"}


def extract(folder: Path, *said: dict) -> Path:
    return dirty.csv_folder(folder / "extract", dirty.tables() | {"source_load": list(said)})


def reading(folder: Path, *said: dict, **how):
    return read_csv_folder(extract(folder, *said), **how)[0]


def since_when(report) -> dict[str, str]:
    """By metric from which month on there are figures, where the load's report says so."""
    return {one.metric: one.since_when for one in report.kept.coverage if one.since_when}


def test_source_load_csv_says_since_when_a_table_is_held(tmp_path):
    assert reading(tmp_path, SAID).covers_from == {"referral": date(2016, 4, 1)}


def test_the_option_goes_before_the_file(tmp_path):
    said = {"referral": date(2015, 4, 1)}
    assert reading(tmp_path, SAID, covers_from=said).covers_from == said


def test_without_a_word_no_table_is_held_from_any_day(tmp_path):
    found = reading(tmp_path, {"data_to": "2016-10-31"})
    assert found.covers_from == {}
    assert found.covered_from("referral") is None


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"table_name": "referrals"}, "no table 'referrals'; the nearest is referral"),
        ({"table_name": ""}, "source_load.csv, row 2: there is no table ''"),
        ({"covers_from": "soon"}, "covers_from"),
        ({"covers_from": "2017-01-01"}, "after 2016-10-31, the last day that the data cover"),
        ({"table_name": "enquiry"}, "there is no enquiry.csv: add the file, or say nothing of it"),
    ],
)
def test_what_can_not_be_so_is_refused(tmp_path, changed, why):
    with pytest.raises(Problem, match=why):
        reading(tmp_path, SAID | changed)


def test_a_day_long_before_the_first_row_is_doubted(tmp_path):
    found = reading(tmp_path, SAID | {"covers_from": "2001-01-01"})
    (issue,) = [one for one in found.issues if one.rule == "covers_from_in_doubt"]
    assert "held in full from 2001-01-01, and its first received_on is" in issue.message
    assert not [one for one in reading(tmp_path, SAID).issues if one.rule == issue.rule]


def test_a_needed_day_that_is_blank_hides_no_doubt_of_since_when_a_table_is_held(
    tmp_path,
):
    tables = dirty.tables()
    first = tables["referral"][0]
    blank = [{**first, "referral_id": "R-BLANK", "received_on": ""}, *tables["referral"]]
    said = {"referral": blank, "source_load": [SAID | {"covers_from": "2001-01-01"}]}
    found = read_csv_folder(dirty.csv_folder(tmp_path / "blank", tables | said))[0]
    assert "covers_from_in_doubt" in {one.rule for one in found.issues}


def test_a_load_keeps_what_was_said_and_says_from_which_month_on_there_are_figures(tmp_path):
    url = f"duckdb:///{tmp_path / 'case.duckdb'}"
    report = load(url, reading(tmp_path, SAID | {"covers_from": "2014-04-01"}), SETTINGS)
    assert read_load(connect(url)).covered_from(["referral"]) == date(2014, 4, 1)
    assert "the first month with a figure is April 2015" in since_when(report)["re_referral"]
    assert "re_referral" not in report.not_in_source


def test_where_nobody_said_the_load_says_what_to_give(tmp_path):
    url = f"duckdb:///{tmp_path / 'case.duckdb'}"
    report = load(url, reading(tmp_path, {"data_to": "2016-10-31"}), SETTINGS)
    assert "--covers-from referral=2011-04-04" in report.not_in_source["re_referral"]
    assert "re_referral" not in since_when(report)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("referral", "is not a table and a day: write referral=2011-04-04"),
        ("referrals=2011-04-04", "the nearest is referral"),
        ("referral=soon", "is not a day"),
    ],
)
def test_an_option_that_can_not_be_read_is_refused_in_one_sentence(tmp_path, said, why):
    answer = CliRunner().invoke(main, ["load", "csv", str(tmp_path), "--covers-from", said])
    assert answer.exit_code == 2
    assert why in answer.output
