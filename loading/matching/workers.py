"""Which workers of different sources are the same person, and so get the same id."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import pandas as pd

from data_access.meeting_store.matches.workers import WorkerDecisions
from loading.matching.doubts import of_one_id, one_number, one_staff_number, only_alike
from loading.matching.known_workers import Known, Worker, units_told, workers_of
from loading.matching.named_by_number import named_by_number, renamed
from loading.sources.reading import Issue, Reading, count

SAME_WORKER = "the same worker, by another source"
# Why two workers are in doubt.
BY_NAME, BY_STAFF_NO = "the name", "the staff number"
NOTHING = WorkerDecisions()


def with_matched_workers(
    readings: Sequence[Reading], decided: WorkerDecisions = NOTHING
) -> list[Reading]:
    """The readings, each worker under the id of the first source that knows the worker.

    First is asked which has most workers with name and number, then which comes first.

    What somebody decided of two workers goes before all else. Then the same registration number is
    the same worker; so is the same staff number, where some are shared and neither name nor number
    says otherwise; so is the same name within one unit, or where it stands for one worker only and
    neither source gives two different numbers. A source with names and numbers links one that has
    names (Annex A) to one that has numbers (the workforce census). What would be a guess is no
    match and is said, and so is a name that no other source has, but one that is alike.
    """
    known = Known(decided)
    matched: dict[int, Reading] = {}
    for number in sorted(range(len(readings)), key=lambda n: -_with_both(readings[n])):
        matched[number] = _matched(readings[number], known)
    return named_by_number([matched[number] for number in range(len(readings))], known)


def _with_both(reading: Reading) -> int:
    """How many workers have a name and a number: they link those who have one of the two."""
    return sum(
        bool(worker.written and worker.name.registration_no) for worker in workers_of(reading)
    )


@dataclass
class _Found:
    """By the ids of one source's workers, under which id each is kept, if one is known."""

    ids: dict[str, str | None] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    doubts: list[tuple[str, str, str]] = field(default_factory=list)


def _matched(reading: Reading, known: Known) -> Reading:
    workers = workers_of(reading)
    if not workers:
        return reading
    asked = known.as_numbered(workers)
    found = _found(asked, known)
    found.issues.extend(_alike(asked, found, known))
    new_ids = _new_ids(workers, found.ids, known)
    found.issues.extend(of_one_id(_by_id_alone(workers, found, new_ids, known), new_ids, known))
    for worker in workers:
        known.learn(worker, new_ids[worker.worker_id])
    frames = {table: renamed(rows, new_ids) for table, rows in reading.frames.items()}
    frames["worker"], joined = _one_row_each(reading.frames["worker"], frames["worker"])
    left_out = {table: dict(reasons) for table, reasons in reading.left_out.items()}
    count(left_out, "worker", SAME_WORKER, joined)
    return replace(
        reading,
        frames=frames,
        left_out=left_out,
        issues=(*reading.issues, *found.issues),
        same_workers={**reading.same_workers, **_other_ids(new_ids)},
        workers_in_doubt=tuple(found.doubts),
    )


def _by_id_alone(
    workers: Sequence[Worker], found: _Found, new_ids: Mapping[str, str], known: Known
) -> list[Worker]:
    """Workers whom nothing but their id makes one with a worker who is known."""
    return [
        worker
        for worker in workers
        if not found.ids[worker.worker_id]
        and new_ids[worker.worker_id] == _earlier(worker.worker_id, known)
    ]


def _found(workers: Sequence[Worker], known: Known) -> _Found:
    """First whom a decision or a number tells, then of the others whom a name and a unit tell."""
    found = _Found()
    for worker in workers:
        found.ids[worker.worker_id] = _surely(worker, known, found)
    by_words: dict[str, list[Worker]] = {}
    for worker in workers:
        by_words.setdefault(worker.name.words, []).append(worker)
    told = units_told(workers)
    # A number without a name (the census's) leaves the name to be found.
    taken = {found.ids[worker.worker_id] or "" for worker in workers if worker.written}
    for worker in workers:
        if found.ids[worker.worker_id] is None:
            kept_as = known.of_name_and_unit(worker, by_words[worker.name.words], taken)
            if kept_as and not known.are_apart(worker, kept_as, told):
                found.ids[worker.worker_id] = kept_as
    return found


def _surely(worker: Worker, known: Known, found: _Found) -> str | None:
    decided = known.decided_same(worker)
    if decided is not None:
        return decided
    of_number = known.of_number(worker)
    if of_number is not None:
        found.issues.extend(one_number(worker, of_number, known))
        return of_number
    of_staff_no = {
        kept_as
        for kept_as in known.of_staff_no(worker.name.staff_no)
        if not known.are_two(worker, kept_as)
    }
    fitting = [kept_as for kept_as in of_staff_no if known.fits(worker, kept_as)]
    if len(of_staff_no) == 1 and fitting:
        return fitting[0]
    for kept_as in sorted(of_staff_no - {worker.worker_id}):
        found.issues.append(one_staff_number(worker, kept_as, known))
        found.doubts.append((kept_as, worker.worker_id, BY_STAFF_NO))
    return None


def _alike(workers: Iterable[Worker], found: _Found, known: Known) -> Iterator[Issue]:
    told = {(one, other) for one, other, _ in found.doubts}
    for one, other, issue in only_alike(workers, found.ids, known):
        if (one, other) not in told:
            found.doubts.append((one, other, BY_NAME))
            yield issue


def _new_ids(
    workers: Sequence[Worker], found: Mapping[str, str | None], known: Known
) -> dict[str, str]:
    """The id of each; who were decided to be one, within the source itself, have one."""
    places = {worker.worker_id: place for place, worker in enumerate(workers)}
    new_ids = dict[str, str]()
    for worker in workers:
        together = {worker.worker_id, *known.decided.same_as(worker.worker_id)}
        own = sorted(together & places.keys(), key=lambda worker_id: places[worker_id])
        known_ids = [found[one] for one in own if found[one]]
        new_ids[worker.worker_id] = known_ids[0] or "" if known_ids else _earlier(own[0], known)
    return new_ids


def _earlier(worker_id: str, known: Known) -> str:
    """The id under which an earlier source's worker of this id is kept, else the id itself."""
    return worker_id if worker_id in known.workers else known.kept_as.get(worker_id, worker_id)


def _other_ids(new_ids: Mapping[str, str]) -> dict[str, str]:
    return {given: kept_as for given, kept_as in new_ids.items() if given != kept_as}


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
