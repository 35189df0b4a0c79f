"""One child's time from left to right: spells as bands, events as marks, a lane for each kind."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from math import inf

from markupsafe import Markup

from charts.palette import (
    ACCENT,
    BAND,
    INK,
    LIGHT_ACCENT,
    LINE,
    MIDDLE_ACCENT,
    OCHRE,
    QUIET,
    WHITE,
)
from charts.svg import image, svg
from charts.timeline_marks import SHAPES, Size, tail, text
from metrics.model import Period

TOP = 8
ROWS_OF_WORDS, NO_ROW, WORDS_APART = 3, -1, 4
# Of words that are cut short, fewer say nothing.
FEWEST_LETTERS = 8
SHADES = {
    "strong": (ACCENT, WHITE, "none"),
    "middle": (MIDDLE_ACCENT, WHITE, "none"),
    "light": (LIGHT_ACCENT, INK, "none"),
    "faint": (BAND, INK, "none"),
    "gap": (WHITE, OCHRE, OCHRE),
}


DESK = Size(1800, 230, 44, text=20, band=34, lane=52, lane_with_words=64, months=15)
# Drawn as wide as the smaller projector, where 24 is then the smallest type that can be read.
ROOM = Size(1200, 132, 40, text=24, band=34, lane=44, lane_with_words=58, months=9)


@dataclass(frozen=True)
class Span:
    """Something that lasted: until `ended_on`, not included; None is until today.

    `shorter` are the same words for where there is less room, the longest first: then none is cut.
    """

    started_on: date
    ended_on: date | None
    words: str
    shade: str = "light"
    shorter: tuple[str, ...] = ()


@dataclass(frozen=True)
class DayEvent:
    """Something of one day: "seen", "tried", "not seen" or "scored"; `until` draws its tail."""

    day: date
    shape: str = "seen"
    words: str = ""
    until: date | None = None


@dataclass(frozen=True)
class Lane:
    """One kind of thing; spans and events of a lane may not lie on each other."""

    name: str
    spans: Sequence[Span] = field(default_factory=tuple)
    events: Sequence[DayEvent] = field(default_factory=tuple)

    @property
    def has_words(self) -> bool:
        return any(event.words for event in self.events)


@dataclass(frozen=True)
class _Scale:
    first: date
    last: date
    size: Size

    def x(self, day: date) -> float:
        days = max((self.last - self.first).days, 1)
        share = (min(max(day, self.first), self.last) - self.first).days / days
        return self.size.left + share * (self.size.width - self.size.left - self.size.right)

    def rows_of_words(self, lane: Lane) -> list[int]:
        """For each event the row that has room for its words: 0 above it, 1 below, 2 under that.

        By day: words never lie on each other, and where a third row is full too they are left out.
        """
        ends = [-inf] * ROWS_OF_WORDS
        rows = [NO_ROW] * len(lane.events)
        by_day = sorted(range(len(lane.events)), key=lambda place: lane.events[place].day)
        for place in by_day:
            half = len(lane.events[place].words) * self.size.letter / 2 + WORDS_APART
            middle = self.x(lane.events[place].day)
            free = [row for row, end in enumerate(ends) if end <= middle - half]
            if free:
                rows[place] = free[0]
                ends[free[0]] = middle + half
        return rows

    def height(self, lane: Lane) -> float:
        """The lane's, with a row more for words that would lie on others."""
        if not lane.has_words:
            return self.size.lane
        return self.size.lane_with_words + max(0, *self.rows_of_words(lane)) * self.size.text * 1.1


def timeline(lanes: Sequence[Lane], today: date, says: str, size: Size = DESK) -> Markup:
    """The lanes from the first thing that happened until today, where the data end."""
    scale = _Scale(_first_day(lanes, today), today, size)
    height = TOP + sum(scale.height(lane) for lane in lanes) + size.axis
    drawn, top = [_axis(scale, height), _today(scale, today, height)], float(TOP)
    for lane in lanes:
        drawn.append(_lane(lane, scale, top, today))
        top += scale.height(lane)
    return image(svg(size.width, height, "".join(drawn)), says, "cs-timeline")


def without_words(lanes: Sequence[Lane], today: date, size: Size = DESK) -> list[Span]:
    """The spans whose boxes have no room for any word, in the order of the lanes."""
    scale = _Scale(_first_day(lanes, today), today, size)
    return [span for lane in lanes for span in lane.spans if not _words_in(span, scale, today)]


def lane_names(lanes: Sequence[Lane], today: date, size: Size = DESK) -> Markup:
    """The lanes' names for beside a picture that is moved sideways, each at its lane's height.

    For eyes alone: the picture has them too, and says what it shows.
    """
    scale = _Scale(_first_day(lanes, today), today, size)
    height = TOP + sum(scale.height(lane) for lane in lanes) + size.axis
    tops = accumulate((scale.height(lane) for lane in lanes), initial=float(TOP))
    names = (
        Markup('<b style="top:{:.2f}%">{}</b>').format(100 * top / height, lane.name)
        for lane, top in zip(lanes, tops, strict=False)
    )
    return Markup('<div class="cs-lane-names" aria-hidden="true">{}</div>').format(
        Markup("").join(names)
    )


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
    # The data's last day is named where they end: no month may lie on it.
    room = scale.x(scale.last) - scale.size.letter * 13
    return "".join(_month(one, scale, height, scale.x(one.start) < room) for one in months[::step])


def _month(month: Period, scale: _Scale, height: float, has_name: bool) -> str:
    x, size = scale.x(month.start), scale.size
    line = f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{TOP}' y2='{height - size.axis}' stroke='{BAND}'/>"
    name = text(x, height - size.text * 0.6, f"{month.start:%b %y}", QUIET, "middle", size)
    return line + name if has_name else line


def _today(scale: _Scale, today: date, height: float) -> str:
    """Where the data end, and on which day: after it there is nothing, drawn or known."""
    x, size = scale.x(today), scale.size
    day = f"{today.day} {today:%b %y}"
    edge = size.width - 2
    return text(edge, height - size.text * 0.6, day, INK, "end", size, bold=True) + (
        f"<line x1='{x:.1f}' x2='{x:.1f}' y1='{TOP}' y2='{height - scale.size.axis}'"
        f" stroke='{ACCENT}' stroke-width='3' stroke-dasharray='3 5'/>"
    )


def _lane(lane: Lane, scale: _Scale, top: float, today: date) -> str:
    size = scale.size
    bottom = top + scale.height(lane)
    middle = top + (size.lane_with_words if lane.has_words else size.lane) / 2
    ground = f"<line x1='0' x2='{size.width}' y1='{bottom}' y2='{bottom}' stroke='{LINE}'/>"
    name = text(0, middle + size.drop, lane.name, INK, "start", size, bold=True)
    spans = "".join(_span(span, scale, middle, today) for span in lane.spans)
    rows = scale.rows_of_words(lane)
    events = "".join(
        _event(event, scale, middle, row) for event, row in zip(lane.events, rows, strict=True)
    )
    return ground + name + spans + events


def _span(span: Span, scale: _Scale, middle: float, today: date) -> str:
    (fill, ink, edge), size = SHADES[span.shade], scale.size
    left, width = _from_and_width(span, scale, today)
    box = (
        f"<rect x='{left:.1f}' y='{middle - size.band / 2}' width='{width:.1f}'"
        f" height='{size.band}' rx='3' fill='{fill}' stroke='{edge}' stroke-width='3'/>"
    )
    words = _words_in(span, scale, today)
    return box + text(left + 8, middle + size.drop, words, ink, "start", size) if words else box


def _from_and_width(span: Span, scale: _Scale, today: date) -> tuple[float, float]:
    left, right = scale.x(span.started_on), scale.x(min(span.ended_on or today, today))
    return left, max(right - left - 2, 3)


def _words_in(span: Span, scale: _Scale, today: date) -> str:
    """The words that the box has room for; nothing where that is too little to say anything."""
    _, width = _from_and_width(span, scale, today)
    room = int((width - 12) / scale.size.letter)
    if room < 3:
        return ""
    if whole := next((words for words in (span.words, *span.shorter) if len(words) <= room), ""):
        return whole
    is_too_little = span.shorter or room < min(len(span.words), FEWEST_LETTERS)
    return "" if is_too_little else f"{span.words[: room - 1]}…"


def _event(event: DayEvent, scale: _Scale, middle: float, row: int) -> str:
    x = scale.x(event.day)
    y = middle + 11 if event.words else middle
    drawn_tail = tail(x, scale.x(event.until), y) if event.until else ""
    return drawn_tail + SHAPES[event.shape](x, y) + _words_of(event, scale, x, y, row)


def _words_of(event: DayEvent, scale: _Scale, x: float, y: float, row: int) -> str:
    if not event.words or row == NO_ROW:
        return ""
    below = 8 + row * scale.size.text * 1.1
    return text(x, y + below if row else y - 16, event.words, INK, "middle", scale.size)
