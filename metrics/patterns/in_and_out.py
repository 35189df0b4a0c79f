"""In and out: cases closed after assessment, without a plan, and how many days they were open.

The evaluation of 2017 asks what these cost the service and the family; the children in need census
calls them RC8 (no further action) and RC9 (to early help).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

from sqlalchemy import Select, select

from data_access.guard.open_rows import restricted_children
from data_access.settings import Settings
from metrics.catalogue import CATALOGUE
from metrics.kept_rows import kept_rows_of
from metrics.model import SERVICE, Period, Tally

Unit = str | None
CLOSED = CATALOGUE["closed"]
AFTER_ASSESSMENT = ("RC8", "RC9")
NOT_KNOWN = "not_known"
MEDIAN, NINE_IN_TEN = 0.5, 0.9


@dataclass(frozen=True)
class InAndOut:
    """Of a unit's cases closed in the months: those in and out with their days, reason not known.

    `tally`: in and out of those closed with a known reason.
    """

    days: tuple[int, ...]
    tally: Tally
    not_known: int

    @property
    def counts(self) -> tuple[float, ...]:
        """The parts of those closed, which Month tells: in and out, not so, and of no reason."""
        known, found = self.tally.denominator, self.tally.numerator
        return found, known - found, self.not_known

    def within(self, share: float) -> int:
        """So many days or fewer for such a share of them, by nearest rank; of one at least."""
        return sorted(self.days)[ceil(share * len(self.days)) - 1]


def closed_in(months: Iterable[Period], settings: Settings) -> Select:
    """One row per case closed in the months: unit_id, outcome, received_on, closed_on.

    Without restricted records.
    """
    kept = kept_rows_of(CLOSED).table(settings)
    return select(kept.c.unit_id, kept.c.outcome, kept.c.received_on, kept.c.closed_on).where(
        kept.c.month.in_([month.start for month in months]),
        kept.c.numerator == 1,
        kept.c.child_id.not_in(restricted_children()),
    )


def in_and_out(rows: Iterable[Any]) -> Mapping[Unit, InAndOut]:
    """The rows of `closed_in` by unit, and "*" for all together, those of no unit too."""
    of: dict[Unit, list[Any]] = defaultdict(list)
    for row in rows:
        for unit_id in (row.unit_id, SERVICE):
            of[unit_id].append(row)
    return {unit_id: _of(closed) for unit_id, closed in of.items()}


def _of(closed: list[Any]) -> InAndOut:
    known = [row for row in closed if row.outcome != NOT_KNOWN]
    found = [row for row in known if row.outcome in AFTER_ASSESSMENT]
    days = tuple((row.closed_on - row.received_on).days for row in found)
    return InAndOut(days, Tally(len(found), len(known)), len(closed) - len(known))
