"""Which extension tables stand beside an SSD, read in the same snapshot as it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from data_access.connection.source_snapshots import Snapshot
from loading.sources.extension.declared import is_extension
from loading.sources.extension.reading import read_extension
from loading.sources.extension.tables import ReadTable, read_table
from loading.sources.reading import Reading
from loading.sources.ssd.beside import tables_beside

NOTHING: Mapping[str, date] = {}


@dataclass
class Beside:
    """Hears the snapshot in which an SSD is read, and reads the extension tables in it."""

    found: dict[str, ReadTable] = field(default_factory=dict)

    def __call__(self, snapshot: Snapshot, schema: str | None) -> None:
        """Reads what stands beside the SSD."""
        for name, there in tables_beside(snapshot, schema, is_extension).items():
            self.found[name] = read_table(there.columns, there.parts)

    def readings(self, data_to: date, covers_from: Mapping[str, date] = NOTHING) -> list[Reading]:
        """What they say, up to the SSD's last day; none where there are no such tables.

        `covers_from` is since when tables are held that they alone fill.
        """
        reading = read_extension(self._handed_over(), data_to, covers_from)
        return [reading] if reading else []

    def _handed_over(self) -> dict[str, ReadTable]:
        """What was found, to be read once: of a large council two states would be too many."""
        found, self.found = self.found, {}
        return found
