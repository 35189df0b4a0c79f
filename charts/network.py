"""Families and adults as boxes, from left to right, with a line for each link. No weight, no order.

A link that has ended is dashed and grey, and says so in words.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from charts.palette import ACCENT, BAND, FAINT, FONT, INK, QUIET, WHITE
from charts.svg import image, svg

WIDTH, BOX, TEXT, LINE_HEIGHT, PAD, APART, TOP = 1200, 250, 20, 26, 10, 22, 6
LETTER = TEXT * 0.525
GAP = (WIDTH - 3 * BOX) / 2
# Where on a line its words may stand, from its start to its end, and how high their ground is.
ALONG, GROUND = (0.5, 0.38, 0.62, 0.24, 0.76), TEXT * 1.4
COLUMNS = (2, BOX + GAP, 2 * (BOX + GAP) - 2)


@dataclass(frozen=True)
class Box:
    """A family or an adult: what is written in it, the first line strong."""

    key: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A link between the boxes of two neighbouring columns; its words stand on it."""

    start: str
    end: str
    words: str
    is_ended: bool = False


@dataclass(frozen=True)
class _Place:
    x: float
    y: float
    height: float

    @property
    def middle(self) -> float:
        return self.y + self.height / 2


@dataclass(frozen=True)
class _Label:
    x: float
    y: float
    wide: float
    words: str
    is_ended: bool

    def covers(self, other: "_Label") -> bool:
        is_beside = abs(self.x - other.x) >= (self.wide + other.wide) / 2
        return not is_beside and abs(self.y - other.y) < GROUND


def network(columns: Sequence[Sequence[Box]], lines: Sequence[Line], says: str) -> Markup:
    """Three columns of boxes: families, their adults, other families; `says` is its words."""
    height = max(map(_height, columns))
    places = {
        box.key: place
        for x, column in zip(COLUMNS, columns, strict=True)
        for box, place in _placed(column, x, height)
    }
    drawn = [_line(line, places) for line in lines]
    drawn += [_box(box, places[box.key]) for column in columns for box in column]
    drawn += [_words(label) for label in _labels(lines, places)]
    return image(svg(WIDTH, height + 2 * TOP, "".join(drawn)), says, "cs-network-picture")


def _height(column: Sequence[Box]) -> float:
    return sum(_box_height(box) + APART for box in column) - APART


def _box_height(box: Box) -> float:
    return len(box.lines) * LINE_HEIGHT + PAD


def _placed(column: Sequence[Box], x: float, height: float) -> list[tuple[Box, _Place]]:
    """Each column stands in the middle of the drawing's height."""
    y, places = TOP + (height - _height(column)) / 2, []
    for box in column:
        places.append((box, _Place(x, y, _box_height(box))))
        y += _box_height(box) + APART
    return places


def _box(box: Box, place: _Place) -> str:
    frame = (
        f"<rect x='{place.x:.1f}' y='{place.y:.1f}' width='{BOX}' height='{place.height:.1f}'"
        f" rx='6' fill='{WHITE}' stroke='{ACCENT}' stroke-width='2'/>"
    )
    lines = (
        _text(words, place.x + PAD, place.y + LINE_HEIGHT * (row + 0.85), row == 0)
        for row, words in enumerate(box.lines)
    )
    return frame + "".join(lines)


def _text(words: str, x: float, y: float, is_strong: bool) -> str:
    weight, colour = ("650", INK) if is_strong else ("400", QUIET)
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' font-family='{FONT}' font-size='{TEXT}'"
        f" font-weight='{weight}' fill='{colour}'>{escape(_cut(words, BOX - 2 * PAD))}</text>"
    )


def _cut(words: str, room: float) -> str:
    letters = int(room / LETTER)
    return words if len(words) <= letters else f"{words[: letters - 1]}…"


def _ends(line: Line, places: Mapping[str, _Place]) -> tuple[float, float, float, float]:
    start, end = places[line.start], places[line.end]
    return start.x + BOX, start.middle, end.x, end.middle


def _line(line: Line, places: Mapping[str, _Place]) -> str:
    x1, y1, x2, y2 = _ends(line, places)
    colour, dashes = (FAINT, "7 5") if line.is_ended else (ACCENT, "none")
    return (
        f"<line x1='{x1:.1f}' y1='{y1:.1f}' x2='{x2:.1f}' y2='{y2:.1f}' stroke='{colour}'"
        f" stroke-width='3' stroke-dasharray='{dashes}'/>"
    )


def _labels(lines: Sequence[Line], places: Mapping[str, _Place]) -> list[_Label]:
    """The words of each line where they cover no others, if there is such a place.

    A flat line has one place for them only, so those of the flattest stand first.
    """
    placed: list[_Label] = []
    for line in sorted(lines, key=lambda line: _rise(line, places)):
        tried = [_label(line, places, along) for along in ALONG]
        free = (one for one in tried if not any(one.covers(other) for other in placed))
        placed.append(next(free, tried[0]))
    return placed


def _rise(line: Line, places: Mapping[str, _Place]) -> float:
    _, y1, _, y2 = _ends(line, places)
    return abs(y2 - y1)


def _label(line: Line, places: Mapping[str, _Place], along: float) -> _Label:
    x1, y1, x2, y2 = _ends(line, places)
    words = _cut(line.words, GAP - 2 * PAD)
    wide, y = len(words) * LETTER + PAD, y1 + (y2 - y1) * along
    # Never over a box.
    x = min(max(x1 + (x2 - x1) * along, x1 + wide / 2), x2 - wide / 2)
    return _Label(x, y, wide, words, line.is_ended)


def _words(label: _Label) -> str:
    """On a ground of their own, so that no line runs through them."""
    colour = QUIET if label.is_ended else INK
    return (
        f"<rect x='{label.x - label.wide / 2:.1f}' y='{label.y - TEXT * 0.7:.1f}'"
        f" width='{label.wide:.1f}' height='{GROUND:g}' rx='4' fill='{BAND}'/>"
        f"<text x='{label.x:.1f}' y='{label.y + TEXT * 0.35:.1f}' text-anchor='middle'"
        f" font-family='{FONT}' font-size='{TEXT}' fill='{colour}'>{escape(label.words)}</text>"
    )
