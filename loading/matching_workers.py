"""Which workers of different sources are the same person, and so get the same id."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from loading.names import telling
from loading.names.worker_names import WorkerName, number_text, worker_name
from loading.names.workers import pairs_alike
from loading.sources.reading import Issue, Reading, count

SAME_WORKER = "the same worker, by another source"


def with_matched_workers(readings: Sequence[Reading]) -> list[Reading]:
    """The readings, each worker under the id of the first source that knows the worker.

    First is asked which has most workers with name and number, then which comes first.

    The same registration number is the same worker; so is the same name, where it stands for one
    worker only and neither source gives two different numbers. A source with names and numbers
    links one that has names (Annex A) to one that has numbers (the workforce census). A name that
    no other source has, but one that is alike, is said.
    """
    known = _Known()
    matched: dict[int, Reading] = {}
    for number in sorted(range(len(readings)), key=lambda n: -_with_both(readings[n])):
        matched[number] = _matched(readings[number], known)
    return [matched[number] for number in range(len(readings))]


def _with_both(reading: Reading) -> int:
    """How many workers have a name and a number: they link those who have one of the two."""
    return sum(
        bool(worker.written and worker.name.registration_no)
        for worker in _workers(reading.frames.get("worker"))
    )


@dataclass(frozen=True)
class _Worker:
    """One row of workers: its id, its name as written and as read, and where it stands."""

    worker_id: str
    written: str | None
    name: WorkerName
    found_at: str


class _Known:
    """Workers of the sources that were asked before: their ids by number and by name."""

    def __init__(self) -> None:
        self.by_number: dict[str, str] = {}
        self.by_words: dict[str, list[tuple[WorkerName, str]]] = {}
        self.workers: dict[str, _Worker] = {}

    def id_of(self, worker: _Worker, shared: Collection[str]) -> str | None:
        """The id of the one known worker who can be this one; none where several can be."""
        if worker.name.registration_no in self.by_number:
            return self.by_number[worker.name.registration_no]
        if worker.name.words in shared:
            return None
        of_name = self.by_words.get(worker.name.words, [])
        ids = {worker_id for name, worker_id in of_name if name.can_be(worker.name)}
        return ids.pop() if len(ids) == 1 else None

    def learn(self, worker: _Worker) -> None:
        name = worker.name
        if name.registration_no:
            self.by_number.setdefault(name.registration_no, worker.worker_id)
        if name.words:
            self.by_words.setdefault(name.words, []).append((name, worker.worker_id))
        self.workers.setdefault(worker.worker_id, worker)


def _matched(reading: Reading, known: _Known) -> Reading:
    workers = _workers(reading.frames.get("worker"))
    if not workers:
        return reading
    bearers = Counter(worker.name.words for worker in workers)
    shared = {words for words, number in bearers.items() if number > 1}
    found = {worker.worker_id: known.id_of(worker, shared) for worker in workers}
    issues = list(_only_alike(workers, found, known))
    new_ids = {worker_id: known_id or worker_id for worker_id, known_id in found.items()}
    for worker in workers:
        known.learn(replace(worker, worker_id=new_ids[worker.worker_id]))
    frames = {table: _renamed(rows, new_ids) for table, rows in reading.frames.items()}
    frames["worker"], joined = _one_row_each(reading.frames["worker"], frames["worker"])
    left_out = {table: dict(reasons) for table, reasons in reading.left_out.items()}
    count(left_out, "worker", SAME_WORKER, joined)
    return replace(reading, frames=frames, left_out=left_out, issues=(*reading.issues, *issues))


def _one_row_each(before: pd.DataFrame, rows: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """The rows, those put together whose ids have become one, and how many that were more.

    Each value is the first that is known. An id that stood twice before is another fault.
    """
    joined = rows["worker_id"].duplicated() & ~before["worker_id"].duplicated()
    if not joined.any():
        return rows, 0
    known = rows.groupby("worker_id", sort=False).first()
    filled = {
        name: rows[name].where(rows[name].notna(), rows["worker_id"].map(known[name]))
        for name in known.columns
    }
    return rows.assign(**filled)[~joined], int(joined.sum())


def _workers(rows: pd.DataFrame | None) -> list[_Worker]:
    if rows is None:
        return []
    columns = rows.reindex(columns=["worker_id", "registration_no", "name", "found_at"])
    columns = columns.astype(object).where(columns.notna(), None)
    return [_worker(*row) for row in columns.itertuples(index=False)]


def _worker(
    worker_id: str, number: str | None, written: str | None, found_at: str | None
) -> _Worker:
    name = worker_name(written) if written else WorkerName("")
    if number:
        name = replace(name, registration_no=number_text(number))
    return _Worker(worker_id, written, name, found_at or f"worker {worker_id}")


def _only_alike(
    workers: Iterable[_Worker], found: dict[str, str | None], known: _Known
) -> Iterator[Issue]:
    """Workers whom no other source has by number or name, with those whose names are alike."""
    left = {
        worker_id: worker
        for worker_id, worker in known.workers.items()
        if worker.written and worker_id not in found.values() and worker_id not in found
    }
    new = {
        worker.worker_id: worker
        for worker in workers
        if worker.written
        and found[worker.worker_id] is None
        and worker.worker_id not in known.workers
    }
    for one, other in _pairs(left.values(), new.values()):
        if not one.name.has_another_number(other.name):
            places = [one.found_at, other.found_at]
            yield telling.said("names_alike", telling.ALIKE_WORKERS, other.worker_id, places)


def _pairs(left: Iterable[_Worker], new: Iterable[_Worker]) -> Iterator[tuple[_Worker, _Worker]]:
    """Those of `new` who could be one of `left`, by their names."""
    known_by, new_by = _by_name(left), _by_name(new)
    alike = pairs_alike([*dict.fromkeys([*known_by, *new_by])])
    same = [(name, name) for name in known_by if name in new_by]
    for one, other in [*same, *alike, *((other, one) for one, other in alike)]:
        for known_worker in known_by.get(one, ()):
            for worker in new_by.get(other, ()):
                yield known_worker, worker


def _by_name(workers: Iterable[_Worker]) -> dict[str, list[_Worker]]:
    named: dict[str, list[_Worker]] = {}
    for worker in workers:
        named.setdefault(worker.written or "", []).append(worker)
    return named


def _renamed(rows: pd.DataFrame, new_ids: dict[str, str]) -> pd.DataFrame:
    if "worker_id" not in rows:
        return rows
    return rows.assign(
        worker_id=rows["worker_id"].map(lambda worker_id: new_ids.get(worker_id, worker_id))
    )
