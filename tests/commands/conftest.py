"""A small council for the commands to be asked about."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert

from data_access import schema
from data_access.database import rebuild
from loading.deriving import derive
from tests.worlds import LONG_HELD, SETTINGS, World


def council() -> World:
    world = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    world.add("child", child_id="K1", name="Kit Example", restricted=False)
    world.add(
        "plan", plan_id="P", child_id="K1", kind="CP", started_on=date(2016, 8, 1), ended_on=None
    )
    world.add(
        "allocation",
        child_id="K1",
        worker_id="W1",
        unit_id="U1",
        lead=True,
        started_on=date(2016, 8, 1),
    )
    world.add(
        "visit",
        child_id="K1",
        kind="CP",
        visited_on=date(2016, 8, 29),
        seen=True,
        recorded_on=date(2016, 9, 12),
    )
    world.add(
        "source_load",
        load_id="1",
        source="test",
        taken_at=datetime(2016, 10, 3),
        data_to=date(2016, 9, 30),
        rows_json=json.dumps({"covers_from": LONG_HELD}),
    )
    return world


@pytest.fixture(scope="module")
def database(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("council"))


def build(folder: Path) -> str:
    """The council's case database in a folder: its address."""
    url = f"duckdb:///{folder / 'case.duckdb'}"
    world = council()
    with rebuild(url) as connection:
        for name in [name for name, rows in world.rows.items() if rows]:
            connection.execute(insert(schema.metadata.tables[name]), world.of(name))
        derive(connection, SETTINGS)
    return url
