"""Rows of a list that say the same count once; the order of the rest rests on what they say."""

from dataclasses import replace
from datetime import date

from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import SAME_ROW, WARNING, Issue


def each_once(list_rows: ListRows) -> ListRows:
    """The list without rows that say in every column what an earlier one says; told by issues."""
    kept: dict[str, dict] = {}
    issues = []
    for row in list_rows.rows:
        first = kept.setdefault(_said(row), row)
        if first is not row:
            issues.append(_same(list_rows, row, first))
    if not issues:
        return list_rows
    left_out = {**list_rows.left_out, SAME_ROW: len(issues)}
    rows = tuple(kept.values())
    return replace(list_rows, rows=rows, issues=(*list_rows.issues, *issues), left_out=left_out)


def _same(list_rows: ListRows, row: dict, first: dict) -> Issue:
    return Issue(
        SAME_ROW,
        f"list_{list_rows.number}",
        row["child_id"],
        WARNING,
        f"{row['found_at']}: it says what {first['found_at']} says, and nothing else; the two count"
        " once. Take one out.",
    )


def by_what_they_say(row: dict) -> tuple:
    """What to sort rows by: child, start, accepted before NFA, those that ended first, the rest.

    So what becomes of several rows of one child and day never rests on their order in the file.
    """
    started_on = row.get("received_on") or row["started_on"]
    end = ended_on(row)
    latest_end_first = -end.toordinal() if end else 1
    return row["child_id"], started_on, bool(row.get("nfa")), latest_end_first, _said(row)


def ended_on(row: dict) -> date | None:
    """The day on which the row's episode, plan or assessment ended."""
    return row.get("closed_on") or row.get("ended_on") or row.get("authorised_on")


def _said(row: dict) -> str:
    return repr(sorted((key, value) for key, value in row.items() if key != "found_at"))
