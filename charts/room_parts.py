"""What the room's chart is drawn with, and what it shows of a month that is still being entered."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Protocol

from markupsafe import escape

from charts.marks import COLOURS
from charts.palette import FONT, INK, QUIET, WHITE
from metrics.spc.chart_reading import ChartPoint, ChartReading, Mark
from metrics.spc.new_months import line_name

LEFT, TOP = 78, 44
TEXT = 24
# Months of the unit that this one continues.
DASHED = " stroke-dasharray='10 8' opacity='0.6'"
POINTS = {
    Mark.IMPROVEMENT: "M{x:.1f} {top:.1f} l11 19 h-22 z",
    Mark.CONCERN: "M{x:.1f} {bottom:.1f} l11 -19 h-22 z",
    Mark.NEUTRAL: "M{x:.1f} {top:.1f} l10 10 l-10 10 l-10 -10 z",
}
DOTTED = " stroke-dasharray='2 6'"
Where = tuple[float, float]


class Frame(Protocol):
    """Where months and values lie."""

    def x(self, place: float) -> float: ...
    def y(self, value: float) -> float: ...


def months_at_its_age(reading: ChartReading, frame: Frame, y: float) -> Iterator[str]:
    """The earlier months when they were as old as the new one: a second line, dotted and named.

    The name stands at `y`.
    """
    known = [
        (place, value) for place, (_, value) in enumerate(reading.same_age) if value is not None
    ]
    for _, run in groupby(enumerate(known), key=lambda numbered: numbered[1][0] - numbered[0]):
        points = [(frame.x(place), frame.y(value)) for _, (place, value) in run]
        yield polyline(points, QUIET, 2.5, DOTTED)
    if known:
        yield text(LEFT + 8, y, f"{line_name(reading)} (dotted)", QUIET, "start")


def what_it_will_be(reading: ChartReading, frame: Frame) -> Iterator[str]:
    """Under the hollow month, between which values it will probably end."""
    if reading.probable:
        x, (low, high) = frame.x(len(reading.points) - 1), map(frame.y, reading.probable)
        yield f"<path d='M{x:.1f} {low:.1f} V{high:.1f}' stroke='{QUIET}' stroke-width='6'/>"


def unit_before(reading: ChartReading, frame: Frame) -> Iterator[str]:
    """Whose the dashed months are, over the first of them."""
    known = [
        (place, point.value)
        for place, point in enumerate(reading.points)
        if point.value is not None and not reading.is_own(point)
    ]
    for place, value in known[:1]:
        words = f"{escape(reading.continues)} (dashed)"
        yield text(frame.x(place), frame.y(value) - 16, words, QUIET, "start")


def line_of_months(reading: ChartReading, frame: Frame) -> Iterator[str]:
    """It breaks where a month has no value, and before the first of the unit's own.

    There is none where months stand side by side.
    """
    if not reading.is_joined:
        return
    known = [
        (place, point.value, reading.is_own(point))
        for place, point in enumerate(reading.points)
        if point.value is not None
    ]
    neighbours = groupby(
        enumerate(known), key=lambda numbered: (numbered[1][0] - numbered[0], numbered[1][2])
    )
    for (_, is_own), run in neighbours:
        points = [(frame.x(place), frame.y(value)) for _, (place, value, _) in run]
        yield polyline(points, INK, 4, "" if is_own else DASHED)


def points_of_months(reading: ChartReading, frame: Frame) -> Iterator[str]:
    for place, point in enumerate(reading.points):
        yield _point(point, frame.x(place), frame, reading.is_unfinished(point))


def _point(point: ChartPoint, x: float, frame: Frame, is_hollow: bool) -> str:
    if point.value is None:
        return ""
    y = frame.y(point.value)
    if point.mark in POINTS:
        path = POINTS[point.mark].format(x=x, top=y - 12, bottom=y + 12)
        fill, edge = COLOURS[point.mark], WHITE
        if is_hollow:
            fill, edge = WHITE, f"{fill}' stroke-width='3"
        return f"<path d='{path}' fill='{fill}' stroke='{edge}'/>"
    # A month that can't be judged is a ring: it says nothing yet, or not its last word.
    fill = QUIET if point.mark and not is_hollow else WHITE
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='7' fill='{fill}' stroke='{QUIET}' stroke-width='3'/>"
    )


def polyline(points: Sequence[Where], ink: str, width: float, dashes: str = "") -> str:
    """A line through the points."""
    line = f"fill='none' stroke='{ink}' stroke-width='{width}'{dashes}"
    return f"<polyline points='{path(points)}' {line}/>"


def path(points: Sequence[Where]) -> str:
    """Points as SVG writes them."""
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def text(
    x: float, y: float, words: str, ink: str, anchor: str, size: int = TEXT, weight: int = 400
) -> str:
    """Words at a place."""
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{ink}' font-size='{size}' font-weight='{weight}'"
        f" font-family='{FONT}' text-anchor='{anchor}'>{words}</text>"
    )
