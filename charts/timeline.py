"""One child's time from left to right: spells as bands, events as marks, a lane for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from html import escape

from markupsafe import Markup

from charts.palette import (
    ACCENT,
    BAND,
    FAINT,
    FONT,
    INK,
    LIGHT_ACCENT,
    LINE,
    MIDDLE_ACCENT,
    OCHRE,
    QUIET,
    WHITE,
)
from charts.svg import image, svg
from metrics.model import Period

TOP = 8
# Of words that are cut short, fewer say nothing.
FEWEST_LETTERS = 8
SHADES = {
    "strong": (ACCENT, WHITE, "none"),
    "middle": (MIDDLE_ACCENT, WHITE, "none"),
    "light": (LIGHT_ACCENT, INK, "none"),
    "faint": (BAND, INK, "none"),
    "gap": (WHITE, OCHRE, OCHRE),
}


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


DESK = Size(1800, 230, 44, text=20, band=34, lane=52, lane_with_words=64, months=15)
# Drawn as wide as the smaller projector, where 24 is then the smallest type that can be read.
ROOM = Size(1200, 132, 40, text=24, band=34, lane=44, lane_with_words=58, months=9)


@dataclass(frozen=True)
class Span:
    """Something that lasted: until `ended_on`, not included; None is until today."""

    started_on: date
    ended_on: date | None
    words: str
    shade: str = "light"


@dataclass(frozen=True)
class DayEvent:
    """Something of one day: a "dot", a "ring" (an attempt) or a "miss"; `until` draws its tail."""

    day: date
    shape: str = "dot"
    words: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Lane:
    """One kind of thing; spans and events of a lane may not lie on each other."""

    name: str
    spans: Sequence[Span] = field(default_factory=tuple)
    events: Sequence[DayEvent] = field(default_factory=tuple)

    def height(self, size: Size) -> int:
        return size.lane_with_words if any(event.words for event in self.events) else size.lane


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    size: Size

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / days
        return self.size.left + share * (self.size.width - self.size.left - self.size.right)


def timeline(lanes: Sequence[Lane], today: date, says: str, size: Size = DESK) -> Markup:
    """The lanes from the first thing that happened until a little after today."""
    scale = _Scale(_first_day(lanes, today), today + timedelta(days=42), size)
    height = TOP + sum(lane.height(size) for lane in lanes) + size.axis
    drawn, top = [_axis(scale, height), _today(scale, today, height)], TOP
    for lane in lanes:
        drawn.append(_lane(lane, scale, top, today))
        top += lane.height(size)
    return image(svg(size.width, height, "".join(drawn)), says, "cs-timeline")


def _first_day(lanes: Sequence[Lane], today: date) -> date:
    days = [span.started_on for lane in lanes for span in lane.spans]
    days += [event.day for lane in lanes for event in lane.events]
    return min(days, default=today) - timedelta(days=14)


def _axis(scale: _Scale, height: float) -> str:
    months = []
    month = Period.of(scale.first).shift(1)
    while month.start < scale.last:
        months.append(month)
        month = month.shift(1)
    step = max(1, -(-len(months) // scale.size.months))
    return "".join(_month(month, scale, height) for month in months[::step])


def _month(month: Period, scale: _Scale, height: float) -> str:
    x, size = scale.x(month.start), scale.size
    return (
        f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{TOP}' y2='{height - size.axis}' stroke='{BAND}'/>"
        + _text(x, height - size.text * 0.6, f"{month.start:%b %y}", QUIET, "middle", size)
    )


def _today(scale: _Scale, today: date, height: float) -> str:
    x = scale.x(today)
    return (
        f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{TOP}' y2='{height - scale.size.axis}'"
        f" stroke='{ACCENT}' stroke-width='3' stroke-dasharray='3 5'/>"
    )


def _lane(lane: Lane, scale: _Scale, top: float, today: date) -> str:
    size = scale.size
    middle, bottom = top + lane.height(size) / 2, top + lane.height(size)
    ground = f"<line x1='0' x2='{size.width}' y1='{bottom}' y2='{bottom}' stroke='{LINE}'/>"
    name = _text(0, middle + size.drop, lane.name, INK, "start", size, bold=True)
    spans = "".join(_span(span, scale, middle, today) for span in lane.spans)
    events = "".join(_event(event, scale, middle) for event in lane.events)
    return ground + name + spans + events


def _span(span: Span, scale: _Scale, middle: float, today: date) -> str:
    (fill, ink, edge), size = SHADES[span.shade], scale.size
    left, right = scale.x(span.started_on), scale.x(min(span.ended_on or today, today))
    width = max(right - left - 2, 3)
    box = (
        f"<rect x='{left:.1f}' y='{middle - size.band / 2}' width='{width:.1f}'"
        f" height='{size.band}' rx='3' fill='{fill}' stroke='{edge}' stroke-width='3'/>"
    )
    room = int((width - 12) / size.letter)
    if room < 3 or room < min(len(span.words), FEWEST_LETTERS):
        return box
    words = span.words if len(span.words) <= room else span.words[: room - 1] + "…"
    return box + _text(left + 8, middle + size.drop, words, ink, "start", size)


def _event(event: DayEvent, scale: _Scale, middle: float) -> str:
    x = scale.x(event.day)
    y = middle + 11 if event.words else middle
    tail = _tail(x, scale.x(event.until), y) if event.until else ""
    words = _text(x, y - 16, event.words, INK, "middle", scale.size) if event.words else ""
    return tail + SHAPES[event.shape](x, y) + words


def _tail(x: float, until: float, y: float) -> str:
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


def _text(
    x: float, y: float, words: str, ink: str, anchor: str, size: Size, *, bold: bool = False
) -> str:
    weight = 600 if bold else 400
    return (
        f"<text x='{x:.1f}' y='{y:.1f}' fill='{ink}' font-size='{size.text}'"
        f" font-weight='{weight}'"
        f" font-family='{FONT}' text-anchor='{anchor}'>{escape(words)}</text>"
    )
