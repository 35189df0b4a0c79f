"""Makes every table of a new DuckDB file at once."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, MetaData, create_mock_engine


def make_tables(connection: Connection, metadata: MetaData) -> None:
    """The tables of `metadata` with their comments, in a file that has none of them.

    In one transaction: a hundred statements would wait for the disk a hundred times.
    """
    connection.exec_driver_sql(f"BEGIN; {_statements(metadata)}; COMMIT")


@cache
def _statements(metadata: MetaData) -> str:
    """Written once: each takes longer to write than to run."""
    written: list[Any] = []
    engine = create_mock_engine("duckdb://", lambda statement, *_: written.append(statement))
    metadata.create_all(engine, checkfirst=False)
    return "; ".join(str(one.compile(dialect=engine.dialect)) for one in written)
