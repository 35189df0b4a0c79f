"""Whether two groups' times differ as a whole: the log-rank test, with delayed entry and strata."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import erfc, sqrt

import numpy as np

from metrics.survival.kaplan_meier import Stays


@dataclass(frozen=True)
class LogRank:
    """What was seen in the second group beside what would be if both were one.

    `chi_square` has one degree of freedom; `p` is how often chance gives as much or more.
    """

    seen: int
    expected: float
    variance: float

    @property
    def chi_square(self) -> float:
        return (self.seen - self.expected) ** 2 / self.variance

    @property
    def p(self) -> float:
        return erfc(sqrt(self.chi_square / 2))


def log_rank(strata: Iterable[tuple[Stays, Stays]]) -> LogRank | None:
    """The test over strata, in each of which like is set beside like: (first, second group).

    None where no end can tell the two apart: nobody ended, or whoever did had nobody beside.
    Mantel, Cancer Chemotherapy Reports 50 (1966) 163-170; at risk are those who had entered.
    """
    parts = [_of_stratum(first, second) for first, second in strata]
    seen, expected, variance = (sum(values) for values in zip(*parts, strict=True)) if parts else (
        0, 0.0, 0.0,
    )  # fmt: skip
    return LogRank(int(seen), float(expected), float(variance)) if variance > 0 else None


def _of_stratum(first: Stays, second: Stays) -> tuple[int, float, float]:
    """Ends seen in the second group, expected there, and their variance."""
    of_first, of_second = (
        one.left[one.ended & (one.left > one.entered)] for one in (first, second)
    )
    days, ended = np.unique(np.concatenate([of_first, of_second]), return_counts=True)
    beside, within = first.at_risk_on(days), second.at_risk_on(days)
    at_risk = beside + within
    expected = ended * within / at_risk
    # Of one alone at risk it is known that it ended: the variance is nothing, and not 0 over 0.
    others = np.maximum(at_risk - 1, 1)
    variance = expected * beside / at_risk * (at_risk - ended) / others
    return of_second.size, expected.sum(), variance.sum()
