"""Children per FTE as a bar, made of its statuses: each as long as on every other bar beside it."""

from collections.abc import Mapping

from markupsafe import Markup

from charts.palette import ACCENT, BAND, FAINT, LIGHT_ACCENT, MIDDLE_ACCENT, QUIET, WHITE
from charts.svg import image, svg

LONG, HIGH, SQUARE = 260, 26, 22
SHADES = {
    "cla": (ACCENT, ACCENT),
    "cp": (MIDDLE_ACCENT, MIDDLE_ACCENT),
    "cin": (LIGHT_ACCENT, LIGHT_ACCENT),
    "assessment": (BAND, FAINT),
    "no_status": (WHITE, QUIET),
}


def load_bar(parts: Mapping[str, float], high: float) -> Markup:
    """The parts one after another, on a scale from 0 to `high`. Its number stands beside it."""
    drawn, left = "", 1.0
    for name, (fill, edge) in SHADES.items():
        width = parts[name] / high * (LONG - 2) if high else 0.0
        drawn += _box(left, width, fill, edge) if parts[name] else ""
        left += width
    return image(svg(LONG, HIGH, drawn), "", "cs-bar")


def shade(name: str) -> Markup:
    """One part's shade, for the words that say what it is."""
    return image(svg(SQUARE, HIGH, _box(1, SQUARE - 2, *SHADES[name])), "", "cs-shade")


def _box(left: float, width: float, fill: str, edge: str) -> str:
    return (
        f"<rect x='{left:.1f}' y='2' width='{max(width - 1, 1):.1f}' height='{HIGH - 4}'"
        f" fill='{fill}' stroke='{edge}' stroke-width='1.5'/>"
    )
