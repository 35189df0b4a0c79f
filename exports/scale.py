"""The scale of a slide's line: near enough to show what moves, and no nearer than is honest.

It covers the values and the limits that are drawn. The usual range takes up half of its height at
most, and its height is a fifth of the highest value at least, so that what is chance looks like it
and a flat line is flat. A target that lies further away than the scale is high would press the line
flat: it is named, not drawn. Bars begin at 0 always, since their length is what they say.
"""

from collections.abc import Iterator, Sequence
from math import ceil, floor, log10

from metrics.result import Result
from metrics.spc.chart_reading import ChartReading

USUAL_TAKES_AT_MOST, LEAST_OF_THE_HIGHEST = 0.5, 0.2
ROUND_STEPS = (1, 2, 5, 10)
WHOLE = 100.0
Ends = tuple[float, float]


def scale_of(
    trend: Sequence[Result], reading: ChartReading | None, steps: int = 5
) -> dict[str, float]:
    """Lowest, highest and the step between, in at most about so many round steps."""
    low, high = _ends(trend, reading)
    if (target := target_drawn(trend, reading)) is not None:
        low, high = min(low, target), max(high, target)
    step = _round_step((high - low) / steps or 1)
    return {
        "min": floor(low / step + 0.001) * step,
        "max": ceil(high / step - 0.001) * step or step,
        "major_unit": step,
    }


def target_drawn(trend: Sequence[Result], reading: ChartReading | None) -> float | None:
    """The latest target where it is near enough to be drawn."""
    target = latest_target(trend)
    low, high = _ends(trend, reading)
    is_near = target is not None and low - (high - low) <= target <= high + (high - low)
    return target if is_near else None


def latest_target(trend: Sequence[Result]) -> float | None:
    known = [result.target for result in trend if result.target is not None]
    return known[-1] if known else None


def _ends(trend: Sequence[Result], reading: ChartReading | None) -> Ends:
    """Of values and limits, wide enough for both rules, and within what the measure can be."""
    numbers = list(_numbers(trend, reading))
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    usual = reading.usual[1] - reading.usual[0] if reading and reading.usual else 0.0
    least = LEAST_OF_THE_HIGHEST * max((abs(number) for number in numbers), default=1.0)
    missing = max(usual / USUAL_TAKES_AT_MOST, least) - (high - low)
    if missing > 0:
        low, high = low - missing / 2, high + missing / 2
    return _within_bounds(low, high, trend)


def _within_bounds(low: float, high: float, trend: Sequence[Result]) -> Ends:
    """Moved, and not cut, so that it stays as high: below 0 is only what can be."""
    measure = trend[-1].metric.measure
    if low < 0 and not measure.is_signed:
        low, high = 0.0, high - low
    if measure.is_share and high > WHOLE:
        low, high = max(0.0, low - (high - WHOLE)), WHOLE
    return low, high


def _numbers(trend: Sequence[Result], reading: ChartReading | None) -> Iterator[float]:
    yield from (result.value for result in trend if result.value is not None)
    if reading is None:
        return
    for point in reading.points:
        drawn = (reading.drawn(point.lower), reading.drawn(point.upper), point.value)
        yield from (number for number in drawn if number is not None)
    yield from reading.probable or ()
    yield from (value for _, value in reading.same_age if value is not None)


def _round_step(wanted: float) -> float:
    magnitude = 10.0 ** floor(log10(wanted))
    return next(magnitude * times for times in ROUND_STEPS if magnitude * times >= wanted * 0.999)
