"""A council's dataset written into a PostgreSQL schema as one of the systems deploys it."""

from collections.abc import Mapping
from datetime import time
from typing import Any

import pandas as pd
from sqlalchemy import (
    CHAR,
    TIMESTAMP,
    Boolean,
    Column,
    Connection,
    Date,
    Engine,
    Float,
    Integer,
    MetaData,
    Numeric,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeEngine

from tests.ssd.deployed import MOSAIC, columns_of, parsed, renamed
from tests.ssd.extending import EXTENDED, council_beside
from tests.ssd.reversing import Frames, council_as_ssd
from tests.ssd.shapes import FILLER_DATES, PADDED_CODES, TIMES_OF_DAY, Shape

_NAMED: dict[str, TypeEngine] = {
    "time": TIMESTAMP(),
    "date": Date(),
    "int": Integer(),
    "float": Float(),
    "bit": Boolean(),
    "long": Text(),
    "number": Numeric(9),
    "decimal": Numeric(7, 2),
}
FOR_EVER, NEVER = pd.Timestamp(9999, 12, 31), pd.Timestamp(1900, 1, 1)
_PADDED = ("cine_referral_source_code", "invo_professional_role_id", "invo_professional_team")
_CLOCK = (time(0, 0), time(9, 30), time(14, 5), time(23, 59))
# What Mosaic's deployment holds as whole numbers: these ids are numbers there, everywhere.
_IDS_AS_NUMBERS = ("referral_id", "enquiry_id", "plan_id", "review_id")


def deploy(engine: Engine, council: Frames, shape: Shape) -> None:
    """Makes and fills the shape's tables at `engine`, in its schema."""
    write_tables(engine, as_deployed(council, shape), shape)


def as_deployed(council: Frames, shape: Shape) -> dict[str, pd.DataFrame]:
    """By table what the system would hold: its columns, under its names, with its faults."""
    tables = council_as_ssd(council, shape)
    deployed = columns_of(shape.system)
    names = renamed(shape.system)
    found = {}
    for table, columns in deployed.items():
        rows = tables.get(table, pd.DataFrame())
        rows = rows.rename(columns={old: new for (of, old), new in names.items() if of == table})
        found[table] = _faulty(rows.reindex(columns=list(columns)), columns, shape)
    return found


def _faulty(rows: pd.DataFrame, columns: Mapping[str, str], shape: Shape) -> pd.DataFrame:
    for name, kind in columns.items():
        if kind == "time":
            rows[name] = _days(rows[name], name, shape)
        elif shape.has(PADDED_CODES) and name in _PADDED:
            rows[name] = (rows[name].astype(str) + "  ").where(rows[name].notna(), None)
    return rows


def _days(days: pd.Series, name: str, shape: Shape) -> pd.Series:
    stamps = days.astype("datetime64[s]")
    if shape.has(TIMES_OF_DAY) and "visit_date" in name:
        seconds = [at.hour * 3600 + at.minute * 60 for at in _CLOCK]
        turns = [seconds[place % len(seconds)] for place in range(len(stamps))]
        stamps = stamps + pd.to_timedelta(turns, unit="s")
    if shape.has(FILLER_DATES):
        if name.endswith(("end_date", "close_date", "ceased_date")):
            stamps = stamps.fillna(FOR_EVER)
        elif name == "pers_dob":
            stamps = stamps.fillna(NEVER)
    return stamps


def write_tables(engine: Engine, tables: Frames, shape: Shape) -> None:
    """Makes every table of the system, with its types, and fills them."""
    _write(engine, columns_of(shape.system), tables, shape)


def extend(engine: Engine, council: Frames, shape: Shape) -> None:
    """Makes and fills the extension tables beside the dataset, in its schema."""
    _write(
        engine, {name: parsed(of) for name, of in EXTENDED.items()}, council_beside(council), shape
    )


def _write(
    engine: Engine, declared: Mapping[str, Mapping[str, str]], tables: Frames, shape: Shape
) -> None:
    metadata = MetaData(schema=shape.schema)
    for name, columns in declared.items():
        Table(name, metadata, *(Column(one, sql_type(kind)) for one, kind in columns.items()))
    with engine.begin() as connection:
        if shape.schema:
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {shape.schema}"))
        metadata.create_all(connection)
        for name, rows in tables.items():
            rows_in(connection, f"{shape.schema}.{name}" if shape.schema else name, rows)


def sql_type(kind: str) -> TypeEngine:
    """The column's type: a number of characters, c and a number where it is padded, or a name."""
    if kind in _NAMED:
        return _NAMED[kind]
    return CHAR(int(kind[1:])) if kind.startswith("c") else String(int(kind))


def rows_in(connection: Connection, place: str, rows: pd.DataFrame) -> None:
    """Adds the rows to the table at `place`."""
    driver: Any = connection.connection.driver_connection
    plain = rows.astype(object)
    plain = plain.where(rows.notna(), None)
    with driver.cursor() as cursor:
        with cursor.copy(f"COPY {place} ({', '.join(rows.columns)}) FROM STDIN") as copy:
            for row in plain.itertuples(index=False, name=None):
                copy.write_row(row)


def with_ids_of(council: Frames, shape: Shape) -> dict[str, pd.DataFrame]:
    """The council under the ids that the system could give: numbers, where its columns are."""
    if shape.system != MOSAIC:
        return dict(council)
    numbers = {name: _numbers(council, name) for name in _IDS_AS_NUMBERS}
    return {table: _numbered(rows, numbers) for table, rows in council.items()}


def _numbers(council: Frames, name: str) -> dict[str, str]:
    keys = council[name.removesuffix("_id")][name]
    return {one: str(place) for place, one in enumerate(keys, start=1_000_001)}


def _numbered(rows: pd.DataFrame, numbers: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    changed = {name: rows[name].map(ids) for name, ids in numbers.items() if name in rows}
    return rows.assign(**changed)
