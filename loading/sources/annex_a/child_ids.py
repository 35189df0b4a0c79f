"""One id for a child in every list: a number cell in one has lost the zeros of text in another."""

from collections.abc import Sequence
from dataclasses import replace

from loading.columns.leading_zeros import lost_zeros
from loading.matching_ids import zeros_issue
from loading.sources.annex_a.sheets import ListRows


def with_zeros_restored(lists: Sequence[ListRows]) -> list[ListRows]:
    """The lists, each child under the id with its zeros, where a list has lost them throughout.

    Lists that kept zeros speak first; a list may name children whom no other does.
    """
    found = list(lists)
    known: set[str] = set()
    for place in sorted(range(len(found)), key=lambda place: not _keeps_zeros(found[place])):
        found[place] = _restored(found[place], known)
        known |= _ids(found[place])
    return found


def _ids(one: ListRows) -> set[str]:
    return {row["child_id"] for row in one.rows}


def _keeps_zeros(one: ListRows) -> bool:
    return any(child_id.startswith("0") for child_id in _ids(one))


def _restored(one: ListRows, known: set[str]) -> ListRows:
    zeros = lost_zeros(_ids(one), known, all_known=False)
    if zeros is None:
        return one
    issue = zeros_issue(f"list_{one.number}", f"{one.where}, Child Unique ID", "child", zeros)
    rows = one.rows
    if not zeros.doubt:
        rows = tuple(
            {**row, "child_id": zeros.forms.get(row["child_id"], row["child_id"])} for row in rows
        )
    return replace(one, rows=rows, issues=(*one.issues, issue))
