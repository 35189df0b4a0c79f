"""`nightly`, as a scheduler sees it: one line and an exit status."""

import errno
import sys
from contextvars import Context
from dataclasses import dataclass
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, select, text

from childstat import main
from commands.building import load
from data_access.connection.one_load import sole_load
from data_access.database import connect, read
from data_access.schema import metadata, visit
from loading.nightly.kinds import READERS
from tests import COUNCIL
from tests.databases import duckdb_file
from tests.loading.nightly.council import extract
from tests.loading.ssd.small import deployed

HUSH = "p4ss-word-of-nobody"


@dataclass
class Nightly:
    """Runs `nightly` with these sources in the settings: call it with their lines of TOML."""

    settings: Path
    into: str

    def __call__(self, *sources: str, into: str | None = None) -> Result:
        council = COUNCIL.read_text(encoding="utf-8")
        written = "\n".join([council, *(f"[[nightly_source]]\n{one}" for one in sources)])
        self.settings.write_text(written, encoding="utf-8")
        # As another process would: what the test itself holds is not its.
        asked = ["nightly", "--into", into or self.into]
        return Context().run(CliRunner().invoke, main, asked)


@pytest.fixture
def run(tmp_path, monkeypatch) -> Nightly:
    monkeypatch.setenv("CHILDSTAT_CONFIG", str(tmp_path / "config.toml"))
    return Nightly(tmp_path / "config.toml", duckdb_file(tmp_path))


def csv(folder: Path) -> str:
    return f"kind = 'csv'\nat = ['{folder}']\n"


def test_a_run_ends_with_one_line_and_none_besides_and_so_does_one_with_nothing_to_do(
    run, tmp_path
):
    folder = extract(tmp_path / "extract")
    first = run(csv(folder))
    assert (first.exit_code, first.stderr) == (0, ""), first.output
    assert first.stdout.startswith("Loaded ") and first.stdout.count("\n") == 1
    assert " rows of 1 source, data to 2016-10-31: load 1, " in first.stdout
    again = run(csv(folder))
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout.startswith("Nothing was loaded: ") and again.stdout.count("\n") == 1
    (folder / "child.csv").touch()
    third = run(csv(folder), "kind = 'csv'\nat = ['{}']\n".format(extract(tmp_path / "other")))
    assert "of 2 sources" in third.stdout and "in load 1." in third.stdout


def test_while_another_load_works_it_ends_with_a_status_of_its_own(run, tmp_path):
    with sole_load(run.into):
        busy = run(csv(extract(tmp_path / "extract")))
    assert busy.exit_code == 75 and busy.stderr.count("\n") == 1
    assert "is being loaded already by " in busy.stderr and "Nothing was changed" in busy.stderr
    assert not Path(run.into.removeprefix("duckdb:///")).exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there it is msvcrt that locks")
def test_a_disk_that_locks_nothing_is_no_other_load_that_is_to_be_waited_for(
    run, tmp_path, monkeypatch
):
    def refuse(*_asked) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    refused = run(csv(extract(tmp_path / "extract")))
    assert refused.exit_code == 2 and "can't lock a file (no locks available)" in refused.stderr


@pytest.mark.parametrize(
    ("sources", "says"),
    [
        ([], "have no [[nightly_source]]"),
        (["kind = 'csv'\n"], "the 1st [[nightly_source]] has no at"),
        (["kind = 'ssd'\nat = ['a', 'b']\n"], "give one address"),
        ([f"kind = 'sdd'\nat = ['postgresql://u:{HUSH}@h/d']\n"], "use one of"),
        ([f"kind = 'ssd'\naddress = 'postgresql://u:{HUSH}@h/d'\n"], "no such key"),
        (["kind = 'ssd'\nat = ['postgresql+psycopg://u:${NOT_SET}@h/d']\n"], "has no NOT_SET"),
        (["kind = 'csv'\nat = ['.']\ncovers_from = ['visits=2016-01-01']\n"], "no table 'visits'"),
    ],
)
def test_wrong_settings_are_wrong_use(run, monkeypatch, sources, says):
    monkeypatch.delenv("NOT_SET", raising=False)
    refused = run(*sources)
    assert refused.exit_code == 2 and says in refused.stderr
    assert HUSH not in refused.output


def test_a_source_that_is_not_there_is_a_failure_in_one_line(run, tmp_path):
    failed = run(csv(tmp_path / "nowhere"))
    assert failed.exit_code == 1 and failed.stderr.count("\n") == 1
    assert "There is no folder" in failed.stderr


@pytest.mark.parametrize(
    "server", ["duckdb", pytest.param("postgresql", marks=pytest.mark.thorough)]
)
def test_the_password_of_a_source_is_written_nowhere(
    run, tmp_path, monkeypatch, fresh_postgresql, server
):
    deployed(fresh_postgresql)
    user, rest = fresh_postgresql.split("://", 1)[1].split("@", 1)
    monkeypatch.setenv("SSD_PASSWORD", HUSH)
    ssd = f"kind = 'ssd'\nat = ['postgresql+psycopg://{user}:${{SSD_PASSWORD}}@{rest}']\n"
    into = run.into if server == "duckdb" else fresh_postgresql
    done = run(ssd, into=into)
    assert done.exit_code == 0, done.output
    engine = create_engine(fresh_postgresql)
    with engine.begin() as connection:
        connection.execute(text("ALTER TABLE ssd_person RENAME TO gone"))
    engine.dispose()
    failed = run(ssd, into=into)
    assert failed.exit_code == 1 and failed.stderr.count("\n") == 1
    assert HUSH not in done.output + failed.output
    for file in (one for one in tmp_path.rglob("*") if one.is_file()):
        assert HUSH.encode() not in file.read_bytes(), file
    reader = connect(into)
    assert len(read(reader, select(visit.c.visit_id))) == 3
    assert HUSH not in everything_in(reader)
    reader.dispose()


def everything_in(reader) -> str:
    return repr([read(reader, select(*table.c)) for table in metadata.sorted_tables])


def test_every_kind_of_source_is_loaded_by_hand_under_the_same_name():
    assert {*READERS} < {*load.commands}
