"""Cases under each other, a strip each: the higher it stands, the higher the child’s level then.

No dates: days are counted from the one on which each child came to the level that is alike.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from charts.palette import (
    ACCENT,
    BAND,
    FAINT,
    INK,
    LIGHT_ACCENT,
    LINE,
    MIDDLE_ACCENT,
    OCHRE,
    QUIET,
)
from charts.svg import image, svg
from charts.timeline_marks import Size, text
from metrics.levels.levels import LEVELS, NAMES
from metrics.lists.like_this_one import Course, Stretch

# Drawn as wide as the smaller projector, where 24 is then the smallest type that can be read.
SIZE = Size(1200, 148, 96, text=24, band=25, lane=32, lane_with_words=32, months=0)
FILLS = {"CLA": ACCENT, "CP": MIDDLE_ACCENT, "CIN": LIGHT_ACCENT, "open": LINE}
YEAR, LEAST_WIDTH, TOP = 365, 4, 4
FIRST_DAY, GOES_ON = "came to this level", "goes on"
YEARS_APART = 110
# Small letters take less than a letter usually does, and the key has one line.
KEY_LETTER, KEY_GAP = 11.2, 14


@dataclass(frozen=True)
class Strip:
    """A case, and what it is called."""

    name: str
    course: Course

    @property
    def first(self) -> int:
        return min(one.first for one in self.course.levels)

    @property
    def end(self) -> int:
        """The last day that is drawn: of a closed case a year after it."""
        if self.course.closed is not None:
            return self.course.closed + YEAR
        return max(one.end for one in self.course.levels)


@dataclass(frozen=True)
class _Scale:
    first: int
    last: int

    def x(self, day: float) -> float:
        share = (day - self.first) / max(self.last - self.first, 1)
        return SIZE.left + share * (SIZE.width - SIZE.left - SIZE.right)


def level_strips(own: Strip, strips: Sequence[Strip], says: str) -> Markup:
    """The case itself on top, then the others in their order, the axis in years, and the key."""
    every = (own, *strips)
    scale = _Scale(min(one.first for one in every), max(one.end for one in every))
    foot = TOP + SIZE.lane * len(every)
    drawn = [*_axis(scale, foot)]
    for place, strip in enumerate(every):
        drawn.append(_strip(strip, scale, TOP + SIZE.lane * (place + 1), strip is own))
    drawn.append(_rule(TOP + SIZE.lane))
    drawn += _key(every, foot + SIZE.text * 2.2)
    return image(svg(SIZE.width, foot + SIZE.text * 2.6, "".join(drawn)), says, "cs-timeline")


def _rule(y: float) -> str:
    return f"<path d='M0 {y} H{SIZE.width}' stroke='{INK}' stroke-width='1.5'/>"


def _axis(scale: _Scale, foot: float) -> Iterator[str]:
    """An upright line where each child came to the level, thinner ones a year apart."""
    step = max(1, -(-YEARS_APART // max(int(scale.x(YEAR) - scale.x(0)), 1)))
    for years in range(step, (scale.last // YEAR) + 1, step):
        yield _upright(scale.x(years * YEAR), foot, BAND, 2)
        if scale.x(years * YEAR) > scale.x(0) + len(FIRST_DAY) * SIZE.letter / 2 + YEARS_APART / 2:
            yield _foot(scale.x(years * YEAR), foot, _years(years), QUIET, "middle")
    yield _upright(scale.x(0), foot, ACCENT, 3)
    yield _foot(scale.x(0), foot, FIRST_DAY, INK, "middle")


def _years(years: int) -> str:
    return "1 year" if years == 1 else f"{years} years"


def _upright(x: float, foot: float, ink: str, width: float) -> str:
    return f"<path d='M{x:.1f} {TOP} V{foot + 4}' stroke='{ink}' stroke-width='{width}'/>"


def _foot(x: float, foot: float, words: str, ink: str, anchor: str) -> str:
    return text(x, foot + SIZE.text, words, ink, anchor, SIZE)


def _strip(strip: Strip, scale: _Scale, ground: float, is_own: bool) -> str:
    course, base = strip.course, ground - 4
    name = text(0, base - 4, strip.name, INK, "start", SIZE, bold=is_own)
    levels = "".join(_level(one, scale, base) for one in course.levels)
    if course.closed is None:
        after = text(scale.x(strip.end) + 8, base - 4, GOES_ON, INK, "start", SIZE)
        return name + levels + after
    return name + levels + _year_after(course.closed, course.back, scale, base)


def _level(one: Stretch, scale: _Scale, base: float) -> str:
    left = scale.x(one.first)
    width = max(scale.x(one.end) - left, LEAST_WIDTH)
    return _step(left, width, one.level, base)


def _step(left: float, width: float, level: str, base: float) -> str:
    height = SIZE.band * LEVELS[level] / max(LEVELS.values())
    return (
        f"<rect x='{left:.1f}' y='{base - height:.1f}' width='{width:.1f}' height='{height:.1f}'"
        f" fill='{FILLS[level]}' stroke='{INK}' stroke-width='1'/>"
    )


def _year_after(closed: int, back: int | None, scale: _Scale, base: float) -> str:
    """The year in which a closed case was followed, up to the day on which the child was back."""
    end = closed + YEAR if back is None else back
    line = (
        f"<path d='M{scale.x(closed):.1f} {base - 3} H{scale.x(end):.1f}' stroke='{FAINT}'"
        " stroke-width='2' stroke-dasharray='3 5'/>"
    )
    return (
        line + _closed(scale.x(closed), base) + ("" if back is None else _back(scale.x(back), base))
    )


def _closed(x: float, base: float) -> str:
    return f"<path d='M{x:.1f} {base - SIZE.band} V{base + 2}' stroke='{INK}' stroke-width='4'/>"


def _back(x: float, base: float) -> str:
    turned = f"M{x - 14:.1f} {base - 4} H{x:.1f} a7 7 0 0 0 0 -14 H{x - 12:.1f} l7 -6 m-7 6 l7 6"
    return f"<path d='{turned}' fill='none' stroke='{OCHRE}' stroke-width='3.5'/>"


def _key(every: Sequence[Strip], base: float) -> Iterator[str]:
    """What each height and mark says; levels that nobody had are left out."""
    had = {one.level for strip in every for one in strip.course.levels}
    x = 0.0
    for level in sorted(had, key=LEVELS.__getitem__, reverse=True):
        yield _step(x, 26, level, base) + _key_words(x + 32, base, NAMES[level])
        x += 32 + len(NAMES[level]) * KEY_LETTER + KEY_GAP
    for mark, width, words in ((_closed, 4, "closed"), (_back, 20, "came back")):
        yield mark(x + width, base) + _key_words(x + width + 14, base, words)
        x += width + 14 + len(words) * KEY_LETTER + KEY_GAP


def _key_words(x: float, base: float, words: str) -> str:
    return text(x, base - 2, words, INK, "start", SIZE)
