"""How sure are we of this proportion? Intervals by their formulas, exact tails by scipy.

Tests hold the intervals to statsmodels' to the last digit; a page that imported it for them would
pay two seconds and a hundred megabytes.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from metrics.model import Tally

DIFFERENT_BELOW = 0.001

Counts = NDArray[np.float64]


@dataclass(frozen=True)
class Tails:
    """The chances of so many or fewer, and of so many or more, for an array of counts."""

    at_most: Callable[[Counts], Counts]
    at_least: Callable[[Counts], Counts]


@dataclass(frozen=True)
class ConfidenceInterval:
    """Both ends, in shares of 1."""

    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A share of 1, and the ends of where it lies."""

    share: float
    low: float
    high: float


def wilson(tally: Tally, confidence: float = 0.95) -> ConfidenceInterval | None:
    """Where a share lies, 0 to 1; None when nothing was counted, so that nothing is known.

    Wilson (1927) as in Newcombe, "Two-sided confidence intervals for the single proportion",
    Statistics in Medicine 17 (1998), method 3. Exactly 0 at 0 of n, exactly 1 at n of n.
    """
    if not _is_share(tally):
        return None
    x, n = tally.numerator, tally.denominator
    low, high = _wilson(x, n, confidence)
    return ConfidenceInterval(0.0 if x == 0 else max(0.0, low), 1.0 if x == n else min(1.0, high))


def newcombe(tally: Tally, other: Tally, confidence: float = 0.95) -> ConfidenceInterval | None:
    """Where the difference of two shares lies, `tally` less `other`, -1 to 1; None without either.

    Newcombe, "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17 (1998), method 10.
    """
    if not (_is_share(tally) and _is_share(other)):
        return None
    one, another = (
        Estimate(of.numerator / of.denominator, *_wilson(of.numerator, of.denominator, confidence))
        for of in (tally, other)
    )
    return square_and_add(one, another)


def square_and_add(one: Estimate, other: Estimate) -> ConfidenceInterval:
    """Where `one` less `other` lies, from where each of two independent shares lies.

    Newcombe's own step, which takes whatever interval suits each share.
    """
    share, low, high = one.share, one.low, one.high
    other_share, other_low, other_high = other.share, other.low, other.high
    below = sqrt((share - low) ** 2 + (other_high - other_share) ** 2)
    above = sqrt((other_share - other_low) ** 2 + (high - share) ** 2)
    difference = share - other_share
    return ConfidenceInterval(max(-1.0, difference - below), min(1.0, difference + above))


def _wilson(x: float, n: float, confidence: float) -> tuple[float, float]:
    """Wilson's interval, in the order in which statsmodels works it out: the same last digit."""
    share, z = x / n, _deviations(confidence)
    whole = 1 + z**2 / n
    middle = (share + z**2 / (2 * n)) / whole
    half = z * sqrt(share * (1.0 - share) / n + z**2 / (4.0 * n**2)) / whole
    return middle - half, middle + half


@cache
def _deviations(confidence: float) -> float:
    """How many standard deviations each way hold so much of a normal distribution."""
    from scipy.special import ndtri

    return float(-ndtri((1 - confidence) / 2))


def differs_from_the_rest(unit: Tally, rest: Tally) -> bool | None:
    """Whether a unit's share and the rest's, all other units', are too far apart to be one share.

    Fisher's exact tails at 0.001 on either side: how often as many or more (or fewer) of all that
    have it would fall to the unit by chance. A small rest is as unsure as a small unit. None where
    the unit or the rest has nothing to count.
    """
    if not (_is_share(unit) and _is_share(rest)):
        return None
    x, tails = round(unit.numerator), _shared_out(unit, rest)
    first = max(0, round(unit.numerator + rest.numerator - rest.denominator))
    at_most, at_least = tails[: x - first + 1].sum(), tails[x - first :].sum()
    return bool(min(at_most, at_least) < DIFFERENT_BELOW)


def _shared_out(unit: Tally, rest: Tally) -> Counts:
    """The chance of each number that can fall to the unit, of all that have it in both."""
    from scipy.special import gammaln

    def ways(of: float, taken: Counts) -> Counts:
        return gammaln(of + 1) - gammaln(taken + 1) - gammaln(of - taken + 1)

    n, rest_n, have = unit.denominator, rest.denominator, unit.numerator + rest.numerator
    each = np.arange(max(0, have - rest_n), min(n, have) + 1, dtype=float)
    chances = ways(n, each) + ways(rest_n, have - each)
    likely = np.exp(chances - chances.max())
    return likely / likely.sum()


def binomial_tails(n: Counts, share: float, scatter: float = 1.0) -> Tails:
    """For x of `n`: the chances of x or fewer and of x or more at `share`, by month.

    `scatter` is by how much the variance exceeds chance: where children come in pairs that are
    counted alike it is 2, and 4 of 14 is then as likely as 2 of 7, which is what is worked out.
    """
    from scipy.special import betainc, betaincc

    def at_most(x: Counts) -> Counts:
        is_all = x >= n
        many = np.where(is_all, 1, n - x) / scatter
        return np.where(is_all, 1.0, betaincc(x / scatter + 1, many, share))

    def at_least(x: Counts) -> Counts:
        is_none = x <= 0
        few = np.where(is_none, 1, x) / scatter
        return np.where(is_none, 1.0, betainc(few, (n - x) / scatter + 1, share))

    return Tails(at_most, at_least)


def poisson_tails(expected: float, scatter: float = 1.0) -> Tails:
    """For a count x: the chances of x or fewer and of x or more where `expected` is the mean."""
    from scipy.special import gammainc, gammaincc

    def at_most(x: Counts) -> Counts:
        return gammaincc(x / scatter + 1, expected / scatter)

    def at_least(x: Counts) -> Counts:
        is_none = x <= 0
        some = np.where(is_none, 1, x) / scatter
        return np.where(is_none, 1.0, gammainc(some, expected / scatter))

    return Tails(at_most, at_least)


def geometric_tails(mean: float) -> Tails:
    """For x days without an event: the chances of x or fewer and of x or more days, by the mean."""
    another = mean / (1 + mean)
    return Tails(lambda x: 1 - another ** (x + 1), lambda x: another**x)


def _is_share(tally: Tally) -> bool:
    return tally.denominator > 0 and 0 <= tally.numerator <= tally.denominator
