"""Finds children of whom List 6 of Annex A says one status and another of its lists another.

Source: Ofsted, Annex A guidance, List 6: a child's case status is the highest of looked after,
child protection plan, child in need plan, open assessment; else the episode is closed.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from data_access.code_sets.plans import SHORT_BREAKS
from loading.derived.status_spells import RANK
from loading.sources.annex_a.sheets import ListRows
from loading.sources.reading import WARNING, Issue

TABLE = "plan"
# Which list has the row of a status that List 6 gives, and what that row is.
ROW_OF_STATUS = {
    "CLA": (8, "an open period of being looked after"),
    "CP": (7, "an open child protection plan"),
    "assessment": (4, "an open assessment"),
}
WORDS = {
    "CLA": "looked after",
    "CP": "child protection plan",
    "CIN": "child in need plan",
    "assessment": "open assessment",
    "closed": "closed",
}
UNKNOWN = (
    "{at}: the case is open and its status is empty or not known: {counts}. Enter the case status."
)
NO_PLAN = "the child counts as held, is on no plan, and is in no list of visits"
OTHER_PLAN = "what counts is {what} in List {number}, and no child in need plan"
WITHOUT_ROW = (
    "{at}: the case status is '{status}', and List {number} has not {what} of the child: none"
    " counts, nor does a visit for it. Add the row to List {number}, or correct the status."
)
AGAINST_STATUS = (
    "{there}: {what} stands in List {number}, and List 6 ({at}) says '{status}'. The plan counts"
    " as open; who holds the child, and until when, is taken from List 6. Correct one of the two."
)
AGAINST_CLOSURE = (
    "{at}: the case status is '{status}', and there is a closure date, by which the case counts as"
    " closed. Correct one of the two."
)


@dataclass(frozen=True)
class _Child:
    """A child's rows of List 6, the other statuses that are open by their own list, and where."""

    rows: Sequence[dict]
    open_elsewhere: dict[str, str]
    has_short_breaks: bool

    @property
    def open_rows(self) -> list[dict]:
        return [row for row in self.rows if not row["closed_on"] and row["status"] != "closed"]

    @property
    def highest_elsewhere(self) -> str | None:
        return max(self.open_elsewhere, key=lambda status: RANK[status], default=None)

    def has_row_of(self, status: str) -> bool:
        """Whether another list bears the status out; short breaks are said by themselves."""
        is_short_break = status == "CLA" and self.has_short_breaks
        return status not in ROW_OF_STATUS or status in self.open_elsewhere or is_short_break


def lists_at_odds(lists: Iterable[ListRows], until: date) -> Iterator[Issue]:
    """At most one issue per child of List 6: no status, or one that another list contradicts.

    A status that has no row of its own, an open plan of a higher status than List 6 has or of a
    closed case, and an open status beside a closure date. What ends after `until`, the last day
    covered, is still open.
    """
    rows: dict[int, list[dict]] = {}
    for list_rows in lists:
        rows.setdefault(list_rows.number, []).extend(list_rows.rows)
    in_care = [row for row in rows.get(8, []) if row["legal_status"] not in SHORT_BREAKS]
    open_elsewhere = {
        "assessment": _open(rows.get(4, []), "authorised_on", until),
        "CP": _open(rows.get(7, []), "ended_on", until),
        "CLA": _open(in_care, "ended_on", until),
    }
    short_breaks = {row["child_id"] for row in rows.get(8, ())} - {
        row["child_id"] for row in in_care
    }
    for child_id, of_child in _by_child(rows.get(6, [])).items():
        elsewhere = {
            status: at[child_id] for status, at in open_elsewhere.items() if child_id in at
        }
        child = _Child(of_child, elsewhere, child_id in short_breaks)
        message = _without_status(child) or _without_row(child) or _against(child)
        if message:
            rule, sentence = message
            yield Issue(rule, TABLE, child_id, WARNING, sentence)


def _by_child(rows: Iterable[dict]) -> dict[str, list[dict]]:
    of_child: dict[str, list[dict]] = {}
    for row in rows:
        of_child.setdefault(row["child_id"], []).append(row)
    return of_child


def _open(rows: Iterable[dict], end: str, until: date) -> dict[str, str]:
    """Where the first row that has not ended stands, by child."""
    return {
        child_id: found[0]["found_at"]
        for child_id, found in _by_child(
            row for row in rows if (row[end] or date.max) > until
        ).items()
    }


def _without_status(child: _Child) -> tuple[str, str] | None:
    for row in child.open_rows:
        if row["status"] is None:
            return "status_unknown", UNKNOWN.format(at=row["found_at"], counts=_what_counts(child))
    return None


def _what_counts(child: _Child) -> str:
    status = child.highest_elsewhere
    if status is None:
        return NO_PLAN
    number, what = ROW_OF_STATUS[status]
    return OTHER_PLAN.format(what=what, number=number)


def _without_row(child: _Child) -> tuple[str, str] | None:
    for row in child.open_rows:
        if not child.has_row_of(row["status"]):
            number, what = ROW_OF_STATUS[row["status"]]
            status = WORDS[row["status"]]
            words = WITHOUT_ROW.format(at=row["found_at"], status=status, number=number, what=what)
            return "status_without_its_row", words
    return None


def _against(child: _Child) -> tuple[str, str] | None:
    row = max(child.open_rows or child.rows, key=lambda row: RANK.get(row["status"], 0))
    said = row["status"] if child.open_rows else "closed"
    status = child.highest_elsewhere
    if status in ("CP", "CLA") and RANK[status] > RANK.get(said, 0):
        number, what = ROW_OF_STATUS[status]
        there = child.open_elsewhere[status]
        words = {"at": row["found_at"], "status": WORDS[said], "number": number, "what": what}
        return "plan_against_status", AGAINST_STATUS.format(there=there, **words)
    if not child.open_rows and row["status"] in RANK:
        words = {"at": row["found_at"], "status": WORDS[row["status"]]}
        return "status_against_closure", AGAINST_CLOSURE.format(**words)
    return None
