"""A run of months in a table's cell: the line, its usual range, and what is not usual."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.marks import COLOURS, is_special
from charts.palette import BAND, INK, QUIET, WHITE
from charts.svg import image, svg
from metrics.spc.chart_reading import ChartPoint, ChartReading

WIDTH, HEIGHT, EDGE = 120, 48, 6
SMALL, LARGE, RING = 2.6, 5.0, 4.0
# Months of the unit that this one continues.
DASHED = " stroke-dasharray='3 3' opacity='0.6'"


@dataclass(frozen=True)
class _Scale:
    """From a month's place and a value to where they are drawn."""

    months: int
    low: float
    high: float

    def x(self, place: float) -> float:
        return EDGE + place * (WIDTH - 2 * EDGE) / max(self.months - 1, 1)

    def y(self, value: float) -> float:
        share = 0.5 if self.high == self.low else (value - self.low) / (self.high - self.low)
        return HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE)


def sparkline(reading: ChartReading, says: str = "") -> Markup:
    """The line breaks where a month has no value, and where limits begin anew.

    Months that stand side by side are dots, each on a bar from 0; one value by itself is not drawn.
    """
    if not reading.is_drawn:
        return Markup("")
    scale, drawn, first = _scale_of(reading), "", 0
    for phase in reading.phases:
        drawn += _band(reading, phase, first, scale)
        for run in reading.runs(phase):
            drawn += _lines(run, first, scale, "" if reading.is_own(run[0]) else DASHED)
            first += len(run)
    if not reading.is_joined:
        drawn += "".join(_bar_to(place, point, scale) for place, point in enumerate(reading.points))
    dots = "".join(_dot(reading, place, point, scale) for place, point in enumerate(reading.points))
    drawn += _what_it_will_be(reading, scale)
    return image(svg(WIDTH, HEIGHT, drawn + dots), says, "cs-spark")


def _what_it_will_be(reading: ChartReading, scale: _Scale) -> str:
    """Under a hollow month, between which values it will probably end."""
    if reading.probable is None:
        return ""
    x, (low, high) = scale.x(len(reading.points) - 1), map(scale.y, reading.probable)
    return f"<path d='M{x:.1f} {low:.1f} V{high:.1f}' stroke='{QUIET}' stroke-width='2.4'/>"


def _scale_of(reading: ChartReading) -> _Scale:
    drawn = [
        reading.drawn(number)
        for point in reading.points
        for number in (point.value, point.lower, point.upper)
    ]
    drawn += reading.probable or ()
    known = [number for number in drawn if number is not None] or [0.0]
    if not reading.is_joined:
        # Two rounds would else lie at the top and the bottom, however near to each other.
        known.append(0.0)
    return _Scale(len(reading.points), min(known), max(known))


def _bar_to(place: int, point: ChartPoint, scale: _Scale) -> str:
    if point.value is None:
        return ""
    x, zero, y = scale.x(place), scale.y(0), scale.y(point.value)
    return f"<path d='M{x:.1f} {zero:.1f} V{y:.1f}' stroke='{QUIET}' stroke-width='3'/>"


def _band(reading: ChartReading, phase: Sequence[ChartPoint], first: int, scale: _Scale) -> str:
    edges = [
        (place, low, high)
        for place, point in enumerate(phase, first)
        if (low := reading.drawn(point.lower)) is not None
        and (high := reading.drawn(point.upper)) is not None
    ]
    above = [f"{scale.x(place):.1f},{scale.y(high):.1f}" for place, _, high in edges]
    below = [f"{scale.x(place):.1f},{scale.y(low):.1f}" for place, low, _ in reversed(edges)]
    return f"<polygon points='{' '.join(above + below)}' fill='{BAND}'/>" if edges else ""


def _lines(phase: Sequence[ChartPoint], first: int, scale: _Scale, dashes: str) -> str:
    runs: list[list[str]] = [[]]
    for place, point in enumerate(phase, first):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{scale.x(place):.1f},{scale.y(point.value):.1f}")
    line = f"fill='none' stroke='{INK}' stroke-width='2'{dashes}"
    return "".join(f"<polyline points='{' '.join(run)}' {line}/>" for run in runs if len(run) > 1)


def _dot(reading: ChartReading, place: int, point: ChartPoint, scale: _Scale) -> str:
    """The last month, every point that is not usual, and a month between two gaps."""
    is_last = place == len(reading.points) - 1
    around = [
        reading.points[beside]
        for beside in (place - 1, place + 1)
        if 0 <= beside < len(reading.points)
    ]
    is_alone = not reading.is_joined or all(neighbour.value is None for neighbour in around)
    if point.value is None or not (is_last or is_special(point.mark) or is_alone):
        return ""
    x, y = scale.x(place), scale.y(point.value)
    if reading.is_unfinished(point):
        ring = f"fill='{WHITE}' stroke='{COLOURS[point.mark]}' stroke-width='2.2'"
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{RING}' {ring}/>"
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{LARGE if is_last else SMALL}'"
        f" fill='{COLOURS[point.mark]}'/>"
    )
