"""The tables of a file that is built are those of one that is made table by table."""

import pytest
from sqlalchemy import text

from data_access.database import connect, create, rebuild
from tests.databases import duckdb_file

COLUMNS = "SELECT table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
TABLES = "SELECT table_name, comment FROM duckdb_tables()"
CONSTRAINTS = "SELECT table_name, constraint_type, constraint_text FROM duckdb_constraints()"


@pytest.mark.parametrize("asked", [COLUMNS, TABLES, CONSTRAINTS])
def test_a_file_that_is_built_has_the_tables_of_one_that_is_made(tmp_path, asked):
    built, made = duckdb_file(tmp_path), duckdb_file(tmp_path)
    with rebuild(built):
        pass
    create(made)
    assert told(built, asked) == told(made, asked) != []


def told(url: str, asked: str) -> list[str]:
    engine = connect(url)
    with engine.connect() as connection:
        rows = sorted(map(repr, connection.execute(text(asked))))
    engine.dispose()
    return rows
