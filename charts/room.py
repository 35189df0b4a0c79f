"""A metric's months for the back of a room: drawn on the server, told without hovering."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.marks import COLOURS, is_special
from charts.palette import ACCENT, BAND, INK, LINE, QUIET, TARGET
from charts.room_parts import (
    LEFT,
    TEXT,
    TOP,
    line_of_months,
    months_at_its_age,
    points_of_months,
    unit_before,
    what_it_will_be,
)
from charts.room_parts import path as _path
from charts.room_parts import polyline as _polyline
from charts.room_parts import text as _text
from charts.svg import image, svg
from charts.trend.edge_words import clear_of, round_step
from metrics.model import Period
from metrics.spc.chart_reading import ChartPoint, ChartReading
from metrics.spc.words import probable_words, range_words

# As wide as the smaller projector, where 24 is then the smallest type to be read.
WIDTH, HEIGHT, RIGHT, BOTTOM = 1208, 384, 150, 44
LARGE, LETTERS_AT_LARGE = 38, 7
# Between the middles of the value's words and of its range's three lines.
APART = 58
LINE_HEIGHT = 26
ACTION_AGREED, ACTION_WIDTH = "action agreed", 150
A_YEAR, LABEL_WIDTH = 12, 110
MONTHS_TO_A_LABEL = (1, 3, 6, A_YEAR)
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
        return next((n for n in MONTHS_TO_A_LABEL if n * apart >= LABEL_WIDTH), A_YEAR)

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
    high: int = HEIGHT,
) -> Markup:
    """The months as a line over their usual range; the latest is marked, and written large.

    `agreed` are the months in which something was agreed about it; it is as `high` as the words
    on the screen leave, where it is `WIDTH` wide.
    """
    if not reading.is_drawn or not reading.has_values:
        return Markup("")
    step, lowest, highest = _ends(reading)
    frame = _Frame(len(reading.points), lowest, highest, high)
    drawn = "".join(_drawn(reading, frame, step, write, agreed))
    return image(svg(WIDTH, high, drawn), says, "cs-room-chart")


def _drawn(
    reading: ChartReading, frame: _Frame, step: float, write: Write, agreed: Sequence[Period]
) -> list[str]:
    """What lies under comes first."""
    return [
        *_ticks(frame, step, write),
        *_usual(reading, frame),
        *_target(reading, frame, write),
        *_months(reading, frame),
        *_agreed(reading, frame, agreed),
        *months_at_its_age(reading, frame, frame.bottom - 10 if agreed else TOP - 12),
        *what_it_will_be(reading, frame),
        *unit_before(reading, frame),
        *line_of_months(reading, frame),
        *points_of_months(reading, frame),
        _latest(reading, frame, write),
        *_range(reading, frame, write),
    ]


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
        # "90 days" has no room there: the latest value says what is counted.
        yield _text(LEFT - 10, y + 8, write(value).partition(" ")[0], QUIET, "end")
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


def _latest(reading: ChartReading, frame: _Frame, write: Write) -> str:
    last = reading.last
    if last is None or last.value is None:
        return ""
    colour = COLOURS[last.mark] if is_special(last.mark) else INK
    x, y = frame.x(len(reading.points) - 1), frame.y(last.value)
    words = write(last.value)
    size = LARGE if len(words) <= LETTERS_AT_LARGE else TEXT
    value = _text(x + 18, y + size * 0.35, words, colour, "start", size, weight=700)
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
