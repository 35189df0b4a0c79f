"""What set-up must never do: build over somebody's data, or leave a server behind."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from tests.servers import postgresql_cluster
from tools.has_database import has_database


def test_a_missing_duckdb_file_is_no_database(tmp_path):
    assert not has_database(f"duckdb:///{tmp_path / 'none.duckdb'}")


def test_a_file_that_cannot_be_read_is_not_built_over(tmp_path):
    broken = tmp_path / "broken.duckdb"
    broken.write_bytes(b"half of a database")
    assert has_database(f"duckdb:///{broken}")


def test_a_server_is_never_built_over():
    assert has_database("postgresql+psycopg://nobody@127.0.0.1:1/none")


def test_the_tests_own_postgresql_listens_on_no_network(postgresql_url):
    engine = create_engine(postgresql_url)
    with engine.connect() as connection:
        assert connection.execute(text("SHOW listen_addresses")).scalar() == ""
    engine.dispose()


def test_the_tests_own_postgresql_is_gone_afterwards(postgresql_url):
    with postgresql_cluster() as address:
        folder = Path(str(address.query["host"]))
        assert folder.exists()
    assert not folder.exists()
    with pytest.raises(OperationalError):
        create_engine(address).connect()
