"""A council's own database, read in one consistent snapshot where it can be, and never written."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Engine,
    Select,
    column,
    create_engine,
    event,
    func,
    inspect,
    select,
    table,
)
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import DataError, NotSupportedError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from data_access.connection.addresses import KEPT_ALIVE
from data_access.connection.days_without_end import read_infinity_as_none
from data_access.connection.driver_faults import DOES_NOT_ANSWER, NO_ANSWER, without_values
from data_access.connection.source_addresses import shown
from data_access.problems import Problem

ROWS_AT_ONCE = 10_000
MORE_WORDS_OF_NO_ANSWER = (
    *(*NO_ANSWER, "login", "network", "refused", "password", "listener"),
    *("unknown database", "cannot open database"),
)
STANDS = "The last good database is still there: load again"
CUT_OFF = f"{{where}} stopped answering while it was read: {{said}}. {STANDS}."
NOT_READ = f"{{where}} could not be read: {{said}}. {STANDS} when that is mended."
UNREADABLE = (
    "{table} of {where} has a value that its driver can't read ({said}): correct it there, or give"
    f" it as text by a view of the SSD. {STANDS} when that is mended."
)
# What drivers raise of a cell, each in its own way: bytes of another encoding, a day that no
# calendar has, a number out of range. SQLite's driver says it as a fault of the work.
OF_A_VALUE = (ValueError, TypeError, ArithmeticError, LookupError, DataError, NotSupportedError)
NOT_DECODED = "could not decode"
SECONDS_TO_WAIT_FOR_A_TABLE = 60
LOCKED = (
    f"{{where}} has a table that somebody keeps locked ({{said}}). {STANDS} when it is free, or"
    " from a copy that nobody works in."
)
# As PostgreSQL, SQL Server, MySQL and SQLite say it.
WORDS_OF_A_LOCK = ("lock timeout", "lock request time out", "lock wait timeout", "is locked")
OF_LIBPQ = ("postgresql", "postgresql+psycopg", "postgresql+psycopg2")


@dataclass(frozen=True)
class OneSnapshot:
    """How a kind of database shows one state to every statement, and lets none of them write.

    `begins` are statements with which the reading begins; `is_one` is False where every statement
    may see a later state than the one before.
    """

    isolation: str | None = None
    options: Mapping[str, Any] = field(default_factory=dict)
    connect_args: Mapping[str, Any] = field(default_factory=dict)
    begins: tuple[str, ...] = ()
    is_one: bool = True


SNAPSHOTS = {
    "postgresql": OneSnapshot(
        "REPEATABLE READ",
        {"postgresql_readonly": True},
        begins=(f"SET LOCAL lock_timeout = '{SECONDS_TO_WAIT_FOR_A_TABLE}s'",),
    ),
    "oracle": OneSnapshot(begins=("SET TRANSACTION READ ONLY",)),
    "mysql": OneSnapshot(
        "REPEATABLE READ",
        begins=(
            f"SET SESSION lock_wait_timeout = {SECONDS_TO_WAIT_FOR_A_TABLE}",
            "START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY",
        ),
    ),
    "mssql": OneSnapshot(
        "SNAPSHOT", begins=(f"SET LOCK_TIMEOUT {SECONDS_TO_WAIT_FOR_A_TABLE * 1000}",)
    ),
    "sqlite": OneSnapshot(begins=("PRAGMA query_only = ON", "BEGIN")),
    "duckdb": OneSnapshot("AUTOCOMMIT", connect_args={"read_only": True}, begins=("BEGIN",)),
}
SNAPSHOTS["mariadb"] = SNAPSHOTS["mysql"]
# Where nothing is known of the kind.
AS_IT_COMES = OneSnapshot(is_one=False)


def snapshots_allowed() -> Select:
    """Whether this database of SQL Server's allows the isolation SNAPSHOT: 1 is yes."""
    databases = table("databases", column("name"), column("snapshot_isolation_state"), schema="sys")
    return select(databases.c.snapshot_isolation_state).where(databases.c.name == func.db_name())


@dataclass(frozen=True)
class Snapshot:
    """An open source. `is_one` says whether all of it is read as it stood at one moment."""

    connection: Connection
    address: URL
    is_one: bool

    @property
    def where(self) -> str:
        """The database, as messages name it."""
        return shown(self.address)

    def inspector(self) -> Inspector:
        """What knows its schemas, tables and columns."""
        return inspect(self.connection)

    def number_of(self, query: Select) -> int:
        """What a query of one number answers."""
        return int(self.connection.execute(query).scalar_one())

    def rows(self, query: Select) -> Iterator[Sequence[Sequence[Any]]]:
        """The query's rows, some thousands at a time: the source's table is never held whole.

        A Problem names the table of which the driver can't read a value.
        """
        streamed = self.connection.execution_options(
            stream_results=True, max_row_buffer=ROWS_AT_ONCE
        )
        with _said_of_values(self.where, query):
            yield from streamed.execute(query).partitions(ROWS_AT_ONCE)


@contextmanager
def snapshot_of(address: URL) -> Iterator[Snapshot]:
    """The database at `address`, open for reading; a driver's fault is one sentence.

    Nothing is committed: what is begun is rolled back, whatever happens.
    """
    with _said_in_one_sentence(address):
        how = _how(address)
        engine = _engine(address, how)
        try:
            with engine.connect() as connection:
                for statement in how.begins:
                    connection.exec_driver_sql(statement)
                with _said_of_reading(address):
                    yield Snapshot(connection, address, how.is_one)
                connection.rollback()
        finally:
            engine.dispose()


def _engine(address: URL, how: OneSnapshot) -> Engine:
    isolation = {"isolation_level": how.isolation} if how.isolation else {}
    alive = KEPT_ALIVE if address.drivername in OF_LIBPQ else {}
    engine = create_engine(
        address, poolclass=NullPool, connect_args={**how.connect_args, **alive}, **isolation
    )
    if engine.driver == "psycopg":
        event.listen(engine, "connect", read_infinity_as_none)
    if how.options:
        event.listen(engine, "engine_connect", partial(_with_options, how.options))
    return engine


def _with_options(options: Mapping[str, Any], connection: Connection) -> None:
    connection.execution_options(**options)


def _how(address: URL) -> OneSnapshot:
    """Of SQL Server it is asked: a snapshot that is not allowed fails at the first row only."""
    kind = address.get_backend_name()
    if kind != "mssql":
        return SNAPSHOTS.get(kind, AS_IT_COMES)
    engine = create_engine(address, poolclass=NullPool)
    try:
        with engine.connect() as connection:
            allowed = connection.execute(snapshots_allowed()).scalar()
    finally:
        engine.dispose()
    return (
        SNAPSHOTS[kind] if allowed == 1 else replace(SNAPSHOTS[kind], isolation=None, is_one=False)
    )


@contextmanager
def _said_in_one_sentence(address: URL) -> Iterator[None]:
    """Turns what a driver says into one sentence, without a row's values or a password in it."""
    try:
        yield
    except SQLAlchemyError as fault:
        driver_words = _driver_words(fault)
        if any(word in driver_words.lower() for word in MORE_WORDS_OF_NO_ANSWER):
            raise Problem(DOES_NOT_ANSWER.format(where=shown(address))) from None
        said = without_values(driver_words)
        raise Problem(NOT_READ.format(where=shown(address), said=said)) from None


@contextmanager
def _said_of_reading(address: URL) -> Iterator[None]:
    """The same of a source that had answered: whether it was lost, locked, or would not give."""
    try:
        yield
    except SQLAlchemyError as fault:
        driver_words = _driver_words(fault)
        sentence = CUT_OFF if getattr(fault, "connection_invalidated", True) else NOT_READ
        if any(word in driver_words.lower() for word in WORDS_OF_A_LOCK):
            sentence = LOCKED
        said = without_values(driver_words)
        raise Problem(sentence.format(where=shown(address), said=said)) from None


@contextmanager
def _said_of_values(where: str, query: Select) -> Iterator[None]:
    """The same of a value that the driver can't make one of Python's of; any other fault goes on.

    What follows a colon may be the value.
    """
    try:
        yield
    except (*OF_A_VALUE, OperationalError) as fault:
        words = _driver_words(fault)
        if isinstance(fault, OperationalError) and NOT_DECODED not in words.lower():
            raise
        table = ", ".join(getattr(one, "name", "a table") for one in query.get_final_froms())
        said = without_values(words.partition(":")[0])
        raise Problem(UNREADABLE.format(table=table, where=where, said=said)) from None


def _driver_words(fault: Exception) -> str:
    return str(getattr(fault, "orig", None) or fault).strip() or type(fault).__name__
