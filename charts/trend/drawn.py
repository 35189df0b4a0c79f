"""The one large chart drawn on the server: it is there with the page, and asks for no script.

It draws what charts/trend/told.py says in plotly's words, so that a chart looked at closer is the
same.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup, escape

from charts.closer.months import points_told
from charts.palette import FONT, WHITE
from charts.room_parts import Where, path, polyline
from charts.svg import image, svg
from charts.trend.edge_words import round_step
from charts.trend.told import trend_told
from metrics.publication import Note
from metrics.result import Result
from metrics.sentence import sentence

# As wide as its place on a projector; on a telephone letters would be too small to read.
WIDE, NARROW = 1080, 520
DASHES = {
    "dot": " stroke-dasharray='2 7' stroke-linecap='round'",
    "dash": " stroke-dasharray='12 8'",
}
TAGS = re.compile(r"</?b>|</?span[^>]*>")
SIZE = re.compile(r"font-size:(\d+)px")
LINE_HEIGHT = 1.25
ROOM_OF_A_NAME = 110
# Parts of a letter's height between a line's middle and the foot of its letters.
FOOT = 0.35


def drawn(result: Result, notes: Sequence[Note] = (), service: Sequence[Result] = ()) -> Markup:
    """The chart of a figure with its months to be pointed at, by mouse, finger or arrow keys."""
    told, words = trend_told(result, notes, service), sentence(result)
    pictures = Markup("").join(
        image(_svg(told, width), words, f"cs-drawn-{name}")
        for name, width in (("wide", WIDE), ("narrow", NARROW))
    )
    points = points_told(result, _Plot.of(told, WIDE).share)
    return Markup('<div class="cs-drawn">{}{}</div>').format(pictures, points)


def chart_file(result: Result, notes: Sequence[Note] = (), service: Sequence[Result] = ()) -> str:
    """The same as a picture to keep, with its title in it: an SVG file."""
    title = f"<title>{escape(result.metric.name)}, {escape(result.unit_name or '')}</title>"
    return _svg(trend_told(result, notes, service), WIDE, title)


@dataclass(frozen=True)
class _Plot:
    """Where days and values lie in a picture so wide."""

    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float
    days: tuple[int, int]
    values: tuple[float, float]

    @classmethod
    def of(cls, told: dict, width: float) -> "_Plot":
        layout = told["layout"]
        height, margin = layout["height"], layout["margin"]
        first, last = (day.toordinal() for day in layout["xaxis"]["range"])
        low, high = layout["yaxis"]["range"]
        inside = (margin["l"], width - margin["r"], margin["t"], height - margin["b"])
        return cls(width, height, *inside, (first, last), (low, high))

    def share(self, day: date) -> float:
        """How far along the months a day is, from 0 to 1."""
        first, last = self.days
        return (day.toordinal() - first) / (last - first)

    def x(self, place: Any, ref: str = "x") -> float:
        """`ref` is what the place counts from, as plotly names it: a day, or a part of the plot."""
        share = self.share(place) if ref == "x" else place
        return self.left + share * (self.right - self.left)

    def y(self, place: float, ref: str = "y") -> float:
        low, high = self.values
        share = (place - low) / (high - low) if ref == "y" else place
        return self.bottom - share * (self.bottom - self.top)


def _svg(told: dict, width: float, title: str = "") -> str:
    plot, layout = _Plot.of(told, width), told["layout"]
    parts = [
        title,
        f"<rect width='{width}' height='{plot.height}' fill='{WHITE}'/>",
        *_levels(plot, layout),
        *_days(plot, layout),
        *_traces(plot, told["data"]),
        *(_shape(plot, shape) for shape in layout["shapes"]),
        *(part for words in layout["annotations"] for part in _words(plot, words)),
    ]
    return svg(width, plot.height, "".join(parts))


def _levels(plot: _Plot, layout: dict) -> Iterator[str]:
    axis, (low, high) = layout["yaxis"], plot.values
    step = round_step((high - low) / axis["nticks"])
    # Counted and not added up, which would leave what a binary fraction lacks.
    for number in range(int(low // step), int(high // step) + 1):
        level = number * step
        if level >= low:
            y = plot.y(level)
            ink = axis["gridcolor"]
            line = f"M{plot.left} {y:.1f} H{plot.right}"
            yield f"<path d='{line}' stroke='{ink}' stroke-width='1.5'/>"
            name = f"{level:.6g}{axis['ticksuffix']}".replace("-", "−")
            yield _text(plot.left - 10, y, name, layout["font"], "end")


def _days(plot: _Plot, layout: dict) -> Iterator[str]:
    axis = layout["xaxis"]
    ink = axis["linecolor"]
    yield f"<path d='M{plot.left} {plot.bottom} H{plot.right}' stroke='{ink}' stroke-width='2'/>"
    named = list(zip(axis["tickvals"], axis["ticktext"], strict=True))
    every = 1 + int(len(named) * ROOM_OF_A_NAME / (plot.right - plot.left + ROOM_OF_A_NAME))
    # Backwards, so that the month that is told has its name.
    for day, name in named[::-every]:
        yield _text(plot.x(day), plot.bottom + 26, name, layout["font"], "middle")


def _traces(plot: _Plot, traces: Sequence[dict]) -> Iterator[str]:
    lower: Sequence[Where] = ()
    for trace in traces:
        runs = list(_runs(plot, trace))
        if "fill" in trace:
            edge = [point for run in runs for point in run]
            if trace["fill"] != "none":
                around = path([*lower, *reversed(edge)])
                yield f"<polygon points='{around}' fill='{trace['fillcolor']}'/>"
            lower = edge
        elif "lines" in trace["mode"]:
            how = trace["line"]
            dashes = DASHES.get(how.get("dash", ""), "") + _opacity(trace)
            yield from (polyline(run, how["color"], how["width"], dashes) for run in runs)
        yield from _markers(plot, trace)


def _runs(plot: _Plot, trace: dict) -> Iterator[list[Where]]:
    """Neighbours that have a value: a gap stays a gap."""
    places = list(zip(trace["x"], trace["y"], strict=True))
    for is_known, run in groupby(places, lambda place: place[1] is not None):
        if is_known:
            yield [(plot.x(day), plot.y(value)) for day, value in run]


def _opacity(trace: dict) -> str:
    opacity = trace.get("marker", {}).get("opacity", 1)
    return f" opacity='{opacity}'" if opacity < 1 else ""


def _markers(plot: _Plot, trace: dict) -> Iterator[str]:
    if "markers" not in trace["mode"]:
        return
    marker = trace["marker"]
    edges = marker["line"]
    looks = zip(marker["symbol"], marker["size"], marker["color"], edges["color"], strict=True)
    for day, value, look in zip(trace["x"], trace["y"], looks, strict=True):
        if value is not None:
            where = plot.x(day), plot.y(value)
            yield _marker(where, *look, f" stroke-width='{edges['width']}'{_opacity(trace)}")


def _marker(where: Where, symbol: str, size: float, fill: str, edge: str, more: str) -> str:
    x, y = where
    inside = WHITE if symbol.endswith("-open") else fill
    look = f"fill='{inside}' stroke='{edge}'{more}"
    r = size / 2
    outlines = {
        "triangle-up": f"M{x:.1f} {y - r:.1f} l{r:.1f} {size * 0.85:.1f} h{-size:.1f} z",
        "triangle-down": f"M{x:.1f} {y + r:.1f} l{r:.1f} {-size * 0.85:.1f} h{-size:.1f} z",
        "diamond": f"M{x:.1f} {y - r:.1f} l{r} {r} l{-r} {r} l{-r} {-r} z",
    }
    outline = outlines.get(symbol.removesuffix("-open"))
    if outline is None:
        return f"<circle cx='{x:.1f}' cy='{y:.1f}' r='{r}' {look}/>"
    return f"<path d='{outline}' {look}/>"


def _shape(plot: _Plot, shape: dict) -> str:
    ends = [
        (plot.x(shape[x], shape["xref"]), plot.y(shape[y], shape["yref"]))
        for x, y in (("x0", "y0"), ("x1", "y1"))
    ]
    how = shape["line"]
    return polyline(ends, how["color"], how["width"], DASHES.get(how.get("dash", ""), ""))


def _words(plot: _Plot, told: dict) -> Iterator[str]:
    """Words of one or more lines, anchored as plotly does."""
    font, lines = told["font"], told["text"].split("<br>")
    x = plot.x(told["x"], told.get("xref", "x")) + told.get("xshift", 0)
    y = plot.y(told["y"], told.get("yref", "y")) - told.get("yshift", 0)
    high = font["size"] * LINE_HEIGHT
    above = {"bottom": len(lines), "top": 0}.get(told.get("yanchor", ""), len(lines) / 2)
    anchor = {"left": "start", "right": "end"}.get(told.get("xanchor", ""), "middle")
    for place, line in enumerate(lines):
        size = SIZE.search(line)
        look = {**font, "size": int(size[1])} if size else font
        weight = " font-weight='700'" if "<b>" in line else ""
        yield _text(x, y + (place + 0.5 - above) * high, TAGS.sub("", line), look, anchor, weight)


def _text(x: float, y: float, words: str, font: dict, anchor: str, more: str = "") -> str:
    size = font["size"]
    return (
        f"<text x='{x:.1f}' y='{y + size * FOOT:.1f}' fill='{font['color']}' font-size='{size}'"
        f" font-family='{FONT}' text-anchor='{anchor}'{more}>{escape(words)}</text>"
    )
