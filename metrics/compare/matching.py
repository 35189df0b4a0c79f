"""Like beside like: cases of two cohorts in cells of need, level at entry and age."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from metrics.compare.cohort import Case, Cell, Cohort
from metrics.compare.difference import share_by
from metrics.compare.families import AT_A_TIME, DRAWS, Families, Weights, shares_by
from metrics.spc.proportions import ConfidenceInterval
from metrics.survival.log_rank import LogRank, log_rank

# Of fewer than these with a like, what is left says little of the cohort.
FEWEST_MATCHED = 0.6


@dataclass(frozen=True)
class Matched:
    """Two cohorts cell by cell; `own` is what the other is weighted to be like."""

    own: Cohort
    other: Cohort

    @cached_property
    def cells(self) -> list[Cell]:
        """The cells in which both have a case. Who has no cell on record is like nobody."""
        own, other = ({one.cell for one in of.cases if one.cell} for of in (self.own, self.other))
        return sorted(own & other)

    @cached_property
    def own_like(self) -> Cohort:
        return self.own.of(self._has_like)

    @cached_property
    def other_like(self) -> Cohort:
        return self.other.of(self._has_like)

    @cached_property
    def without_like(self) -> Counter[Cell | None]:
        """How many of `own` have no like, by their cell."""
        return Counter(one.cell for one in self.own.cases if not self._has_like(one))

    @cached_property
    def own_in(self) -> Weights:
        """A row an own case with a like, a column a cell: 1 where the case is in it."""
        return _in_cells(self.own_like, self.cells)

    @cached_property
    def other_in(self) -> Weights:
        return _in_cells(self.other_like, self.cells)

    @property
    def is_enough(self) -> bool:
        """Whether enough of `own` have a like, so that there is a result."""
        return 0 < len(self.own.cases) * FEWEST_MATCHED <= len(self.own_like.cases)

    @property
    def log_rank(self) -> LogRank | None:
        """The test over the whole time, within the cells; None where nothing can be told."""
        return log_rank(
            (self.other_like.of(_of(cell)).stays, self.own_like.of(_of(cell)).stays)
            for cell in self.cells
        )

    def _has_like(self, case: Case) -> bool:
        return case.cell is not None and case.cell in self._cells

    @cached_property
    def _cells(self) -> frozenset[Cell]:
        return frozenset(self.cells)


@dataclass(frozen=True)
class Standardised:
    """The share of those with a like, that of the others made like them, and the difference.

    Shares of 1. `interval` is drawn by families, of `draws` draws by `seed`.
    """

    own: float
    other: float
    interval: ConfidenceInterval
    seed: int
    draws: int = DRAWS

    @property
    def difference(self) -> float:
        return self.own - self.other

    @property
    def is_told_apart(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.interval.low > 0 or self.interval.high < 0


def standardised(matched: Matched, days: int, seed: int) -> Standardised | None:
    """The difference at so many days with like beside like; None where too few have a like.

    Each of the others counts as often as there are own cases in its cell for one of theirs: where
    all is known until then, the differences of the cells by the own cases in them. None, too, where
    of either too few were seen so long.
    """
    cohorts = (matched.own_like, matched.other_like)
    if not matched.is_enough or not all(share_by(one, days) for one in cohorts):
        return None
    once = [np.ones((1, len(one.cases))) for one in cohorts]
    own, other = (float(share[0]) for share in _shares(matched, once[0], once[1], days))
    low, high = np.nanpercentile(_drawn(matched, days, seed), [2.5, 97.5])
    return Standardised(own, other, ConfidenceInterval(float(low), float(high)), seed)


def _drawn(matched: Matched, days: int, seed: int) -> Weights:
    """The difference in each draw of the families of both."""
    chance = np.random.default_rng(seed)
    own, other = Families(matched.own_like), Families(matched.other_like)
    apart = []
    for _ in range(DRAWS // AT_A_TIME):
        drawn = own.drawn(chance, AT_A_TIME), other.drawn(chance, AT_A_TIME)
        shares = _shares(matched, *drawn, days)
        apart.append(shares[0] - shares[1])
    return np.concatenate(apart)


def _shares(matched: Matched, own: Weights, other: Weights, days: int) -> tuple[Weights, Weights]:
    """Both shares in each draw, of the cells that both have in it."""
    own_in, other_in = matched.own_in, matched.other_in
    own_of, other_of = own @ own_in, other @ other_in
    scale = np.divide(own_of, other_of, out=np.zeros_like(own_of), where=other_of > 0)
    own_drawn = own * ((other_of > 0).astype(float) @ own_in.T)
    other_drawn = other * (scale @ other_in.T)
    return (
        shares_by(matched.own_like, own_drawn, days),
        shares_by(matched.other_like, other_drawn, days),
    )


def _in_cells(cohort: Cohort, cells: list[Cell]) -> Weights:
    places = {cell: place for place, cell in enumerate(cells)}
    return np.eye(len(cells))[[places[one.cell] for one in cohort.cases if one.cell]]


def _of(cell: Cell) -> Callable[[Case], bool]:
    return lambda case: case.cell == cell
