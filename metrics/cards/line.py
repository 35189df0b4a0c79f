"""A line of a card: a fact with its day and the table that it is from, or what is missing."""

from dataclasses import dataclass
from datetime import date

from data_access.cards.prompts import Stage
from metrics.cards.known import Known
from metrics.stored.history import called
from metrics.writing import several

STATUS_WORDS = {
    "CLA": "looked after",
    "CP": "child protection plan",
    "CIN": "child in need plan",
    "assessment": "assessment",
}
BEGAN = {
    Stage.REFERRAL: "the referral",
    Stage.ASSESSMENT: "the assessment began",
    Stage.CIN: "the plan began",
    Stage.CP: "the plan began",
    Stage.CLA: "the child came into care",
    Stage.BETWEEN: "the last plan or assessment ended",
    Stage.CLOSING: "the last plan or assessment ended",
}
SEGMENTS, ACTIONS = "segments", "actions"
ACTION = "action"


@dataclass(frozen=True)
class Line:
    """A fact, its day if it has one, and the table; `leads_to` is a page or a metric's key.

    `is_missing`: it says that something is not recorded.
    """

    says: str
    on: date | None
    table: str
    leads_to: str = ""
    is_missing: bool = False

    @property
    def source(self) -> str:
        """The table in words: "scale scores"."""
        return called([self.table])


def not_recorded(known: Known, table: str, says: str) -> Line:
    """That it is not recorded; or, where the source has nothing of the table, that."""
    if table in known.lacking:
        says = f"{called([table])} are not in this source"
    return Line(says, None, table, is_missing=True)


def how_long_ago(days: int) -> str:
    """So many days before today, which is no nought of days: "today", "3 days ago"."""
    return f"{several(days, 'day')} ago" if days else "today"
