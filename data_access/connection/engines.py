"""Engines on a case database: how each is opened, and how much of the machine it may take."""

from functools import partial
from pathlib import Path
from typing import Any

import duckdb
from sqlalchemy import URL, Engine, create_engine, event
from sqlalchemy.pool import NullPool

from data_access.connection.addresses import SECONDS_TO_WAIT_FOR_AN_ANSWER, address_of
from data_access.connection.private_files import close_to_others, keep_to_owner
from data_access.problems import Problem

SHARE_OF_MEMORY = 0.25
GIGABYTES_AT_MOST = 2
SHARE_THAT_DUCKDB_TAKES = 0.8
BYTES = {"MiB": 2**20, "GiB": 2**30, "TiB": 2**40, "MB": 10**6, "GB": 10**9, "TB": 10**12}
SECONDS_TO_MISS_A_CLIENT = 2
KNOWS_OF_CLIENTS_SINCE = 14


def connect(url: str, *, read_only: bool = True) -> Engine:
    """An engine on the case database at `url`; the dashboard never asks for more than reading."""
    address = address_of(url)
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
    event.listen(engine, "connect", _ends_with_its_client)
    if read_only:
        event.listen(engine, "connect", _only_read)
    return engine


def _ends_with_its_client(connection: Any, _record: object) -> None:
    """A statement of a client that was killed stops, instead of holding the server for hours."""
    if connection.info.server_version // 10_000 < KNOWS_OF_CLIENTS_SINCE:
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SET client_connection_check_interval = '{SECONDS_TO_MISS_A_CLIENT}s'")
    connection.commit()


def _duckdb(address: URL, *, read_only: bool) -> Engine:
    keep_to_owner()
    close_to_others(Path(address.database or ""))
    # Each page asks a few short questions: beginning and ending a transaction for each takes time,
    # and so does rolling back what was never begun.
    alone = (
        {
            "isolation_level": "AUTOCOMMIT",
            "skip_autocommit_rollback": True,
            "pool_reset_on_return": None,
        }
        if read_only
        else {}
    )
    engine = create_engine(address, connect_args={"read_only": read_only}, **alone)
    event.listen(engine, "connect", _without_progress_bar)
    return engine


def _without_progress_bar(connection: Any, _record: object) -> None:
    # It would be printed among a command's rows.
    connection.execute("SET enable_progress_bar = false")


def _only_read(connection: Any, _record: object) -> None:
    connection.read_only = True


def builder(address: URL, memory_gb: float | None, at_most_gb: float = GIGABYTES_AT_MOST) -> Engine:
    """An engine on a DuckDB file that is being built, within so much memory.

    Without `memory_gb` it is a share of the machine's, and no more than `at_most_gb`.

    Each statement is done with when it ends: a build that fails is thrown away as a file, and what
    one transaction writes and drops is held in memory until its end.
    """
    # A connection that failed is thrown away: rolling it back again would only add to the noise.
    alone = {"isolation_level": "AUTOCOMMIT", "pool_reset_on_return": None}
    engine = create_engine(address, poolclass=NullPool, **alone)
    event.listen(engine, "connect", _without_progress_bar)
    event.listen(engine, "connect", partial(_within, memory_gb, at_most_gb))
    return engine


def _within(memory_gb: float | None, at_most_gb: float, connection: Any, _record: object) -> None:
    limit = memory_gb or _usual_limit_gb(connection, at_most_gb)
    connection.execute(f"SET memory_limit = '{limit:.2f}GB'")


def _usual_limit_gb(connection: Any, at_most_gb: float) -> float:
    # In blocks no statement needs more; DuckDB would fill the rest with what it has read.
    return min(SHARE_OF_MEMORY * machine_memory_gb(connection), at_most_gb)


def machine_gigabytes() -> float:
    """The same, asked of a connection of its own."""
    with duckdb.connect() as connection:
        return machine_memory_gb(connection)


def machine_memory_gb(connection: Any) -> float:
    """Gigabytes that programs may use here, by the limit that a new connection to DuckDB has.

    A container has fewer than its machine.
    """
    found = connection.execute("SELECT current_setting('memory_limit')").fetchall()
    number, unit = found[0][0].split()
    return float(number) * BYTES[unit] / SHARE_THAT_DUCKDB_TAKES / BYTES["GB"]
