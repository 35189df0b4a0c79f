"""What a driver says is told without the values that it quotes: they may be a child's."""

import pytest
from sqlalchemy import MetaData, select, text

from data_access.connection.driver_faults import fault_sentence, without_values
from data_access.database import changing, connect, create, read
from data_access.problems import Problem
from data_access.schema import vacancy


@pytest.mark.parametrize(
    "said, told",
    [
        ('invalid input syntax for type date: "Jo Bloggs"\nLINE 1', "date: …"),
        ("Conversion Error: Could not convert string 'Jo' to INT32", "string … to INT32"),
        ("duplicate key: Key (child_id)=(C1234) already exists.", "Key …=… already exists"),
    ],
)
def test_what_a_driver_quotes_is_left_out(said, told):
    assert told in without_values(said)
    assert not {"Jo", "C1234"} & set(without_values(said).replace("=", " ").split())


def test_a_value_that_a_database_can_not_read_is_not_told(duckdb_url):
    create(duckdb_url)
    engine = connect(duckdb_url, read_only=False)
    with engine.connect() as connection, pytest.raises(Exception, match="Bloggs") as fault:
        connection.execute(text("SELECT CAST('Jo Bloggs' AS INTEGER)"))
    engine.dispose()
    assert "Bloggs" not in fault_sentence(engine, fault.value)


def test_a_database_of_an_earlier_version_is_told_from_one_without_tables(new_database):
    """To be told to make its tables anew, of a council's own, would be to lose it."""
    url = new_database()
    engine = connect(url, read_only=False)
    with engine.begin() as connection:
        vacancy.drop(connection)
    with pytest.raises(Problem, match="loaded by an earlier version of ChildStat.*: load again"):
        read(engine, select(vacancy))
    with engine.begin() as connection:
        tables = MetaData()
        tables.reflect(connection)
        tables.drop_all(connection)
    with pytest.raises(Problem, match="has no ChildStat tables: make them with"):
        read(engine, select(vacancy))
    engine.dispose()


def test_what_is_changed_beside_the_database_is_told_by_the_database_s_own_name(duckdb_url):
    create(duckdb_url)
    with changing(duckdb_url) as connection:
        vacancy.drop(connection)
    with pytest.raises(Problem) as told, changing(duckdb_url) as connection:
        connection.execute(select(vacancy))
    assert str(told.value).startswith(f"{duckdb_url} was loaded by an earlier version")
