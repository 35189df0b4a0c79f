"""The months of a chart as lines with a shape for each: a unit's own, and those before it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from charts.marks import COLOURS
from charts.palette import INK, QUIET, WHITE
from metrics.model import Period
from metrics.spc.chart_reading import ChartPoint, ChartReading, Mark

SYMBOLS: dict[Mark | None, tuple[str, int]] = {
    Mark.IMPROVEMENT: ("triangle-up", 17),
    Mark.CONCERN: ("triangle-down", 17),
    Mark.NEUTRAL: ("diamond", 15),
    Mark.COMMON_CAUSE: ("circle", 9),
    None: ("circle-open", 10),
}
# Of a month that will still change; as large as a point that is told.
HOLLOW = 14
MONTHS_NAMED_BY_QUARTER = 18
# Months of the unit that this one continues are lighter, and no line joins the two.
OWN = {"line": {"color": INK, "width": 4}, "opacity": 1}
OF_ANOTHER = {"line": {"color": QUIET, "width": 3, "dash": "dash"}, "opacity": 0.5}


def months_drawn(reading: ChartReading, phase: Sequence[ChartPoint]) -> Iterator[dict]:
    """One line of a phase's months, or two where it holds months of two units."""
    for run in reading.runs(phase):
        yield _line(reading, run, OWN if reading.is_own(run[0]) else OF_ANOTHER)


def _symbol(reading: ChartReading, point: ChartPoint) -> tuple[str, int]:
    symbol, size = SYMBOLS[point.mark]
    if not reading.is_unfinished(point):
        return symbol, size
    return symbol.removesuffix("-open"), max(size, HOLLOW)


def _line(reading: ChartReading, run: Sequence[ChartPoint], style: Mapping[str, Any]) -> dict:
    marks = [_symbol(reading, point) for point in run]
    colours = [COLOURS[point.mark] for point in run]
    return scatter(
        run,
        [point.value for point in run],
        mode="lines+markers",
        line=style["line"],
        marker={
            "symbol": [symbol for symbol, _ in marks],
            "size": [size for _, size in marks],
            "opacity": style["opacity"],
            "color": [
                WHITE if reading.is_unfinished(point) else colour
                for point, colour in zip(run, colours, strict=True)
            ],
            "line": {"width": 2, "color": colours},
        },
    )


def scatter(phase: Sequence[ChartPoint], values: Sequence[float | None], **how: Any) -> dict:
    """A line of a phase's months, as plotly names it."""
    return line_of([day_of(point) for point in phase], values, cliponaxis=False, **how)


def line_of(days: Sequence[date], values: Sequence[float | None], **how: Any) -> dict:
    """A line through values, as plotly names it: it breaks where there is none."""
    defaults = {"type": "scatter", "connectgaps": False, "hoverinfo": "skip", "showlegend": False}
    return {**defaults, "x": list(days), "y": list(values), **how}


def day_of(point: ChartPoint) -> date:
    return point.when.start if isinstance(point.when, Period) else point.when


def months_between(months: int) -> int:
    """So that the names of months never stand closer than they are long."""
    return 3 if months <= MONTHS_NAMED_BY_QUARTER else 6
