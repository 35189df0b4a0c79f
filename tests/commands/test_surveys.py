"""`load survey` and `survey`, as an analyst types them."""

import csv
import io
from datetime import datetime

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from childstat import main
from data_access.code_sets.survey_questions import SHIPPED
from data_access.database import create, rebuild
from data_access.load_info import INVENTED_SOURCE
from data_access.schema import source_load
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


def test_the_words_by_which_headings_are_known_are_printed(database):
    told = run("survey", "--database", database, "--survey", "parent_carer", "--questions")
    assert told.exit_code == 0, told.output
    rows = run(
        *("survey", "--database", database, "--survey", "staff", "--questions", "--format", "csv")
    )
    by_code = {row["question"]: row for row in csv.DictReader(io.StringIO(rows.stdout))}
    assert len(by_code) == len(SHIPPED["staff"])
    assert by_code["enjoy_work"]["words"] == "I like doing this work"
    assert by_code["often_stressed"]["reversed"] == "True"


@pytest.mark.parametrize("stands", [False, True])
def test_a_survey_into_nothing_is_refused_in_one_sentence_and_makes_no_database(
    folder, tmp_path, stands
):
    file = tmp_path / "nothing.duckdb"
    if stands:
        create(f"duckdb:///{file}")
    done = loaded(folder, f"duckdb:///{file}", "--first-column", "disagree")
    assert done.exit_code == 1
    assert "nothing.duckdb yet, and a survey is added to what stands" in done.stderr
    assert done.stderr.count("\n") == 1
    assert file.exists() == stands


def test_a_survey_into_the_demonstration_council_is_refused_before_it_is_read(folder, tmp_path):
    url = f"duckdb:///{tmp_path / 'demo.duckdb'}"
    with rebuild(url) as connection:
        load = {"load_id": "1", "source": INVENTED_SOURCE, "taken_at": datetime(2016, 11, 1)}
        connection.execute(insert(source_load), load)
    done = loaded(folder, url)
    assert done.exit_code == 1
    assert "invented: no survey is added to it. To try one, load the example" in done.stderr
    assert "Loading" not in done.stderr
    assert done.stderr.count("\n") == 1
