"""How long things last when some still go on: Kaplan and Meier's curve, with delayed entry."""

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int64]
Shares = NDArray[np.float64]
# S of six of eight that end at even days is exactly one half, which a float may miss by a little.
NEARLY = 1e-9
Z = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True)
class Stays:
    """Spells as far as they were seen, one place of each array a spell.

    A spell was at risk of ending on each day after `entered` up to `left`, in days from its start,
    and it did end on the day `left` where `ended`: else it was last seen then, and goes on. One
    that was seen from its start on has entered at 0.
    """

    entered: Days
    left: Days
    ended: NDArray[np.bool_]

    @classmethod
    def of(cls, *stays: tuple[int, int, bool]) -> "Stays":
        """From (entered, left, ended) of each."""
        entered, left, ended = zip(*stays, strict=True) if stays else ((), (), ())
        return cls(
            np.array(entered, dtype=np.int64),
            np.array(left, dtype=np.int64),
            np.array(ended, dtype=np.bool_),
        )

    def at_risk_on(self, days: Days) -> Days:
        """How many were at risk on each of `days`: whoever was last seen on a day was so on it."""
        seen = self.left > self.entered
        entered, left = np.sort(self.entered[seen]), np.sort(self.left[seen])
        return np.searchsorted(entered, days, "left") - np.searchsorted(left, days, "left")


@dataclass(frozen=True)
class Survival:
    """The share that lasts longer than each of `days`, on which one or more ended.

    `at_risk` and `ended` are counts on those days, `variance` Greenwood's sum up to each.
    """

    days: Days
    at_risk: Days
    ended: Days
    share: Shares
    variance: Shares

    def share_after(self, day: int) -> float:
        """Which share lasts longer than so many days: of what lasts its first day, all."""
        place = int(np.searchsorted(self.days, day, "right"))
        return float(self.share[place - 1]) if place else 1.0

    def variance_after(self, day: int) -> float:
        """Greenwood's sum up to the day: that of the logarithm of the share."""
        place = int(np.searchsorted(self.days, day, "right"))
        return float(self.variance[place - 1]) if place else 0.0

    @property
    def bands(self) -> tuple[Shares, Shares]:
        """The ends of the 95% interval of `share` on each day, on the scale of log(−log S)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            logged = np.log(self.share)
            spread = Z * np.sqrt(self.variance) / -logged
            low, high = np.exp(logged * np.exp(spread)), np.exp(logged * np.exp(-spread))
        none_left = self.share <= 0
        return np.where(none_left, 0.0, low), np.where(none_left, 0.0, high)

    @property
    def median(self) -> int | None:
        """The first day after which no more than half last; None where more than half do."""
        reached = np.flatnonzero(self.share <= 0.5 + NEARLY)
        return int(self.days[reached[0]]) if reached.size else None

    @property
    def median_interval(self) -> tuple[int | None, int | None]:
        """Between which days the median lies at 95%: those on which the band holds one half.

        Brookmeyer and Crowley, Biometrics 38 (1982) 29-41, on the log(−log S) scale. None for an
        end that no day gives.
        """
        low, high = self.bands
        within = np.flatnonzero((low <= 0.5) & (high >= 0.5))
        if not within.size:
            return None, None
        after = int(within[-1]) + 1
        upper = int(self.days[after]) if after < self.days.size else None
        return int(self.days[within[0]]), upper


def survival(stays: Stays) -> Survival:
    """The curve of `stays`; of none that ended, a curve without a day."""
    ended_at = stays.left[stays.ended & (stays.left > stays.entered)]
    days, ended = np.unique(ended_at, return_counts=True)
    at_risk = stays.at_risk_on(days)
    with np.errstate(divide="ignore"):
        variance = np.cumsum(ended / (at_risk * (at_risk - ended)))
    share: Shares = np.cumprod(1 - ended / at_risk, dtype=np.float64)
    return Survival(days, at_risk, ended, share, variance)
