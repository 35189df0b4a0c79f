"""What a driver says is told without the values that it quotes: they may be a child's."""

import pytest
from sqlalchemy import text

from data_access.connection.driver_faults import fault_sentence, without_values
from data_access.database import connect, create


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
