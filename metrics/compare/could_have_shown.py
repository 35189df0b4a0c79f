"""What so many cases could have shown: the smallest difference, and how many one would need.

By the arcsine of shares, as Cohen's h: "Statistical power analysis" (1988), chapter 6.
"""

from math import asin, ceil, inf, pi, sin, sqrt
from statistics import NormalDist

POWER = 0.8
ENOUGH = NormalDist().inv_cdf(0.975) + NormalDist().inv_cdf(POWER)


def needed_a_side(share: float, other: float) -> float:
    """How many cases in each of two sets tell two shares apart in four of five tries.

    At 95%; shares of 1. Infinitely many where they are the same.
    """
    apart = _turned(share) - _turned(other)
    return ceil(2 * (ENOUGH / apart) ** 2) if apart else inf


def smallest_shown(share: float, own: float, other: float) -> tuple[float | None, float | None]:
    """Which shares, below and above `share`, are told apart from it in four of five tries.

    `own` and `other` are the cases of each set. None where no share is so far away.
    """
    if own <= 0 or other <= 0:
        return None, None
    apart = ENOUGH * sqrt(1 / own + 1 / other)
    ends = _turned(share) - apart, _turned(share) + apart
    low, high = (sin(end / 2) ** 2 if 0 <= end <= pi else None for end in ends)
    return low, high


def _turned(share: float) -> float:
    return 2 * asin(sqrt(share))
