"""Which version of the SSD is deployed, as its own log says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from data_access.code_sets.truths import YES_OR_NO, truth
from data_access.connection.source_snapshots import Snapshot
from loading.columns.codes import code_in
from loading.sources.reading import WARNING, Issue
from loading.sources.ssd.beside import OtherTable, tables_beside

LOG = "ssd_version_log"
UNKNOWN = "ssd_version_unknown"
# The latest whose tables and columns are declared here.
LATEST = (1, 4, 5)
_NUMBERS = re.compile(r"\d+(\.\d+)+")


@dataclass(frozen=True)
class Version:
    """What the log calls the version; "" where it does not say."""

    called: str = ""

    @property
    def numbers(self) -> tuple[int, ...]:
        """Its numbers; none where there are none."""
        found = _NUMBERS.search(self.called)
        return tuple(map(int, found.group().split("."))) if found else ()

    def note(self) -> Iterator[str]:
        """The sentence of a load's report."""
        if self.called:
            yield f"The SSD says that it is version {self.called}."

    def doubt(self) -> Iterator[Issue]:
        """A warning where it is a version that nobody here has read."""
        if not self.called or () < self.numbers <= LATEST:
            return
        message = (
            f"{LOG}: the SSD says that it is version {self.called}, and what is read here are"
            f" versions up to {'.'.join(map(str, LATEST))}: columns may mean something else. Read"
            " what that version changes, and check the figures that rest on it."
        )
        yield Issue(UNKNOWN, "source_load", None, WARNING, message)


def version_in(snapshot: Snapshot, schema: str | None) -> Version:
    """The version that the log has as the current one; of several the highest, else the only one.

    Where no row is current it is the highest of all; none where there is no log, or it is empty.
    """
    log = tables_beside(snapshot, schema, LOG.__eq__).get(LOG)
    versions = [] if log is None else list(_versions(log))
    current = [version for version, is_current in versions if is_current]
    every = current or [version for version, _ in versions]
    return max(every, key=lambda version: version.numbers, default=Version())


def _versions(log: OtherTable) -> Iterator[tuple[Version, bool]]:
    columns = [name.lower() for name in log.columns]
    for cells in chain.from_iterable(log.parts):
        row = dict(zip(columns, cells, strict=True))
        called = str(row.get("version_number") or "").strip()
        if called:
            yield Version(called), truth(code_in(row.get("is_current"), YES_OR_NO)) is True
