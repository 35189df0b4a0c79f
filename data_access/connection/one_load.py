"""One load at a time into a case database: who comes second changes nothing, and hears who loads.

What keeps others out ends with the process that holds it, however that ends: a lock of the
operating system on a file beside a DuckDB file, a session's advisory lock on PostgreSQL.
"""

import os
import platform
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from io import FileIO
from itertools import takewhile
from pathlib import Path

from sqlalchemy import URL, Connection, String, column, create_engine, func, select, table
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from data_access.connection.addresses import SECONDS_TO_WAIT_FOR_AN_ANSWER, address_of
from data_access.connection.driver_faults import fault_sentence
from data_access.connection.new_file import need_place_for
from data_access.connection.private_files import keep_to_owner
from data_access.london import now
from data_access.problems import Busy, Problem

BUSY = (
    "{where} is being loaded already{by}. Nothing was changed: wait until it ends, then try again."
)
# Two numbers of our own, by which PostgreSQL knows the lock of a database's loads.
LOCK = (0x43484C44, 1)
# The session of a process that was killed may be there an instant longer than the process.
SECONDS_TO_WAIT_FOR_THE_LOCK = 1
LOCK_NOT_AVAILABLE = "55P03"
# PostgreSQL cuts a session's name off after so many bytes.
LONGEST_NAME = 63
# On Windows nobody else can read what is locked: a byte that no holder's words reach.
LOCKED_BYTE = 2**20

_held: ContextVar[frozenset[str]] = ContextVar("_held", default=frozenset())


@dataclass(frozen=True)
class Holder:
    """Who loads: by which command, in which process of which machine, since when in London."""

    since: datetime
    process: int
    machine: str
    command: str

    @property
    def written(self) -> str:
        """One line, that `holder_in` understands; of few enough bytes for PostgreSQL."""
        since = self.since.isoformat(timespec="minutes")
        return f"{since} {self.process} {self.machine:.16} {self.command}"[:LONGEST_NAME]

    @property
    def told(self) -> str:
        """As in "load ssd, process 4711 on cases-1, since 3 October 2016 at 02:05"."""
        day = f"{self.since.day} {self.since:%B %Y} at {self.since:%H:%M}"
        return f"{self.command}, process {self.process} on {self.machine}, since {day}"


def here() -> Holder:
    """This process. Of its command line the command alone: an address may hold a password."""
    command = " ".join(takewhile(re.compile("[a-z][a-z0-9-]*").fullmatch, sys.argv[1:3]))
    machine = re.sub("[^A-Za-z0-9.-]", "", platform.node()) or "?"
    return Holder(now().replace(tzinfo=None), os.getpid(), machine, command or "a program")


def holder_in(written: str | None) -> Holder | None:
    """The holder that wrote this; None for what none of ours wrote."""
    parts = (written or "").split(" ", 3)
    try:
        since, process, machine, command = parts
        return Holder(datetime.fromisoformat(since), int(process), machine, command)
    except ValueError:
        return None


@contextmanager
def sole_load(url: str) -> Iterator[None]:
    """Within it, nobody else loads into the case database at `url`; those who read it still do.

    Raises `Busy`, which says who loads and since when, where somebody does. What holds it may ask
    again within: a run of several steps is one load.
    """
    address = address_of(url)
    place = address.render_as_string(hide_password=False)
    if place in _held.get():
        yield
        return
    lock = _locked_file if address.get_backend_name() == "duckdb" else _locked_server
    with lock(address):
        before = _held.set(_held.get() | {place})
        try:
            yield
        finally:
            _held.reset(before)


def _busy(address: URL, holder: Holder | None) -> Busy:
    where = address.render_as_string(hide_password=True)
    return Busy(BUSY.format(where=where, by=f" by {holder.told}" if holder else ""))


@contextmanager
def _locked_file(address: URL) -> Iterator[None]:
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
            yield
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
        if not _lock(file):
            return file, False
        if path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat()):
            return file, True
        file.close()


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
    except OSError:
        return False
    return True


@contextmanager
def _locked_server(address: URL) -> Iterator[None]:
    named = {"application_name": here().written, "connect_timeout": SECONDS_TO_WAIT_FOR_AN_ANSWER}
    engine = create_engine(
        address, poolclass=NullPool, connect_args=named, isolation_level="AUTOCOMMIT"
    )
    try:
        with engine.connect() as connection:
            _take(connection, address)
            yield
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


def _holder_at(connection: Connection) -> Holder | None:
    locks = table("pg_locks", column("pid"), column("classid"), column("objid"), column("granted"))
    sessions = table(
        "pg_stat_activity", column("pid"), column("datname"), column("application_name", String)
    )
    named = (
        select(sessions.c.application_name)
        .join_from(locks, sessions, locks.c.pid == sessions.c.pid)
        .where(locks.c.classid == LOCK[0])
        .where(locks.c.objid == LOCK[1])
        .where(locks.c.granted)
        .where(sessions.c.datname == func.current_database())
    )
    return holder_in(connection.execute(named).scalar())
