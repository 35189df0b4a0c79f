"""How large is what a chart marks? From the level that it is judged against, in its own measure."""

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.spc.chart_reading import (
    Assurance,
    Chart,
    ChartPoint,
    ChartReading,
    Rule,
    When,
)

# A range of shares over so much of 0 to 100% leaves hardly a value that would be unusual.
WIDE_SHARE = 0.6
# Where no share: one from nothing to so many times the mean.
TIMES_THE_MEAN = 2
# Limits of these are those of the month's own size.
SIZED = frozenset({Chart.SHARES, Chart.XMR_BY_SIZE})
# Their mean is of all things counted, so a month weighs what it counts.
POOLED = frozenset({Chart.SHARES, Chart.XMR_BY_SIZE})


LATELY = 3


@dataclass(frozen=True)
class Size:
    """How far, signed, from which level, under which rule; `since` the first month of it.

    Of a month outside, the month's distance from the mean; of a run on one side and of months near
    a limit, their mean's; of months rising or falling, from the first of them to the last.
    """

    distance: float
    level: float
    rule: Rule
    since: When


def size_of(reading: ChartReading) -> Size | None:
    """The size of what the latest month is marked for; None where it isn't marked."""
    last = reading.last
    if last is None or last.rule is None or last.value is None or last.mean is None:
        return None
    of_run = reading.points[-reading.run :]
    first = of_run[0]
    if last.rule is Rule.TREND:
        assert first.value is not None, "a month without a value is in no run"
        return Size(last.value - first.value, first.value, last.rule, first.when)
    mean = last.value if last.rule is Rule.OUTSIDE else mean_of(reading.chart, of_run)
    return Size(mean - last.mean, last.mean, last.rule, first.when)


@dataclass(frozen=True)
class Turn:
    """That a run has come back towards its mean: from which month's value, and which way."""

    value: float
    when: When
    is_down: bool


def turned(reading: ChartReading) -> Turn | None:
    """Of a run on one side of the mean: whether its last months have come back towards that.

    Each of the last three lies no farther from it than half of the run's farthest month; None of
    other rules, which speak of the latest months themselves.
    """
    last = reading.last
    if last is None or last.rule is not Rule.SHIFT or last.mean is None:
        return None
    known = [
        (point.value, point.when)
        for point in reading.points[-reading.run :]
        if point.value is not None
    ]
    mean = last.mean
    far, when = max(known, key=lambda one: abs(one[0] - mean))
    is_back = all(abs(value - mean) <= abs(far - mean) / 2 for value, _ in known[-LATELY:])
    return Turn(far, when, far > mean) if is_back else None


def mean_of(chart: Chart, points: Sequence[ChartPoint]) -> float:
    """The mean of the months' values, as the chart's own mean is made; one has a value at least."""
    known = [
        (point.value, (point.denominator if chart in POOLED else None) or 1)
        for point in points
        if point.value is not None
    ]
    return sum(value * weight for value, weight in known) / sum(weight for _, weight in known)


def target_gap(reading: ChartReading) -> float | None:
    """The mean of the latest limits less the target; None where the target is not out of reach."""
    means = [point.mean for point in reading.points if point.mean is not None]
    if reading.assurance is not Assurance.FAIL or reading.target is None or not means:
        return None
    return means[-1] - reading.target


def says_nothing(reading: ChartReading) -> bool:
    """Whether the limits of the latest month hold every value that there can be."""
    last = reading.last
    if last is None or last.lower is None or last.upper is None or reading.ceiling is None:
        return False
    return reading.chart in SIZED and last.lower <= 0 and last.upper >= reading.ceiling


def is_wide(reading: ChartReading) -> bool:
    """Whether the latest month's limits hold so much that being within them tells little."""
    last = reading.last
    if last is None or last.lower is None or last.upper is None or reading.floor is None:
        return False
    low, high = max(last.lower, reading.floor), last.upper
    if reading.ceiling is not None:
        whole = reading.ceiling - reading.floor
        return min(high, reading.ceiling) - low > WIDE_SHARE * whole
    mean = last.mean
    return mean is not None and low == reading.floor and high >= TIMES_THE_MEAN * mean > 0
