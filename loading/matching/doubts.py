"""What is said of workers who may be one: told, and never decided by a guess."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product

from data_access.meeting_store.matches.tables import OPEN
from data_access.meeting_store.matches.workers import WorkerDecisions
from loading.matching.known_workers import Known, Worker
from loading.names import telling
from loading.names.workers import pairs_alike
from loading.sources.reading import Issue
from metrics.writing import several

# What is asked of two workers.
ASKED = ("names_alike", "worker_in_doubt")


def not_decided(issues: Iterable[Issue], decided: WorkerDecisions) -> list[Issue]:
    """The issues, but for doubts whether two workers are one where somebody has decided it."""
    keys = {
        telling.key_of_two(*pair)
        for line in decided.latest.values()
        if line.verdict != OPEN
        for one, other in product(*(_persons(decided, of) for of in (line.one, line.other)))
        for pair in ((one, other), (other, one))
    }
    return [issue for issue in issues if issue.rule not in ASKED or issue.row_key not in keys]


def _persons(decided: WorkerDecisions, worker_id: str) -> set[str]:
    return {worker_id, *decided.same_as(worker_id)}


def one_number(worker: Worker, kept_as: str, known: Known) -> Iterator[Issue]:
    """That two names have one registration number, where they are not even alike."""
    if (
        not worker.written
        or not known.written.get(kept_as)
        or known.is_named_alike(worker, kept_as)
    ):
        return
    places = [known.workers[kept_as].found_at, worker.found_at]
    yield telling.said("names_joined", telling.ONE_NUMBER, worker.worker_id, places, number=2)


def one_staff_number(worker: Worker, kept_as: str, known: Known) -> Issue:
    """That two have one staff number and count as two, as something else speaks against it."""
    places = [known.workers[kept_as].found_at, worker.found_at]
    key = telling.key_of_two(kept_as, worker.worker_id)
    return telling.said("worker_in_doubt", telling.ONE_STAFF_NUMBER, key, places)


def of_one_id(
    workers: Iterable[Worker], new_ids: Mapping[str, str], known: Known
) -> Iterator[Issue]:
    """That an id alone makes one worker of two, by whose numbers or names they are two."""
    both = [(known.workers.get(new_ids[worker.worker_id]), worker) for worker in workers]
    of_two = [(one, other) for one, other in both if one and not known.fits(other, one.worker_id)]
    if of_two:
        places = [worker.found_at for pair in of_two for worker in pair]
        ids = several(len(of_two), "id is given", "ids are given")
        key = of_two[0][0].worker_id if len(of_two) == 1 else None
        yield telling.said("workers_disagree", telling.ONE_ID, key, places, ids=ids)


def only_alike(
    workers: Iterable[Worker], found: Mapping[str, str | None], known: Known
) -> Iterator[tuple[str, str, Issue]]:
    """Workers whom no other source has by number or name, with those whose names are alike.

    Each with the id of the known one, its own, and what is said.
    """
    left = [
        worker
        for worker_id, worker in known.workers.items()
        if worker.written and worker_id not in found.values() and worker_id not in found
    ]
    new = {
        worker.worker_id: worker
        for worker in workers
        if worker.written
        and found[worker.worker_id] is None
        and worker.worker_id not in known.workers
        and worker.worker_id not in known.kept_as
    }
    for one, other in _pairs(left, new.values()):
        if not one.name.has_another_number(other.name) and not known.are_two(other, one.worker_id):
            places = [one.found_at, other.found_at]
            words = telling.ALIKE_IN_SOURCES
            key = telling.key_of_two(one.worker_id, other.worker_id)
            issue = telling.said("names_alike", words, key, places)
            yield one.worker_id, other.worker_id, issue


def _pairs(left: Iterable[Worker], new: Iterable[Worker]) -> Iterator[tuple[Worker, Worker]]:
    """Those of `new` who could be one of `left`, by their names."""
    known_by, new_by = _by_name(left), _by_name(new)
    alike = pairs_alike([*dict.fromkeys([*known_by, *new_by])])
    same = [(name, name) for name in known_by if name in new_by]
    for one, other in [*same, *alike, *((other, one) for one, other in alike)]:
        for known_worker in known_by.get(one, ()):
            for worker in new_by.get(other, ()):
                yield known_worker, worker


def _by_name(workers: Iterable[Worker]) -> dict[str, list[Worker]]:
    named: dict[str, list[Worker]] = {}
    for worker in workers:
        named.setdefault(worker.written or "", []).append(worker)
    return named
