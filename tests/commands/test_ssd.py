"""`load ssd`, as an analyst types it."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from childstat import main
from data_access.connection.source_addresses import SOURCE_VARIABLE
from data_access.database import connect, read
from data_access.schema import source_load
from tests.databases import duckdb_file
from tests.loading.ssd.small import deployed

HUSH = "p@ss:word/with?signs"


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["load", "ssd", *words])


def test_an_ssd_named_by_the_environment_is_loaded_and_told_and_its_secret_is_not(
    fresh_postgresql, tmp_path, monkeypatch
):
    deployed(fresh_postgresql, schema="ssd_live")
    user, rest = fresh_postgresql.split("://", 1)[1].split("@", 1)
    assert user == "childstat"
    monkeypatch.setenv("SSD_PASSWORD", HUSH)
    monkeypatch.setenv(SOURCE_VARIABLE, f"postgresql+psycopg://{user}:${{SSD_PASSWORD}}@{rest}")
    into = duckdb_file(tmp_path)
    done = run("--into", into, "--schema", "ssd_live", "--lead-role", "fsw")
    assert done.exit_code == 0, done.output
    assert "visit                  read        3  written        3" in done.stdout
    assert re.search(r"ssd +CW +1 +no\n", done.stdout)
    assert re.search(r"ssd +FSW +1 +yes\n", done.stdout)
    assert "The SSD holds no posts" in done.stdout
    (kept,) = read(connect(into), source_load.select())
    for words in (done.output, str(kept)):
        assert HUSH not in words and "SSD_PASSWORD" not in words


def test_a_load_that_fails_leaves_nothing_behind(tmp_path):
    into = duckdb_file(tmp_path)
    failed = run(f"sqlite:///{tmp_path / 'none.sqlite'}", "--into", into)
    assert failed.exit_code == 1
    assert failed.stderr.startswith("Error: There is no database at sqlite:///")
    assert [*Path(tmp_path).iterdir()] == []


@pytest.mark.parametrize("words", [(), ("postgresql+psycopg://u:${NOT_SET}@h/d",)])
def test_what_the_environment_lacks_is_one_line(words, monkeypatch):
    monkeypatch.delenv(SOURCE_VARIABLE, raising=False)
    monkeypatch.delenv("NOT_SET", raising=False)
    failed = run(*words)
    assert failed.exit_code == 1 and failed.stderr.count("\n") == 1
