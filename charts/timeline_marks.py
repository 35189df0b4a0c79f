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


def _bar(x: float, y: float, inside: str) -> str:
    return (
        f"<rect x='{x - 5:.1f}' y='{y - 10}' width='10' height='20' fill='{inside}'"
        f" stroke='{INK}' stroke-width='2.5'/>"
    )


def _seen(x: float, y: float) -> str:
    return _bar(x, y, INK)


def _tried(x: float, y: float) -> str:
    return _bar(x, y, WHITE)


def _not_seen(x: float, y: float) -> str:
    across = f"M{x - 8:.1f} {y - 8} l16 16 m0 -16 l-16 16"
    return f"<path d='{across}' fill='none' stroke='{OCHRE}' stroke-width='4.5'/>"


def _scored(x: float, y: float) -> str:
    return f"<path d='M{x:.1f} {y - 9} v14' stroke='{INK}' stroke-width='4'/>"


SHAPES = {"seen": _seen, "tried": _tried, "not seen": _not_seen, "scored": _scored}


def text(
    x: float, y: float, words: str, ink: str, anchor: str, size: Size, *, bold: bool = False
) -> str:
    weight = 600 if bold else 400
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{ink}' font-size='{size.text}'"
        f" font-weight='{weight}'"
        f" font-family='{FONT}' text-anchor='{anchor}'>{escape(words)}</text>"
    )
