"""The children of Annex A: one row each, from every list that names them."""

from collections.abc import Iterable

from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import WARNING, Gathering, Issue

_FACTS = ("born_on", "sex", "ethnicity")


def gather_children(gathering: Gathering, lists: Iterable[ListRows]) -> None:
    """One child per id, each fact from the first list that has it.

    Lists that disagree on the date of birth or the sex are a warning: the first is kept.
    """
    children: dict[str, dict] = {}
    for list_rows in lists:
        for row in list_rows.rows:
            child_id = row["child_id"]
            if child_id not in children:
                children[child_id] = {"child_id": child_id, "found_at": row["found_at"]}
                gathering.offer("child", **_facts(row, children[child_id]))
                children[child_id] = gathering.rows["child"][-1]
                continue
            gathering.pass_over("child", "the same child, in another row")
            _add(gathering, children[child_id], row)


def _facts(row: dict, known: dict) -> dict:
    return {**known, **{key: row.get(key) for key in _FACTS}}


def _add(gathering: Gathering, known: dict, row: dict) -> None:
    for key in _FACTS:
        value = row.get(key)
        if known[key] is None:
            known[key] = value
        elif key != "ethnicity" and value not in (None, "U", known[key]):
            gathering.issues.append(_disagree(known, row, key))


def _disagree(known: dict, row: dict, key: str) -> Issue:
    what = "date of birth" if key == "born_on" else "sex"
    return Issue(
        "lists_disagree",
        "child",
        known["child_id"],
        WARNING,
        f"{row['found_at']}: the {what} differs from {known['found_at']}, which is kept: correct"
        " the wrong one in the case record.",
    )
