"""Where a chart's values and months stand on a page of the PDF."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from exports.pdf.document import Box
from metrics.model import Period
from metrics.spc.chart_reading import When

Line = Sequence[float | None]


@dataclass(frozen=True)
class Frame:
    """Where values and months stand on the page: a value by its month, never by its turn."""

    box: Box
    low: float
    high: float
    months: tuple[Period, ...]

    def x(self, place: float) -> float:
        left, _, width, _ = self.box
        return left + width * (place + 0.5) / max(len(self.months), 1)

    def line(self, dated: Iterable[tuple[When, float | None]]) -> Line:
        """The values, each in its month's place; None where a month has none."""
        by_month = dict(dated)
        return [by_month.get(month) for month in self.months]

    def y(self, value: float) -> float:
        _, top, _, height = self.box
        return top + height * (self.high - value) / (self.high - self.low)


def runs(values: Line) -> Iterator[list[int]]:
    """Months next to each other that have a value: a line never crosses a gap."""
    run: list[int] = []
    for place, value in enumerate(values):
        if value is None and run:
            yield run
            run = []
        elif value is not None:
            run.append(place)
    if run:
        yield run


def alone(values: Line) -> list[list[int]]:
    """Each month that has a value by itself."""
    return [[place] for place, value in enumerate(values) if value is not None]
