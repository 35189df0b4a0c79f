"""A case database on each engine, empty at the start of every test."""

import pytest

from tests.databases import emptied


@pytest.fixture
def connection(shared_engine):
    with shared_engine.connect() as connection:
        yield emptied(connection)
        connection.rollback()
