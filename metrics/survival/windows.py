"""Which part of children's stays falls into a window of months: for a unit, the days it led."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.survival.kaplan_meier import Days, Stays

WINDOW_MONTHS = 24


@dataclass(frozen=True)
class LedDays:
    """Stretches of stays by who led the child, one place of each array a stretch; days as numbers.

    A stretch holds the days from `first` to `last` of a stay that began on `began`; `ends` where
    the stay ended on `last`. `unit` numbers units; the stretches of a stay hold all of its days.
    """

    unit: Days
    began: Days
    first: Days
    last: Days
    ends: NDArray[np.bool_]

    def within(self, first: int, last: int) -> "LedDays":
        """What of the stretches falls from the day `first` to the day `last`, by unit in order."""
        here = (self.first <= last) & (self.last >= first)
        ends = self.ends[here] & (self.last[here] <= last)
        order = np.argsort(self.unit[here], kind="stable")
        return LedDays(
            self.unit[here][order],
            self.began[here][order],
            np.maximum(self.first[here], first)[order],
            np.minimum(self.last[here], last)[order],
            ends[order],
        )

    def stays(self) -> Stays:
        """The stretches as far as they were seen: a child is at risk from the day after it came."""
        entered = np.maximum(self.first - self.began - 1, 0)
        return Stays(entered, self.last - self.began, self.ends)

    def open_ages_on(self, day: int) -> Days:
        """How old the stays are, on the day, that were led then and go on."""
        is_open = (self.first <= day) & (self.last >= day) & ~(self.ends & (self.last == day))
        return day - self.began[is_open]

    def by_unit(self) -> Iterator[tuple[int, "LedDays"]]:
        """The stretches of each unit, which stand by unit in order."""
        units, starts = np.unique(self.unit, return_index=True)
        ends = np.append(starts, self.unit.size)[1:]
        for unit, start, end in zip(units, starts, ends, strict=True):
            yield int(unit), self._between(start, end)

    def _between(self, start: int, end: int) -> "LedDays":
        return LedDays(*(column[start:end] for column in vars(self).values()))
