"""What makes a row of one source the same fact as a row of another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from data_access.schema import metadata


@dataclass(frozen=True)
class Fact:
    """A table whose rows several sources may tell: by child, `kind` and day.

    Rows with an `end` are spells: `overlap` says whether two that overlap are one, whatever their
    days, as nobody is looked after, or missing, twice at once. `of_an_end` are the columns known
    with it.
    """

    table: str
    start: str
    end: str = ""
    kind: str = ""
    overlap: bool = False
    of_an_end: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        (column,) = metadata.tables[self.table].primary_key
        return str(column.name)


FACTS = (
    Fact("referral", "received_on", "closed_on", of_an_end=("closed_on", "closure_reason")),
    Fact("assessment", "started_on", "authorised_on", of_an_end=("authorised_on",)),
    Fact("enquiry", "started_on"),
    Fact("conference", "held_on", kind="kind"),
    Fact("review", "held_on", kind="kind"),
    Fact("plan", "started_on", "ended_on", "kind", True, ("ended_on", "end_reason")),
    Fact("placement", "started_on", "ended_on", of_an_end=("ended_on",)),
    Fact("missing_episode", "started_on", "ended_on", "", True, ("ended_on",)),
)


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a reading, and the source whose it is."""

    fact: Fact
    reading: int
    owner: str
    values: dict[str, Any]

    @property
    def key(self) -> str:
        return str(self.values[self.fact.key])

    @property
    def of(self) -> tuple:
        """Whose it is, and of which kind."""
        return self.values.get("child_id"), self.values.get(self.fact.kind)

    @property
    def start(self) -> date:
        """Its day; the last of all where none is known yet, as of what was not held."""
        return _day(self.values, self.fact.start) or date.max

    @property
    def end(self) -> date | None:
        return _day(self.values, self.fact.end)

    def is_same(self, other: "Row") -> bool:
        """Whether another row of the same child and kind tells the same fact."""
        if self.start == other.start:
            return True
        if not self.fact.overlap:
            return False
        return _begins_within(self, other) or _begins_within(other, self)


def _begins_within(one: Row, other: Row) -> bool:
    return other.start <= one.start and (other.end is None or one.start < other.end)


def _day(values: Mapping[str, Any], name: str) -> date | None:
    day = values.get(name) if name else None
    return day.date() if isinstance(day, datetime) else day
