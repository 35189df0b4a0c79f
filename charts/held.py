"""How many of the children whom a worker holds are of one kind, as a bar beside its numbers."""

from markupsafe import Markup

from charts.palette import ACCENT, QUIET, WHITE
from charts.svg import image, svg

LONG, HIGH, EDGE = 120, 14, 1


def held_bar(of_kind: int, held: int, most_held: int) -> Markup:
    """A frame as long as `held` on a scale to `most_held`, filled as far as `of_kind`.

    One colour, however much it is filled. Its numbers stand beside it.
    """
    a_child = (LONG - 2 * EDGE) / most_held if most_held else 0.0
    frame = _box(held * a_child, WHITE, QUIET) if held else ""
    filled = _box(of_kind * a_child, ACCENT, ACCENT) if of_kind else ""
    return image(svg(LONG, HIGH, frame + filled), "", "cs-held-bar")


def _box(width: float, fill: str, edge: str) -> str:
    return (
        f"<rect x='{EDGE}' y='{EDGE}' width='{width:.1f}' height='{HIGH - 2 * EDGE}'"
        f" fill='{fill}' stroke='{edge}' stroke-width='1'/>"
    )
