"""Workers whom a source gives by id and whose name means nobody: what is theirs is nobody's."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from data_access.schema import metadata
from loading.names import telling
from loading.names.nobody import could_mean_nobody, means_nobody
from loading.sources.reading import Issue, Reading, count
from metrics.writing import several

OF_NOBODY = "of a worker who is nobody"


def without_nobody(readings: Sequence[Reading], words: Collection[str]) -> list[Reading]:
    """The readings, no row of any being of a worker whose name is one of `words`.

    An allocation or a visit is then of no worker; a post, an absence or hours can't be, and are
    left out. The worker's own row stays, so that a later load knows whose id it is.
    """
    named = {
        worker_id: name for reading in readings for worker_id, name, _ in _names(reading.frames)
    }
    of_nobody = {worker_id: name for worker_id, name in named.items() if means_nobody(name, words)}
    return [_without(_with_doubts(reading, words), of_nobody) for reading in readings]


def _names(frames: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str, str | None]]:
    """The id, name and place of each worker who has a name."""
    workers = frames.get("worker")
    if workers is None or "name" not in workers:
        return
    columns = workers.reindex(columns=["worker_id", "name", "found_at"]).astype(object)
    for worker_id, name, place in columns.itertuples(index=False):
        if isinstance(name, str):
            yield worker_id, name, place if isinstance(place, str) else None


def _with_doubts(reading: Reading, words: Collection[str]) -> Reading:
    doubts = [
        telling.perhaps_nobody(worker_id, [place])
        for worker_id, name, place in _names(reading.frames)
        if place and could_mean_nobody(name, words)
    ]
    known = {(issue.rule, issue.message) for issue in reading.issues}
    new = (issue for issue in doubts if (issue.rule, issue.message) not in known)
    return replace(reading, issues=(*reading.issues, *new))


def _without(reading: Reading, of_nobody: Mapping[str, str]) -> Reading:
    frames, changed = dict(reading.frames), dict[str, dict[str, int]]()
    left_out = {table: dict(reasons) for table, reasons in reading.left_out.items()}
    for table, rows in reading.frames.items():
        if table == "worker" or "worker_id" not in rows:
            continue
        theirs = rows["worker_id"].isin(of_nobody)
        if not theirs.any():
            continue
        for worker_id, number in rows.loc[theirs, "worker_id"].value_counts().items():
            changed.setdefault(str(worker_id), {})[table] = int(number)
        if metadata.tables[table].c.worker_id.nullable:
            frames[table] = rows.assign(worker_id=rows["worker_id"].mask(theirs, None))
        else:
            frames[table] = rows[~theirs]
            count(left_out, table, OF_NOBODY, int(theirs.sum()))
    places = {worker_id: place for worker_id, _, place in _names(reading.frames)}
    issues = [
        _said(worker_id, of_nobody[worker_id], places.get(worker_id), tables)
        for worker_id, tables in changed.items()
    ]
    return replace(reading, frames=frames, left_out=left_out, issues=(*reading.issues, *issues))


def _said(worker_id: str, word: str, place: str | None, tables: Mapping[str, int]) -> Issue:
    counted = "; ".join(_done(table, number) for table, number in tables.items())
    places = [place or f"worker {worker_id}"]
    return telling.said(
        "nobody_named",
        telling.NOBODY_GIVEN,
        worker_id,
        places,
        worker_id=worker_id,
        word=word,
        rows=counted,
    )


def _done(table: str, number: int) -> str:
    rows = f"{several(number, 'row', 'rows')} of {table}"
    if metadata.tables[table].c.worker_id.nullable:
        return f"of nobody, {rows}"
    return f"left out, {rows}"
