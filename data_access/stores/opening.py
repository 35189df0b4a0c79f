"""Opens a store of ours: makes it where there is none, and brings its tables up to date.

Every connection keeps foreign keys, waits for a writer, and calls nothing done that a loss of
power could undo.
"""

from pathlib import Path
from sqlite3 import OperationalError
from threading import Event
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event

from data_access.connection.addresses import CASE_DATABASES, known_address
from data_access.connection.private_files import close_to_others, keep_to_owner
from data_access.problems import Problem
from data_access.settings import settings_path
from data_access.stores.driver_faults import faults_as_problems
from data_access.stores.kind import KIND, StoreKind
from data_access.stores.migrating import bring_up_to_date
from data_access.stores.same_file import same_file

STORES = {"sqlite": "sqlite:///FILE", "postgresql": CASE_DATABASES["postgresql"]}
SECONDS_TO_WAIT_FOR_AN_ANSWER = 5
SECONDS_BETWEEN_TRIES = 0.02
# An execution option: the transaction takes the writer's place when it begins, not half-way.
WRITES = "childstat_writes"


def open_store_of(kind: StoreKind, url: str) -> Engine:
    """The store at `url`, whole and of this program's version.

    A file that is not there is made, for its owner only; a relative path starts from the folder
    of the settings, so that a job started elsewhere writes to the same store. A store of a newer
    ChildStat, or a file that is something else, is refused.
    """
    engine = engine_of_kind(kind, url)
    try:
        if engine.dialect.name == "sqlite":
            close_to_others(Path(engine.url.database or ""))
        with faults_as_problems(engine):
            bring_up_to_date(engine, engine.execution_options(**{WRITES: True}))
    except BaseException:
        engine.dispose()
        raise
    return engine


def engine_of_kind(kind: StoreKind, url: str) -> Engine:
    """An engine for the store at `url`, as it is: nothing is made or changed yet."""
    keep_to_owner()
    address = _address(kind, url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(kind, address)
    waits = f"-c lock_timeout={round(kind.seconds_to_wait * 1000)}ms"
    return create_engine(
        address,
        connect_args={
            "connect_timeout": SECONDS_TO_WAIT_FOR_AN_ANSWER,
            "options": f"-c jit=off -c synchronous_commit=on {waits}",
        },
        pool_pre_ping=True,
        execution_options={KIND: kind},
    )


def _address(kind: StoreKind, url: str) -> URL:
    address = known_address(url, STORES, f"The {kind.name}'s address")
    if address.get_backend_name() != "sqlite":
        return address
    return address.set(database=str(settings_path().parent / (address.database or "")))


def _sqlite(kind: StoreKind, address: URL) -> Engine:
    folder = Path(address.database or "").parent
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder} for the {kind.name}: make it first.")
    engine = create_engine(
        address, connect_args={"timeout": kind.seconds_to_wait}, execution_options={KIND: kind}
    )
    same = same_file(kind, Path(address.database or ""))
    # Before a connection, or it would make an empty file in the place of the one that went.
    event.listen(engine, "do_connect", same.refuse_another)
    event.listen(engine, "connect", _careful)
    event.listen(engine, "connect", same.remember)
    event.listen(engine, "begin", same.refuse_another)
    event.listen(engine, "begin", _begin)
    return engine


def _careful(connection: Any, _record: object) -> None:
    # Transactions begin where `_begin` says: by itself Python begins them later, and not all.
    connection.isolation_level = None
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    _log_ahead(connection)


def _log_ahead(connection: Any) -> None:
    """Readers go on reading while somebody writes. Kept in the file: set once, by the first.

    SQLite does not wait by itself where two who open a new file at once both ask for it.
    """
    # As long as this connection waits for a writer, in seconds: what `timeout` was set to.
    (waits,) = connection.execute("PRAGMA busy_timeout").fetchone()
    until = monotonic() + waits / 1000
    while connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except OperationalError as fault:
            if "locked" not in str(fault) or monotonic() > until:
                raise
            Event().wait(SECONDS_BETWEEN_TRIES)


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(WRITES)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
