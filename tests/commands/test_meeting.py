"""Publishing and the store's copies, as an analyst's scheduled job sees them."""

import json
import re
from dataclasses import replace

import pytest

from data_access.meeting_store.opening import open_store
from data_access.meeting_store.publications import publications
from data_access.settings import MEETING_STORE_VARIABLE
from metrics.figures import Figures, read_figures
from metrics.model import Tally
from tests.commands.test_childstat import run


@pytest.fixture
def store_file(tmp_path, monkeypatch):
    file = tmp_path / "meeting.sqlite"
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{file}")
    return file


@pytest.fixture
def council(database, store_file):
    return database


def publish(council, *words):
    return run("publish", "--database", council, "--month", "2016-09", "--by", "Ann", *words)


def test_publish_says_in_one_line_what_was_frozen(council):
    done = publish(council)
    assert done.exit_code == 0
    assert done.stdout.startswith("September 2016 is published as version 1: ")
    assert " rows behind them, as at 2016-09-30. Its digest, " in done.stdout
    assert re.search(r": [0-9a-f]{64}\n$", done.stdout)
    assert len(done.stdout.splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        ((), 1, "Nothing of September 2016 has changed since version 1"),
        (("--month", "2016-10"), 1, "There are no data for October 2016"),
        (("--month", "October"), 2, "write it as 2016-09"),
        (("--by", " "), 1, "Say who does this"),
    ],
)
def test_what_cannot_be_published_is_one_sentence_and_a_status(council, words, status, said):
    publish(council)
    done = publish(council, *words)
    assert done.exit_code == status
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("published", [("--published",), ("--published", "1")])
def test_published_figures_and_rows_have_the_keys_of_those_that_are_not(council, published):
    publish(council)
    for words in (
        ("figures", "--month", "2016-09"),
        ("rows", "--month", "2016-09", "--metric", "visits_out_of_timescale"),
    ):
        ask = (words[0], "--database", council, *words[1:], "--format", "json")
        live, frozen = json.loads(run(*ask).stdout), json.loads(run(*ask, *published).stdout)
        assert [list(row) for row in frozen] == [list(row) for row in live]
        assert live
        assert all(row in live for row in frozen)
        assert len(frozen) == len(live)


def test_a_month_that_was_never_published_is_said(council):
    done = run("figures", "--database", council, "--month", "2016-08", "--published")
    assert done.exit_code == 1
    assert "August 2016 has not been published." in done.stderr
    words = ("--month", "2016-08", "--metric", "caseload", "--published")
    assert "has not been published" in run("rows", "--database", council, *words).stderr


def test_a_version_that_is_not_there_is_said(council):
    publish(council)
    done = run("figures", "--database", council, "--month", "2016-09", "--published", "2")
    assert "has no version 2: it was published as 1" in done.stderr
    wrong = run("figures", "--database", council, "--month", "2016-09", "--published", "two")
    assert wrong.exit_code == 2


def test_rows_are_as_known_on_a_day_or_as_published_and_not_both(council):
    publish(council)
    words = ("--month", "2016-09", "--metric", "caseload", "--as-known-on", "2016-09-30")
    done = run("rows", "--database", council, *words, "--published")
    assert done.exit_code == 2


def test_a_copy_is_made_and_put_back(council, store_file, tmp_path):
    copy = tmp_path / "copy.sqlite"
    publish(council)
    assert run("store", "backup", "--to", str(copy)).exit_code == 0
    for file in store_file.parent.glob("meeting.sqlite*"):
        file.unlink()
    done = run("store", "restore", "--from", str(copy))
    assert done.exit_code == 0, done.stderr
    store = open_store(f"sqlite:///{store_file}")
    assert [one.version for one in publications(store)] == [1]
    store.dispose()


def test_a_copy_of_no_store_is_refused_in_one_line(store_file, tmp_path):
    done = run("store", "backup", "--to", str(tmp_path / "copy.sqlite"))
    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (1, 1)
    assert "There is no meeting store at" in done.stderr
    done = run("store", "restore", "--from", str(tmp_path / "nothing.sqlite"))
    assert (done.exit_code, len(done.stderr.strip().splitlines())) == (1, 1)


def one_more(*known) -> Figures:
    """The figures of a load that counts one more in every numerator."""
    figures = read_figures(*known)
    tallies = {key: tally + Tally(1, 0) for key, tally in figures.tallies.items()}
    return replace(figures, tallies=tallies)


def test_figures_and_rows_are_as_published_as_on_the_screens_unless_asked_as_known_now(
    council, monkeypatch
):
    publish(council)
    one = ("--month", "2016-09", "--metric", "visits_out_of_timescale")
    ask = ("--database", council, *one, "--format", "json")
    before = {words: run(words, *ask).stdout for words in ("figures", "rows")}
    monkeypatch.setattr("commands.asking.read_figures", lambda *known: one_more(*known))
    for command, published in before.items():
        assert run(command, *ask).stdout == published
        assert run(command, *ask, "--published").stdout == published
    assert run("figures", *ask, "--known-now").stdout != before["figures"]
    assert len(json.loads(run("rows", *ask, "--known-now").stdout)) == len(
        json.loads(before["rows"])
    )
    assert run("rows", *ask, "--known-now", "--published").exit_code == 2
    assert run("figures", *ask, "--known-now", "--said").exit_code == 2
