"""The workers of a source, and those whom earlier sources have made known."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from data_access.meeting_store.matches.tables import TWO
from data_access.meeting_store.matches.workers import WorkerDecisions
from loading.names.worker_names import WorkerName, number_text, worker_name
from loading.names.workers import alike
from loading.sources.reading import Reading

# Who works where, by the rows that say so.
SAY_A_UNIT = ("post", "allocation", "time_record")


@dataclass(frozen=True)
class Worker:
    """One row of workers: its id, its name as written and as read, and where it stands.

    `units` are those in which the source has a post, a child or hours of the worker.
    """

    worker_id: str
    written: str | None
    name: WorkerName
    found_at: str
    units: frozenset[str] = frozenset()

    @property
    def without_staff_no(self) -> "Worker":
        """The same, but for a staff number that does not stand beside the name itself."""
        of_name = worker_name(self.written).staff_no if self.written else None
        return replace(self, name=replace(self.name, staff_no=of_name))


def workers_of(reading: Reading) -> list[Worker]:
    """Every row of the reading's table of workers, in order."""
    rows = reading.frames.get("worker")
    if rows is None:
        return []
    units = _units_by_worker(reading)
    names = ["worker_id", "registration_no", "staff_no", "name", "found_at"]
    columns = rows.reindex(columns=names)
    columns = columns.astype(object).where(columns.notna(), None)
    return [_worker(row, units) for row in columns.itertuples(index=False, name=None)]


def units_told(workers: Iterable[Worker]) -> set[str]:
    """Every unit in which one of them works."""
    return {unit_id for worker in workers for unit_id in worker.units}


def _worker(
    row: tuple[str, str | None, str | None, str | None, str | None], units: dict[str, set[str]]
) -> Worker:
    worker_id, number, staff_no, written, found_at = row
    name = worker_name(written) if written else WorkerName("")
    if number:
        name = replace(name, registration_no=number_text(number))
    if staff_no:
        name = replace(name, staff_no=number_text(staff_no))
    place = found_at or f"worker {worker_id}"
    return Worker(worker_id, written, name, place, frozenset(units.get(worker_id, ())))


def _units_by_worker(reading: Reading) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for table in SAY_A_UNIT:
        for worker_id, unit_id in _pairs_of(reading.frames.get(table)):
            found.setdefault(worker_id, set()).add(unit_id)
    return found


def _pairs_of(rows: pd.DataFrame | None) -> Iterator[tuple[str, str]]:
    if rows is None or not {"worker_id", "unit_id"} <= {*rows.columns}:
        return iter(())
    pairs = rows[["worker_id", "unit_id"]].dropna().drop_duplicates()
    return pairs.itertuples(index=False, name=None)


def _first_known(before: Worker | None, worker: Worker, kept_as: str) -> Worker:
    """What is known of one worker by the first source that has the name; the first number."""
    if before is None:
        return replace(worker, worker_id=kept_as)
    number = before.name.registration_no or worker.name.registration_no
    named = before if before.written or not worker.written else worker
    return replace(named, worker_id=kept_as, name=replace(named.name, registration_no=number))


class Known:
    """Workers of the sources that were asked before, each under the id of the first of them."""

    def __init__(self, decided: WorkerDecisions) -> None:
        self.decided = decided
        self.workers: dict[str, Worker] = {}
        self.written: dict[str, list[str]] = {}
        self.units: dict[str, set[str]] = {}
        self._every_unit = set[str]()
        # By the id that some source gives, the id under which the worker is kept.
        self.kept_as: dict[str, str] = {}
        self._given_as: dict[str, set[str]] = {}
        self.by_number: dict[str, str] = {}
        self._by_staff_no: dict[str, set[str]] = {}
        self._by_words: dict[str, list[tuple[WorkerName, str]]] = {}

    def learn(self, worker: Worker, kept_as: str) -> None:
        """Remembers that `worker` is the one who is kept under that id."""
        name = worker.name
        if name.registration_no:
            self.by_number.setdefault(name.registration_no, kept_as)
        if name.staff_no:
            self._by_staff_no.setdefault(name.staff_no, set()).add(kept_as)
        if name.words:
            self._by_words.setdefault(name.words, []).append((name, kept_as))
        if worker.written:
            self.written.setdefault(kept_as, []).append(worker.written)
        self.units.setdefault(kept_as, set()).update(worker.units)
        self._every_unit |= worker.units
        self.workers[kept_as] = _first_known(self.workers.get(kept_as), worker, kept_as)
        self.kept_as.setdefault(worker.worker_id, kept_as)
        self._given_as.setdefault(kept_as, {kept_as}).add(worker.worker_id)

    def decided_same(self, worker: Worker) -> str | None:
        """The id of whom somebody decided to be the same."""
        others = sorted(self.decided.same_as(worker.worker_id) & self.kept_as.keys())
        return self.kept_as[others[0]] if others else None

    def are_two(self, worker: Worker, kept_as: str) -> bool:
        """Whether somebody decided that the worker and the one kept under that id are two."""
        own = {worker.worker_id, *self.decided.same_as(worker.worker_id)}
        theirs = self._given_as.get(kept_as, set())
        return any(self.decided.verdict(one, other) == TWO for one in own for other in theirs)

    def of_number(self, worker: Worker) -> str | None:
        """The id of who has the same Social Work England number."""
        kept_as = self.by_number.get(worker.name.registration_no or "")
        return None if kept_as is None or self.are_two(worker, kept_as) else kept_as

    def of_staff_no(self, staff_no: str | None) -> set[str]:
        """The ids of all who have that staff number."""
        return self._by_staff_no.get(staff_no or "", set())

    def as_numbered(self, workers: Sequence[Worker]) -> Sequence[Worker]:
        """The workers, without staff numbers where none is known: it is another numbering then."""
        if any(self.of_staff_no(worker.name.staff_no) for worker in workers):
            return workers
        return [worker.without_staff_no for worker in workers]

    def fits(self, worker: Worker, kept_as: str) -> bool:
        """Whether nothing but a staff number speaks against their being one: number, name, word."""
        theirs = self.written.get(kept_as, [])
        number = self.workers[kept_as].name.registration_no
        own = worker.name.registration_no
        return (
            not self.are_two(worker, kept_as)
            and not (number and own and number != own)
            and (not worker.written or not theirs or self.is_named_alike(worker, kept_as))
        )

    def is_named_alike(self, worker: Worker, kept_as: str) -> bool:
        """Whether one of the names that the known one bears is the worker's, or nearly so."""
        written = worker.written or ""
        return any(
            worker_name(one).words == worker.name.words or alike(one, written)
            for one in self.written.get(kept_as, [])
        )

    def of_name(self, worker: Worker, taken: Collection[str]) -> set[str]:
        """The ids of all who bear the name and could be the worker, but those who are `taken`."""
        of_name = self._by_words.get(worker.name.words, []) if worker.name.words else []
        return {
            kept_as
            for name, kept_as in of_name
            if kept_as not in taken
            and name.can_be(worker.name)
            and not self.are_two(worker, kept_as)
        }

    def of_name_and_unit(
        self, worker: Worker, namesakes: Sequence[Worker], taken: Collection[str]
    ) -> str | None:
        """The id of the one who bears the name, if units leave one; None where it would be a guess.

        One of each name is one worker, unless both sources tell of both units and each has the
        worker in another. Of several, the two are one who alone share a unit.
        """
        of_name = self.of_name(worker, taken)
        if len(of_name) == 1 and len(namesakes) == 1:
            return of_name.pop()
        here = {kept_as for kept_as in of_name if self.units[kept_as] & worker.units}
        if len(here) != 1:
            return None
        (kept_as,) = here
        others = [one for one in namesakes if one.units & self.units[kept_as]]
        return kept_as if len(others) == 1 else None

    def are_apart(self, worker: Worker, kept_as: str, told: Collection[str]) -> bool:
        """Whether both sources tell of both's units, `told` the new one, and they share none."""
        theirs = self.units[kept_as]
        return (
            bool(theirs and worker.units)
            and not theirs & worker.units
            and theirs <= {*told}
            and worker.units <= self._every_unit
        )
