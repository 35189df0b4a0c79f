"""Rows of a metric over a made-up world, on each engine."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine

from data_access.database import read
from metrics.model import Basis, Metric
from tests.worlds import World, basis, loaded, months


@pytest.fixture(scope="session")
def rows_of(shared_engine: Engine) -> Callable:
    """The metric's rows over a world, as dictionaries."""

    def rows(metric: Metric, world: World, on: Basis | None = None) -> list[dict]:
        on = on or basis()
        query = metric.rows(months(), on)
        with loaded(shared_engine, world, on.settings, [query]) as engine:
            return [dict(row._mapping) for row in read(engine, query)]

    return rows


@pytest.fixture(scope="session")
def companion_of(shared_engine: Engine) -> Callable:
    """The rows of a metric's companion over a world, as dictionaries."""

    def rows(metric: Metric, key: str, world: World) -> list[dict]:
        companion = next(one for one in metric.beside.companions if one.key == key)
        query = companion.rows(months(), basis())
        with loaded(shared_engine, world, only_for=[query]) as engine:
            return [dict(row._mapping) for row in read(engine, query)]

    return rows
