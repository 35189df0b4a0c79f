"""Connect, read, write and swap: the only module that touches a connection."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb
import pandas as pd
from sqlalchemy import (
    Connection,
    Engine,
    Executable,
    FromClause,
    Row,
    Select,
    Table,
    delete,
    inspect,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.schema import CreateSchema, DropSchema, DropTable

from data_access.connection.addresses import address_of
from data_access.connection.bulk import BULK, insert_rows
from data_access.connection.driver_faults import fault_sentence
from data_access.connection.engines import GIGABYTES_AT_MOST, builder
from data_access.connection.engines import connect as connect
from data_access.connection.engines import machine_gigabytes as machine_gigabytes
from data_access.connection.new_file import replacement_of
from data_access.connection.new_tables import make_tables
from data_access.connection.one_load import sole_load
from data_access.connection.staging import staged_table
from data_access.dialect import LARGE_JOINS
from data_access.problems import Problem
from data_access.schema import metadata

BUILDING = "childstat_building"
KEPT = "kept_"
SECONDS_THAT_READERS_MAY_WAIT: float = 2
TIMES_ASKED = 300
STILL_READ = (
    "Somebody has been reading the old tables for ten minutes, as whoever copies them, so the new"
    " ones could not take their place. Nothing was changed: load when that is over."
)
ROWS_AT_ONCE = 100_000


def read(engine: Engine, query: Select) -> Sequence[Row]:
    """The rows of one query, or one sentence that says why there are none."""
    with _faults_as_problems(engine), engine.connect() as connection:
        if query.get_execution_options().get(LARGE_JOINS):
            expect_large_joins(connection)
        return connection.execute(query).all()


def read_in_parts(engine: Engine, query: Select) -> Iterator[Sequence[Row]]:
    """The rows of a query that may be too many to hold at once, some at a time."""
    with _faults_as_problems(engine), engine.connect() as connection:
        found = connection.execution_options(stream_results=True).execute(query)
        yield from found.partitions(ROWS_AT_ONCE)


def expect_large_joins(connection: Connection) -> None:
    """Has this transaction's rows joined all at once, whatever the database expects of them.

    PostgreSQL expects one row of most of a clock's conditions, and then compares every visit with
    every other: of a council's, for longer than anybody waits.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET LOCAL enable_nestloop = off"))


@contextmanager
def _faults_as_problems(engine: Engine) -> Iterator[None]:
    """Turns what a driver says into one sentence, without a row's values in it."""
    try:
        yield
    except (DBAPIError, duckdb.Error) as fault:
        raise Problem(fault_sentence(engine, fault)) from fault


@contextmanager
def rebuild(
    url: str, memory_gb: float | None = None, at_most_gb: float = GIGABYTES_AT_MOST
) -> Iterator[Connection]:
    """A connection to an empty case database that replaces the one at `url` when the block ends.

    DuckDB takes `memory_gb` at most: unless said a quarter of the machine's, no more than
    `at_most_gb`; the rest is written beside it. If the block fails or the process dies, the last
    good database stands: a DuckDB file is built beside it and swapped in by rename; elsewhere all
    is one transaction, in a schema of its own. No reader waits. `Busy` says who else loads now.
    """
    address = address_of(url)
    if address.get_backend_name() != "duckdb":
        with sole_load(url) as sole, _emptied(connect(url, read_only=False), sole) as connection:
            yield connection
        return
    with sole_load(url) as sole, replacement_of(Path(address.database or ""), sole) as beside:
        building = builder(address.set(database=str(beside)), memory_gb, at_most_gb)
        with _settled(building) as connection:
            make_tables(connection, metadata)
            yield connection


@contextmanager
def _settled(engine: Engine) -> Iterator[Connection]:
    with _changed(engine) as connection:
        yield connection
    # Closing writes the log into the file too, but says nothing if the disk is full.
    with _faults_as_problems(engine), duckdb.connect(engine.url.database or "") as whole:
        whole.execute("CHECKPOINT")


@contextmanager
def _emptied(engine: Engine, need_sole: Callable[[], None]) -> Iterator[Connection]:
    with _changed(engine) as connection:
        connection.execute(CreateSchema(BUILDING, if_not_exists=True))
        connection.execute(text(f"SET LOCAL search_path TO {BUILDING}"))
        metadata.create_all(connection, checkfirst=False)
        yield connection
        _swap_in(connection)
        need_sole()  # Whoever reads what stands, to load as well, waits from here on.


def _swap_in(connection: Connection) -> None:
    """Puts the tables just built where the old ones stand; the locks last only for this."""
    usual = connection.dialect.default_schema_name
    connection.execute(text(f"SET LOCAL search_path TO {usual}"))
    tables = inspect(connection)
    old = [f"{usual}.{name}" for name in tables.get_table_names(schema=usual) if _is_ours(name)]
    if old:
        _take_from_readers(connection, ", ".join(old))
        connection.execute(text(f"DROP TABLE {', '.join(old)}"))
    for name in tables.get_table_names(schema=BUILDING):
        connection.execute(text(f"ALTER TABLE {BUILDING}.{name} SET SCHEMA {usual}"))
    connection.execute(DropSchema(BUILDING))


def _take_from_readers(connection: Connection, tables: str) -> None:
    """Locks the tables once nobody reads them: who waits for a lock holds up all who come after."""
    connection.execute(text(f"SET LOCAL lock_timeout = '{SECONDS_THAT_READERS_MAY_WAIT}s'"))
    for _ in range(TIMES_ASKED):
        with suppress(OperationalError), connection.begin_nested():
            connection.execute(text(f"LOCK TABLE {tables} IN ACCESS EXCLUSIVE MODE"))
            return
    raise Problem(STILL_READ)


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
        metadata.create_all(engine, checkfirst=False)
    engine.dispose()


@contextmanager
def changing(url: str, memory_gb: float | None = None) -> Iterator[Connection]:
    """One transaction on the database at `url`: all of the block's changes, or none.

    A DuckDB file is copied, changed beside and swapped in, as it is read. `memory_gb`: `rebuild`.
    """
    address = address_of(url)
    if address.get_backend_name() != "duckdb":
        with sole_load(url) as need_sole, _changed(connect(url, read_only=False)) as connection:
            yield connection
            need_sole()
        return
    standing = Path(address.database or "")
    connect(url).dispose()
    with sole_load(url) as need_sole, replacement_of(standing, need_sole) as beside:
        shutil.copyfile(standing, beside)
        with _settled(builder(address.set(database=str(beside)), memory_gb)) as connection:
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


def staged(connection: Connection, name: str, rows: FromClause) -> Table:
    """`rows` in a table of this connection's own, made anew, with the database's count of it."""
    table = staged_table(f"staged_{name}", rows)
    connection.execute(DropTable(table, if_exists=True))
    table.create(connection, checkfirst=False)
    connection.execute(table.insert().from_select(list(rows.c.keys()), select(*rows.c)))
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"ANALYZE {table.name}"))
    return table


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
