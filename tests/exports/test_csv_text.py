"""What leaves as CSV for people to open: nothing in it runs, and a number is one."""

import ast
import csv
import io
from datetime import date
from pathlib import Path

import pytest

from exports.csv_text import csv_file, csv_text

PROJECT = Path(__file__).parents[2]
# Folders whose CSV, if any, is for people to open; sources read theirs in `loading`.
LEAVES_FROM = ("commands", "ui", "pages", "charts", "exports", "meeting")


def cell(value: object) -> str:
    _, (written,) = csv.reader(io.StringIO(csv_text(["a"], [[value]]), newline=""))
    return written


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+1", "-5", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "-",
        "-0.5", "=HYPERLINK(\"http://x\",\"y\")",
    ],
)  # fmt: skip
def test_a_text_that_a_spreadsheet_would_run_is_written_as_text(text):
    assert cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["plain", "5-7", "− 5", "'", "1 = 1", "", "Ärger", "a\nb"])
def test_any_other_text_is_written_as_it_is(text):
    assert cell(text) == text


@pytest.mark.parametrize(
    ("number", "written"), [(-2, "-2"), (-0.5, "-0.5"), (0, "0"), (1e-7, "1e-07"), (True, "True")]
)
def test_a_number_stays_a_number(number, written):
    assert cell(number) == written


def test_what_is_missing_is_empty_and_a_day_is_written_as_days_are():
    assert (cell(None), cell(date(2016, 10, 3))) == ("", "2016-10-03")


def test_a_heading_runs_no_more_than_a_cell():
    assert csv_text(["=a", "b"], []).splitlines() == ["'=a,b"]


def test_a_file_says_to_excel_how_its_letters_are_written():
    assert csv_file(["a"], [["é"]]) == "\ufeffa\r\né\r\n"


def test_nothing_else_writes_csv_for_people():
    writers = {
        file.relative_to(PROJECT).as_posix()
        for folder in LEAVES_FROM
        for file in (PROJECT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(one.name == "csv" for one in node.names))
        or (isinstance(node, ast.ImportFrom) and node.module == "csv")
        or (isinstance(node, ast.Attribute) and node.attr == "to_csv")
    }
    assert writers == {"exports/csv_text.py"}
