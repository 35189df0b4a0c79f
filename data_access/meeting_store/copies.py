"""Copies of the meeting store, made while it is in use, and put back whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import URL, Engine, create_engine

from data_access.london import now
from data_access.meeting_store.opening import MEETING_STORE, engine_of, open_store
from data_access.meeting_store.seals.checking import Holdings, holdings, refuse_unless_as_written
from data_access.problems import Problem
from data_access.stores.driver_faults import faults_as_problems, store_address
from data_access.stores.kind import KIND
from data_access.stores.migrating import refuse_unless_known
from data_access.stores.same_file import begin_anew

ON_A_SERVER = (
    "The meeting store {where} is on a server: copy it and put it back with the server's own"
    " programs, pg_dump and pg_restore (docs/meeting-store.md)."
)


def backup(url: str, to: Path) -> Holdings:
    """Writes the store at `url`, as it is at this moment, to the file `to`: whole, or not at all.

    The dashboard may go on writing. A file that is there already is not written over.
    What the copy holds comes back.
    """
    file = _file_of(url)
    if not file.exists():
        raise Problem(f"There is no meeting store at {file}: nothing has been written to it yet.")
    if to.exists():
        raise Problem(f"{to} is there already: give the copy another name.")
    if not to.parent.is_dir():
        raise Problem(f"There is no folder {to.parent}: make it first.")
    _copy(file, to)
    copied = _only_read(to)
    try:
        return holdings(copied)
    finally:
        copied.dispose()


def restore(url: str, copy: Path) -> tuple[Path | None, Holdings]:
    """Puts the store in the file `copy` in the place of the one at `url`.

    The one that stood there is kept beside, where there was one: its path comes back, and what the
    store holds now. A file that is no whole meeting store, or one of a newer ChildStat, is refused
    before anything, and so is one whose tables, triggers or publications are not as written.
    """
    file = _file_of(url)
    _refuse_unless_whole(copy)
    kept_copy = None
    if file.exists():
        kept_copy = file.with_name(f"{file.name}.before-{now():%Y%m%d-%H%M%S-%f}")
        _copy(file, kept_copy)
    else:
        begin_anew(file)
    _pour(copy, file)
    store = open_store(url)
    held = holdings(store)
    store.dispose()
    return kept_copy, held


def _file_of(url: str) -> Path:
    engine = engine_of(url)
    if engine.dialect.name != "sqlite":
        raise Problem(ON_A_SERVER.format(where=store_address(engine)))
    return Path(engine.url.database or "")


def _refuse_unless_whole(copy: Path) -> None:
    if not copy.is_file():
        raise Problem(f"There is no file {copy}: name a copy made by 'store backup --to FILE'.")
    engine = _only_read(copy)
    try:
        with faults_as_problems(engine):
            refuse_unless_known(engine)
            with engine.connect() as connection:
                faults = connection.exec_driver_sql("PRAGMA integrity_check").scalars().all()
        if faults != ["ok"]:
            raise Problem(f"{copy} is damaged: put back another copy. Nothing was changed.")
        refuse_unless_as_written(engine)
    finally:
        engine.dispose()


def _only_read(copy: Path) -> Engine:
    query = {"mode": "ro", "uri": "true"}
    return create_engine(
        URL.create("sqlite", database=copy.resolve().as_uri(), query=query),
        execution_options={KIND: MEETING_STORE},
    )


def _copy(file: Path, to: Path) -> None:
    """A copy that is never seen half-written: made beside, renamed when it is on the disk."""
    beside = to.with_name(f"{to.name}.making-{os.getpid()}")
    try:
        _pour(file, beside)
        os.replace(beside, to)
    finally:
        beside.unlink(missing_ok=True)


def _pour(source: Path, target: Path) -> None:
    """SQLite's online backup: one transaction on `target`, so its readers see old or new."""
    try:
        with closing(sqlite3.connect(source)) as full, closing(sqlite3.connect(target)) as empty:
            empty.execute("PRAGMA synchronous = FULL")
            full.backup(empty)
    except sqlite3.Error as fault:
        raise Problem(
            f"{source} could not be copied to {target}: {fault}. What was at {target} is as it was."
        ) from fault
