"""Which extension tables stand beside an SSD, read in the same snapshot as it is."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import ColumnClause, column, select, table

from data_access.connection.source_snapshots import Snapshot
from loading.sources.extension.declared import is_extension
from loading.sources.extension.reading import read_extension
from loading.sources.extension.tables import ReadTable, read_table
from loading.sources.reading import Reading


@dataclass
class Beside:
    """Hears the snapshot in which an SSD is read, and reads the extension tables in it."""

    found: dict[str, ReadTable] = field(default_factory=dict)

    def __call__(self, snapshot: Snapshot, schema: str | None) -> None:
        """Reads what stands beside the SSD."""
        self.found.update(extension_in(snapshot, schema))

    def readings(self, data_to: date) -> list[Reading]:
        """What they say, up to the SSD's last day; none where there are no such tables."""
        reading = read_extension(self.found, data_to)
        return [reading] if reading else []


def extension_in(snapshot: Snapshot, schema: str | None) -> dict[str, ReadTable]:
    """The extension tables and views of the schema, by their names in small letters."""
    inspector = snapshot.inspector()
    there = [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]
    return {name.lower(): _read(snapshot, name, schema) for name in there if is_extension(name)}


def _read(snapshot: Snapshot, name: str, schema: str | None) -> ReadTable:
    names = [str(one["name"]) for one in snapshot.inspector().get_columns(name, schema)]
    columns: list[ColumnClause] = [column(one) for one in names]
    source = table(name, *columns, schema=schema)
    return read_table(names, _parts(snapshot.rows(select(*source.c))))


def _parts(parts: Iterator) -> Iterator[list[tuple]]:
    for some in parts:
        yield [tuple(row) for row in some]
