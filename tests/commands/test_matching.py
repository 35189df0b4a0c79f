"""teams and workers, as an analyst types them: what a load brought, what is decided, the next."""

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import allocation, unit, worker
from data_access.settings import MEETING_STORE_VARIABLE
from tests.commands.test_childstat import run

FILES = {
    "unit": "unit_id,name,kind\nEAST1,East 1,area\nEAST2,East 2,area\n",
    "child": "child_id,restricted\nK1,false\nK2,false\n",
    "referral": "referral_id,child_id,received_on\nR1,K1,2016-01-04\nR2,K2,2016-01-04\n",
    "worker": "worker_id,name\nP1,Ash Bell\nP2,A Bell\n",
    "allocation": "allocation_id,child_id,worker_id,unit_id,lead,started_on\n"
    "A1,K1,P1,EAST1,true,2016-01-04\nA2,K2,P2,EAST2,true,2016-01-04\n",
}
STAFF = {"worker": "worker_id,name,registration_no\nH1,Ashley Bell,SW1\n"}


def folder(path: Path, files: dict[str, str]) -> Path:
    path.mkdir(exist_ok=True)
    for name, text in files.items():
        (path / f"{name}.csv").write_text(text, encoding="utf-8")
    return path


class Council:
    def __init__(self, path: Path) -> None:
        self.path, self.url = path, f"duckdb:///{path / 'case.duckdb'}"

    def load(self, name: str, files: dict[str, str], *more: str):
        where = folder(self.path / name, files)
        done = run("load", "csv", str(where), "--into", self.url, "--data-to", "2016-09-30", *more)
        assert done.exit_code == 0, done.stderr
        return done

    def told(self, *words: str) -> list[dict]:
        done = run(*words, "--database", self.url, "--format", "json")
        assert done.exit_code == 0, done.stderr
        return json.loads(done.stdout)

    def says(self, *words: str):
        return run(*words, "--by", "Ann", "--database", self.url)

    def rows(self, *columns) -> set[tuple]:
        engine = connect(self.url)
        found = {tuple(row) for row in read(engine, select(*columns))}
        engine.dispose()
        return found


def loaded_in(path: Path) -> Council:
    council = Council(path)
    with pytest.MonkeyPatch.context() as set_for_now:
        set_for_now.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{path / 'meeting.sqlite'}")
        council.load("cases", FILES)
    assert not (path / "meeting.sqlite").exists(), "a load makes no store"
    return council


@pytest.fixture
def council(tmp_path, monkeypatch, nothing_is_counted):
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    return loaded_in(tmp_path)


@pytest.fixture(scope="module")
def loaded_once(tmp_path_factory):
    return loaded_in(tmp_path_factory.mktemp("council"))


@pytest.fixture
def asked(loaded_once, tmp_path, monkeypatch):
    """A council that is only asked, with a meeting store of its own."""
    monkeypatch.setenv(MEETING_STORE_VARIABLE, f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    return loaded_once


def test_a_team_is_mapped_and_the_next_load_goes_by_it(council):
    listed = council.told("teams", "list")
    assert [(one["team_id"], one["team"], one["children"], one["unit_id"]) for one in listed] == [
        ("EAST1", "East 1", 1, None), ("EAST2", "East 2", 1, None),
    ]  # fmt: skip
    for team in ("EAST1", "EAST2"):
        done = council.says("teams", "map", team, "U1", "--name", "Unit 1", "--from", "2016-04-01")
        assert (done.exit_code, done.stdout) == (
            0, f"Team {team} is of unit U1 from 1 April 2016: so from the next load.\n",
        )  # fmt: skip
    done = council.load("cases", FILES)
    assert "allocation             read        2  written        4" in done.stdout
    assert "2 more by the team map" in done.stdout
    held = council.rows(allocation.c.child_id, allocation.c.unit_id, allocation.c.ended_on)
    assert {(child, team, str(end)) for child, team, end in held} == {
        ("K1", "EAST1", "2016-04-01"), ("K1", "U1", "None"),
        ("K2", "EAST2", "2016-04-01"), ("K2", "U1", "None"),
    }  # fmt: skip
    assert ("U1", "Unit 1") in council.rows(unit.c.unit_id, unit.c.name)
    listed = council.told("teams", "list")
    assert [(one["team_id"], one["children"], one["started_on"]) for one in listed] == [
        ("EAST1", 1, "2016-04-01"), ("EAST2", 1, "2016-04-01"),
    ]  # fmt: skip
    done = run("teams", "unmap", "EAST1", "--by", "Bob")
    assert done.stdout.startswith("Team EAST1 is no more of unit U1 from 1 April 2016")
    assert run("teams", "unmap", "EAST1", "--by", "Bob").exit_code == 1
    assert [one["unit_id"] for one in council.told("teams", "list")] == [None, "U1"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("NOBODY", "EAST1"), "No load has brought a team NOBODY"),
        (("EAST1", "U1"), "There is no unit U1 yet"),
        (("EAST1", "EAST1"), "its own unit where nothing is said"),
        (("EAST1", "EAST2", "--until", "soon"), "is not a day"),
    ],
)
def test_a_team_that_is_not_there_and_a_unit_without_a_name_are_refused(asked, words, said):
    done = asked.says("teams", "map", *words)
    assert done.exit_code in (1, 2)
    assert said in done.stderr
    assert len(done.stdout) == 0


def test_two_workers_in_doubt_are_listed_decided_and_matched_by_the_next_load(council):
    council.load("staff", STAFF, "--add")
    asked = council.told("workers", "list")
    assert [(one["one"], one["other"], one["verdict"]) for one in asked] == [
        ("H1", "P1", "not decided"), ("H1", "P2", "not decided"),
    ]  # fmt: skip
    assert {(one["one_name"], one["other_name"]) for one in asked} == {
        ("Ashley Bell", "Ash Bell"), ("Ashley Bell", "A Bell"),
    }  # fmt: skip
    done = council.says("workers", "decide", "P1", "H1", "--same", "--reason", "HR says so.")
    assert (done.exit_code, done.stdout) == (0, "P1 and H1: one person, from the next load.\n")
    assert council.says("workers", "decide", "P2", "H1", "--two").exit_code == 0
    council.load("cases", FILES)
    council.load("staff", STAFF, "--add")
    rows = council.rows(worker.c.worker_id, worker.c.registration_no)
    assert len(rows) == 2
    held = dict(council.rows(allocation.c.child_id, allocation.c.worker_id))
    assert (held["K1"], "SW1") in rows
    told = [(one["verdict"], one["reason"]) for one in council.told("workers", "list")]
    assert sorted(told, key=str) == [("one person", "HR says so."), ("two people", None)]
    done = council.says("workers", "decide", "P2", "P1", "--same")
    assert "would be one person" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("P1", "NOBODY", "--same"), 1, "No load has brought a worker NOBODY"),
        (("P1", "P2"), 2, "Say which"),
        (("P1", "P1", "--same"), 1, "Name two workers"),
    ],
)
def test_a_worker_who_is_not_there_and_no_verdict_are_refused(asked, words, status, said):
    done = asked.says("workers", "decide", *words)
    assert done.exit_code == status
    assert said in done.stderr


def test_a_store_that_can_t_be_read_stops_the_load_as_figures_would_move(council):
    store = council.path / "meeting.sqlite"
    store.write_text("no store", encoding="utf-8")
    where = folder(council.path / "cases", FILES)
    done = run("load", "csv", str(where), "--into", council.url, "--data-to", "2016-09-30")
    assert done.exit_code == 1
    assert "meeting.sqlite" in done.stderr
