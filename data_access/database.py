"""Connect, read, write and swap: the only module that touches a connection."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    Row,
    Select,
    Table,
    create_engine,
    delete,
    event,
    inspect,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from data_access.problems import Problem
from data_access.schema import metadata

SECONDS_TO_WAIT_FOR_AN_ANSWER = 5


def connect(url: str, *, read_only: bool = True) -> Engine:
    """An engine on the case database at `url`; the dashboard never asks for more than reading."""
    address = _address(url)
    if address.get_backend_name() == "duckdb":
        if read_only and not Path(address.database or "").exists():
            raise Problem(
                f"There is no case database at {address.database}: build one with"
                " 'python childstat.py demo' or 'python childstat.py load …'."
            )
        return create_engine(address, connect_args={"read_only": read_only})
    engine = create_engine(
        address,
        connect_args={"connect_timeout": SECONDS_TO_WAIT_FOR_AN_ANSWER},
        pool_pre_ping=True,
    )
    if read_only:
        event.listen(engine, "connect", _only_read)
    return engine


def _address(url: str):
    try:
        address = make_url(url)
        address.get_dialect()
        return address
    except (ArgumentError, NoSuchModuleError):
        raise Problem(
            "The database address is not one that ChildStat can use: give"
            " duckdb:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."
        ) from None


def _only_read(connection, _record) -> None:
    connection.read_only = True


def read(engine: Engine, query: Select) -> Sequence[Row]:
    """The rows of one query, or one sentence that says why there are none."""
    with _plainly(engine), engine.connect() as connection:
        return connection.execute(query).all()


@contextmanager
def _plainly(engine: Engine) -> Iterator[None]:
    """Turns what a driver says into one sentence, without a row's values in it."""
    try:
        yield
    except (DBAPIError, duckdb.Error) as fault:
        raise Problem(_sentence(engine, fault)) from fault


def _sentence(engine: Engine, fault: Exception) -> str:
    where = engine.url.render_as_string(hide_password=True)
    said = str(getattr(fault, "orig", fault)).strip().splitlines()[0]
    if "not a valid DuckDB database file" in said or "Serialization" in said:
        return (
            f"{where} is not a whole DuckDB file: a copy or a load may have been cut short."
            " Put back a copy, or load again."
        )
    if "lock" in said.lower():
        return f"{where} is being written by another program: wait until it ends, then try again."
    if "does not exist" in said and "able" in said:
        return (
            f"{where} has no ChildStat tables: make them with"
            f" 'python childstat.py create --database {where}', or load."
        )
    if engine.dialect.name == "postgresql" and "connect" in said.lower():
        return (
            f"{where} does not answer: check that the server runs and that the address,"
            " user and password are right."
        )
    return f"{where} could not be read: {said}."


def version_of(url: str) -> str:
    """Changes whenever another load is served at `url`: for caches, never for people."""
    address = make_url(url)
    if address.get_backend_name() != "duckdb":
        return url
    try:
        state = os.stat(address.database or "")
    except FileNotFoundError:
        return "none"
    return f"{state.st_ino}-{state.st_mtime_ns}"


@contextmanager
def rebuild(url: str) -> Iterator[Connection]:
    """A connection to an empty case database that replaces the one at `url` when the block ends.

    If the block fails or the process dies, the last good database is left as it was: a DuckDB
    file is built beside it and swapped in by rename; elsewhere all happens in one transaction.
    """
    address = _address(url)
    if address.get_backend_name() != "duckdb":
        with _emptied(connect(url, read_only=False)) as connection:
            yield connection
        return
    final = Path(address.database or "")
    beside = final.with_name(f"{final.name}.building-{os.getpid()}")
    _clear(beside)
    try:
        with _filled(create_engine(address.set(database=str(beside)))) as connection:
            yield connection
        os.replace(beside, final)
    finally:
        _clear(beside)


@contextmanager
def _filled(engine: Engine) -> Iterator[Connection]:
    try:
        with _plainly(engine), engine.begin() as connection:
            metadata.create_all(connection)
            yield connection
    finally:
        engine.dispose()


@contextmanager
def _emptied(engine: Engine) -> Iterator[Connection]:
    with _plainly(engine), engine.begin() as connection:
        metadata.drop_all(connection)
        metadata.create_all(connection)
        yield connection
    engine.dispose()


def _clear(file: Path) -> None:
    for left in (file, file.with_name(file.name + ".wal")):
        left.unlink(missing_ok=True)


def create(url: str) -> None:
    """An empty case database at `url`, with every table; refuses where tables stand already."""
    engine = connect(url, read_only=False)
    with _plainly(engine):
        standing = set(inspect(engine).get_table_names()) & set(metadata.tables)
        if standing:
            raise Problem(
                f"There is a case database at {engine.url.render_as_string()} already:"
                " choose another address, or load into it with 'load … --into'."
            )
        metadata.create_all(engine)
    engine.dispose()


@contextmanager
def changing(url: str) -> Iterator[Connection]:
    """One transaction on the database at `url`: all of the block's changes, or none."""
    engine = connect(url, read_only=False)
    try:
        with _plainly(engine), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def run(connection: Connection, statement: Executable) -> None:
    """Runs a statement that brings back nothing."""
    connection.execute(statement)


def empty(connection: Connection, *tables: Table) -> None:
    """Removes every row of `tables`."""
    for table in tables:
        connection.execute(delete(table))


def write(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    """Adds all of `rows`, in bulk; columns that `rows` lacks stay NULL.

    Dates are `datetime.date` or pandas timestamps; None, NaN and NaT become NULL.
    """
    if rows.empty:
        return
    columns = [column.name for column in table.columns if column.name in rows]
    if connection.dialect.name == "duckdb":
        _write_duckdb(connection, table, rows[columns])
        return
    if connection.dialect.name == "postgresql":
        _copy_postgresql(connection, table, rows[columns])
        return
    connection.execute(table.insert(), _records(rows[columns]))


def _write_duckdb(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    names = ", ".join(rows.columns)
    driver = connection.connection.driver_connection
    driver.register("rows_to_write", rows)
    try:
        driver.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM rows_to_write")
    finally:
        driver.unregister("rows_to_write")


def _copy_postgresql(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    names = ", ".join(rows.columns)
    with connection.connection.cursor() as cursor:
        with cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
            for record in _records(rows):
                copy.write_row(list(record.values()))


def _records(rows: pd.DataFrame) -> list[dict]:
    plain = rows.astype(object)
    return plain.where(rows.notna(), None).to_dict("records")
