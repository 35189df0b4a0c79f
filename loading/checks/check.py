"""One rule of a case database: what finds its breaks, what is said, and who can mend them.

And what makes two rows of a table one fact, from which such rules are made.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import Column, ColumnElement, Table, func
from sqlalchemy.sql import visitors

from loading.checks.breaches import Breach, Situation

CASE_RECORD = "the worker or team, in the case record"
PERFORMANCE = "the performance team, in the extract"
HUMAN_RESOURCES = "HR, in the staff record"
WHO_SENT_IT = "whoever sent the file"


@dataclass(frozen=True)
class Check:
    """One rule: its key, how bad a break is, who can mend it, what is said, and what finds it.

    `says` is filled with the columns of the finding query, `{table}` and `{row_key}`.
    """

    rule: str
    severity: str
    mended_by: str
    says: str
    finds: Callable[[Situation], Iterable[Breach]]


@dataclass(frozen=True)
class Fact:
    """What makes a fact in one table, and what two rows of it do to a figure.

    Rows are of one fact if they agree in `key`, which is never NULL, and in `day`; with `end`, the
    day no longer included, if they agree in `key` and the times overlap. `among` are the rows that
    can be told apart at all. `once`: of rows that are equal in everything but the id, one counts;
    not where rows of other tables hang on the id. `says` is said of each row but the first, with
    {other} that first one's id and {day} its own day.
    """

    table: Table
    rule: str
    key: tuple[ColumnElement, ...]
    day: ColumnElement
    says: str
    end: Column | None = None
    among: ColumnElement[bool] | None = None
    once: bool = True
    mended_by: str = CASE_RECORD

    @property
    def column(self) -> str | None:
        """The column in which a row says what another says: its day, else the first of the key."""
        parts = (part for told in (self.day, *self.key) for part in visitors.iterate(told))
        return next((part.name for part in parts if isinstance(part, Column)), None)


def or_nothing(column: Column) -> ColumnElement[str]:
    """The column, and "" where it says nothing, so that two rows without it agree."""
    return func.coalesce(column, "")
