"""Which columns a source filled: one that it no longer fills is lost, though its rows are there."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

import pandas as pd

from data_access.schema import metadata
from loading.emptied import Emptied
from loading.losses import FEW, Loss
from loading.sources.reading import Reading

# By table and column, how many rows have a value.
Filled = Mapping[str, Mapping[str, int]]


def filled_in(reading: Reading) -> dict[str, Mapping[str, int]]:
    """How many rows of each table have a value in each column that may be empty."""
    return {table: _filled_of(reading, table) for table in reading.frames}


def without_cells(reading: Reading, table: str) -> Reading:
    """The reading, of the table only how many rows there are, and how many have each value.

    A council's rows fill the memory of a small machine once, and not twice.
    """
    rows = pd.DataFrame(index=range(len(reading.frames[table])))
    filled = {**reading.filled, table: _filled_of(reading, table)}
    return replace(reading, frames={**reading.frames, table: rows}, filled=filled)


def _filled_of(reading: Reading, table: str) -> Mapping[str, int]:
    rows = reading.frames[table]
    return reading.filled.get(table) or {
        column.name: int(rows[column.name].notna().sum())
        for column in metadata.tables[table].columns
        if column.nullable and column.name in rows
    }


def filled_before(load_rows: Iterable[Mapping[str, Any]]) -> dict[str, Filled]:
    """What each source filled in its last load, by the records of loads, the latest last."""
    filled: dict[str, dict[str, Mapping[str, int]]] = {}
    for _, together in groupby(load_rows, lambda row: row["taken_at"]):
        by_source: dict[str, dict[str, dict[str, int]]] = {}
        for row in together:
            record = json.loads(row["rows_json"] or "{}").get("filled", {})
            _add(by_source.setdefault(row["source"], {}), record)
        for source, tables in by_source.items():
            filled.setdefault(source, {}).update(tables)
    return {**filled}


def filled_now(readings: Iterable[Reading]) -> dict[str, Filled]:
    """What each source fills now; several files of one source are added up."""
    filled: dict[str, dict[str, dict[str, int]]] = {}
    for reading in readings:
        _add(filled.setdefault(reading.source, {}), filled_in(reading))
    return {**filled}


def _add(to: dict[str, dict[str, int]], more: Filled) -> None:
    for table, columns in more.items():
        counts = to.setdefault(table, {})
        for column, rows in columns.items():
            counts[column] = counts.get(column, 0) + rows


def columns_lost(
    now: Mapping[str, Filled], before: Mapping[str, Filled], emptied: Emptied
) -> list[Loss]:
    """Columns that a source filled in its last load and leaves empty in every row of this one.

    But for those that were `emptied`, of which more can be said.
    """
    return [
        Loss(
            table,
            f"{column} is empty in every row, and was filled in {rows} of the load before",
            column=column,
        )
        for source, tables in now.items()
        for table, columns in tables.items()
        for column, rows in before.get(source, {}).get(table, {}).items()
        if rows >= FEW and not columns.get(column) and (table, column) not in emptied
    ]
