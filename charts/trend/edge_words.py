"""How a chart's months and the words at its right edge fit: each range beside its own band."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

from metrics.spc.chart_reading import ChartReading

# Parts of the height that stay free over the highest and under the lowest of what is drawn.
FREE = 0.08


@dataclass(frozen=True)
class Ends:
    """The lowest and highest value that a chart has room for."""

    low: float
    high: float

    def pixels(self, value: float, height: float) -> float:
        """How far above the bottom of a plot so high."""
        return (value - self.low) / (self.high - self.low) * height

    def value(self, pixels: float, height: float) -> float:
        return self.low + pixels / height * (self.high - self.low)


STEPS = (1, 2, 2.5, 5, 10)


def round_step(least: float) -> float:
    """The round number next above `least`: how far apart two names of an axis stand."""
    power = 10.0 ** len(str(int(1 / least))) if least < 1 else 1.0
    size = 10.0 ** (len(str(int(least * power))) - 1) / power
    return next(size * step for step in STEPS if size * step >= least)


def ends_of(values: Iterable[float | None], reading: ChartReading) -> Ends:
    """Room for all the values; from 0 where there are no limits; never below what can be."""
    known = [value for value in values if value is not None]
    # With limits the question is what varies, and how much: from 0 they would be one line.
    known += [0.0] if reading.usual is None or not known else []
    low, high = min(known), max(known)
    free = FREE * ((high - low) or abs(high) or 1)
    least = 0.0 if low >= 0 and reading.usual is None else reading.floor
    return Ends(low - free if least is None else max(low - free, least), high + free)


def is_free_above(level: float, values: Iterable[float | None]) -> bool:
    """Whether words at a level line stand clearer of the values above it than under it."""
    apart = [value - level for value in values if value is not None]
    above, below = [gap for gap in apart if gap >= 0], [-gap for gap in apart if gap <= 0]
    return min(above, default=inf) >= min(below, default=inf)


def clear_of(
    value: float, band: tuple[float, float], plot: tuple[float, float], by: float
) -> float:
    """Where a band's words stand: at its middle, or as near as leaves the value's own words free.

    All are pixels on one upright scale; `plot` is its lowest and highest.
    """
    middle = sum(band) / 2
    if abs(middle - value) >= by:
        return middle
    inside = [height for height in (value - by, value + by) if plot[0] <= height <= plot[1]]
    return min(inside or [middle], key=lambda height: abs(height - middle))
