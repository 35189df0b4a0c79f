"""Bars beside each other and lines on one scale, drawn in the page itself: no script, no wait."""

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from charts.palette import ACCENT, BAND, BAR, FAINT, WHITE
from charts.svg import image, svg

BAR_WIDTH, BAR_HEIGHT = 260, 30
LINE_WIDTH, LINE_HEIGHT, EDGE = 240, 72, 6
Ends = tuple[float, float]


def ends_of(values: Iterable[float | None]) -> Ends:
    """One scale for all of them: from 0, or below it, to the largest."""
    known = [value for value in values if value is not None]
    low, high = min([0.0, *known]), max([0.0, *known])
    return (low, high) if high > low else (low, low + 1)


def bars(own: float | None, other: float | None, ends: Ends, has_other: bool) -> Markup:
    """A value as a bar from 0; under it, paler, the one that it is set beside."""
    height = BAR_HEIGHT / 2 - 4 if has_other else BAR_HEIGHT - 12
    zero = _across(0, ends, BAR_WIDTH)
    drawn = f"<path d='M{zero:.1f} 1 V{BAR_HEIGHT - 1}' stroke='{FAINT}' stroke-width='2'/>"
    drawn += _bar(own, ends, (3 if has_other else 6), height, ACCENT)
    if has_other:
        drawn += _bar(other, ends, BAR_HEIGHT / 2 + 1, height, BAR)
    return image(svg(BAR_WIDTH, BAR_HEIGHT, drawn), "", "cs-bars")


def _bar(value: float | None, ends: Ends, top: float, height: float, fill: str) -> str:
    if value is None:
        return ""
    left, right = sorted((_across(0, ends, BAR_WIDTH), _across(value, ends, BAR_WIDTH)))
    return (
        f"<rect x='{left:.1f}' y='{top:.1f}' width='{max(right - left, 1):.1f}'"
        f" height='{height:.1f}' fill='{fill}'/>"
    )


def _across(value: float, ends: Ends, width: float) -> float:
    low, high = ends
    return 2 + (value - low) / (high - low) * (width - 4)


def line(
    values: Sequence[float | None],
    ends: Ends,
    says: str,
    is_so_far: bool = False,
    is_joined: bool = True,
) -> Markup:
    """A run of periods on a scale that others share; broken where there is no value.

    The last point is hollow where it `is_so_far`; those that only stand side by side are dots.
    """
    zero = _up(0, ends)
    drawn = f"<path d='M0 {zero:.1f} H{LINE_WIDTH}' stroke='{BAND}' stroke-width='2'/>"
    runs = _runs(values) if is_joined else [[point] for run in _runs(values) for point in run]
    drawn += "".join(_stretch(run, len(values), ends) for run in runs)
    last = len(values) - 1
    if values and values[last] is not None:
        drawn += _dot(last, values[last] or 0, len(values), ends, 5, is_so_far)
    return image(svg(LINE_WIDTH, LINE_HEIGHT, drawn), says, "cs-multiple")


def _runs(values: Sequence[float | None]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = [[]]
    for place, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((place, value))
    return [run for run in runs if run]


def _stretch(run: Sequence[tuple[int, float]], count: int, ends: Ends) -> str:
    if len(run) == 1:
        return _dot(*run[0], count, ends, 2.5)
    points = " ".join(f"{_along(place, count):.1f},{_up(value, ends):.1f}" for place, value in run)
    return f"<polyline points='{points}' fill='none' stroke='{ACCENT}' stroke-width='3'/>"


def _dot(
    place: int, value: float, count: int, ends: Ends, size: float, is_hollow: bool = False
) -> str:
    x, y = _along(place, count), _up(value, ends)
    drawn = (
        f"fill='{WHITE}' stroke='{ACCENT}' stroke-width='2'" if is_hollow else f"fill='{ACCENT}'"
    )
    return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{size}' {drawn}/>"


def _along(place: int, count: int) -> float:
    return EDGE + place * (LINE_WIDTH - 2 * EDGE) / max(count - 1, 1)


def _up(value: float, ends: Ends) -> float:
    low, high = ends
    return LINE_HEIGHT - EDGE - (value - low) / (high - low) * (LINE_HEIGHT - 2 * EDGE)
