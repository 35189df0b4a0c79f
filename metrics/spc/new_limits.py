"""Do the limits rest on a start that is over? Then new ones are proposed, and nobody's are moved.

Two kinds of start are: a year or more that lies on one side of the mean, at the end or at the
beginning of what the limits rest on; and first months that lie outside what has been usual since.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import takewhile

from metrics.spc.chart_reading import ChartPoint, ChartReading, Footing, Latest, When
from metrics.spc.limits import SAME, Options
from metrics.spc.size import mean_of

SUSTAINED = 12
# Fewer could be chance; more months of a ramp than this are a year on one side of the mean.
FEWEST_OF_A_RAMP = 3
FEWEST_AFTER = Options().fewest_points


class Start(Enum):
    """What is over."""

    SUSTAINED = "a year or more on one side of the mean"
    RAMP = "first months outside what has been usual since"


@dataclass(frozen=True)
class Proposal:
    """New limits from `month` on, and the evidence.

    `months` lie in a row above (or below) the mean of `mean`: those from `month` on where
    `is_since`, else those before it. `mean_then` is what the mean would be.
    """

    month: When
    start: Start
    months: int
    is_high: bool
    is_since: bool
    mean: float
    mean_then: float


def proposal(
    reading: ChartReading, reading_from: Callable[[When], ChartReading]
) -> Proposal | None:
    """New limits for the latest phase; None where it has none, or they rest on what goes on.

    `reading_from` draws the chart again with new limits from a month on.
    """
    points = _judged(reading)
    if reading.footing is not Footing.LIMITS or len(points) < SUSTAINED + FEWEST_OF_A_RAMP:
        return None
    return _sustained(reading, points) or _after_a_ramp(reading, points, reading_from)


def _judged(reading: ChartReading) -> list[ChartPoint]:
    """The latest phase's months, without one that is not complete and those that have no value."""
    points = reading.phases[-1] if reading.points else ()
    if reading.latest is not Latest.COMPLETE:
        points = points[:-1]
    return [point for point in points if point.value is not None]


def _sustained(reading: ChartReading, points: Sequence[ChartPoint]) -> Proposal | None:
    """From the first month of a year that still goes on, or after a year that came first."""
    latest, first = _run(points[::-1]), _run(points)
    if SUSTAINED <= latest < len(points):
        return _proposal(reading, points, len(points) - latest, latest, is_since=True)
    if SUSTAINED <= first <= len(points) - FEWEST_AFTER:
        return _proposal(reading, points, first, first, is_since=False)
    return None


def _run(points: Sequence[ChartPoint]) -> int:
    """How many of the points from the first on lie on its side of the mean."""
    side = _side(points[0])
    return len(list(takewhile(lambda point: side and _side(point) == side, points)))


def _side(point: ChartPoint) -> int:
    """1 above the mean of its limits, -1 below, 0 on it."""
    assert point.value is not None and point.mean is not None, "only judged months with a value"
    away = point.value - point.mean
    return 0 if abs(away) <= SAME * max(abs(point.mean), 1) else (1 if away > 0 else -1)


def _proposal(
    reading: ChartReading, points: Sequence[ChartPoint], place: int, months: int, is_since: bool
) -> Proposal:
    mean = points[0].mean
    assert mean is not None, "a phase with limits has a mean"
    is_high = _side(points[place] if is_since else points[0]) > 0
    then = mean_of(reading.chart, points[place:])
    return Proposal(points[place].when, Start.SUSTAINED, months, is_high, is_since, mean, then)


def _after_a_ramp(
    reading: ChartReading,
    points: Sequence[ChartPoint],
    reading_from: Callable[[When], ChartReading],
) -> Proposal | None:
    """From the month after as many first months as lie outside the limits of all that follow."""
    for place in _ends_of_a_ramp(points):
        then = reading_from(points[place].when)
        if then.usual is None or not all(
            _outside(point, *then.usual) == _side(points[0]) for point in points[:place]
        ):
            continue
        found = _proposal(reading, points, place, place, is_since=False)
        return replace(found, start=Start.RAMP)
    return None


def _ends_of_a_ramp(points: Sequence[ChartPoint]) -> Iterator[int]:
    """After how many first months, all on one side, a ramp may be over: the most first."""
    most = min(_run(points), SUSTAINED, len(points) - FEWEST_AFTER)
    yield from range(most, FEWEST_OF_A_RAMP - 1, -1)


def _outside(point: ChartPoint, low: float, high: float) -> int:
    assert point.value is not None, "only judged months with a value"
    return (point.value > high) - (point.value < low)
