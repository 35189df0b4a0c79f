"""Where a difference lies when children of a family move together: by drawing whole families."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from metrics.compare.cohort import Cohort
from metrics.compare.difference import Apart, apart_at
from metrics.spc.proportions import ConfidenceInterval

DRAWS = 1000
AT_A_TIME = 100
KNOWN_OF_ALL = 0.9

Weights = NDArray[np.float64]


@dataclass(frozen=True)
class Families:
    """A cohort's cases by family, to be drawn from; who has none on record is one alone.

    Unless nine in ten have one on record every child is: intervals are then too narrow.
    """

    cohort: Cohort

    @cached_property
    def are_known(self) -> bool:
        known = sum(one.family_id is not None for one in self.cohort.cases)
        return known >= KNOWN_OF_ALL * len(self.cohort.cases)

    @cached_property
    def _numbers(self) -> NDArray[np.int64]:
        """The family of each case, as a number."""
        names = [
            ("family", one.family_id) if one.family_id and self.are_known else ("alone", str(place))
            for place, one in enumerate(self.cohort.cases)
        ]
        numbers = {name: number for number, name in enumerate(dict.fromkeys(names))}
        return np.array([numbers[name] for name in names], dtype=np.int64)

    def drawn(self, chance: np.random.Generator, draws: int) -> Weights:
        """How often each case stands in each of so many draws of as many families as there are."""
        families = int(self._numbers.max()) + 1
        times = chance.multinomial(families, np.full(families, 1 / families), size=draws)
        return times[:, self._numbers].astype(float)


def apart_by_families(own: Cohort, other: Cohort, days: int, seed: int) -> Apart | None:
    """`apart_at`, with an interval no narrower than drawing families gives.

    Nor is it narrower than if children were independent: few draws of rare outcomes hold none, and
    what never happened would be certain.
    """
    return aparts_by_families(own, other, (days,), seed)[0]


def aparts_by_families(
    own: Cohort, other: Cohort, days: Sequence[int], seed: int
) -> list[Apart | None]:
    """The same at each of several days, from the same draws."""
    found = [apart_at(own, other, one) for one in days]
    if not any(found):
        return found
    chance, both = np.random.default_rng(seed), (Families(own), Families(other))
    apart = [_apart_of_draws(both, chance, days) for _ in range(DRAWS // AT_A_TIME)]
    ends = np.percentile(np.concatenate(apart), [2.5, 97.5], axis=0)
    return [one and _widened(one, *ends[:, place]) for place, one in enumerate(found)]


def _widened(apart: Apart, low: float, high: float) -> Apart:
    ends = min(apart.interval.low, float(low)), max(apart.interval.high, float(high))
    return replace(apart, interval=ConfidenceInterval(*ends))


def _apart_of_draws(
    both: tuple[Families, Families], chance: np.random.Generator, days: Sequence[int]
) -> Weights:
    own, other = (shares_at(one.cohort, one.drawn(chance, AT_A_TIME), days) for one in both)
    return own - other


def shares_by(cohort: Cohort, weights: Weights, days: int) -> Weights:
    """Which share had the outcome within so many days, by Kaplan and Meier, in each draw.

    `weights` has a row a draw, a column a case; where a draw is of nobody the share is NaN.
    """
    return shares_at(cohort, weights, (days,))[:, 0]


def shares_at(cohort: Cohort, weights: Weights, days: Sequence[int]) -> Weights:
    """The same at each of several days: a row a draw, a column a day."""
    order = np.argsort(cohort.lasted, kind="stable")
    lasted, drawn = cohort.lasted[order], weights[:, order]
    days_of, starts = np.unique(lasted, return_index=True)
    all_then = np.add.reduceat(drawn, starts, axis=1)
    had = np.add.reduceat(drawn * cohort.happened[order], starts, axis=1)
    at_risk = np.cumsum(all_then[:, ::-1], axis=1)[:, ::-1]
    stay = 1 - np.divide(had, at_risk, out=np.zeros_like(had), where=at_risk > 0)
    lasting = [np.prod(stay[:, days_of <= one], axis=1) for one in days]
    is_somebody = weights.sum(axis=1) > 0
    return np.array([np.where(is_somebody, 1 - one, np.nan) for one in lasting]).T
