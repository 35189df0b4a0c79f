"""How far two cohorts lie apart at so many days from entry, and whether that can be told."""

from dataclasses import dataclass

import numpy as np

from metrics.compare.cohort import Cohort
from metrics.model import Tally
from metrics.spc.proportions import ConfidenceInterval, Estimate, square_and_add, wilson

# Beyond the day on which fewer than these are at risk a curve is not read; nor is one of fewer.
FEWEST_AT_RISK = 10


@dataclass(frozen=True)
class Apart:
    """The shares of two cohorts that had the outcome by a day, and the one less the other.

    Shares of 1, with 95% intervals.
    """

    own: Estimate
    other: Estimate
    interval: ConfidenceInterval

    @property
    def difference(self) -> float:
        return self.own.share - self.other.share

    @property
    def is_told_apart(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.interval.low > 0 or self.interval.high < 0


def share_by(cohort: Cohort, days: int) -> Estimate | None:
    """Which share had the outcome within so many days from entry; None where too few were seen.

    Of a cohort of which all is known until then, the share itself with Wilson's interval. Else one
    less Kaplan and Meier's curve, with Greenwood's variance on the scale of log(−log S), as long
    as `FEWEST_AT_RISK` are at risk. Of fewer cases, or where nobody was followed so long, nothing.
    """
    if len(cohort.cases) < FEWEST_AT_RISK or not (cohort.followed >= days).any():
        return None
    if cohort.is_complete_to(days):
        return _estimate(cohort.by(days))
    if cohort.at_risk_after(days) < FEWEST_AT_RISK:
        return None
    return _of_curve(cohort, days)


def apart_at(own: Cohort, other: Cohort, days: int) -> Apart | None:
    """`own` less `other` at so many days from entry; None where either can't be told.

    The intervals of both are squared and added as Newcombe does: his own where all is known.
    """
    shares = share_by(own, days), share_by(other, days)
    if shares[0] is None or shares[1] is None:
        return None
    return Apart(shares[0], shares[1], square_and_add(shares[0], shares[1]))


def known_cases(cohort: Cohort, days: int) -> float:
    """How many cases, all known until then, would say as much as these do; 0 of none.

    The share's own variance divided by Greenwood's; where nobody or everybody had the outcome,
    as many as were seen so long.
    """
    if cohort.is_complete_to(days):
        return len(cohort.cases)
    lasting = cohort.curve.share_after(days)
    if lasting in (0, 1):
        return cohort.at_risk_after(days)
    return (1 - lasting) / (lasting * cohort.curve.variance_after(days))


def _of_curve(cohort: Cohort, days: int) -> Estimate:
    curve = cohort.curve
    place = int(np.searchsorted(curve.days, days, "right")) - 1
    if place < 0:
        # The curve has no variance before its first step: as many as were seen had no outcome.
        return _estimate(Tally(0, cohort.at_risk_after(days)))
    low, high = (float(ends[place]) for ends in curve.bands)
    return Estimate(1 - float(curve.share[place]), 1 - high, 1 - low)


def _estimate(tally: Tally) -> Estimate:
    interval = wilson(tally)
    assert interval is not None, "of no case there is no share"
    return Estimate(tally.numerator / tally.denominator, interval.low, interval.high)
