"""Case databases for tests: new ones, and one that many examples use in turn."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from sqlalchemy import URL, Connection, create_engine, make_url, text

from data_access.database import empty
from data_access.schema import metadata

ENGINES = ("duckdb", "postgresql")


def emptied(connection: Connection) -> Connection:
    """`connection`, after every row of every table is gone: cheaper than another database."""
    empty(connection, *metadata.sorted_tables)
    return connection


def written(url: URL) -> str:
    """`url` as the product is given it."""
    return url.render_as_string(hide_password=False)


def duckdb_file(folder: Path) -> str:
    """The address of a DuckDB file that does not exist yet."""
    return f"duckdb:///{folder / f'{uuid4().hex[:8]}.duckdb'}"


@contextmanager
def postgresql_database(server_url: str) -> Iterator[str]:
    """A database of its own on the tests' PostgreSQL, without tables; dropped at the end."""
    name = f"t_{uuid4().hex[:12]}"
    server = create_engine(server_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} STRATEGY file_copy"))
    try:
        yield written(make_url(server_url).set(database=name))
    finally:
        with server.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        server.dispose()
