"""Whether anything that a load rests on has changed since the last: then it need not be repeated.

Only of files can that be told. A database can't say that no row of it was changed or removed.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from data_access.access_settings import AccessStore, SignIn
from data_access.london import day_of, today
from data_access.settings import NIGHTLY_DATABASE, NightlySource, Settings
from data_access.software_version import software_version
from loading.matching.decided import Decided


def state_of(settings: Settings, decided: Decided) -> str:
    """A digest of the files, how they are read, the settings, decisions and ChildStat's version.

    "" where a source is a database, or a file can't be looked at: then it must be read. No address
    of a database is in it.
    """
    sources = settings.nightly_sources
    if any(one.kind == NIGHTLY_DATABASE for one in sources):
        return ""
    try:
        files = [_file(path) for one in sources for path in _files(one)]
    except OSError:
        return ""
    told = [software_version(), _without_addresses(settings), *_decisions(decided), *files]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def is_unchanged(state: str, stood: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the last of the loads that stood was of this very state, and is of its day still.

    Where the last day covered was the day of the load, as where no source says one, that has moved
    with the calendar.
    """
    if not state or not stood:
        return False
    of_last = [row for row in stood if row["taken_at"] == stood[-1]["taken_at"]]
    return all(nightly_state(row) == state and _holds_today(row) for row in of_last)


def brought_nightly(stood: Iterable[Mapping[str, Any]]) -> set[str]:
    """The sources of loads that a nightly run made."""
    return {row["source"] for row in stood if nightly_state(row) is not None}


def nightly_state(row: Mapping[str, Any]) -> str | None:
    """What the record of a load keeps of the nightly run; None where it was no such run's."""
    return json.loads(row["rows_json"] or "{}").get("nightly")


def _holds_today(row: Mapping[str, Any]) -> bool:
    taken_on = row["taken_at"].date()
    return taken_on == today() or (row["data_to"] or taken_on) < taken_on


def _files(source: NightlySource) -> Iterator[Path]:
    for place in map(Path, source.at):
        yield from sorted(place.rglob("*")) if place.is_dir() else (place,)


def _file(path: Path) -> str:
    """The day it was saved is part of it: up to that the lists of Annex A are read."""
    found = path.stat()
    if path.is_dir():
        return str(path)
    with path.open("rb") as file:
        content = hashlib.file_digest(file, "sha256").hexdigest()
    saved_on = day_of(datetime.fromtimestamp(found.st_mtime, UTC))
    return f"{path} {found.st_size} {saved_on} {content}"


def _without_addresses(settings: Settings) -> str:
    return repr(
        replace(
            settings,
            database_url="",
            meeting_store_url="",
            access_store=AccessStore(),
            sign_in=SignIn(),
        )
    )


def _decisions(decided: Decided) -> list[str]:
    pairs = decided.workers.latest.items()
    return [repr(decided.teams), *sorted(f"{sorted(pair)} {made!r}" for pair, made in pairs)]
