"""The command line as an analyst's scheduled job sees it: keys, exit statuses, one-line errors."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from childstat import main
from commands.figure_rows import measured_in
from commands.load_told import SHIPPED_NAME, say_what_is_next
from commands.register import WHERE, short_help
from data_access.settings_file.reading import read_settings
from loading.load_records import LoadReport
from metrics.catalogue import CATALOGUE
from tests import COUNCIL, RULES
from tests.loading import dirty

PROJECT = Path(__file__).parents[2]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, list(words))


def test_figures_as_json_have_the_keys_that_programs_rely_on(database):
    done = run("figures", "--database", database, "--month", "2016-08", "--format", "json")
    rows = json.loads(done.stdout)
    assert list(rows[0]) == [
        "metric", "unit_id", "unit", "month", "numerator", "denominator", "value", "measured_in",
    ]  # fmt: skip
    visits = [row for row in rows if row["metric"] == "visits_out_of_timescale"]
    assert [(row["unit_id"], row["month"], row["value"]) for row in visits] == [
        ("U1", "2016-08", 0.0),
        ("*", "2016-08", 0.0),
    ]


def test_a_figure_says_what_it_is_measured_in_and_a_count_is_its_numerator():
    told = {key: measured_in(metric.measure) for key, metric in CATALOGUE.items()}
    assert (told["sickness"], told["caseload"]) == ("percent", "children per FTE")
    assert (told["complaints"], told["time_in_cp"]) == ("numerator", "days")
    assert all(told.values())


def test_a_figure_over_nothing_is_null_and_not_0(database):
    words = ("--month", "2016-08", "--metric", "sickness", "--format", "json")
    done = run("figures", "--database", database, *words)
    assert [row["value"] for row in json.loads(done.stdout)] == [None, None]


def test_several_months_end_with_the_newest(database):
    words = ("--month", "2016-09", "--months", "2", "--metric", "caseload", "--unit", "*")
    done = run("figures", "--database", database, *words, "--format", "csv")
    assert [line.split(",")[3] for line in done.stdout.splitlines()[1:]] == ["2016-08", "2016-09"]


@pytest.mark.parametrize(
    ("day", "state", "numerator"),
    [
        ("2016-08-31", "no_record_yet", 1),  # made on 29 August, entered on 12 September
        ("2016-09-02", "overdue", 1),
        ("2016-09-12", "in_time_entered_late", 0),
    ],
)
def test_rows_as_known_on_a_day_leave_out_what_was_recorded_later(database, day, state, numerator):
    words = ("--metric", "visits_out_of_timescale", "--month", "2016-08", "--as-known-on", day)
    done = run("rows", "--database", database, *words, "--format", "json")
    (row,) = json.loads(done.stdout)
    assert (row["state"], row["numerator"], row["denominator"]) == (state, numerator, 1)
    assert {
        "child_id", "kind", "clock_started_on", "due_on", "standard_due_on", "visited_on",
        "recorded_on",
    } <= set(row)  # fmt: skip


@pytest.mark.parametrize(("day", "pair"), [("2016-09-02", (1, 1)), ("2016-09-12", (0, 1))])
def test_figures_as_known_on_a_day_are_the_sum_of_the_rows_known_then(database, day, pair):
    words = ("--month", "2016-08", "--as-known-on", day, "--format", "json")
    done = run("figures", "--database", database, *words)
    found = json.loads(done.stdout)
    assert [(row["metric"], row["unit_id"]) for row in found] == [
        ("visits_out_of_timescale", "U1"), ("visits_out_of_timescale", "*"),
    ]  # fmt: skip
    assert {(row["numerator"], row["denominator"]) for row in found} == {pair}
    behind = run("rows", "--metric", "visits_out_of_timescale", "--database", database, *words)
    rows = json.loads(behind.stdout)
    assert (sum(r["numerator"] for r in rows), sum(r["denominator"] for r in rows)) == pair


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--as-known-on", "2016-10-01"), "The data end on 30 September 2016"),
        (("--as-known-on", "2016-09-02", "--metric", "caseload"), "cannot be told as known"),
        (("--as-known-on", "2016-07-31", "--month", "2016-08"), "had not begun"),
    ],
)
def test_figures_as_known_on_a_day_that_cannot_be_told_are_refused(database, words, said):
    done = run("figures", "--database", database, *words)
    assert done.exit_code == 1
    assert said in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("figures", "--month", "September"), 2, "write it as 2016-09"),
        (("figures", "--unit", "U9"), 2, "There is no unit U9: the units are U1, *."),
        (("figures", "--metric", "happiness"), 2, "'happiness' is not one of"),
        (("rows", "--metric", "caseload"), 2, "Missing option '--month'"),
        (("export", "--month", "2031-01", "--out", "x.xlsx"), 1, "There are no data for January"),
    ],
)
def test_wrong_use_is_one_sentence_and_a_status(database, words, status, said):
    done = run(words[0], "--database", database, *words[1:])
    assert done.exit_code == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_month_without_data_is_said_and_nothing_is_printed_as_0(database):
    done = run("figures", "--database", database, "--month", "2031-01", "--format", "json")
    assert json.loads(done.stdout) == []
    assert "2031-01: there are no data for this month." in done.stderr


def test_a_database_that_is_not_there_is_one_line(tmp_path):
    done = run("figures", "--database", f"duckdb:///{tmp_path / 'none.duckdb'}")
    assert done.exit_code == 1
    assert len(done.stderr.strip().splitlines()) == 1
    assert "There is no case database" in done.stderr


def test_create_makes_a_database_that_derive_fills(tmp_path):
    url = f"duckdb:///{tmp_path / 'new.duckdb'}"
    assert run("create", "--database", url).exit_code == 0
    assert run("derive", "--database", url).exit_code == 0
    again = run("create", "--database", url)
    assert again.exit_code == 1
    assert "already" in again.stderr


@pytest.fixture
def clean(tmp_path) -> str:
    """A case database with nothing in it that could be wrong."""
    url = f"duckdb:///{tmp_path / 'clean.duckdb'}"
    folder = dirty.csv_folder(tmp_path / "extract", dirty.tables())
    done = run("load", "csv", str(folder), "--into", url)
    assert done.exit_code == 0, done.output
    return url


def test_check_prints_the_issues_of_rows_as_programs_expect(database):
    done = run("check", "--database", database, "--format", "json")
    issues = json.loads(done.stdout)
    assert issues, "the lead worker of this council is in no table"
    assert list(issues[0]) == ["rule", "severity", "table_name", "row_key", "message"]


def loaded(tmp_path, content) -> Result:
    folder = dirty.csv_folder(tmp_path / "extract", content)
    return run("load", "csv", str(folder), "--into", f"duckdb:///{tmp_path / 'own.duckdb'}")


@pytest.mark.usefixtures("nothing_is_counted")
def test_a_load_ends_with_how_its_issues_are_listed_and_only_where_there_are_some(tmp_path):
    content = dirty.tables()
    assert "childstat.py check" not in loaded(tmp_path, content).stdout
    content["visit"][0]["seen"] = "perhaps"
    last = loaded(tmp_path, content).stdout.splitlines()[-1]
    command = f"python childstat.py check --database duckdb:///{tmp_path / 'own.duckdb'}"
    assert last == f"'{command}' lists the rows that have issues."


def test_an_address_is_said_without_its_password(tmp_path, monkeypatch, capsys):
    report = cast(LoadReport, SimpleNamespace(issues=["one"]))
    say_what_is_next(report, "Wildshire", "postgresql+psycopg://user:secret@host/own cases")
    said = capsys.readouterr().out
    assert "secret" not in said and '"postgresql+psycopg://user:***@host/own cases"' in said


@pytest.mark.usefixtures("nothing_is_counted")
def test_a_load_says_that_the_council_is_still_the_one_that_was_shipped(tmp_path, monkeypatch):
    assert read_settings(PROJECT / "config.toml").council == SHIPPED_NAME
    content, said = dirty.tables(), "is still 'Demonstration council': set [council] name, targets"
    assert said in loaded(tmp_path, content).stderr
    file = tmp_path / "own.toml"
    file.write_text(COUNCIL.read_text("utf-8").replace(SHIPPED_NAME, "Wildshire"), "utf-8")
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(file))
    assert "council" not in loaded(tmp_path, content).stderr


def test_check_says_in_words_that_there_are_no_issues_and_programs_get_none(clean):
    done = run("check", "--database", clean)
    assert done.stdout.splitlines()[0] == "No data issues."
    assert "severity" not in done.stdout
    assert json.loads(run("check", "--database", clean, "--format", "json").stdout) == []
    said = run("check", "--database", clean, "--format", "csv").stdout
    assert said == "rule,severity,table_name,row_key,message\n"


@pytest.fixture
def changed_council(tmp_path, monkeypatch):
    """The council's settings with another recording standard than its figures were counted with."""
    file = tmp_path / "council.toml"
    text = COUNCIL.read_text(encoding="utf-8")
    assert "working_days = 2" in text
    (tmp_path / "segments.toml").write_bytes(RULES.read_bytes())
    file.write_text(text.replace("working_days = 2", "working_days = 3", 1), encoding="utf-8")
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(file))


SAID = (
    "Settings have changed since the figures were counted, so run 'python childstat.py derive':"
    " [[recording_standard]] from 2000-01-01 is 3 working days now and was 2 working days.\n"
)
ASKING = [
    ("figures", "--month", "2016-08", "--format", "json"),
    ("rows", "--metric", "visits_out_of_timescale", "--month", "2016-08", "--format", "json"),
    ("check", "--format", "json"),
]


@pytest.mark.parametrize("words", ASKING, ids=lambda words: words[0])
def test_a_setting_that_changed_since_is_said_beside_the_rows(database, changed_council, words):
    done = run(words[0], "--database", database, *words[1:])
    assert done.stderr.endswith(SAID)
    assert json.loads(done.stdout)


@pytest.mark.parametrize("words", ASKING, ids=lambda words: words[0])
def test_nothing_is_said_of_settings_that_are_as_they_were(database, words):
    assert "ettings" not in run(words[0], "--database", database, *words[1:]).stderr


def test_check_says_which_rules_of_units_have_changed_and_no_figure_is_doubted(
    database, tmp_path, monkeypatch
):
    (tmp_path / "council.toml").write_bytes(COUNCIL.read_bytes())
    text = RULES.read_text(encoding="utf-8").replace('name = "Neglect"', 'name = "Only neglect"')
    (tmp_path / "segments.toml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(tmp_path / "council.toml"))
    said = run("check", "--database", database).stderr
    assert "Settings have changed since proposals of units were counted" in said
    assert "[[segment]] U4 from 2016-01-04 is Only neglect: " in said
    figures = run("figures", "--database", database, "--month", "2016-08", "--format", "json")
    assert "ettings" not in figures.stderr


def test_check_says_which_rules_are_for_a_unit_that_the_data_do_not_know(database):
    said = run("check", "--database", database).stderr
    assert "no family can go: U2, which is no unit of these data; U3, which" in said
    assert "U1," not in said


@pytest.mark.parametrize("name", ["slides.xlsx", "slides.pptx"])
def test_slides_say_what_changed_and_so_does_export(database, changed_council, tmp_path, name):
    out = tmp_path / name
    done = run("export", "--database", database, "--month", "2016-08", "--out", str(out))
    assert done.stderr == SAID
    told = b"".join(ZipFile(out).read(part) for part in ZipFile(out).namelist())
    assert told.count(b"is 3 working days now and was 2 working days") == 1


def test_slides_are_made_of_the_boards_that_are_asked_for(database, tmp_path):
    out = tmp_path / "slides.pdf"
    asked = ("export", "--database", database, "--month", "2016-08", "--out", str(out))
    done = run(*asked, "--board", "in-time", "--board", "Our people")
    assert (done.exit_code, done.stdout) == (0, f"Written: {out}\n")
    read = " ".join(page.extract_text() for page in PdfReader(out).pages)
    assert "Agency" in read and "Assessments" in read and "Direct work, Service" not in read
    refused = run(*asked, "--board", "nonsense")
    assert refused.exit_code == 1
    assert "There is no board 'nonsense': the boards are scorecard, " in refused.stderr


def test_derive_counts_with_the_new_settings_and_nothing_is_said(
    database, changed_council, tmp_path
):
    case = tmp_path / "case.duckdb"
    shutil.copy(database.removeprefix("duckdb:///"), case)
    url = f"duckdb:///{case}"
    assert run("derive", "--database", url).exit_code == 0
    assert "ettings" not in run("figures", "--database", url, "--month", "2016-08").stderr


def test_nothing_is_published_of_figures_counted_with_other_settings(database, changed_council):
    done = run("publish", "--database", database, "--month", "2016-08", "--by", "Ann")
    assert done.exit_code == 1
    assert done.stderr == f"Error: Nothing can be published yet. {SAID}"


def test_a_wrong_setting_is_one_line_and_nothing_is_printed(database, tmp_path, monkeypatch):
    file = tmp_path / "council.toml"
    text = COUNCIL.read_text(encoding="utf-8")
    file.write_text(text.replace('metric = "sickness"', 'metric = "sick"', 1), encoding="utf-8")
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(file))
    done = run("figures", "--database", database)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith('Error: council.toml: in the 5th [[comparator]], metric = "sick"')
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", WHERE)
def test_a_command_says_in_the_list_what_it_says_of_itself(name):
    command = main.commands[name]
    assert command.name == name
    assert short_help(name) == command.get_short_help_str()
    assert f"  {name} " in run("--help").output


def test_to_list_the_commands_imports_none():
    """All of them together take three seconds to import."""
    code = (
        "import sys; from childstat import main\n"
        "main(['--help'], standalone_mode=False)\n"
        "sys.exit(bool({'pandas', 'sqlalchemy', 'numpy', 'duckdb'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_command_that_is_not_there_is_told_with_its_nearest():
    told = run("figure")
    assert told.exit_code == 2
    assert "figures" in told.output
