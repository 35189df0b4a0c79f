"""Connect, read, write and swap: the only module that touches a connection."""

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
from sqlalchemy import (
    URL,
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
    text,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool
from sqlalchemy.schema import CreateSchema, DropSchema, DropTable

from data_access.bulk import BULK, insert_rows
from data_access.driver_faults import fault_sentence
from data_access.new_file import replacement_of
from data_access.problems import Problem
from data_access.schema import metadata

SECONDS_TO_WAIT_FOR_AN_ANSWER = 5
BUILDING = "childstat_building"
KEPT = "kept_"


def connect(url: str, *, read_only: bool = True) -> Engine:
    """An engine on the case database at `url`; the dashboard never asks for more than reading."""
    address = _address(url)
    if address.get_backend_name() == "duckdb":
        if read_only and not Path(address.database or "").exists():
            raise Problem(
                f"There is no case database at {address.database}: build one with"
                " 'python childstat.py demo' or 'python childstat.py load …'."
            )
        return _duckdb(address, read_only=read_only)
    engine = create_engine(
        address,
        # Compiling a statement takes PostgreSQL longer than running it over one council's rows.
        connect_args={"connect_timeout": SECONDS_TO_WAIT_FOR_AN_ANSWER, "options": "-c jit=off"},
        pool_pre_ping=True,
    )
    if read_only:
        event.listen(engine, "connect", _only_read)
    return engine


def _duckdb(address: URL, *, read_only: bool) -> Engine:
    # Each page asks a few short questions: beginning and ending a transaction for each takes time.
    alone = {"isolation_level": "AUTOCOMMIT"} if read_only else {}
    engine = create_engine(address, connect_args={"read_only": read_only}, **alone)
    event.listen(engine, "connect", _without_progress_bar)
    return engine


def _without_progress_bar(connection: Any, _record: object) -> None:
    # It would be printed among a command's rows.
    connection.execute("SET enable_progress_bar = false")


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        address.get_dialect()
        return address
    except (ArgumentError, NoSuchModuleError):
        raise Problem(
            "The database address is not one that ChildStat can use: give"
            " duckdb:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME."
        ) from None


def _only_read(connection: Any, _record: object) -> None:
    connection.read_only = True


def read(engine: Engine, query: Select) -> Sequence[Row]:
    """The rows of one query, or one sentence that says why there are none."""
    with _faults_as_problems(engine), engine.connect() as connection:
        return connection.execute(query).all()


@contextmanager
def _faults_as_problems(engine: Engine) -> Iterator[None]:
    """Turns what a driver says into one sentence, without a row's values in it."""
    try:
        yield
    except (DBAPIError, duckdb.Error) as fault:
        raise Problem(fault_sentence(engine, fault)) from fault


@contextmanager
def rebuild(url: str) -> Iterator[Connection]:
    """A connection to an empty case database that replaces the one at `url` when the block ends.

    If the block fails or the process dies, the last good database is left as it was: a DuckDB
    file is built beside it and swapped in by rename; elsewhere all happens in one transaction,
    in a schema of its own, so that nobody who reads has to wait until it ends.
    """
    address = _address(url)
    if address.get_backend_name() != "duckdb":
        with _emptied(connect(url, read_only=False)) as connection:
            yield connection
        return
    with replacement_of(Path(address.database or "")) as beside:
        with _settled(_builder(address.set(database=str(beside)))) as connection:
            metadata.create_all(connection)
            yield connection


def _builder(address: URL) -> Engine:
    # A connection that failed is thrown away: rolling it back again would only add to the noise.
    engine = create_engine(address, poolclass=NullPool, pool_reset_on_return=None)
    event.listen(engine, "connect", _without_progress_bar)
    return engine


@contextmanager
def _settled(engine: Engine) -> Iterator[Connection]:
    with _changed(engine) as connection:
        yield connection
    # Closing writes the log into the file too, but says nothing if the disk is full.
    with _faults_as_problems(engine), duckdb.connect(engine.url.database or "") as whole:
        whole.execute("CHECKPOINT")


@contextmanager
def _emptied(engine: Engine) -> Iterator[Connection]:
    with _changed(engine) as connection:
        connection.execute(CreateSchema(BUILDING, if_not_exists=True))
        connection.execute(text(f"SET LOCAL search_path TO {BUILDING}"))
        metadata.create_all(connection, checkfirst=False)
        yield connection
        _swap_in(connection)


def _swap_in(connection: Connection) -> None:
    """Puts the tables just built where the old ones stand; the locks last only for this."""
    usual = connection.dialect.default_schema_name
    connection.execute(text(f"SET LOCAL search_path TO {usual}"))
    tables = inspect(connection)
    for name in filter(_is_ours, tables.get_table_names(schema=usual)):
        connection.execute(text(f"DROP TABLE {usual}.{name}"))
    for name in tables.get_table_names(schema=BUILDING):
        connection.execute(text(f"ALTER TABLE {BUILDING}.{name} SET SCHEMA {usual}"))
    connection.execute(DropSchema(BUILDING))


def _is_ours(table: str) -> bool:
    return table in metadata.tables or table.startswith(KEPT)


def create(url: str) -> None:
    """An empty case database at `url`, with every table; refuses where tables stand already."""
    engine = connect(url, read_only=False)
    with _faults_as_problems(engine):
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
    """One transaction on the database at `url`: all of the block's changes, or none.

    A DuckDB file is copied, changed beside and swapped in, so that the dashboard may go on reading.
    """
    address = _address(url)
    if address.get_backend_name() != "duckdb":
        with _changed(connect(url, read_only=False)) as connection:
            yield connection
        return
    standing = Path(address.database or "")
    connect(url).dispose()
    with replacement_of(standing) as beside:
        shutil.copyfile(standing, beside)
        with _settled(_builder(address.set(database=str(beside)))) as connection:
            yield connection


@contextmanager
def _changed(engine: Engine) -> Iterator[Connection]:
    try:
        with _faults_as_problems(engine), engine.begin() as connection:
            yield connection
    finally:
        engine.dispose()


def run(connection: Connection, statement: Executable) -> None:
    """Runs a statement that brings back nothing."""
    connection.execute(statement)


def gather_statistics(connection: Connection) -> None:
    """Lets the database count what it holds, without which it plans large joins badly."""
    connection.execute(text("ANALYZE"))


def make(connection: Connection, table: Table) -> None:
    """`table`, empty: as it stands, for whoever reads it, or made anew where its columns differ."""
    if connection.dialect.name == "postgresql" and _stands(connection, table):
        empty(connection, table)
        return
    connection.execute(DropTable(table, if_exists=True))
    table.create(connection, checkfirst=False)


def _stands(connection: Connection, table: Table) -> bool:
    known = inspect(connection)
    if not known.has_table(table.name):
        return False
    return {column["name"] for column in known.get_columns(table.name)} == set(table.columns.keys())


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
    BULK.get(connection.dialect.name, insert_rows)(connection, table, rows[columns])
