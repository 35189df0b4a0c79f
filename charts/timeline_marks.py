"""The marks and words of a timeline, and how large they are drawn."""

from dataclasses import dataclass
from html import escape

from charts.palette import FAINT, FONT, INK, OCHRE, WHITE


@dataclass(frozen=True)
class Size:
    """How large things are drawn, in the drawing's own pixels; `left` is the room for names."""

    width: int
    left: int
    right: int
    text: int
    band: int
    lane: int
    lane_with_words: int
    months: int

    @property
    def letter(self) -> float:
        """The width of a letter, a little more than it usually takes."""
        return self.text * 0.525

    @property
    def axis(self) -> int:
        return self.text * 2

    @property
    def drop(self) -> float:
        """From the middle of a line of text to the line that it stands on."""
        return self.text * 0.35


def tail(x: float, until: float, y: float) -> str:
    return (
        f"<path d='M{x:.1f} {y} V{y + 17} H{max(until, x + 2):.1f} v-6' fill='none'"
        f" stroke='{FAINT}' stroke-width='2.5'/>"
    )


def _dot(x: float, y: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y}' r='8' fill='{INK}'/>"


def _ring(x: float, y: float) -> str:
    return f"<circle cx='{x:.1f}' cy='{y}' r='7' fill='{WHITE}' stroke='{INK}' stroke-width='3'/>"


def _miss(x: float, y: float) -> str:
    return f"<path d='M{x:.1f} {y - 10} l10 18 h-20 z' fill='{OCHRE}'/>"


SHAPES = {"dot": _dot, "ring": _ring, "miss": _miss}


def text(
    x: float, y: float, words: str, ink: str, anchor: str, size: Size, *, bold: bool = False
) -> str:
    weight = 600 if bold else 400
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{ink}' font-size='{size.text}'"
        f" font-weight='{weight}'"
        f" font-family='{FONT}' text-anchor='{anchor}'>{escape(words)}</text>"
    )
