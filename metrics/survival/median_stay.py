"""How long half of all stays last, open ones among them: what is told, and when nothing is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from metrics.model import Spread
from metrics.survival.kaplan_meier import Stays, survival

# Keys of what is stored, beside a metric's own quantiles.
MEDIAN, LOW, HIGH = "half_stay", "half_stay_low", "half_stay_high"
LONGER, WITHHELD = "half_stay_longer_than", "half_stay_withheld"
OPEN_MEDIAN = "open_half"
OPEN_LONGEST = ("open_longest", "open_second", "open_third")


@dataclass(frozen=True)
class MedianStay:
    """How long half stay, of so many stays that `ended` in the window.

    One of `median`, with the ends of its interval where they are known, and `longer_than`: more
    than half stay longer than that, and longer nobody can see. Neither where it is withheld.
    """

    ended: int
    median: int | None = None
    low: int | None = None
    high: int | None = None
    longer_than: int | None = None

    @property
    def is_withheld(self) -> bool:
        return self.median is None and self.longer_than is None

    def stored(self) -> Iterator[tuple[str, float, int]]:
        """Key, value and number of stays that ended, of each that is known."""
        if self.is_withheld:
            yield WITHHELD, 1, self.ended
        for key, value in (
            (MEDIAN, self.median),
            (LOW, self.low),
            (HIGH, self.high),
            (LONGER, self.longer_than),
        ):
            if value is not None:
                yield key, value, self.ended


def median_stay(stays: Stays, fewest_ended: int, fewest_at_risk: int) -> MedianStay:
    """How long half of `stays` last, if enough ended and enough could have.

    A curve is seen up to the last day on which `fewest_at_risk` are at risk. Where fewer were so on
    an earlier day on which one ended, up to the median, all that follows rests on too few: with
    delayed entry that is on the first days. Then it is withheld, and where fewer ended.
    """
    curve = survival(stays)
    ended = int(curve.ended.sum())
    seen_to = _seen_to(stays, fewest_at_risk)
    if ended < fewest_ended or seen_to is None:
        return MedianStay(ended)
    median = curve.median
    last = seen_to if median is None or median > seen_to else median
    if (curve.at_risk[curve.days <= last] < fewest_at_risk).any():
        return MedianStay(ended)
    if median != last:
        return MedianStay(ended, longer_than=seen_to)
    low, high = curve.median_interval
    return MedianStay(ended, median, low, high)


def _seen_to(stays: Stays, fewest: int) -> int | None:
    """The last day on which at least so many are at risk."""
    days = np.unique(stays.left[stays.left > stays.entered])
    enough = days[stays.at_risk_on(days) >= fewest]
    return int(enough[-1]) if enough.size else None


def open_ages(ages: np.ndarray) -> Iterator[tuple[str, float, int]]:
    """The median, by nearest rank, and the longest three of the ages of stays that go on."""
    if not ages.size:
        return
    in_order = np.sort(ages)
    yield OPEN_MEDIAN, float(in_order[(in_order.size - 1) // 2]), int(in_order.size)
    for key, age in zip(OPEN_LONGEST, in_order[::-1], strict=False):
        yield key, float(age), int(in_order.size)


def from_stored(stored: Mapping[str, Spread]) -> MedianStay | None:
    """What was stored, as it was; None where nothing was."""
    known = {key: int(stored[key].value) for key in (MEDIAN, LOW, HIGH, LONGER) if key in stored}
    any_of = next((stored[key] for key in (MEDIAN, LONGER, WITHHELD) if key in stored), None)
    if any_of is None:
        return None
    return MedianStay(
        any_of.n, known.get(MEDIAN), known.get(LOW), known.get(HIGH), known.get(LONGER)
    )
