"""A meeting store and a case database that a test may publish from."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, insert

from data_access import schema
from data_access.database import connect, rebuild
from data_access.meeting_store.opening import open_store
from loading.deriving import derive
from tests.databases import emptied
from tests.worlds import AS_AT, LONG_HELD, SETTINGS, World


@pytest.fixture
def store(store_url: str) -> Iterator[Engine]:
    """An empty meeting store, on each of its engines."""
    engine = open_store(store_url)
    yield engine
    engine.dispose()


@pytest.fixture
def file_store(tmp_path: Path) -> Iterator[Engine]:
    """An empty meeting store in a file."""
    engine = open_store(f"sqlite:///{tmp_path / 'meeting.sqlite'}")
    yield engine
    engine.dispose()


def fill(connection, world: World, as_at: date = AS_AT, load_id: str = "1", **said) -> None:
    """Puts the world and its load into an empty case database, and derives."""
    for name in [name for name, rows in world.rows.items() if rows]:
        connection.execute(insert(schema.metadata.tables[name]), world.of(name))
    load = {"load_id": load_id, "source": "test", "taken_at": datetime(2016, 10, 15, 9)}
    rows_json = json.dumps({"covers_from": LONG_HELD} | said)
    connection.execute(
        insert(schema.source_load), [load | {"data_to": as_at, "rows_json": rows_json}]
    )
    derive(connection, SETTINGS)


def loaded_into(engine: Engine, world: World, as_at: date = AS_AT, load_id: str = "1") -> Engine:
    """The shared case database with another load in it."""
    with engine.begin() as connection:
        fill(emptied(connection), world, as_at, load_id, data_from="2016-02-01")
    return engine


@pytest.fixture
def case_of(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """A case database in a file with a world in it: each call is another load of it."""
    url = f"duckdb:///{tmp_path / 'case.duckdb'}"
    opened: list[Engine] = []

    def load(world: World, as_at: date = AS_AT, load_id: str = "1", **said) -> Engine:
        for engine in opened:
            engine.dispose()
        with rebuild(url) as connection:
            fill(connection, world, as_at, load_id, **said)
        opened.append(connect(url))
        return opened[-1]

    yield load
    for engine in opened:
        engine.dispose()
