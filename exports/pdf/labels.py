"""Words beside a chart's lines in the PDF: each where it covers nothing that was drawn."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import ceil

from exports.pdf.document import FAMILY, SMALL, Box, Document, plain

AWAY, NEAR, CLOSE = 9.0, 4.0, 2.0
Point = tuple[float, float]
Corners = tuple[float, float, float, float]


class Labels:
    """What a chart has drawn so far; words are put where they hide as little of it as can be."""

    def __init__(self, pdf: Document, box: Box) -> None:
        left, top, width, height = box
        self._pdf = pdf
        self._inside = (left, top - SMALL / 2, left + width, top + height)
        self._points: list[Point] = []
        self._written: list[Corners] = []

    def keep_clear(self, points: Sequence[Point]) -> None:
        """Points, and the lines from each to the next."""
        self._points += points
        for (x, y), (to_x, to_y) in pairwise(points):
            steps = ceil(max(abs(to_x - x), abs(to_y - y)) / NEAR)
            for step in range(1, steps):
                self._points.append((x + (to_x - x) * step / steps, y + (to_y - y) * step / steps))

    def beside(self, x: float, y: float, words: str, ink: str) -> None:
        """About a point: above it or under it, then further away, then to either side."""
        self._put(words, ink, _around(x, y, self._wide(words)))

    def along(self, y: float, words: str, ink: str) -> None:
        """At a line that runs across: over or under it, from the left to the right."""
        left, _, right, _ = self._inside
        wide = self._wide(words)
        lasts = right - left - wide - 2 * NEAR
        xs = [left + NEAR + lasts * part / 8 for part in range(9)]
        ys = (y - NEAR - SMALL, y + NEAR)
        self._put(words, ink, [(x, top) for x in xs for top in ys])

    def _wide(self, words: str) -> float:
        self._pdf.set_font(FAMILY, "", SMALL)
        return self._pdf.get_string_width(plain(words))

    def _put(self, words: str, ink: str, places: Iterable[Point]) -> None:
        """In the first of the places that covers least; a place is its upper left corner."""
        wide = self._wide(words)
        boxes = [(x, y, x + wide, y + SMALL) for x, y in places]
        best = min(boxes, key=self._covers)
        self._written.append(best)
        self._pdf.words(best[0], best[3] - SMALL * 0.2, words, SMALL, ink)

    def _covers(self, box: Corners) -> int:
        left, top, right, bottom = box
        points = sum(
            left - CLOSE < x < right + CLOSE and top - CLOSE < y < bottom + CLOSE
            for x, y in self._points
        )
        others = sum(
            left < to_right and right > to_left and top < to_bottom and bottom > to_top
            for to_left, to_top, to_right, to_bottom in self._written
        )
        low_x, low_y, high_x, high_y = self._inside
        is_out = left < low_x or top < low_y or right > high_x or bottom > high_y
        return points + 1000 * (others + is_out)


def _around(x: float, y: float, wide: float) -> list[Point]:
    levels = [level for away in range(1, 7) for level in _levels(y, away * AWAY)]
    lefts = (x - wide / 2, x - wide, x - wide - AWAY, x, x + AWAY)
    return [(left, top) for top in levels for left in lefts]


def _levels(y: float, away: float) -> tuple[float, float]:
    return y - away - SMALL, y + away
