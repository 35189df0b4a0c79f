"""How much of a month is entered after it has been told, and what that makes likely of this one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

import numpy as np

from metrics.model import Period
from metrics.writing import several

MONTHS_OF_HISTORY = 24
FEWEST_MONTHS = 12
RECENT_MONTHS = 6
LEAST_COVERAGE = 0.9
MOST_SPREAD = 20
ENDS_OF_USUAL = (0.1, 0.9)


def latest_complete(as_at: date) -> Period:
    """The last month that the data cover to its end."""
    return Period.of(as_at + timedelta(days=1)).shift(-1)


def days_since_month_end(as_at: date) -> int:
    """How many days have passed since the latest complete month ended: 0 on its last day."""
    return (as_at - latest_complete(as_at).last_day).days


@dataclass(frozen=True)
class PastMonth:
    """One complete month: the share (0 to 100) made in time and entered after as many days as now.

    `coverage`: of what share (0 to 1) of visits made the recording date is known. None: no visits.
    """

    period: Period
    entered_after: float | None
    coverage: float | None


@dataclass(frozen=True)
class UsualLateShare:
    """Between which shares (0 to 100) of a month are usually still to be entered; or why not said.

    Eight months in ten lie between `low` and `high`, both values that occurred.
    """

    low: float = 0
    high: float = 0
    why_not: str | None = None


def usual_late_share(history: Iterable[PastMonth]) -> UsualLateShare:
    """What the history makes likely; withdrawn where it is short, patchy or unstable.

    Months count whose recording dates are known for nine visits in ten. Of those at least twelve
    are needed. Unstable: the range is wider than 20 points, or the median of the last six months
    lies outside the range of those before. Local rules: docs/decisions.md, 26.
    """
    months = sorted(history, key=lambda month: month.period.start)[-MONTHS_OF_HISTORY:]
    counted = [month for month in months if month.entered_after is not None]
    known = [month for month in counted if (month.coverage or 0) >= LEAST_COVERAGE]
    shares = [month.entered_after or 0.0 for month in known]
    if len(shares) < FEWEST_MONTHS:
        return UsualLateShare(why_not=_too_few(len(counted), len(known)))
    before, recent = shares[:-RECENT_MONTHS], shares[-RECENT_MONTHS:]
    low, high = _range(before)
    if not low <= median(recent) <= high:
        since = known[-RECENT_MONTHS].period
        return UsualLateShare(why_not=f"how much is entered late has changed since {since}")
    low, high = _range(shares)
    if high - low > MOST_SPREAD:
        return UsualLateShare(
            why_not="how much is entered late differs too much from month to month"
        )
    return UsualLateShare(low, high)


def _too_few(counted: int, known: int) -> str:
    if counted >= FEWEST_MONTHS:
        return (
            f"only {several(known, 'earlier month has', 'earlier months have')} recording"
            " dates for nine visits in ten,"
            f" and {FEWEST_MONTHS} are needed"
        )
    have = several(counted, "earlier month has", "earlier months have")
    return f"only {have} visits due, and {FEWEST_MONTHS} are needed"


def _range(shares: list[float]) -> tuple[float, float]:
    """By nearest rank: both ends are shares that occurred."""
    low, high = np.quantile(shares, ENDS_OF_USUAL, method="inverted_cdf").tolist()
    return low, high
