"""How sure are we of this proportion? Intervals and exact tails, by statsmodels and scipy.

Both are imported where they are used: they take over a second, and most pages need neither.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.model import Tally

DIFFERENT_BELOW = 0.001
HALF_A_THING = 0.5

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


def wilson(tally: Tally, confidence: float = 0.95) -> ConfidenceInterval | None:
    """Where a share lies, 0 to 1; None when nothing was counted, so that nothing is known.

    Wilson (1927) as in Newcombe, "Two-sided confidence intervals for the single proportion",
    Statistics in Medicine 17 (1998), method 3. Exactly 0 at 0 of n, exactly 1 at n of n.
    """
    if not _is_share(tally):
        return None
    from statsmodels.stats.proportion import proportion_confint

    x, n = tally.numerator, tally.denominator
    low, high = proportion_confint(x, n, alpha=1 - confidence, method="wilson")
    return ConfidenceInterval(0.0 if x == 0 else float(low), 1.0 if x == n else float(high))


def newcombe(tally: Tally, other: Tally, confidence: float = 0.95) -> ConfidenceInterval | None:
    """Where the difference of two shares lies, `tally` less `other`, -1 to 1; None without either.

    Newcombe, "Interval estimation for the difference between independent proportions", Statistics
    in Medicine 17 (1998), method 10.
    """
    if not (_is_share(tally) and _is_share(other)):
        return None
    from statsmodels.stats.proportion import confint_proportions_2indep

    low, high = confint_proportions_2indep(
        tally.numerator,
        tally.denominator,
        other.numerator,
        other.denominator,
        method="newcomb",
        compare="diff",
        alpha=1 - confidence,
    )
    return ConfidenceInterval(float(low), float(high))


def differs_from_the_rest(unit: Tally, rest: Tally) -> bool | None:
    """Whether a unit's share is too high or too low to be the rest's, at 0.001 on either side.

    Exact binomial tails at the share of `rest`, all other units together. A rest of which none or
    all have it is lent half a thing counted: 0 of 3 does not prove that it never happens. None
    where the unit or the rest has nothing to count.
    """
    if not (_is_share(unit) and _is_share(rest)):
        return None
    share = rest.numerator / rest.denominator
    if share in (0, 1):
        share = (rest.numerator + HALF_A_THING) / (rest.denominator + 1)
    x, n = np.array([[unit.numerator], [unit.denominator]], dtype=float)
    tails = binomial_tails(n, share)
    return bool(min(tails.at_most(x)[0], tails.at_least(x)[0]) < DIFFERENT_BELOW)


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
