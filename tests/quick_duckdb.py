"""What makes DuckDB quick for very many very small databases. No test depends on it."""

from typing import Any

from sqlalchemy import Engine, event


def make_duckdb_quick() -> None:
    """One thread for each database: to hand few rows to several takes as long as reading them."""
    event.listen(Engine, "connect", _with_one_thread)


def _with_one_thread(connection: Any, _record: object) -> None:
    if "duckdb" in type(connection).__module__:
        connection.execute("SET threads = 1")
