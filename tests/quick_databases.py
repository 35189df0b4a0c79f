"""What makes very many very small databases quick. No test depends on it."""

import os
import shutil
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.util import LRUCache

# SQLAlchemy keeps 500 for each engine: a council's checks and figures are about that many.
STATEMENTS_KEPT = 5000
# Linux's folder in memory, where it has far more room than the files of a whole run take.
MEMORY, ROOM = Path("/dev/shm"), 10 * 2**30  # noqa: S108  pytest makes its own folder in it


class Compiled:
    """Statements compiled once for all databases of a kind, each of which has an engine of its own.

    Most of what is asked of a small database takes longer to compile than to answer.
    """

    def __init__(self) -> None:
        self._kept: LRUCache[Any, Any] = LRUCache(STATEMENTS_KEPT)

    def get(self, key: tuple) -> Any:
        return self._kept.get(_of_a_kind(*key))

    def __setitem__(self, key: tuple, compiled: Any) -> None:
        self._kept[_of_a_kind(*key)] = compiled


def _of_a_kind(dialect: Any, *statement: Any) -> tuple:
    return (type(dialect), dialect.server_version_info, *statement)


COMPILED = Compiled()


def keep_files_in_memory() -> None:
    """pytest's folders lie in memory where it has room: loads wait for a disk at each statement."""
    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def make_duckdb_quick() -> None:
    """One thread for each database: to hand few rows to several takes as long as reading them."""
    event.listen(Engine, "connect", _with_one_thread)


def compile_once() -> None:
    """What was compiled for one case database is not compiled again for the next."""
    event.listen(Engine, "engine_connect", _with_what_is_compiled)


def _with_one_thread(connection: Any, _record: object) -> None:
    if "duckdb" in type(connection).__module__:
        connection.execute("SET threads = 1")


def _with_what_is_compiled(connection: Connection) -> None:
    if connection.dialect.name in ("duckdb", "postgresql"):
        connection.execution_options(compiled_cache=COMPILED)
