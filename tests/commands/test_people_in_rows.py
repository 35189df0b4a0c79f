"""What `rows` prints of people for who may see no names, and of a restricted child."""

import json
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from childstat import main
from commands.people import told_rows
from data_access.settings import CONFIG_VARIABLE, MEETING_STORE_VARIABLE
from data_access.viewer import local_viewer
from tests import COUNCIL
from tests.ui.small_council import build
from tests.worlds import SETTINGS

ROWS = ["rows", "--metric", "visits_out_of_timescale", "--month", "2016-09", "--format", "json"]


@pytest.fixture(scope="module")
def council(tmp_path_factory):
    return build(tmp_path_factory.mktemp("people"))


def printed(council: str, *more: str) -> list[dict]:
    done = CliRunner().invoke(main, [*ROWS, "--unit", "U2", "--database", council, *more])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


@pytest.fixture
def nameless(tmp_path, monkeypatch):
    file = tmp_path / "council.toml"
    written = COUNCIL.read_text(encoding="utf-8")
    before = "may_see_names = true"
    assert before in written
    file.write_text(written.replace(before, "may_see_names = false", 1), encoding="utf-8")
    monkeypatch.setenv(CONFIG_VARIABLE, str(file))
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'meeting.sqlite'}")


def test_a_worker_is_printed_as_one_code_for_who_may_see_no_names(council, nameless):
    rows = printed(council)
    (worker,) = {row["worker_id"] for row in rows}
    assert worker.startswith("Worker ") and "WORKER-U2" not in worker
    assert printed(council) == rows
    assert "WORKER" not in json.dumps(rows)


def test_a_worker_is_printed_by_id_for_who_may_see_names(council):
    assert {row["worker_id"] for row in printed(council)} == {"WORKER-U2"}


def test_of_a_restricted_child_only_what_counts_is_printed(council):
    rows = printed(council)
    (closed,) = [row for row in rows if row["child_id"] is None]
    told = {name for name, value in closed.items() if value is not None}
    assert told == {"month", "unit_id", "unit_name", "worker_id", "worker_name"} | {
        "numerator",
        "denominator",
    }
    assert len(rows) == 3


def test_rows_that_are_printed_have_the_meaning_of_a_code_behind_it():
    row = SimpleNamespace(child_id="C1", source="6", is_closed=False)
    told = told_rows(SETTINGS, local_viewer(SETTINGS), ("child_id", "source"), [row])
    assert told == [["C1", "6: police"]]
