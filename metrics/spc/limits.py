"""What does this line usually do? Means, limits and phases, in plain numpy.

XmR charts as in Wheeler, "Understanding Variation" (1993), with the rules of NHS England's
"Making data count". `NHS_ENGLAND` and `PLOT_THE_DOTS` are read as their tools read them, but for
screening where many values repeat: see `mean_moving_range`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from metrics.model import Polarity
from metrics.spc.chart_reading import Assurance, Footing

Series = NDArray[np.float64]
Zones = NDArray[np.int64]

TO_LIMIT = 2.66  # 3 ÷ 1.128: from a mean moving range to three standard deviations
NEAR = 2 / 3
SCREEN_FROM = 3.267
# A mean of tenths is off by a float's last digit; a value on a limit is not beyond it.
SAME = 1e-12
ON_A_SIDE, NEAR_LIMIT, OUTSIDE = 1, 2, 3


@dataclass(frozen=True)
class Options:
    """How charts are read; `fixed_after` takes limits from a phase's first so many months."""

    run_length: int = 7
    screens_outliers: bool = False
    near_counts_outside: bool = True
    fewest_points: int = 13
    fixed_after: int | None = None


NHS_ENGLAND = Options(run_length=6)
PLOT_THE_DOTS = Options(screens_outliers=True, near_counts_outside=False, fewest_points=2)


@dataclass(frozen=True)
class Phase:
    """One phase, an entry a month: its limits, and how far from the middle each value lies.

    `zone` is 0 on the mean or for no value, 1 on a side of it, 2 beyond the near limit, 3 beyond
    the limit; negative below. `usual` are the limits of a month of usual size. `weight` is what a
    month counts for in a run: 1, or more where its side of the mean is less likely than the other.
    """

    values: Series
    footing: Footing
    mean: float | None
    lower: Series
    upper: Series
    zone: Zones
    usual: tuple[float, float] | None
    weight: Series


def without_limits(values: Series, footing: Footing) -> Phase:
    """A phase in which nothing is judged; of a constant one the mean is that value."""
    known = values[~np.isnan(values)]
    none = np.full(len(values), np.nan)
    mean = float(known[0]) if footing is Footing.CONSTANT else None
    return Phase(values, footing, mean, none, none, np.zeros(len(values), int), None, none)


def footing_of(values: Series, options: Options) -> Footing:
    """Whether a phase can have limits: enough months, enough neighbours, any change at all."""
    fixing = values[: options.fixed_after]
    known = values[~np.isnan(values)]
    changes = moving_ranges(fixing)
    if len(known) == 0:
        return Footing.NO_DATA
    if np.count_nonzero(~np.isnan(fixing)) < options.fewest_points:
        return Footing.TOO_FEW
    if np.ptp(known) <= SAME * np.abs(known).max():
        return Footing.CONSTANT
    neighbours = np.count_nonzero(~np.isnan(changes))
    if neighbours < max(options.fewest_points // 2, 1) or not np.nansum(changes) > 0:
        return Footing.NO_RANGE
    return Footing.LIMITS


def moving_ranges(values: Series) -> Series:
    """From each month to the next, one fewer than months; NaN where either has no value."""
    return np.abs(np.diff(values))


def mean_moving_range(values: Series, screens_outliers: bool = False) -> float:
    """Over neighbouring months; NaN where there are none.

    Screened once: ranges of 3.267 times the mean or more are left out, unless that leaves no
    change at all, or more than a third of the values repeat the month before. NHSRplotthedots
    screens there too, and so has narrower limits: docs/statistics.md says how often.
    """
    changes = moving_ranges(values)
    changes = changes[~np.isnan(changes)]
    if not len(changes):
        return float("nan")
    mean = float(changes.mean())
    repeated = np.count_nonzero(changes == 0)
    if not screens_outliers or 3 * repeated > np.count_nonzero(~np.isnan(values)):
        return mean
    screened = changes[changes < SCREEN_FROM * mean]
    return float(screened.mean()) if screened.any() else mean


def xmr(values: Series, options: Options) -> Phase:
    """One phase of single values: mean ± 2.66 times the mean moving range."""
    footing = footing_of(values, options)
    if footing is not Footing.LIMITS:
        return without_limits(values, footing)
    fixing = values[: options.fixed_after]
    mean = float(np.nanmean(fixing))
    width = TO_LIMIT * mean_moving_range(fixing, options.screens_outliers)
    return phase_between(values, mean, np.full(len(values), width), (mean - width, mean + width))


def xmr_by_size(values: Series, sizes: Series, mean: float, options: Options) -> Phase:
    """One phase of averages over so many things: limits as wide as each month's size lets them be.

    An average of 4 strays twice as far as one of 16, so moving ranges are taken after each value's
    distance from `mean`, the average over all things, is multiplied by the root of its size.
    """
    footing = footing_of(values, options)
    if footing is not Footing.LIMITS:
        return without_limits(values, footing)
    roots = np.sqrt(sizes)
    sized_distances = ((values - mean) * roots)[: options.fixed_after]
    width = TO_LIMIT * mean_moving_range(sized_distances, options.screens_outliers)
    if not width > 0:
        return without_limits(values, Footing.NO_RANGE)
    usual = width / float(np.sqrt(np.nanmedian(sizes)))
    return phase_between(values, mean, width / roots, (mean - usual, mean + usual))


def phase_between(values: Series, mean: float, widths: Series, usual: tuple[float, float]) -> Phase:
    """A phase with limits at `mean` ± `widths`."""
    away = np.nan_to_num(values - mean)
    far = np.abs(away) - SAME * np.nanmax(np.abs(values))
    zone = np.where(far > 0, ON_A_SIDE, 0)
    zone = np.where(far > NEAR * widths, NEAR_LIMIT, zone)
    zone = np.where(far > widths, OUTSIDE, zone) * np.sign(away).astype(int)
    ones = np.ones(len(values))
    return Phase(values, Footing.LIMITS, mean, mean - widths, mean + widths, zone, usual, ones)


def assurance(phase: Phase, target: float | None, better: Polarity) -> Assurance | None:
    """The target against the limits of `phase`; a constant phase's only value is both of them."""
    if target is None or better is Polarity.NEITHER:
        return None
    sign = 1 if better is Polarity.HIGHER_IS_BETTER else -1
    if phase.footing is Footing.CONSTANT and phase.mean is not None:
        return Assurance.PASS if sign * (phase.mean - target) >= 0 else Assurance.FAIL
    if phase.usual is None:
        return None
    worst, best = sorted(sign * limit for limit in phase.usual)
    if sign * target < worst:
        return Assurance.PASS
    return Assurance.FAIL if sign * target > best else Assurance.HIT_OR_MISS


def phases(
    values: Series, starts: Sequence[int], phase_of: Callable[[slice], Phase]
) -> list[Phase]:
    """The series cut before each of `starts`, one phase at least: nothing counts across a cut."""
    edges = [*sorted({0, *starts}), len(values)]
    return [phase_of(slice(*pair)) for pair in pairwise(edges)]
