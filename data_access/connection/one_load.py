"""One load at a time into a case database: who comes second changes nothing, and hears who loads.

What keeps others out ends with the process that holds it, however that ends: a lock of the
operating system on a file beside a DuckDB file, a session's advisory lock on PostgreSQL.
"""

import errno
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from io import FileIO
from pathlib import Path

from sqlalchemy import URL, Connection, String, column, create_engine, func, select, table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data_access.connection.addresses import (
    KEPT_ALIVE,
    SECONDS_TO_WAIT_FOR_AN_ANSWER,
    address_of,
)
from data_access.connection.driver_faults import fault_sentence
from data_access.connection.load_holder import LONGEST_NAME, Holder, here, holder_in
from data_access.connection.new_file import need_place_for
from data_access.connection.private_files import keep_to_owner
from data_access.problems import Busy, Problem, WrongSettings

BUSY = (
    "{where} is being loaded already{by}. Nothing was changed: wait until it ends, then try again."
)
CANNOT_LOCK = (
    "The disk of {path} can't lock a file ({said}), so that nothing would keep two loads of the"
    " case database apart: put the database on a disk of this machine, or on PostgreSQL. Nothing"
    " was changed."
)
LOST = (
    "{where} is no longer held for this load alone: its server ended the session that held it, or"
    " somebody removed its .lock file, and another load may have begun. Nothing was changed: load"
    " again."
)
# What systems say of a file that somebody else has locked; all else is a disk that can't lock.
LOCKED_BY_ANOTHER = (errno.EWOULDBLOCK, errno.EAGAIN, errno.EACCES)
# Two numbers of our own, by which PostgreSQL knows the lock of a database's loads.
LOCK = (0x43484C44, 1)
LOCKS = table("pg_locks", column("pid"), column("classid"), column("objid"), column("granted"))
OF_LOADS = (LOCKS.c.classid == LOCK[0], LOCKS.c.objid == LOCK[1], LOCKS.c.granted)
# The session of a process that was killed may be there an instant longer than the process.
SECONDS_TO_WAIT_FOR_THE_LOCK = 1
LOCK_NOT_AVAILABLE = "55P03"
# On Windows nobody else can read what is locked: a byte that no holder's words reach.
LOCKED_BYTE = 2**20

# By address, what tells whether the lock is held still.
_NONE_HELD: Mapping[str, Callable[[], bool]] = {}
_held: ContextVar[Mapping[str, Callable[[], bool]]] = ContextVar("_held", default=_NONE_HELD)


@contextmanager
def sole_load(url: str) -> Iterator[Callable[[], None]]:
    """Within it, nobody else loads into the case database at `url`; those who read it still do.

    Yields what is to be called before anything is put in place: a Problem where the lock was lost.
    Raises `Busy`, which says who loads and since when, where somebody does; `WrongSettings` where
    nothing can be locked. What holds it may ask again within: a run of several steps is one load.
    """
    address = address_of(url)
    place = address.render_as_string(hide_password=False)
    held_before = _held.get()
    if place in held_before:
        yield partial(_need_held, address, held_before[place])
        return
    lock = _locked_file if address.get_backend_name() == "duckdb" else _locked_server
    with lock(address) as is_held:
        before = _held.set({**held_before, place: is_held})
        try:
            yield partial(_need_held, address, is_held)
        finally:
            _held.reset(before)


def _need_held(address: URL, is_held: Callable[[], bool]) -> None:
    if not is_held():
        raise Problem(LOST.format(where=address.render_as_string(hide_password=True)))


def _busy(address: URL, holder: Holder | None) -> Busy:
    where = address.render_as_string(hide_password=True)
    return Busy(BUSY.format(where=where, by=f" by {holder.told}" if holder else ""))


@contextmanager
def _locked_file(address: URL) -> Iterator[Callable[[], bool]]:
    keep_to_owner()
    final = Path(address.database or "")
    need_place_for(final)
    path = final.with_name(f"{final.name}.lock")
    file, is_ours = _opened(path)
    with file:
        if not is_ours:
            file.seek(0)
            raise _busy(address, holder_in(file.read(LONGEST_NAME).decode(errors="replace")))
        # On a full disk nobody learns who loads; that it is full is said by what is built there.
        with suppress(OSError):
            file.truncate(0)
            file.write(here().written.encode())
        try:
            yield partial(_stands_at, file, path)
        finally:
            # Windows removes no file that is open: there it stays, and says nothing.
            with suppress(OSError):
                path.unlink()


def _opened(path: Path) -> tuple[FileIO, bool]:
    """The file, and whether it is locked for this process now.

    One that its holder removed before it was locked here is none that others look at: once more.
    """
    while True:
        file = path.open("a+b", buffering=0)
        try:
            is_locked = _lock(file)
        except OSError as fault:
            file.close()
            said = (fault.strerror or str(fault)).lower()
            raise WrongSettings(CANNOT_LOCK.format(path=path, said=said)) from fault
        if not is_locked or _stands_at(file, path):
            return file, is_locked
        file.close()


def _stands_at(file: FileIO, path: Path) -> bool:
    """Whether the open file is the one that others find."""
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _lock(file: FileIO) -> bool:
    """Whether the file is locked for this process now; the system unlocks it when it is closed."""
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(LOCKED_BYTE)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as fault:
        if fault.errno in LOCKED_BY_ANOTHER:
            return False
        raise
    return True


@contextmanager
def _locked_server(address: URL) -> Iterator[Callable[[], bool]]:
    named = {
        "application_name": here().written,
        "connect_timeout": SECONDS_TO_WAIT_FOR_AN_ANSWER,
        **KEPT_ALIVE,
    }
    engine = create_engine(
        address, poolclass=NullPool, connect_args=named, isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            _take(connection, address)
            yield partial(_is_held_at, connection)
    except DBAPIError as fault:
        raise Problem(fault_sentence(engine, fault)) from fault
    finally:
        engine.dispose()


def _take(connection: Connection, address: URL) -> None:
    # The session says nothing while the load works: a server may end such after a while.
    connection.exec_driver_sql("SET idle_session_timeout = 0")
    connection.exec_driver_sql(f"SET lock_timeout = '{SECONDS_TO_WAIT_FOR_THE_LOCK}s'")
    try:
        connection.execute(select(func.pg_advisory_lock(*LOCK)))
    except DBAPIError as fault:
        if getattr(fault.orig, "sqlstate", None) != LOCK_NOT_AVAILABLE:
            raise
        raise _busy(address, _holder_at(connection)) from None


def _is_held_at(connection: Connection) -> bool:
    """Whether the session is there still, and holds what it took."""
    mine = select(func.count()).where(*OF_LOADS, LOCKS.c.pid == func.pg_backend_pid())
    try:
        return connection.execute(mine).scalar_one() > 0
    except SQLAlchemyError:
        return False


def _holder_at(connection: Connection) -> Holder | None:
    sessions = table(
        "pg_stat_activity", column("pid"), column("datname"), column("application_name", String)
    )
    named = (
        select(sessions.c.application_name)
        .join_from(LOCKS, sessions, LOCKS.c.pid == sessions.c.pid)
        .where(*OF_LOADS, sessions.c.datname == func.current_database())
    )
    return holder_in(connection.execute(named).scalar())
