"""Every kind of source by the name that `load` and the nightly run have for it, and its reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from data_access.connection.source_addresses import source_address
from data_access.settings import Settings
from loading.loads import Say
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.extension.declared import is_extension
from loading.sources.extension.finding import Beside
from loading.sources.reading import Reading
from loading.sources.returns.cin_census.reader import read_cin_census
from loading.sources.returns.ssda903.reader import read_ssda903
from loading.sources.ssd.lacking import PARTS
from loading.sources.ssd.reader import read_ssd
from loading.sources.tables_book.reading import read_workbook
from loading.sources.workforce_census import read_workforce_census


@dataclass(frozen=True)
class Asked:
    """What is to be read: files, folders or an address, and all that may be said of them."""

    at: Sequence[str | Path] = ()
    data_to: date | None = None
    covers_from: Mapping[str, date] = field(default_factory=dict)
    schema: str | None = None
    lead_roles: Sequence[str] = ()
    with_hidden_sheets: bool = False

    @property
    def paths(self) -> list[Path]:
        return [Path(one) for one in self.at]


Reader = Callable[[Asked, Settings, Say], list[Reading]]


def _ssd(asked: Asked, settings: Settings, say: Say) -> list[Reading]:
    """The SSD, and the extension tables in it, which end with its last day."""
    beside = Beside()
    # Since when tables are held: those that the SSD fills, and those that others beside it do.
    of_ssd = {name: day for name, day in asked.covers_from.items() if name in PARTS}
    of_others = {name: day for name, day in asked.covers_from.items() if name not in PARTS}
    reading = read_ssd(
        source_address(str(asked.at[0]) if asked.at else None),
        asked.schema,
        asked.data_to,
        of_ssd,
        asked.lead_roles or settings.lead_roles,
        settings.no_visit_share,
        say,
        beside,
        settings.memory_gb,
        is_extension,
    )
    return [reading, *beside.readings(reading.data_to, of_others)]


def _csv(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    limits = settings.loading_limits
    return [
        reading
        for folder in asked.paths
        for reading in read_csv_folder(folder, asked.data_to, limits, asked.covers_from)
    ]


def _workbook(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    limits = settings.loading_limits
    return [read_workbook(one, asked.data_to, limits, asked.covers_from) for one in asked.paths]


def _annex_a(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    hidden, limits = asked.with_hidden_sheets, settings.loading_limits
    return [read_annex_a(asked.paths, asked.data_to, hidden, limits, settings.nobody)]


def _ssda903(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    return [read_ssda903(asked.paths, asked.data_to, settings.loading_limits)]


def _cin_census(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    return [read_cin_census(asked.paths, asked.data_to, settings.loading_limits)]


def _workforce_census(asked: Asked, settings: Settings, _say: Say) -> list[Reading]:
    limits = settings.loading_limits
    return [read_workforce_census(one, asked.data_to, limits) for one in asked.paths]


READERS: Mapping[str, Reader] = {
    "ssd": _ssd,
    "csv": _csv,
    "workbook": _workbook,
    "annex-a": _annex_a,
    "ssda903": _ssda903,
    "cin-census": _cin_census,
    "workforce-census": _workforce_census,
}
