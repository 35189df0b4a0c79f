"""The command: sentences for people, stable keys for programs, and a status for a timer."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from childstat import main
from commands.doctor.software import libraries_are, python_is

KEYS = {
    "python",
    "libraries",
    "streamlit_options",
    "start",
    "listening",
    "case_database",
    "meeting_store",
    "disk",
}


@pytest.fixture
def local(monkeypatch, tmp_path, database):
    """This machine, without sign-in, over a small council."""
    monkeypatch.setenv("CHILDSTAT_DATABASE", database)
    monkeypatch.setenv("CHILDSTAT_MEETING_STORE", f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    monkeypatch.setattr("commands.doctor.stores.GIGABYTE", 1)
    return lambda *words: CliRunner().invoke(main, ["doctor", *words])


@pytest.fixture
def closed(database):
    Path(database.removeprefix("duckdb:///")).chmod(0o600)


def test_a_machine_without_sign_in_is_in_order_as_it_comes(local, closed):
    done = local()
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == "To be looked at:"
    assert "In order:" in done.stdout and "To be mended:" not in done.stdout


def test_what_must_be_mended_is_said_first_and_makes_the_command_fail(local, closed, monkeypatch):
    monkeypatch.setenv("STREAMLIT_SERVER_ADDRESS", "0.0.0.0")
    done = local()
    assert done.exit_code == 1
    first, second = done.stdout.splitlines()[:2]
    assert first == "To be mended:"
    assert second.startswith("  - ChildStat would not start: ")


def test_programs_read_a_check_its_severity_and_a_message(local, closed):
    rows = json.loads(local("--format", "json").stdout)
    assert {tuple(row) for row in rows} == {("check", "severity", "message")}
    assert {row["check"] for row in rows} == KEYS
    assert {row["severity"] for row in rows} <= {"mend", "look", "fine"}


@pytest.mark.parametrize(
    ("found", "is_fine"), [("3.10.9", False), ("3.11.0", True), ("3.14.0", False)]
)
def test_a_python_that_this_version_is_not_for_is_said(found, is_fine):
    assert (python_is(found, ">=3.11,<3.14").severity == "fine") is is_fine


def test_libraries_that_are_missing_or_others_are_named(tmp_path):
    pins = tmp_path / "requirements.txt"
    pins.write_text(
        "# A comment.\n-r other.txt\nno-such-library==1.0\nclick==0.1  # for us\n"
        'tzdata==1 ; sys_platform == "nowhere"\n',
        encoding="utf-8",
    )
    missing, other = libraries_are(pins)
    assert missing.severity == "mend" and "no-such-library" in missing.message
    assert other.severity == "look" and "click" in other.message and "tzdata" not in other.message
