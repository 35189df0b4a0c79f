"""Two cohorts' curves: which share had the outcome by when, and how many were still seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from markupsafe import Markup, escape

from charts.palette import ACCENT, BAND, BAR, FAINT, GRID, INK, LIGHT_ACCENT, LINE, QUIET, WHITE
from charts.room_parts import Where, path, polyline, text
from charts.svg import image, svg
from metrics.writing import count

WIDE, NARROW = 1080, 520
PLOT_HEIGHT, RIGHT, LEFT = 360, 46, 74
SIZE = 22
ROW, LINE_HEIGHT = 58, 28
MONTH = 365.25 / 12
STEP_MONTHS = 3
# So many days into a quarter open no new one: it would stand empty.
HARDLY_BEGUN = 7
ROOM_OF_A_NUMBER = 76
# Told apart by dashes and shade as well as by colour.
LOOKS = ((ACCENT, LIGHT_ACCENT, 5, ""), (INK, BAR, 3.5, " stroke-dasharray='12 7'"))
# How wide a letter of a name is at the most, of its size.
LETTER = 0.58
NAMES_FROM = LEFT + 68
LEVELS = (0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1.0)
Curves = Sequence[Mapping[str, Any]]


@dataclass(frozen=True)
class _Plot:
    """Where days and shares lie in a drawing so wide, under names that end at `top`."""

    width: float
    days: float
    most: float
    top: float

    @property
    def bottom(self) -> float:
        return self.top + PLOT_HEIGHT

    def x(self, day: float) -> float:
        return LEFT + day / self.days * (self.width - LEFT - RIGHT)

    def y(self, share: float) -> float:
        return self.bottom - share / self.most * PLOT_HEIGHT


def curves(told: Curves, says: str) -> Markup:
    """The curves as they were told, over the numbers still seen at every third month.

    Each is grey from the day on which fewer than ten are seen.
    """
    pictures = Markup("").join(
        image(_drawing(told, width), says, f"cs-drawn-{name}")
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    return Markup('<div class="cs-drawn">{}</div>').format(pictures)


def _drawing(told: Curves, width: int) -> str:
    named = [_broken(one["name"], width - NAMES_FROM, SIZE) for one in told]
    top = LINE_HEIGHT * (1 + sum(map(len, named)))
    plot = _Plot(width, _days(told), _most(told), top)
    seen, height = _seen(plot, told)
    parts = [
        f"<rect width='{width}' height='{height:g}' fill='{WHITE}'/>",
        *_levels(plot),
        *_months(plot),
        *(_band(plot, one, look[1]) for one, look in zip(told, LOOKS, strict=True)),
        *(part for one, look in zip(told, LOOKS, strict=True) for part in _line(plot, one, look)),
        *_names(named),
        *seen,
    ]
    return svg(width, height, "".join(parts))


def _days(told: Curves) -> float:
    """To the end of the quarter in which the last of both was seen: a quarter at the least."""
    quarter = STEP_MONTHS * MONTH
    longest = max(one["last"] for one in told)
    if longest > quarter and longest % quarter < HARDLY_BEGUN:
        return longest
    return quarter * max(1, -(-longest // quarter))


def _most(told: Curves) -> float:
    """The lowest level above all that can be read of either."""
    highest = max((_highest(one) for one in told), default=0.0)
    return next((level for level in LEVELS if level >= highest), 1.0)


def _highest(curve: Mapping[str, Any]) -> float:
    days = zip(curve["days"], curve["had"], curve["high"], strict=True)
    return max((high if day < curve["few_from"] else had for day, had, high in days), default=0.0)


def _levels(plot: _Plot) -> Iterator[str]:
    for quarter in range(5):
        share = plot.most * quarter / 4
        y = plot.y(share)
        ink = LINE if quarter == 0 else GRID
        yield f"<path d='M{LEFT} {y:.1f} H{plot.width - RIGHT}' stroke='{ink}' stroke-width='1.5'/>"
        words = f"{100 * share:g}%"
        yield text(LEFT - 10, y + 7, words, QUIET, "end", SIZE)


def _every_third(plot: _Plot) -> range:
    """The months that are named: fewer of them where there is no room."""
    months = round(plot.days / MONTH)
    fit = int((plot.width - LEFT - RIGHT) / ROOM_OF_A_NUMBER)
    return range(0, months + 1, STEP_MONTHS * -(-months // (STEP_MONTHS * fit)))


def _months(plot: _Plot) -> Iterator[str]:
    for month in _every_third(plot):
        x = plot.x(month * MONTH)
        yield f"<path d='M{x:.1f} {plot.top} V{plot.bottom}' stroke='{GRID}' stroke-width='1.5'/>"
        anchor = "middle" if month else "start"
        words = f"{month}" if month else "0 months"
        yield text(x if month else LEFT - 20, plot.bottom + 28, words, QUIET, anchor, SIZE)


def _stepped(plot: _Plot, curve: Mapping[str, Any], shares: str) -> list[Where]:
    """The steps up to the last day on which any was seen, with the day of each."""
    points: list[Where] = [(0, 0)]
    for day, share in zip(curve["days"], curve[shares], strict=True):
        points += [(day, points[-1][1]), (day, min(share, plot.most))]
    return [*points, (max(curve["last"], points[-1][0]), points[-1][1])]


def _split(points: list[Where], day: float) -> tuple[list[Where], list[Where]]:
    """The steps before the day, and from it on."""
    before = [one for one in points if one[0] <= day]
    level = before[-1][1] if before else 0
    return [*before, (day, level)], [(day, level), *(one for one in points if one[0] > day)]


def _placed(plot: _Plot, points: Sequence[Where]) -> list[Where]:
    return [(plot.x(day), plot.y(share)) for day, share in points]


def _band(plot: _Plot, curve: Mapping[str, Any], fill: str) -> str:
    low, high = (
        _split(_stepped(plot, curve, ends), curve["few_from"])[0] for ends in ("low", "high")
    )
    around = path([*_placed(plot, high), *reversed(_placed(plot, low))])
    return f"<polygon points='{around}' fill='{fill}' opacity='0.45'/>"


def _line(
    plot: _Plot, curve: Mapping[str, Any], look: tuple[str, str, float, str]
) -> Iterator[str]:
    ink, _, width, dashes = look
    read, few = _split(_stepped(plot, curve, "had"), curve["few_from"])
    yield polyline(_placed(plot, few), FAINT, 2, dashes)
    yield polyline(_placed(plot, read), ink, width, dashes)


def _names(named: Sequence[list[str]]) -> Iterator[str]:
    """Above the curves: what each looks like, with its whole name."""
    y = 22
    for lines, (ink, _, width, dashes) in zip(named, LOOKS, strict=True):
        yield polyline([(LEFT, y), (LEFT + 56, y)], ink, width, dashes)
        yield from _written(lines, NAMES_FROM, y + 7, ink, SIZE)
        y += LINE_HEIGHT * len(lines)


def _seen(plot: _Plot, told: Curves) -> tuple[list[str], float]:
    """Beneath: how many were still followed and had not had it, at the months above.

    With the height at which they end.
    """
    parts, y = [], plot.bottom + 66
    for curve, (ink, *_) in zip(told, LOOKS, strict=True):
        name = f"{curve['name']}: still followed"
        lines = _broken(name, plot.width - LEFT + 20, SIZE - 2)
        parts.append(
            f"<path d='M0 {y - 22:.1f} H{plot.width}' stroke='{BAND}' stroke-width='1.5'/>"
        )
        parts += _written(lines, LEFT - 20, y, ink, SIZE - 2)
        y += LINE_HEIGHT * (len(lines) - 1)
        parts += _numbers_seen(plot, curve, y + 26)
        y += ROW
    return parts, y


def _still_seen(at_risk: Sequence[int], place: int) -> str:
    """Beyond a list that ends before nobody is seen, 1 to 5 are or none."""
    if place < len(at_risk):
        return count(at_risk[place])
    return count(0) if at_risk[-1:] == [0] else "under 6"


def _numbers_seen(plot: _Plot, curve: Mapping[str, Any], y: float) -> Iterator[str]:
    for month in _every_third(plot):
        seen = _still_seen(curve["at_risk"], month // STEP_MONTHS)
        x, anchor = (plot.x(month * MONTH), "middle") if month else (LEFT - 20, "start")
        yield text(x, y, seen, INK, anchor, SIZE)


def _broken(name: str, room: float, size: int) -> list[str]:
    """The whole name, in lines that fit the room."""
    return wrap(name, int(room / (LETTER * size))) or [name]


def _written(lines: Sequence[str], x: float, y: float, ink: str, size: int) -> Iterator[str]:
    for place, line in enumerate(lines):
        yield text(x, y + LINE_HEIGHT * place, escape(line), ink, "start", size, 600)
