"""Where the word of a chart's marks stands: beside one of them, clear of line, axis and edge."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil, floor

from pptx.util import Pt

from exports.powerpoint.parts import SMALL, Box
from metrics.spc.chart_reading import ChartReading

# Of the box that a chart is given: what its plot has.
PLOT_WIDE, PLOT_HIGH = 0.84, 0.66
LETTER_WIDE, LINE_HIGH, FROM_MARK = 0.62, 1.3, 0.5
ON_THE_LINE, ON_A_LIMIT = 10, 1


class Side(Enum):
    """On which side of its mark a word stands, the first where all are as clear."""

    ABOVE = "above"
    BELOW = "below"
    RIGHT = "to the right"


@dataclass(frozen=True)
class _Room:
    """What words take: from which month to which, from which value to which."""

    first: float
    last: float
    low: float
    high: float

    @property
    def wide(self) -> float:
        return self.last - self.first

    def holds(self, value: float | None) -> bool:
        return value is not None and self.low <= value <= self.high

    def is_crossed(self, place: int, before: float | None, after: float | None) -> bool:
        """By the line from one month's value to that of the next; a gap is a gap."""
        if before is None or after is None:
            return False
        parts = (max(self.first - place, 0), min(self.last - place, 1))
        ends = sorted(before + part * (after - before) for part in parts)
        return parts[0] <= parts[1] and ends[0] <= self.high and ends[1] >= self.low


@dataclass(frozen=True)
class Words:
    """A chart's months and scale, and how far letters reach in them."""

    reading: ChartReading
    scale: Mapping[str, float]
    box: Box

    def beside(self, places: Sequence[int], words: str) -> tuple[int, Side]:
        """The marked month beside which the words stand, and on which side: the clearest one.

        Of places that are as clear the latest.
        """
        choices = [(place, side) for place in reversed(places) for side in Side]
        return min(
            choices, key=lambda choice: self._covered(self._room(choice[0], choice[1], len(words)))
        )

    def _covered(self, room: _Room) -> int:
        """How much of the chart the words would lie on."""
        points = self.reading.points
        under = points[max(0, floor(room.first)) : ceil(room.last) + 1]
        segments = enumerate(pairwise(one.value for one in points))
        on_line = sum(room.is_crossed(place, *ends) for place, ends in segments)
        limits = (self.reading.drawn(end) for one in under for end in (one.lower, one.upper))
        # Over the plot is some room, under it are the names of months.
        on_limit = any(map(room.holds, limits)) or room.high > self.scale["max"]
        outside = len(points) * self._is_outside(room)
        return ON_THE_LINE * (on_line + outside) + ON_A_LIMIT * on_limit

    def _is_outside(self, room: _Room) -> bool:
        """Over the axis or beyond the plot; half a word has room beyond the latest month."""
        months = len(self.reading.points)
        beyond = room.first < 0 or room.last > months + room.wide / 2
        return beyond or room.low < self.scale["min"]

    def _room(self, place: int, side: Side, letters: int) -> _Room:
        value = self.reading.points[place].value
        assert value is not None, "a month that is marked has a value"
        month, one = self._of_a_letter()
        wide = letters * LETTER_WIDE * month
        if side is Side.RIGHT:
            away = FROM_MARK * month
            half = LINE_HIGH / 2 * one
            return _Room(place + away, place + away + wide, value - half, value + half)
        near, far = FROM_MARK * one, (FROM_MARK + LINE_HIGH) * one
        low, high = (
            (value + near, value + far) if side is Side.ABOVE else (value - far, value - near)
        )
        return _Room(place - wide / 2, place + wide / 2, low, high)

    def _of_a_letter(self) -> tuple[float, float]:
        """How many months, and how much of the values, a letter's size is."""
        _, _, width, height = self.box
        size = Pt(SMALL)
        months = size * len(self.reading.points) / (PLOT_WIDE * width)
        return months, size * (self.scale["max"] - self.scale["min"]) / (PLOT_HIGH * height)
