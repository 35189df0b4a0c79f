"""A metric's months for the back of a room: drawn on the server, told without hovering."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup

from charts.marks import COLOURS, is_special
from charts.palette import ACCENT, BAND, INK, LINE, QUIET, TARGET, WHITE
from charts.room_parts import LEFT, TEXT, TOP, months_at_its_age, unit_before, what_it_will_be
from charts.room_parts import path as _path
from charts.room_parts import polyline as _polyline
from charts.room_parts import text as _text
from charts.svg import image, svg
from charts.trend.edge_words import clear_of, round_step
from metrics.model import Period
from metrics.spc.chart_reading import ChartPoint, ChartReading, Mark
from metrics.spc.words import probable_words, range_words

# As wide as the smaller projector, where 24 is then the smallest type to be read.
WIDTH, HEIGHT, RIGHT, BOTTOM = 1208, 384, 150, 44
LARGE = 38
# Between the middles of the value's words and of its range's three lines.
APART = 58
LINE_HEIGHT = 26
ACTION_AGREED, ACTION_WIDTH = "action agreed", 150
MONTHS_TO_A_LABEL, LABEL_WIDTH = (1, 3, 6, 12), 110
# Months of the unit that this one continues.
DASHED = " stroke-dasharray='10 8' opacity='0.6'"
POINTS = {
    Mark.IMPROVEMENT: "M{x:.1f} {top:.1f} l11 19 h-22 z",
    Mark.CONCERN: "M{x:.1f} {bottom:.1f} l11 -19 h-22 z",
    Mark.NEUTRAL: "M{x:.1f} {top:.1f} l10 10 l-10 10 l-10 -10 z",
}
TICKS = 5

Write = Callable[[float | None], str]


@dataclass(frozen=True)
class _Frame:
    """Where months and values lie: the drawing's own measure."""

    months: int
    low: float
    high: float
    height: int

    @property
    def bottom(self) -> int:
        return self.height - BOTTOM

    @property
    def months_to_a_label(self) -> int:
        """As few as their names have room for."""
        apart = self.x(1) - self.x(0)
        return next(
            (n for n in MONTHS_TO_A_LABEL if n * apart >= LABEL_WIDTH), MONTHS_TO_A_LABEL[-1]
        )

    def x(self, place: float) -> float:
        return LEFT + 14 + place * (WIDTH - LEFT - RIGHT - 28) / max(self.months - 1, 1)

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - share * (self.bottom - TOP)


def room_chart(
    reading: ChartReading,
    write: Write,
    says: str,
    agreed: Sequence[Period] = (),
    height: int = HEIGHT,
) -> Markup:
    """The months as a line over their usual range; the latest is marked, and written large.

    `agreed` are the months in which something was agreed about it; `height` is what the words
    on the screen leave, where `WIDTH` is its width.
    """
    if not any(point.value is not None for point in reading.points):
        return Markup("")
    step, low, high = _ends(reading)
    frame = _Frame(len(reading.points), low, high, height)
    drawn = [
        *_ticks(frame, step, write),
        *_usual(reading, frame),
        *_target(reading, frame, write),
        *_months(reading, frame),
        *_agreed(reading, frame, agreed),
        *months_at_its_age(reading, frame, frame.bottom - 10 if agreed else TOP - 12),
        *what_it_will_be(reading, frame),
        *unit_before(reading, frame),
        *_line(reading, frame),
        *(
            _point(point, frame.x(place), frame, reading.is_unfinished(point))
            for place, point in enumerate(reading.points)
        ),
        _latest(reading, frame, write),
        *_range(reading, frame, write),
    ]
    return image(svg(WIDTH, height, "".join(drawn)), says, "cs-room-chart")


def _ends(reading: ChartReading) -> tuple[float, float, float]:
    """The distance of two ticks, and the lowest and highest value that the drawing has room for."""
    drawn = [
        number
        for point in reading.points
        for number in (point.value, reading.drawn(point.lower), reading.drawn(point.upper))
    ]
    # With limits the question is what varies, and how much: from 0 they would be one line.
    zero = 0.0 if reading.usual is None else None
    others = [reading.target, zero, *(reading.probable or ())]
    others += [value for _, value in reading.same_age]
    known = [value for value in (*drawn, *others) if value is not None]
    low, high = min(known), max(known)
    step = round_step((high - low or 1) / TICKS)
    low -= low % step
    return step, low, high if high > low else low + step * TICKS


def _ticks(frame: _Frame, step: float, write: Write) -> Iterator[str]:
    value = frame.low
    while value <= frame.high:
        y = frame.y(value)
        yield f"<path d='M{LEFT} {y:.1f} H{WIDTH - RIGHT}' stroke='{BAND}' stroke-width='1.5'/>"
        yield _text(LEFT - 10, y + 8, write(value), QUIET, "end")
        value += step


def _usual(reading: ChartReading, frame: _Frame) -> Iterator[str]:
    """The range between the limits as a band, the mean as a line: each phase has its own."""
    first = 0
    for phase in reading.phases:
        yield from _band(reading, phase, first, frame)
        first += len(phase)


def _band(
    reading: ChartReading, phase: Sequence[ChartPoint], first: int, frame: _Frame
) -> Iterator[str]:
    ends = [
        (frame.x(place), frame.y(low), frame.y(high))
        for place, point in enumerate(phase, first)
        if (low := reading.drawn(point.lower)) is not None
        and (high := reading.drawn(point.upper)) is not None
    ]
    if not ends:
        return
    # A little beyond the first and the last month, whose points would else stick out.
    wide = [(ends[0][0] - 12, *ends[0][1:]), *ends, (ends[-1][0] + 12, *ends[-1][1:])]
    around = [(x, high) for x, _, high in wide] + [(x, low) for x, low, _ in reversed(wide)]
    yield f"<polygon points='{_path(around)}' fill='{BAND}'/>"
    mean = phase[0].mean
    if mean is not None:
        y = frame.y(mean)
        yield _polyline([(wide[0][0], y), (wide[-1][0], y)], QUIET, 2)


def _target(reading: ChartReading, frame: _Frame, write: Write) -> Iterator[str]:
    if reading.target is None:
        return
    y = frame.y(reading.target)
    yield (
        f"<path d='M{LEFT} {y:.1f} H{WIDTH - RIGHT}' stroke='{TARGET}' stroke-width='3'"
        " stroke-dasharray='12 8'/>"
    )
    above = y - 10 if y > TOP + TEXT else y + TEXT + 4
    yield _text(LEFT + 8, above, f"target {write(reading.target)}", TARGET, "start")


def _months(reading: ChartReading, frame: _Frame) -> Iterator[str]:
    """Labels from the latest backwards, so that the month that is told has one."""
    yield (f"<path d='M{LEFT} {frame.bottom} H{WIDTH - RIGHT}' stroke='{LINE}' stroke-width='2'/>")
    last = len(reading.points) - 1
    for place in range(last, -1, -frame.months_to_a_label):
        when = getattr(reading.points[place].when, "start", reading.points[place].when)
        yield _text(frame.x(place), frame.height - 10, f"{when:%b %y}", QUIET, "middle")


def _agreed(reading: ChartReading, frame: _Frame, agreed: Sequence[Period]) -> Iterator[str]:
    labelled_x = -WIDTH * 1.0
    for place, point in enumerate(reading.points):
        if point.when in agreed:
            x = frame.x(place)
            yield (
                f"<path d='M{x:.1f} {TOP} V{frame.bottom}' stroke='{ACCENT}' stroke-width='3'"
                " stroke-dasharray='3 6'/>"
            )
            # Above the plot: nowhere in it is sure to be free of the line.
            if x - labelled_x > ACTION_WIDTH:
                left = x - LEFT < ACTION_WIDTH
                yield _text(x, TOP - 12, ACTION_AGREED, ACCENT, "start" if left else "end")
                labelled_x = x


def _line(reading: ChartReading, frame: _Frame) -> Iterator[str]:
    """It breaks where a month has no value, and before the first of the unit's own."""
    known = [
        (place, point.value, reading.is_own(point))
        for place, point in enumerate(reading.points)
        if point.value is not None
    ]
    neighbours = groupby(
        enumerate(known), key=lambda numbered: (numbered[1][0] - numbered[0], numbered[1][2])
    )
    for (_, is_own), run in neighbours:
        points = [(frame.x(place), frame.y(value)) for _, (place, value, _) in run]
        yield _polyline(points, INK, 4, "" if is_own else DASHED)


def _point(point: ChartPoint, x: float, frame: _Frame, is_hollow: bool) -> str:
    if point.value is None:
        return ""
    y = frame.y(point.value)
    if point.mark in POINTS:
        path = POINTS[point.mark].format(x=x, top=y - 12, bottom=y + 12)
        fill, edge = COLOURS[point.mark], WHITE
        if is_hollow:
            fill, edge = WHITE, f"{fill}' stroke-width='3"
        return f"<path d='{path}' fill='{fill}' stroke='{edge}'/>"
    # A month that can't be judged is a ring: it says nothing yet, or not its last word.
    fill = QUIET if point.mark and not is_hollow else WHITE
    return (
        f"<circle cx='{x:.1f}' cy='{y:.1f}' r='7' fill='{fill}' stroke='{QUIET}' stroke-width='3'/>"
    )


def _latest(reading: ChartReading, frame: _Frame, write: Write) -> str:
    last = reading.last
    if last is None or last.value is None:
        return ""
    colour = COLOURS[last.mark] if is_special(last.mark) else INK
    x, y = frame.x(len(reading.points) - 1), frame.y(last.value)
    value = _text(x + 18, y + LARGE * 0.35, write(last.value), colour, "start", LARGE, weight=700)
    expected = probable_words(reading, write)
    for line, words in enumerate(("expect", expected) if expected else (), start=1):
        value += _text(x + 18, y + 14 + line * LINE_HEIGHT, words, QUIET, "start")
    return value


def _range(reading: ChartReading, frame: _Frame, write: Write) -> Iterator[str]:
    """At the right edge beside its own band, clear of the value."""
    last = reading.last
    usual = range_words(reading, last, write) if last else ""
    if last is None or not usual:
        return
    low, high = (frame.y(reading.drawn(limit) or 0.0) for limit in (last.lower, last.upper))
    middle = (low + high) / 2
    if last.value is not None:
        plot = (TOP + LINE_HEIGHT, frame.bottom - LINE_HEIGHT)
        by = APART + (2 * LINE_HEIGHT if reading.probable else 0)
        middle = clear_of(frame.y(last.value), (low, high), plot, by)
    x = frame.x(len(reading.points) - 1) + 18
    then = " then" if reading.is_unfinished(last) else ""
    for line, words in enumerate((f"usual{then}", usual, f"mean {write(last.mean)}")):
        yield _text(x, middle + (line - 1) * LINE_HEIGHT + 8, words, QUIET, "start")
