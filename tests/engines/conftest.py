"""One awkward council on both engines."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from data_access.database import connect
from tests.awkward import awkward_council, on_both


@pytest.fixture(scope="session")
def both_urls(
    postgresql_url: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str]]:
    """The awkward council's addresses: DuckDB, PostgreSQL."""
    with on_both(tmp_path_factory.mktemp("both"), postgresql_url, awkward_council()) as urls:
        yield urls


@pytest.fixture(scope="session")
def both(both_urls: tuple[str, str]) -> Iterator[tuple[Engine, Engine]]:
    """Engines on them."""
    duckdb, postgresql = map(connect, both_urls)
    yield duckdb, postgresql
    duckdb.dispose()
    postgresql.dispose()
