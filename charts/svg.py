"""Small drawings in the page itself: no script, no wait."""

from collections.abc import Sequence
from urllib.parse import quote

from markupsafe import Markup, escape

from charts.palette import ACCENT, BAND, FAINT, INK, QUIET

WIDTH, HEIGHT, EDGE = 150, 38, 6
LONG = 260
Point = tuple[float, float]
# What would end an address or an attribute, or is read as an escape. `quote` looks at every byte,
# which takes a page of forty drawings as long as all the rest of them.
ESCAPED = str.maketrans({character: quote(character) for character in "%#<>\"'&\n\t"})


def image(drawing: str, says: str, css: str) -> Markup:
    """An SVG as an image with its words: Streamlit's cleaning of HTML removes bare SVG."""
    source = drawing.translate(ESCAPED)
    return Markup(f'<img class="{css}" alt="{escape(says)}" src="data:image/svg+xml,{source}">')


def svg(width: float, height: float, content: str) -> str:
    return (
        f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width:g} {height:g}'"
        f" width='{width:g}' height='{height:g}'>{content}</svg>"
    )


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
    value: float | None,
    ends: tuple[float, float],
    service: float | None,
    interval: tuple[float, float] | None,
    is_chosen: bool,
) -> Markup:
    """One unit's value on the units' common scale, with its interval; the service upright."""

    def across(number: float) -> float:
        return 10 + _share(number, *ends) * (LONG - 20)

    drawn = f"<rect x='4' y='14' width='{LONG - 8}' height='2' fill='{BAND}'/>"
    if service is not None:
        drawn += _line(across(service), 1, across(service), 29, FAINT, 3)
    if value is None:
        return image(svg(LONG, 30, drawn), "", "cs-dots")
    fill = ACCENT if is_chosen else QUIET
    if interval is not None:
        drawn += _line(across(interval[0]), 15, across(interval[1]), 15, fill, 4)
    drawn += f"<circle cx='{across(value):.1f}' cy='15' r='{9 if is_chosen else 7}' fill='{fill}'/>"
    return image(svg(LONG, 30, drawn), "", "cs-dots")


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    return (
        f"<line x1='{x1:.1f}' x2='{x2:.1f}' y1='{y1:.1f}' y2='{y2:.1f}'"
        f" stroke='{colour}' stroke-width='{width}'/>"
    )
