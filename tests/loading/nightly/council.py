"""Settings whose nightly run reads files of one small council."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from data_access.settings import NightlySource, Settings
from data_access.settings_file.reading import read_settings
from loading.kept.report import KeptReport
from loading.loads import Say, in_silence
from loading.matching.decided import NOTHING_DECIDED
from loading.nightly.kinds import Asked
from loading.nightly.running import run_nightly
from tests.loading import dirty


def extract(folder: Path, content: Mapping | None = None, data_to: str = "2016-10-31") -> Path:
    """A folder of CSV files that says its last day."""
    tables = {**(content or dirty.tables()), "source_load": [{"data_to": data_to}]}
    return dirty.csv_folder(folder, tables)


def settings_of(*sources: NightlySource) -> Settings:
    return replace(read_settings(), nightly_sources=sources)


def csv(folder: Path) -> NightlySource:
    return NightlySource("csv", (str(folder),))


def nightly(
    url: str, *sources: NightlySource, say: Say = in_silence, **options
) -> KeptReport | None:
    """As the command runs it."""
    settings = settings_of(*sources)
    asked = [(one.kind, Asked(one.at)) for one in sources]
    return run_nightly(url, asked, settings, say, NOTHING_DECIDED, **options)
