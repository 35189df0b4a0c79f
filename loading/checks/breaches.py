"""A broken rule as a query: which rows of which table, and what becomes of them at load."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Exists, Select, Table, literal, select

from data_access.settings import Settings
from loading.fitting import key_columns

KEEP, BLANK, LEAVE_OUT, ADD_UNIT = "keep", "blank", "leave out", "add unit"


@dataclass(frozen=True)
class Situation:
    """The last day that the data cover, and the council's settings."""

    as_at: date
    settings: Settings


@dataclass(frozen=True)
class Breach:
    """The rows of one table that break a rule, and what becomes of them at load.

    `column` is the one that the rule is about; None where it is about whole rows.
    `asks` has rows wherever `query` has, and is quicker to ask: most rules are broken by nothing.
    """

    table: Table
    query: Select
    action: str = KEEP
    column: str | None = None
    asks: Select | None = None

    @property
    def may_have_rows(self) -> Exists:
        """Whether anything at all may break the rule."""
        return (self.query if self.asks is None else self.asks).exists()


def key_of(table: Table) -> ColumnElement[str]:
    """The key of a row as issues write it: "A1", or "A1+4B" for a key of two columns."""
    first, *others = (table.c[name] for name in key_columns(table))
    key: ColumnElement[str] = first
    for column in others:
        key = key + literal("+") + column
    return key


def rows_of(table: Table, **shown: ColumnElement) -> Select:
    """The rows of `table`: `row_key`, and `shown` under the names given."""
    labelled = (value.label(name) for name, value in shown.items())
    return select(key_of(table).label("row_key"), *labelled)
