"""The fastest way to add many rows, engine by engine. For database.py, which owns connections."""

from typing import Any

import pandas as pd
import pyarrow as pa
from pandas.api.types import is_object_dtype
from sqlalchemy import Connection, Table


def insert_rows(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    """Adds `rows` on any engine, one parameter set a row."""
    connection.execute(table.insert(), _records(rows))


def _insert_duckdb(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    names = ", ".join(rows.columns)
    driver = connection.connection.driver_connection
    assert driver is not None, "the connection is closed"
    driver.register("rows_to_write", _without_objects(rows))
    try:
        driver.execute(f"INSERT INTO {table.name} ({names}) SELECT {names} FROM rows_to_write")
    finally:
        driver.unregister("rows_to_write")


def _without_objects(rows: pd.DataFrame) -> pd.DataFrame | pa.Table:
    """Typed rows as Arrow's, of whose texts DuckDB makes no object each; others as they are."""
    if rows.dtypes.map(is_object_dtype).any():
        return rows
    return pa.Table.from_pandas(rows, preserve_index=False)


def _copy_postgresql(connection: Connection, table: Table, rows: pd.DataFrame) -> None:
    names = ", ".join(rows.columns)
    driver: Any = connection.connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table.name} ({names}) FROM STDIN") as copy:
        for record in _records(rows):
            copy.write_row(list(record.values()))


def _records(rows: pd.DataFrame) -> list[dict]:
    plain = rows.astype(object)
    return plain.where(rows.notna(), None).to_dict("records")


BULK = {"duckdb": _insert_duckdb, "postgresql": _copy_postgresql}
