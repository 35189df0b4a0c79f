"""Rows that name a worker by number or by another system's id."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from loading.matching.known_workers import Known
from loading.names.worker_names import number_text
from loading.sources.reading import WARNING, Issue, Reading
from metrics.writing import several

BY_NUMBER = (
    "{table}.worker_id: {ids} in no row of the worker table, and each a Social Work England or"
    " staff number of one worker; taken for that worker's. Nothing to do if they are."
)

OF_ANOTHER = (
    "{table}.worker_id: {ids} in no row of the workers of {source}, and each a worker of another"
    " source, who has it as staff number; taken for that worker's. If it is another's, add the"
    " worker to {source}."
)


def named_by_number(readings: Sequence[Reading], known: Known) -> list[Reading]:
    """The readings, each row that names no known worker's id under the id of whom it names.

    By the id that another source gives, or a Social Work England or staff number that one worker
    has; the latter is said. What names nobody stays, to be said with other wrong links.
    """
    for reading in readings:
        for given, before in reading.same_workers.items():
            kept_as = known.kept_as.get(before, before)
            if kept_as in known.workers and given not in known.workers:
                known.kept_as.setdefault(given, kept_as)
    return [_named(reading, known) for reading in readings]


def _named(reading: Reading, known: Known) -> Reading:
    frames, issues = dict(reading.frames), list[Issue]()
    for table, rows in reading.frames.items():
        if table == "worker" or "worker_id" not in rows:
            continue
        ids = {one for one in rows["worker_id"].unique() if isinstance(one, str)}
        unknown = sorted(ids - known.workers.keys())
        new_ids = dict(_meant(unknown, known))
        by_number = new_ids.keys() - known.kept_as.keys()
        if new_ids:
            frames[table] = renamed(rows, new_ids)
        if by_number:
            words = BY_NUMBER.format(table=table, ids=several(len(by_number), "id is", "ids are"))
            issues.append(Issue("worker_by_number", table, None, WARNING, words))
        of_another = _numbers_of_another(ids, reading, known)
        if of_another:
            number = several(len(of_another), "id is", "ids are")
            words = OF_ANOTHER.format(table=table, ids=number, source=reading.source)
            issues.append(Issue("worker_by_number", table, None, WARNING, words))
    return replace(reading, frames=frames, issues=(*reading.issues, *issues))


def _numbers_of_another(ids: set[str], reading: Reading, known: Known) -> list[str]:
    """Ids of none of the source's own workers, if it has any, that are another's staff number."""
    own = reading.frames.get("worker")
    if own is None:
        return []
    return [
        one
        for one in ids - {*own["worker_id"]}
        if one in known.workers and known.workers[one].name.staff_no == number_text(one)
    ]


def _meant(unknown: Sequence[str], known: Known) -> Iterator[tuple[str, str]]:
    for given in unknown:
        number = number_text(given)
        of_staff_no = known.of_staff_no(number)
        if given in known.kept_as:
            yield given, known.kept_as[given]
        elif number in known.by_number:
            yield given, known.by_number[number]
        elif len(of_staff_no) == 1:
            yield given, next(iter(of_staff_no))


def renamed(rows: pd.DataFrame, new_ids: Mapping[str, str]) -> pd.DataFrame:
    """The rows with each worker under the new id, where there is one."""
    if "worker_id" not in rows:
        return rows
    return rows.assign(
        worker_id=rows["worker_id"].map(lambda worker_id: new_ids.get(worker_id, worker_id))
    )
