"""Closures that are dated after the last day covered: what they close is still open."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import WARNING, Issue

# By list: the date that closes its row, the table which has that date, and what it is called.
_CLOSES = {
    4: ("authorised_on", "assessment", "date of authorisation"),
    6: ("closed_on", "referral", "CIN Closure Date"),
}
TOLD = (
    "{at}: the {called} is {day}, after {until}, the last day that the data cover: it is left"
    " empty, and the row is judged without it. Correct it, or say the last day with --data-to."
)


def without_closures_to_come(lists: Sequence[ListRows], until: date) -> list[ListRows]:
    """The lists, each without the closures after `until`, and with what is said of those.

    They are taken out before any row is judged: one that is not closed yet is open to every rule.
    """
    return [_of_list(one, until) if one.number in _CLOSES else one for one in lists]


def _of_list(list_rows: ListRows, until: date) -> ListRows:
    key, table, called = _CLOSES[list_rows.number]
    to_come = {place for place, row in enumerate(list_rows.rows) if (row[key] or until) > until}
    rows = tuple(
        {**row, key: None} if place in to_come else row for place, row in enumerate(list_rows.rows)
    )
    told = _told([list_rows.rows[place] for place in sorted(to_come)], key, table, called, until)
    return replace(list_rows, rows=rows, issues=(*list_rows.issues, *told))


def _told(rows: Sequence[dict], key: str, table: str, called: str, until: date) -> Iterator[Issue]:
    for row in rows:
        words = {"at": row["found_at"], "called": called, "day": row[key], "until": until}
        yield Issue("date_in_the_future", table, row["child_id"], WARNING, TOLD.format(**words))
