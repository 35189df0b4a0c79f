"""What commands do with an address, a day or a terminal that can't be used: one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from childstat import main
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from data_access.settings import DATABASE_VARIABLE

PROJECT = Path(__file__).parents[2]
ADDRESSES = (
    "mysql+pymysql://u:secret@host/name",
    "oracle://u:secret@host/name",
    "postgresql+psycopg2://u:secret@host/name",
    "postgresql+psycopg://u:secret@host:port/name",
    "foo://u:secret@host/name",
    "nonsense",
    "duckdb://",
    "duckdb:///:memory:",
)
COMMANDS = (
    ("figures", "--database"),
    ("check", "--database"),
    ("derive", "--database"),
    ("create", "--database"),
    ("demo", "--into"),
)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, [*words])


@pytest.mark.parametrize("address", [*ADDRESSES, "sqlite:///case.sqlite"])
@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_an_address_that_no_case_database_can_have_is_said_without_its_password(command, address):
    done = run(*command, address)
    assert done.exit_code == 1
    assert done.stderr == (
        "Error: The database address is not one that ChildStat can use: give duckdb:///FILE or"
        " postgresql+psycopg://USER:PASSWORD@HOST/NAME.\n"
    )


@pytest.mark.parametrize("address", ADDRESSES)
def test_such_an_address_of_the_environment_is_said(monkeypatch, address):
    monkeypatch.setenv(DATABASE_VARIABLE, address)
    done = run("figures")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "secret" not in done.stderr


@pytest.mark.parametrize("address", [*ADDRESSES, "duckdb:///meeting.duckdb", "sqlite://"])
def test_an_address_that_no_meeting_store_can_have_is_said(address):
    with pytest.raises(Problem, match="The meeting store's address is not one that") as problem:
        open_store(address)
    assert "secret" not in str(problem.value)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda one: one[0])
def test_an_empty_address_is_not_taken_for_the_usual_one(command):
    done = run(*command, "")
    assert done.exit_code == 2
    assert "it is empty: give the address, or leave the option out." in done.stderr


def test_a_folder_is_no_case_database(tmp_path):
    done = run("demo", "--into", f"duckdb:///{tmp_path}")
    assert done.exit_code == 1
    assert "is a folder: give the case database the name of a file in it" in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("figures", "--month", "0001-02", "--months", "24"),
        ("figures", "--month", "9999-12"),
        ("figures", "--month", "-2016-01"),
        ("figures", "--month", "2016-09", "--months", "100000"),
        ("figures", "--months", "-1"),
        ("figures", "--as-known-on", "9999-12-31"),
        ("figures", "--published", "9" * 5000),
        ("rows", "--metric", "caseload", "--month", "0001-01"),
        ("export", "--month", "9999-12", "--out", "x.xlsx"),
        ("publish", "--month", "0001-01", "--by", "A"),
        ("load", "csv", "folder", "--data-to", "0001-01-01"),
        ("demo", "--scale", "9" * 30),
        ("spc", __file__, "--better", "lower", "--rebase", "9999-12"),
    ],
    ids=" ".join,
)
def test_a_day_or_number_beyond_all_reason_is_wrong_use(words):
    done = run(*words)
    assert done.exit_code == 2
    assert done.stderr.strip().splitlines()[-1].startswith("Error: Invalid value for ")


def test_months_at_the_edge_of_what_is_allowed_have_no_data_and_it_is_said(database):
    done = run("figures", "--database", database, "--month", "1900-01", "--months", "2")
    assert done.exit_code == 0
    assert "1899-12: there are no data for this month." in done.stderr
    done = run("rows", "--database", database, "--metric", "caseload", "--month", "2199-12")
    assert done.exit_code == 0
    assert "2199-12: there are no data for this month." in done.stderr


def piped(*words: str, **how) -> subprocess.Popen:
    environment = {**os.environ, **how.pop("environment", {})}
    return subprocess.Popen(
        [sys.executable, "childstat.py", *words],
        cwd=PROJECT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "cp437"])
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_terminal_that_lacks_a_character_is_given_an_escape(database, encoding, form):
    words = ("figures", "--database", database, "--said", "--format", form)
    with piped(*words, environment={"PYTHONIOENCODING": encoding}) as process:
        out, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert b"usual" in out or b"no limits yet" in out
    if form == "json":
        assert json.loads(out.decode("utf-8" if encoding == "ascii" else encoding))


def test_a_complaint_is_said_on_any_terminal():
    with piped(
        "figures", "--database", "duckdb:////\u0142", environment={"PYTHONIOENCODING": "latin-1"}
    ) as process:
        _, errors = process.communicate()
    assert process.returncode == 1
    assert errors.startswith(b"Error: There is no case database at /\\u0142: build one")


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_whoever_reads_no_further_ends_the_command_without_a_word(database, form):
    words = ("figures", "--database", database, "--months", "1200", "--format", form)
    with piped(*words) as process:
        assert process.stdout and process.stderr
        process.stdout.close()
        errors = process.stderr.read()
    assert b"Broken pipe" not in errors
    assert b"Traceback" not in errors


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is full")
@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_a_full_disk_under_what_is_printed_is_one_sentence(database, form):
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "childstat.py", "figures", "--database", database, "--format", form],
            cwd=PROJECT,
            stdout=full,
            stderr=subprocess.PIPE,
        )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        b"Error: It could not be done: [Errno 28] No space left on device."
    ]
