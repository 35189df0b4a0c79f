"""Small drawings in the page itself: no script, no wait."""

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from charts.palette import ACCENT, BAND, FAINT, INK, QUIET

WIDTH, HEIGHT, EDGE = 150, 38, 6
Point = tuple[float, float]


def image(drawing: str, says: str, css: str) -> Markup:
    """An SVG as an image with its words: Streamlit's cleaning of HTML removes bare SVG."""
    source = quote(drawing, safe="/:=,. ()")
    return Markup(f'<img class="{css}" alt="{escape(says)}" src="data:image/svg+xml,{source}">')


def svg(width: float, height: float, content: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}'"
        f" width='{width:g}' height='{height:g}'>{content}</svg>"
    )


def sparkline(values: Sequence[float | None], low: float, high: float, says: str) -> Markup:
    """The run of months as a line that breaks where a month has no value; the last is a dot."""
    points = _points(values, low, high)
    lines = "".join(_stretch(run) for run in _unbroken(points))
    last = points[-1] if points else None
    dot = f"<circle cx='{last[0]:.1f}' cy='{last[1]:.1f}' r='5' fill='{QUIET}'/>" if last else ""
    return image(svg(WIDTH, HEIGHT, lines + dot), says, "cs-spark")


def two_lines(
    values: Sequence[float | None], upper: Sequence[float | None], high: float, says: str
) -> Markup:
    """A run of months from 0 to `high`: `values` as a line, `upper` dashed over it, a line at 0."""
    ground = f"<path d='M0 {HEIGHT - EDGE} H{WIDTH}' stroke='{BAND}' stroke-width='2'/>"
    drawn = "".join(
        _stretch(run, dashes)
        for line, dashes in ((upper, "3 3"), (values, "none"))
        for run in _unbroken(_points(line, 0, high))
    )
    return image(svg(WIDTH, HEIGHT, ground + drawn), says, "cs-lag")


def _points(values: Sequence[float | None], low: float, high: float) -> list[Point | None]:
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    return [
        None if value is None else (EDGE + n * step, _height(value, low, high))
        for n, value in enumerate(values)
    ]


def _unbroken(points: Sequence[Point | None]) -> list[list[Point]]:
    runs: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    return [run for run in runs if run]


def _stretch(run: Sequence[Point], dashes: str = "none") -> str:
    if len(run) == 1:
        return f"<circle cx='{run[0][0]:.1f}' cy='{run[0][1]:.1f}' r='2' fill='{INK}'/>"
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in run)
    return (
        f"<polyline points='{path}' fill='none' stroke='{INK}' stroke-width='2.4'"
        f" stroke-dasharray='{dashes}'/>"
    )


def _height(value: float, low: float, high: float) -> float:
    return HEIGHT - EDGE - _share(value, low, high) * (HEIGHT - 2 * EDGE)


def _share(value: float, low: float, high: float) -> float:
    return 0.5 if high == low else (value - low) / (high - low)


def dot_on_line(
    value: float | None, low: float, high: float, service: float | None, is_chosen: bool, says: str
) -> Markup:
    """One unit's value as a dot on the units' common scale; the service as an upright line."""
    width, height = 260, 30
    across = [
        None if number is None else 10 + _share(number, low, high) * (width - 20)
        for number in (value, service)
    ]
    ground = f"<rect x='4' y='13' width='{width - 8}' height='4' fill='{BAND}'/>"
    upright = (
        f"<line x1='{across[1]:.1f}' x2='{across[1]:.1f}' y1='2' y2='28'"
        f" stroke='{FAINT}' stroke-width='3'/>"
        if across[1] is not None
        else ""
    )
    fill = ACCENT if is_chosen else QUIET
    dot = (
        f"<circle cx='{across[0]:.1f}' cy='15' r='{9 if is_chosen else 7}' fill='{fill}'/>"
        if across[0] is not None
        else ""
    )
    return image(svg(width, height, ground + upright + dot), says, "cs-dots")
