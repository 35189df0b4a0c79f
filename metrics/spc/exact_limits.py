"""Limits for small numbers: exact chances in the place of standard deviations.

A value is outside, near, or on a side where so far out or further is rarer than three, two and
no standard deviations are on a normal curve. So no rule is likelier to apply by chance than on a
chart of large numbers, however few are counted and however rare the thing is. A month weighs in a
run what its side of the median is worth in tosses of a coin: a side of 1 in 3 counts for 1.6.
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.typing import NDArray

from metrics.spc.chart_reading import Footing
from metrics.spc.limits import (
    NEAR_LIMIT,
    ON_A_SIDE,
    OUTSIDE,
    Options,
    Phase,
    Series,
    Zones,
    footing_of,
    without_limits,
)
from metrics.spc.proportions import Counts, Tails, binomial_tails, geometric_tails, poisson_tails

# One tail of the normal curve beyond 3, 2 and 0 standard deviations.
BEYOND = ((OUTSIDE, 0.0013499), (NEAR_LIMIT, 0.0227501), (ON_A_SIDE, 0.5))
RANGE_OF_A_NORMAL = 1.128
Flags = NDArray[np.bool_]


def share_phase(x: Counts, n: Counts, scale: float, options: Options) -> Phase:
    """One phase of x of n as a p-chart: each month has limits from its own n. NaN: no value."""
    values = scale * _divided(x, n)
    footing = footing_of(values, options)
    if footing is not Footing.LIMITS:
        return without_limits(values, footing)
    known = ~np.isnan(values)
    fixing = known & _first(len(values), options.fixed_after)
    share = float(x[fixing].sum() / n[fixing].sum())
    scatter = _scatter((_divided(x, n) - share) / np.sqrt(share * (1 - share) / n), fixing)
    # The month of usual size goes with the others, so that limits are worked out once.
    usual = max(float(np.floor(np.median(n[fixing]))), 1)
    sizes, counts = np.append(np.where(known, n, 1), usual), np.append(np.where(known, x, 0), 0)
    bounds = _bounds(lambda of: binomial_tails(of, share, scatter), counts, sizes)
    low, high = scale * bounds.low / sizes, scale * bounds.high / sizes
    return Phase(
        values,
        Footing.LIMITS,
        scale * share,
        np.where(known, low[:-1], np.nan),
        np.where(known, high[:-1], np.nan),
        np.where(known, bounds.zone[:-1], 0),
        (float(low[-1]), float(high[-1])),
        bounds.weight[:-1],
    )


def count_phase(x: Counts, options: Options) -> Phase:
    """One phase of rare events counted by the month, by Poisson's distribution."""
    footing = footing_of(x, options)
    if footing is not Footing.LIMITS:
        return without_limits(x, footing)
    known = ~np.isnan(x)
    fixing = known & _first(len(x), options.fixed_after)
    mean = float(x[fixing].mean())
    scatter = _scatter((x - mean) / sqrt(mean), fixing)
    furthest = np.full(len(x), ceil(mean + 12 * sqrt(mean * scatter) + 12 * scatter), dtype=float)
    return _one_width(x, mean, poisson_tails(mean, scatter), furthest)


def gap_phase(days: Counts, options: Options) -> Phase:
    """One phase of days between events (a g-chart), by the geometric distribution."""
    footing = footing_of(days, options)
    if footing is not Footing.LIMITS:
        return without_limits(days, footing)
    mean = float(days[: options.fixed_after].mean())
    furthest = np.full(len(days), ceil(10 * (mean + 1)), dtype=float)
    return _one_width(days, mean, geometric_tails(mean), furthest)


def _one_width(x: Counts, mean: float, tails: Tails, furthest: Counts) -> Phase:
    known = ~np.isnan(x)
    bounds = _bounds(lambda _: tails, np.where(known, x, 0), furthest)
    usual = (float(bounds.low[0]), float(bounds.high[0]))
    zone = np.where(known, bounds.zone, 0)
    return Phase(x, Footing.LIMITS, mean, bounds.low, bounds.high, zone, usual, bounds.weight)


@dataclass(frozen=True)
class _Bounds:
    """For each month: the fewest and the most that are not outside, where it lies, its weight."""

    low: Counts
    high: Counts
    zone: Zones
    weight: Series


def _bounds(tails_of: Callable[[Counts], Tails], x: Counts, furthest: Counts) -> _Bounds:
    """By halving between 0 and `furthest`, once for months of the same size."""
    sizes, place = np.unique(furthest, return_inverse=True)
    tails, chances = tails_of(sizes), np.array([[BEYOND[0][1]], [BEYOND[-1][1]]])
    last = np.broadcast_to(sizes, (2, len(sizes)))
    fewest = _first_where(lambda k: tails.at_most(k) >= chances, last)
    most = _first_where(lambda k: tails.at_least(k) < chances, last + 1) - 1
    # A side of the median that no count lies on is no side: its weight is never used.
    below = np.where(fewest[1] > 0, tails.at_most(np.maximum(fewest[1] - 1, 0)), 1)
    above = np.where(most[1] < sizes, tails.at_least(np.minimum(most[1] + 1, sizes)), 1)
    zone = _zones(tails_of(furthest), x)
    weight = -np.log2(np.where(zone > 0, above[place], below[place]))
    return _Bounds(fewest[0][place], most[0][place], zone, weight)


def _zones(tails: Tails, x: Counts) -> Zones:
    at_most, at_least = tails.at_most(x), tails.at_least(x)
    zone = np.zeros(len(x), int)
    for how_far, chance in reversed(BEYOND):
        zone = np.where(at_least < chance, how_far, zone)
        zone = np.where(at_most < chance, -how_far, zone)
    return zone


def _first_where(holds: Callable[[Counts], Flags], furthest: Counts) -> Counts:
    """The smallest whole number up to `furthest` from which on it holds, for each month."""
    low, high = np.zeros_like(furthest), furthest.copy()
    while (low < high).any():
        middle = np.floor((low + high) / 2)
        enough = holds(middle)
        high = np.where(enough, middle, high)
        low = np.where(enough, low, np.minimum(middle + 1, high))
    return high


def _scatter(away: Series, fixing: Flags) -> float:
    """By how much the variance between neighbouring months exceeds chance's; 1 where it doesn't.

    Laney, "Improved control charts for attributes", Quality Engineering 14 (2002): the moving
    range of standardised values tells it, and a lasting change hardly adds to it.
    """
    changes = np.abs(np.diff(np.where(fixing, away, np.nan)))
    changes = changes[~np.isnan(changes)]
    return max(1.0, float(changes.mean() / RANGE_OF_A_NORMAL) ** 2)


def _divided(x: Counts, n: Counts) -> Series:
    return np.divide(x, n, out=np.full(len(x), np.nan), where=n > 0)


def _first(length: int, fixed_after: int | None) -> Flags:
    return np.arange(length) < (length if fixed_after is None else fixed_after)
