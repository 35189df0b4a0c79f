"""What a load that adds takes the place of: tables, or the rows of a source that keeps its own."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from data_access.schema import metadata
from data_access.sources.order import keeps_rows, owner_of, takes_the_place
from loading.fitting import key_columns
from loading.sources.reading import Reading

# What several sources may know something about: their rows are put together, not replaced.
SHARED = ("unit", "worker", "child", "person")


def without_replaced(standing: Reading, readings: Sequence[Reading]) -> Reading:
    """What stands already, less the tables, or the rows of them, that the readings bring anew."""
    frames = dict(standing.frames)
    for reading in readings:
        for name in reading.tables_replaced & frames.keys() - set(SHARED):
            frames[name] = _without_rows_of(reading, name, frames[name])
        if reading.replaces_only:
            column, value = reading.replaces_only
            for name in frames.keys() & reading.frames.keys() - set(SHARED):
                frames[name] = frames[name][frames[name][column] != value]
    frames = {name: rows for name, rows in frames.items() if len(rows)}
    brought = {
        table
        for reading in readings
        if not keeps_rows(reading.source)
        for table in reading.tables_replaced - set(SHARED)
    }
    # Of a table in which rows of a return stay, what stands is in part as before.
    gone = brought - frames.keys()
    parts = {name: part for name, part in standing.parts.items() if name not in gone}
    return replace(standing, frames=frames, partial=standing.partial - gone, parts=parts)


def _without_rows_of(reading: Reading, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows in whose place none of the reading's come."""
    key = key_columns(metadata.tables[table])[0]
    stays = rows[key].map(lambda one: not takes_the_place(reading.source, owner_of(one)))
    return rows[stays.astype(bool)]
