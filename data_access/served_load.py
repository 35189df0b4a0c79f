"""Which load is served: what a cache of anything read must be kept under."""

import os
from functools import cache

from sqlalchemy import Engine, select

from data_access.connection.addresses import address_of
from data_access.database import connect, read
from data_access.derived_with import settings_counted_with
from data_access.schema import source_load


def version_of(url: str) -> str:
    """Changes whenever another load is served at `url`: for caches, never for people."""
    address = address_of(url)
    if address.get_backend_name() != "duckdb":
        loads = select(source_load.c.load_id, source_load.c.taken_at).order_by(*source_load.c)
        engine = _standing_engine(url)
        # Derive leaves the loads as they are, and counts with other settings.
        return f"{read(engine, loads)!r} {settings_counted_with(engine)}"
    try:
        state = os.stat(address.database or "")
    except FileNotFoundError:
        return "none"
    return f"{state.st_ino}-{state.st_mtime_ns}"


@cache
def _standing_engine(url: str) -> Engine:
    return connect(url)
