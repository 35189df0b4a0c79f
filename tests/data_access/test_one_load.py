"""The lock that keeps two loads apart: who holds it, and that it ends with whoever does."""

import sys
from contextvars import Context
from datetime import datetime
from pathlib import Path

import pytest

from data_access.connection import one_load
from data_access.connection.one_load import Holder, here, holder_in, sole_load
from data_access.problems import Busy


def taken(url: str) -> bool:
    """Whether somebody else, as another process, would be refused."""

    def take() -> None:
        with sole_load(url):
            pass

    try:
        Context().run(take)
    except Busy:
        return True
    return False


@pytest.mark.parametrize("server", ["duckdb_url", "fresh_postgresql"])
def test_it_is_held_once_by_whoever_has_it_and_by_nobody_else_until_the_end(server, request):
    url = request.getfixturevalue(server)
    with sole_load(url):
        with sole_load(url):
            assert taken(url)
        assert taken(url)
    assert not taken(url)
    with pytest.raises(ZeroDivisionError), sole_load(url):
        raise ZeroDivisionError
    assert not taken(url)


def test_two_databases_are_loaded_at_once(tmp_path):
    with sole_load(f"duckdb:///{tmp_path / 'one.duckdb'}"):
        assert not taken(f"duckdb:///{tmp_path / 'two.duckdb'}")


def test_nothing_stays_and_what_a_killed_load_left_is_in_nobody_s_way(duckdb_url, tmp_path):
    lock = Path(f"{duckdb_url.removeprefix('duckdb:///')}.lock")
    lock.write_text("2016-10-03T02:05 4711 cases-1 nightly")
    with sole_load(duckdb_url):
        assert "4711" not in lock.read_text()
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_its_holder_removes_while_another_waits_for_it_locks_nothing(
    duckdb_url, monkeypatch
):
    lock, really = Path(f"{duckdb_url.removeprefix('duckdb:///')}.lock"), one_load._lock
    opened = []

    def late(file) -> bool:
        opened.append(file)
        if len(opened) == 1:
            lock.unlink()
        return really(file)

    monkeypatch.setattr(one_load, "_lock", late)
    with sole_load(duckdb_url):
        assert taken(duckdb_url)


def test_a_holder_is_told_as_it_was_written_in_few_enough_letters():
    holder = Holder(datetime(2016, 10, 3, 2, 5), 4711, "cases-1", "load ssd")
    assert holder_in(holder.written) == holder
    assert holder.told == "load ssd, process 4711 on cases-1, since 3 October 2016 at 02:05"
    long = Holder(datetime(2016, 10, 3, 2, 5), 4_000_000, "x" * 80, "load workforce-census")
    found = holder_in(long.written)
    assert len(long.written) <= 63 and found and found.command == long.command
    assert holder_in("psql") is None and holder_in(None) is None and holder_in("") is None


@pytest.mark.parametrize(
    ("typed", "command"),
    [
        (["load", "ssd", "postgresql://u:hush@h/d"], "load ssd"),
        (["derive", "--database", "postgresql://u:hush@h/d"], "derive"),
        (["postgresql://u:hush@h/d"], "a program"),
    ],
)
def test_of_a_command_line_no_address_is_told(typed, command, monkeypatch):
    monkeypatch.setattr(sys, "argv", ["childstat.py", *typed])
    assert here().command == command
