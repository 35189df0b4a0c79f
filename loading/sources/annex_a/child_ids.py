"""One id for a child in every list: a number cell in one has lost the zeros of text in another."""

from collections.abc import Sequence
from dataclasses import replace

from loading.columns.leading_zeros import lost_zeros
from loading.matching_ids import zeros_issue
from loading.sources.annex_a.sheets import ListRows


def lists_with_zeros_restored(lists: Sequence[ListRows]) -> list[ListRows]:
    """The lists, each child under the id with its zeros, where a list has lost them throughout.

    Lists that kept zeros speak first; a list may name children whom no other does.
    """
    restored = list(lists)
    known: set[str] = set()
    for place in sorted(range(len(restored)), key=lambda place: not _keeps_zeros(restored[place])):
        restored[place] = _restored(restored[place], known)
        known |= _ids(restored[place])
    return restored


def _ids(list_rows: ListRows) -> set[str]:
    return {row["child_id"] for row in list_rows.rows}


def _keeps_zeros(list_rows: ListRows) -> bool:
    return any(child_id.startswith("0") for child_id in _ids(list_rows))


def _restored(list_rows: ListRows, known: set[str]) -> ListRows:
    zeros = lost_zeros(_ids(list_rows), known, all_known=False)
    if zeros is None:
        return list_rows
    issue = zeros_issue(
        f"list_{list_rows.number}", f"{list_rows.where}, Child Unique ID", "child", zeros
    )
    rows = list_rows.rows
    if not zeros.doubt:
        rows = tuple(
            {**row, "child_id": zeros.forms.get(row["child_id"], row["child_id"])} for row in rows
        )
    return replace(list_rows, rows=rows, issues=(*list_rows.issues, issue))
