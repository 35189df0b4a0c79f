"""Which workers of different sources are the same person, and so get the same id."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from loading.sources.reading import Reading


def with_matched_workers(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each worker under the id of the first source that knows the worker.

    The same registration number is the same worker; so is the same name, where it stands for one
    worker only and neither source gives two different numbers. A source with names and numbers
    links one that has names (Annex A) to one that has numbers (the workforce census).
    """
    known = _Known()
    matched: dict[int, Reading] = {}
    for number in sorted(range(len(readings)), key=lambda n: _facts_missing(readings[n])):
        matched[number] = _matched(readings[number], known)
    return [matched[number] for number in range(len(readings))]


def _facts_missing(reading: Reading) -> int:
    """0 for sources with both names and numbers: they must be known before the others are asked."""
    workers = reading.frames.get("worker")
    if workers is None:
        return 2
    are_given = [
        name in workers and workers[name].notna().any() for name in ("name", "registration_no")
    ]
    return 2 - sum(are_given)


class _Known:
    """Worker ids by registration number and by name."""

    def __init__(self) -> None:
        self.by_number: dict[str, str] = {}
        self.by_name: dict[str, str] = {}

    def id_of(self, number: str | None, name: str | None) -> str | None:
        if number is not None and number in self.by_number:
            return self.by_number[number]
        return self.by_name.get(name) if name is not None else None

    def learn(self, worker_id: str, number: str | None, name: str | None) -> None:
        if number is not None:
            self.by_number.setdefault(number, worker_id)
        if name is not None:
            self.by_name.setdefault(name, worker_id)


def _matched(reading: Reading, known: _Known) -> Reading:
    workers = reading.frames.get("worker")
    if workers is None or workers.empty:
        return reading
    identities = _identities(workers)
    new_ids = {}
    for worker_id, number, name in identities:
        new_ids[worker_id] = known.id_of(number, name) or worker_id
    for worker_id, number, name in identities:
        known.learn(new_ids[worker_id], number, name)
    frames = {table: _renamed(rows, new_ids) for table, rows in reading.frames.items()}
    return replace(reading, frames=frames)


def _identities(workers: pd.DataFrame) -> list[tuple[str, str | None, str | None]]:
    """Each worker's id, number and name; a name that two workers share is not told."""
    columns = workers.reindex(columns=["worker_id", "registration_no", "name"]).astype(object)
    columns = columns.where(columns.notna(), None)
    names = columns["name"].map(_plain)
    shared = set(names[names.duplicated(keep=False)])
    return [
        (worker_id, _plain(number), None if name in shared else name)
        for worker_id, number, name in zip(
            columns["worker_id"], columns["registration_no"], names, strict=True
        )
    ]


def _plain(words: str | None) -> str | None:
    return " ".join(str(words).lower().split()) if isinstance(words, str) else None


def _renamed(rows: pd.DataFrame, new_ids: dict[str, str]) -> pd.DataFrame:
    if "worker_id" not in rows:
        return rows
    return rows.assign(
        worker_id=rows["worker_id"].map(lambda worker_id: new_ids.get(worker_id, worker_id))
    )
