"""Cases of one set of units, each followed from the day on which it entered."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from metrics.model import Tally
from metrics.survival.kaplan_meier import Days, Stays, Survival, survival

# Months at which cohorts are compared, in days from entry.
HORIZONS = {3: 91, 6: 183, 12: 365}


class Cell(NamedTuple):
    """What cases have in common that are set beside each other, on the day of entry."""

    need: str
    level: str
    age: str


@dataclass(frozen=True)
class Case:
    """A child within one referral, from its entry until the outcome, or until it was last seen.

    `happened_on` is the day of the outcome, None where it was not seen up to `seen_to`.
    """

    child_id: str
    entered_on: date
    seen_to: date
    happened_on: date | None = None
    family_id: str | None = None
    cell: Cell | None = None

    @property
    def lasted(self) -> int:
        """Days from entry to the outcome, or to when it was last seen."""
        return ((self.happened_on or self.seen_to) - self.entered_on).days


@dataclass(frozen=True)
class Cohort:
    """What entered one set of units; nothing is known after `as_at`."""

    name: str
    cases: tuple[Case, ...]
    as_at: date

    @cached_property
    def lasted(self) -> Days:
        return np.array([one.lasted for one in self.cases], dtype=np.int64)

    @cached_property
    def happened(self) -> NDArray[np.bool_]:
        return np.array([one.happened_on is not None for one in self.cases], dtype=np.bool_)

    @cached_property
    def followed(self) -> Days:
        """Days from each entry to `as_at`: how long each could be seen, whatever happened."""
        days = [(self.as_at - one.entered_on).days for one in self.cases]
        return np.array(days, dtype=np.int64)

    @cached_property
    def stays(self) -> Stays:
        """As times to the outcome; what happens on the day of entry counts."""
        return Stays(np.full(len(self.cases), -1), self.lasted, self.happened)

    @cached_property
    def curve(self) -> Survival:
        return survival(self.stays)

    def at_risk_after(self, days: int) -> int:
        """How many were still seen, and without the outcome, after so many days from entry."""
        return int((self.lasted > days).sum() + ((self.lasted == days) & ~self.happened).sum())

    def is_complete_to(self, days: int) -> bool:
        """Whether of every case it is known if the outcome came within so many days."""
        return bool((self.happened | (self.lasted >= days)).all())

    def by(self, days: int) -> Tally:
        """How many had the outcome within so many days, of all: a share where it is complete."""
        return Tally(int((self.happened & (self.lasted <= days)).sum()), len(self.cases))

    @property
    def naive(self) -> Tally:
        """How many had the outcome so far, of all, however long each was followed.

        Never to be compared: whoever entered later had less time.
        """
        return Tally(int(self.happened.sum()), len(self.cases))

    def of(self, belongs: Callable[[Case], bool]) -> "Cohort":
        """The cases of which something is true."""
        return Cohort(self.name, tuple(one for one in self.cases if belongs(one)), self.as_at)
