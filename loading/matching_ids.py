"""Ids that lost their leading zeros in one table or source, under the ids that kept them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from data_access.schema import CANONICAL
from loading.columns.leading_zeros import Zeros, alike_but_for_zeros, lost_zeros
from loading.sources.reading import ERROR, WARNING, Issue, Reading

PARENTS = ("child", "worker", "unit", "referral", "assessment", "person")
SAME = (
    "{where}: {differ} from those of the {parent} table by leading zeros only, as '{one}' from"
    " '{other}'; {they_were} taken for the same. Export ids as text."
)
IN_DOUBT = (
    "{where}: {are} in no row of the {parent} table, and would be if leading zeros were restored,"
    " as '{other}' for '{one}'; but {doubt}, so {they_stay}. Export ids as text."
)
ALIKE = (
    "{parent}: {pairs} by leading zeros only, as '{one}' and '{other}', and {count_as_two}. If"
    " they are one, export ids as text."
)


def with_zeros_restored(readings: Sequence[Reading]) -> list[Reading]:
    """The readings with every id as its parent's table has it, and what was done as issues.

    A reading's own children, workers and so on go under the ids of earlier readings; then every
    reference to them under theirs. Only where the whole column agrees: else it is said.
    """
    restored = list(readings)
    for parent in PARENTS:
        known: set[str] = set()
        for number, reading in enumerate(restored):
            restored[number] = _with_parents(reading, parent, known)
            known |= _ids(restored[number].frames.get(parent), f"{parent}_id")
        if not known:
            continue
        restored = [_with_references(reading, parent, known) for reading in restored]
        restored[-1] = _with_issues(restored[-1], _alike(parent, known))
    return restored


def _with_parents(reading: Reading, parent: str, known: set[str]) -> Reading:
    name = f"{parent}_id"
    ids = _ids(reading.frames.get(parent), name)
    zeros = lost_zeros(ids, known, all_known=False) if known else None
    if zeros is None:
        return reading
    renamed = reading if zeros.doubt else _renamed(reading, reading.frames, name, zeros.forms)
    return _with_issues(renamed, [zeros_issue(parent, f"{parent}.{name}", parent, zeros)])


def _with_references(reading: Reading, parent: str, known: set[str]) -> Reading:
    name = f"{parent}_id"
    for table in CANONICAL:
        if table.name == parent or name not in table.c or table.name not in reading.frames:
            continue
        ids = _ids(reading.frames[table.name], name)
        zeros = lost_zeros(ids, known, all_known=True)
        if zeros is None:
            continue
        if not zeros.doubt:
            reading = _renamed(reading, (table.name,), name, zeros.forms)
        reading = _with_issues(
            reading, [zeros_issue(table.name, f"{table.name}.{name}", parent, zeros)]
        )
    return reading


def _ids(rows: pd.DataFrame | None, name: str) -> set[str]:
    if rows is None or name not in rows:
        return set()
    return {id_text for id_text in rows[name].unique() if isinstance(id_text, str)}


def _renamed(
    reading: Reading, tables: Iterable[str], name: str, forms: Mapping[str, str]
) -> Reading:
    anew = {
        table: reading.frames[table].assign(
            **{name: reading.frames[table][name].map(lambda id_text: forms.get(id_text, id_text))}
        )
        for table in tables
        if name in reading.frames[table]
    }
    return replace(reading, frames={**reading.frames, **anew})


def _with_issues(reading: Reading, issues: Iterable[Issue]) -> Reading:
    return replace(reading, issues=(*reading.issues, *issues))


def zeros_issue(table: str, where: str, parent: str, zeros: Zeros) -> Issue:
    """What was done about lost zeros, or that nothing was and why."""
    lost_id, known_id = zeros.example
    rule, severity, words = (
        ("zeros_lost", ERROR, IN_DOUBT) if zeros.doubt else ("zeros_restored", WARNING, SAME)
    )
    message = words.format(
        where=where,
        **_counted(len(zeros.forms)),
        parent=parent,
        one=lost_id,
        other=known_id,
        doubt=zeros.doubt,
    )
    return Issue(rule, table, None, severity, message)


def _counted(number: int) -> dict[str, str]:
    """What the sentences say of so many ids."""
    if number == 1:
        return {
            "differ": "1 id differs",
            "are": "1 id is",
            "they_were": "it was",
            "they_stay": "it stays as it is",
        }
    return {
        "differ": f"{number} ids differ",
        "are": f"{number} ids are",
        "they_were": "they were",
        "they_stay": "they stay as they are",
    }


def _alike(parent: str, known: set[str]) -> Iterator[Issue]:
    pairs = alike_but_for_zeros(known)
    if pairs:
        is_one = len(pairs) == 1
        message = ALIKE.format(
            parent=parent,
            pairs="2 ids differ" if is_one else f"{len(pairs)} pairs of ids differ",
            one=pairs[0][-1],
            other=pairs[0][0],
            count_as_two="count as two" if is_one else "each pair counts as two",
        )
        yield Issue("zeros_lost", parent, None, WARNING, message)
