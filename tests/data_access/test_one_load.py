"""The lock that keeps two loads apart: who holds it, and that it ends with whoever does."""

import errno
import sys
from contextvars import Context
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, insert, select, text

from data_access.connection import one_load
from data_access.connection.load_holder import Holder, here, holder_in
from data_access.connection.one_load import sole_load
from data_access.database import changing, connect, create, read, rebuild
from data_access.problems import Busy, Problem, WrongSettings
from data_access.schema import unit


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


ON_EACH = pytest.mark.parametrize(
    "server", ["duckdb_url", "fresh_postgresql"], ids=["of a file", "of a server"]
)


@ON_EACH
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


@pytest.mark.skipif(sys.platform == "win32", reason="there it is msvcrt that locks")
@pytest.mark.parametrize("said", [errno.EWOULDBLOCK, errno.EACCES])
def test_only_what_a_system_says_of_a_locked_file_means_that_somebody_loads(
    duckdb_url, monkeypatch, said
):
    refuse_locks(monkeypatch, said)
    assert taken(duckdb_url)


@pytest.mark.skipif(sys.platform == "win32", reason="there it is msvcrt that locks")
@pytest.mark.parametrize("said", [errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EIO])
def test_a_disk_that_can_t_lock_is_said_once_and_is_no_other_load(
    duckdb_url, tmp_path, monkeypatch, said
):
    refuse_locks(monkeypatch, said)
    with pytest.raises(WrongSettings) as told, sole_load(duckdb_url):
        pytest.fail("nothing keeps another load out")
    assert str(tmp_path) in str(told.value) and "can't lock" in str(told.value)
    assert "disk of this machine" in str(told.value) and "Nothing was changed" in str(told.value)


def refuse_locks(monkeypatch, said: int) -> None:
    def refuse(*_asked) -> None:
        raise OSError(said, "it can't be done")

    monkeypatch.setattr("fcntl.flock", refuse)


def end_sessions_that_lock(url: str) -> None:
    """As a server does that is told to, or restarts."""
    engine = create_engine(url)
    with engine.connect() as connection:
        ended = text(
            "select pg_terminate_backend(l.pid) from pg_locks l join pg_stat_activity s using (pid)"
            " where l.locktype = 'advisory' and s.datname = current_database()"
        )
        assert connection.execute(ended).scalars().all() == [True]
    engine.dispose()


def remove_lock_file(url: str) -> None:
    Path(f"{url.removeprefix('duckdb:///')}.lock").unlink()


LOSE = {"duckdb_url": remove_lock_file, "fresh_postgresql": end_sessions_that_lock}
ONE = {"unit_id": "U1", "name": "Red", "service": "Children", "kind": "area"}


@pytest.mark.parametrize("publishing", [rebuild, changing])
@ON_EACH
def test_nothing_is_put_in_place_once_the_lock_was_lost(server, publishing, request):
    url = request.getfixturevalue(server)
    create(url)
    with pytest.raises(Problem, match="no longer held for this load alone") as told:
        with publishing(url) as connection:
            connection.execute(insert(unit).values(ONE))
            LOSE[server](url)
    assert "load again" in str(told.value)
    assert not units_at(url)
    with publishing(url) as connection:
        connection.execute(insert(unit).values(ONE))
    assert units_at(url) == ["U1"]


@ON_EACH
def test_of_several_steps_within_one_lock_each_is_held_to_it(server, request):
    url = request.getfixturevalue(server)
    create(url)
    with sole_load(url), pytest.raises(Problem, match="no longer held"):
        with changing(url) as connection:
            connection.execute(insert(unit).values(ONE))
            LOSE[server](url)
    assert not units_at(url)


def test_a_lock_that_is_lost_in_a_load_that_fails_says_no_word_of_its_own(
    fresh_postgresql, capfd, caplog
):
    with pytest.raises(ZeroDivisionError), sole_load(fresh_postgresql):
        end_sessions_that_lock(fresh_postgresql)
        raise ZeroDivisionError
    assert capfd.readouterr() == ("", "") and not caplog.records


def units_at(url: str) -> list[str]:
    engine = connect(url)
    try:
        return [row.unit_id for row in read(engine, select(unit.c.unit_id))]
    finally:
        engine.dispose()


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
