"""`load survey` and `survey`, as an analyst types them."""

import csv
import io

import pytest
from click.testing import CliRunner, Result

from childstat import main
from tests.commands.conftest import build

ANSWERS = "Team,ID,How is it?\n" + "Unit 1,1,5\n" * 11 + ",2,2\n"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("survey")
    (folder / "export.csv").write_text(ANSWERS, encoding="utf-8")
    (folder / "map.csv").write_text("heading,question\nHow is it?,enjoy_work\nID,\n", "utf-8")
    return folder


def loaded(folder, url: str, *more: str) -> Result:
    words = ("--survey", "staff", "--first-day", "2016-09-19", "--mapping", str(folder / "map.csv"))
    return run("load", "survey", str(folder / "export.csv"), *words, "--into", url, *more)


def test_a_survey_is_added_and_its_questions_told(folder):
    url = build(folder)
    done = loaded(folder, url, "--first-column", "disagree", "--asked", "20")
    assert done.exit_code == 0, done.output
    assert "survey_response        read       12  written       12" in done.stdout
    assert "question_of_figure_missing" in done.stdout
    again = loaded(folder, url, "--first-column", "disagree")
    assert "The wave staff-2016-09-19 was loaded before: this takes its place." in again.stdout
    told = run("survey", "--database", url, "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(told.stdout))
    assert [row[name] for name in ("theme", "question", "month", "answered", "positive")] == [
        "satisfaction", "enjoy_work", "2016-09-01", "12", "11",
    ]  # fmt: skip
    cut = run("survey", "--database", url, "--by", "unit", "--format", "csv")
    parts = list(csv.DictReader(io.StringIO(cut.stdout)))
    assert [(part["part"], part["answered"]) for part in parts] == [("U1", ""), ("", "")]
    assert "Of fewer than 10 answers a part is not told" in cut.stderr


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "export.csv, row 2, column 'How is it?': '5' is a number, and nobody has said"),
        (("--unit", "Unit 9"), "--unit Unit 9: no unit of the case database has that id or name"),
        (("--last-day", "2016-09-01"), "--last-day 2016-09-01 is before --first-day 2016-09-19"),
    ],
)
def test_what_can_t_be_meant_is_one_sentence_and_loads_nothing(folder, database, more, said):
    done = loaded(folder, database, *more)
    assert done.exit_code == 1
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
