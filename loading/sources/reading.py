"""What a source gave: canonical rows, what is wrong with them, and what it cannot bring."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

import pandas as pd

from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.sources.declaration import Part
from data_access.sources.order import owner_of, takes_the_place

STOOD_BEFORE = "loaded before"
ERROR = "error"
WARNING = "warning"
# More rows that are of nothing here than these are no slips of a hand, and are said once.
EACH_UP_TO = 25
# The rule of a row that says what another says: one counts, and nothing is lost.
SAME_ROW = "same_row_twice"
# The rule of a column that is not there, and of which a figure has need.
ABSENT = "absent_column"
# What is found again of all sources whenever children are put together.
FOUND_ANEW = ("sources_disagree", "child")
AS_OPTION_SAYS = "as --data-to says"


@dataclass(frozen=True)
class Issue:
    """One thing that is wrong with one row, and what to do about it. Never a child's name.

    `emptied` is the column whose value was left empty for it, if one was; `column` the one that it
    is about, if it is about one; `said_at` the table and key of the row where it is to be seen, if
    that is another.
    """

    rule: str
    table_name: str
    row_key: str | None
    severity: str
    message: str
    emptied: str | None = None
    # What is read again of a database has none, and is the same issue all the same.
    column: str | None = field(default=None, compare=False)
    said_at: tuple[str, str] | None = None

    @property
    def lost_column(self) -> str | None:
        """The column of which it says that values are gone: emptied for it, or not there."""
        return self.column if self.rule == ABSENT else self.emptied

    @property
    def as_reason(self) -> str:
        """It as why a load is refused: of a row it is the first of several."""
        return f"{'Why' if self.rule == ABSENT else 'The first'}: {self.message}"

    @property
    def as_stored(self) -> dict[str, object]:
        """What the case database keeps of it, by column."""
        told_on_the_way = ("emptied", "column", "said_at")
        return {name: value for name, value in asdict(self).items() if name not in told_on_the_way}


@dataclass(frozen=True)
class Reading:
    """Canonical rows from one source.

    `frames` may carry the column `found_at` ("referral.csv, row 5"), so that later checks can
    say where a row stands. `read` and `left_out` count rows by table; what is neither left out
    here nor by a later check is written, and so are rows `added` by the team map. `partial` names
    tables that the source holds only in part (the latest visit only), and columns as
    "plan.started_on": they support no metric, but for one that counts only the rows of a table
    which `parts` says are all here. `lacks` says, by table, why the source can't bring it whole,
    and what to add; without it the reason is made of the table's name.
    `data_from` is the first day that the source covers in full, `covers_from` that of a table of
    which it says another.
    A reading takes the place of what stood in its tables; with `replaces_only`, a column and a
    value, of the rows that have it there, and all others stay: one wave of a survey.
    """

    source: str
    data_to: date
    frames: Mapping[str, pd.DataFrame]
    issues: tuple[Issue, ...] = ()
    read: Mapping[str, int] = field(default_factory=dict)
    left_out: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    lacks: Mapping[str, str] = field(default_factory=dict)
    partial: frozenset[str] = frozenset()
    published: Mapping[str, object] = field(default_factory=dict)
    # By sheet or file: {"table": "list_7", "read": n, "used": n, "left_out": {reason: n}}
    sheets: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    data_from: date | None = None
    # Where `data_to` is from, to be said after it: "as --data-to says".
    data_to_from: str = ""
    covers_from: Mapping[str, date] = field(default_factory=dict)
    replaces_only: tuple[str, str] | None = None
    # What is told of the source as a whole and is no fault: roles found, where it was read.
    notes: tuple[str, ...] = ()
    # Of which unit a team is, where the source says it itself.
    team_map: tuple[TeamOfUnit, ...] = ()
    # What each team held on the last day, before it was put under a unit.
    teams: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    # By the id that a source gives, the id under which the worker is kept.
    same_workers: Mapping[str, str] = field(default_factory=dict)
    # Two workers who may be one, by id, and why.
    workers_in_doubt: tuple[tuple[str, str, str], ...] = ()
    # Role codes as the source has them, in how many rows each; those taken for the lead worker.
    roles: Mapping[str, int] = field(default_factory=dict)
    lead_roles: frozenset[str] = frozenset()
    parts: Mapping[str, Part] = field(default_factory=dict)
    # Of a nightly run the state of all that it read, "" where none can be told; None by hand.
    nightly: str | None = None
    # By table and column how many rows have a value, of tables whose cells were let go.
    filled: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    added: Mapping[str, int] = field(default_factory=dict)
    # By table and the source's own column, values that were all refused: others hide it in ours.
    emptied: Mapping[tuple[str, str], int] = field(default_factory=dict)

    @property
    def stood(self) -> bool:
        """Whether it is what a case database held already."""
        return self.source == STOOD_BEFORE

    def covered_from(self, table: str) -> date | None:
        """The first day of which the table's rows are all here; None where nobody said."""
        return self.covers_from.get(table, self.data_from)

    @property
    def tables_replaced(self) -> frozenset[str]:
        """The tables of which no earlier row stays, but for those that sources share."""
        return frozenset() if self.replaces_only else frozenset(self.frames)

    def replaces_issue(self, issue: Issue) -> bool:
        """Whether an earlier issue is of a row that this reading takes the place of."""
        if issue.table_name not in self.frames:
            return False
        if (issue.rule, issue.table_name) == FOUND_ANEW:
            return True
        if not takes_the_place(self.source, owner_of(issue.row_key)):
            return False
        if self.replaces_only is None:
            return True
        key, of = issue.row_key or "", self.replaces_only[1]
        return key == of or key.startswith(f"{of}:")


class Gathering:
    """Rows on their way into tables: offered, kept or left out, and why."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict]] = {}
        self.read: dict[str, int] = {}
        self.left_out: dict[str, dict[str, int]] = {}
        self.issues: list[Issue] = []

    def offer(self, table: str, **row: object) -> None:
        """Keeps a row for `table`."""
        self.read[table] = self.read.get(table, 0) + 1
        self.rows.setdefault(table, []).append(row)

    def pass_over(self, table: str, reason: str) -> None:
        """Counts a row that says nothing new, or nothing that `table` holds."""
        self.read[table] = self.read.get(table, 0) + 1
        count(self.left_out, table, reason)

    def leave_out(self, table: str, issue: Issue) -> None:
        """Counts a row that cannot be used, and says why."""
        self.pass_over(table, issue.rule)
        self.issues.append(issue)

    def frames(self) -> dict[str, pd.DataFrame]:
        """One frame per table, with the rows that were kept."""
        return {name: pd.DataFrame(rows, dtype=object) for name, rows in self.rows.items()}


def count(counts: dict[str, dict[str, int]], name: str, reason: str, rows: int = 1) -> None:
    """Adds `rows` to `counts[name][reason]`."""
    if rows:
        reasons = counts.setdefault(name, {})
        reasons[reason] = reasons.get(reason, 0) + rows
