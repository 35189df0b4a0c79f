"""The one large chart: a metric's months with their usual range, told without hovering."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from textwrap import shorten
from typing import Any

from charts.marks import COLOURS
from charts.palette import BAND, FAINT, INK, QUIET, TARGET
from charts.trend.edge_words import Ends, clear_of, ends_of, is_free_above
from charts.trend.layout import BOTTOM, quiet_layout
from charts.trend.month_lines import day_of, line_of, months_drawn, scatter
from charts.trend.new_month import (
    NAME_HEIGHT,
    TEXT,
    months_at_its_age,
    name_of_the_line,
    what_it_will_be,
    words_at,
)
from metrics.publication import Note
from metrics.result import Result
from metrics.spc.chart_reading import ChartPoint, ChartReading, Mark
from metrics.spc.words import probable_words, range_words

HEIGHT, TOP = 370, 16
# Between the middles of the value's words and of its range's two lines.
APART = 46
# The same where it is also said what the value will probably become.
APART_FROM_TWO = 62
# So many that stand side by side have room for their values.
MOST_NAMED = 6
LONGEST_NOTE, NOTE_ROWS, NOTE_HEIGHT = 34, 3, 26
FAINT_LINE = {"color": FAINT, "width": 3, "dash": "dot"}


def trend(result: Result, notes: Sequence[Note] = (), service: Sequence[Result] = ()) -> Any:
    """The chart as plotly draws it, in a browser that is asked to look closer."""
    # Imported where somebody looks closer: most pages are drawn without it.
    import plotly.graph_objects as go

    return go.Figure(trend_told(result, notes, service))


def trend_told(result: Result, notes: Sequence[Note] = (), service: Sequence[Result] = ()) -> dict:
    """The chart of a figure that was told with one, `result.chart`, in plotly's words.

    charts/trend/drawn.py draws it on the server, `trend` has plotly do it in the browser.

    `notes` are drawn where they belong; `service` beneath, where there are no limits to draw.
    """
    reading = result.chart
    assert reading is not None, "a chart is drawn of a figure told with one"
    drawn = Drawn()
    if service and reading.usual is None and reading.is_joined:
        first = day_of(reading.points[0])
        _draw_service(drawn, [month for month in service if month.view.period.start >= first])
    for phase in reading.phases:
        _draw_phase(drawn, reading, phase)
    drawn.traces[-1:-1] = months_at_its_age(reading)  # over the bands, under the months
    drawn.lines.extend(what_it_will_be(reading))
    _name_the_unit_before(drawn, reading)
    _draw_target(drawn, result, reading)
    noted = NOTE_HEIGHT * min(len(notes), NOTE_ROWS)
    plot = HEIGHT - TOP - noted - BOTTOM
    drawn.words.extend(name_of_the_line(reading, noted))
    for place, note in enumerate(notes):
        _draw_note(drawn, note, place % NOTE_ROWS, _free_side(reading, note), plot)
    others = [result.target, *(reading.probable or ())]
    ends = ends_of([y for trace in drawn.traces for y in trace["y"]] + others, reading)
    _label_the_end(drawn, result, reading, ends, plot)
    around = {"shapes": drawn.lines, "annotations": drawn.words}
    top = TOP + noted + (NAME_HEIGHT if reading.same_age else 0)
    layout = {**quiet_layout(reading, result, ends, top, plot), **around}
    return {"data": drawn.traces, "layout": layout}


# The part of the months over which the target's words stand.
TARGET_WORDS = 0.2


@dataclass
class Drawn:
    """What a chart is made of: traces, upright and level lines, words; as plotly names them."""

    traces: list[dict] = field(default_factory=list)
    lines: list[dict] = field(default_factory=list)
    words: list[dict] = field(default_factory=list)


def _draw_phase(drawn: Drawn, reading: ChartReading, phase: Sequence[ChartPoint]) -> None:
    """The usual range as a band, its mean, the months; a gap is a gap."""
    if any(point.lower is not None for point in phase):
        edge = {"mode": "lines", "line": {"width": 0, "shape": "linear"}, "hoverinfo": "skip"}
        for limit, fill in (("lower", "none"), ("upper", "tonexty")):
            ends = [reading.drawn(getattr(point, limit)) for point in phase]
            drawn.traces.append(scatter(phase, ends, fill=fill, fillcolor=BAND, **edge))
        means = [None if point.lower is None else point.mean for point in phase]
        line = {"color": FAINT, "width": 3}
        drawn.traces.append(scatter(phase, means, mode="lines", line=line))
    drawn.traces.extend(months_drawn(reading, phase))


def _name_the_unit_before(drawn: Drawn, reading: ChartReading) -> None:
    """Whose the dashed months are, at their beginning."""
    before = [point for point in reading.points if not reading.is_own(point)]
    known = [point for point in before if point.value is not None]
    if known:
        beside: dict[str, Any] = {"xanchor": "left", "yanchor": "bottom", "yshift": 8}
        where = {"x": day_of(known[0]), "y": known[0].value, **beside}
        drawn.words.append(words_at(f"{reading.continues} (dashed)", QUIET, **where))


def _draw_service(drawn: Drawn, service: Sequence[Result]) -> None:
    drawn.traces.append(
        line_of(
            [result.view.period.start for result in service],
            [result.value for result in service],
            mode="lines",
            line=FAINT_LINE,
        )
    )
    known = [result for result in service if result.value is not None]
    if known:
        # At its beginning: at the end it would stand where the unit's own value does.
        drawn.words.append(
            words_at(
                f"{known[0].unit_name} (dotted): {known[-1].written} now",
                QUIET,
                x=known[0].view.period.start,
                y=known[0].value,
                xanchor="left",
                yanchor="top",
                yshift=-8,
            )
        )


def _label_the_end(
    drawn: Drawn, result: Result, reading: ChartReading, ends: Ends, height: int
) -> None:
    known = [point for point in reading.points if point.value is not None]
    if not known:
        return
    last, write = known[-1], result.metric.measure.written
    if not reading.is_joined and len(known) <= MOST_NAMED:
        for point in known[:-1]:
            _label(drawn, day_of(point), point.value, write(point.value), QUIET, TEXT)
    colour = COLOURS[last.mark] if last.mark is not Mark.COMMON_CAUSE else INK
    expected = probable_words(reading, write)
    beneath = f'<br><span style="font-size:{TEXT}px">expect {expected}</span>' if expected else ""
    _label(drawn, day_of(last), last.value, f"<b>{write(last.value)}</b>{beneath}", colour, 30)
    banded = _banded(reading, known)
    usual = range_words(reading, banded, write)
    if usual:
        apart = APART_FROM_TWO if expected else APART
        clear = ends.pixels(last.value or 0.0, height), apart
        level = _beside_its_band(reading, banded, ends, height, clear)
        whose = "usual once<br>entered " if reading.is_unfinished(last) else "usual<br>"
        _label(drawn, day_of(last), level, f"{whose}{usual}", QUIET, TEXT)


def _banded(reading: ChartReading, known: Sequence[ChartPoint]) -> ChartPoint:
    """The last point; of one without limits of its own, as it is unfinished, the one before."""
    *_, before, last = [known[0], *known]
    has_none = last.lower is None and reading.is_unfinished(last) and before.mean == last.mean
    return before if has_none else last


def _beside_its_band(
    reading: ChartReading, banded: ChartPoint, ends: Ends, height: int, clear: tuple[float, int]
) -> float:
    """`clear` is how high the value's own words stand, and how far away others must be."""
    low, high = (
        ends.pixels(reading.drawn(limit) or 0.0, height) for limit in (banded.lower, banded.upper)
    )
    pixels = clear_of(clear[0], (low, high), (TEXT, height - TEXT), clear[1])
    return ends.value(pixels, height)


def _label(
    drawn: Drawn,
    day: date,
    value: float | None,
    words: str,
    colour: str,
    size: int,
) -> None:
    beside = {"xanchor": "left", "align": "left", "xshift": 16}
    drawn.words.append(words_at(words, colour, size, x=day, y=value, **beside))


def _draw_target(drawn: Drawn, result: Result, reading: ChartReading) -> None:
    y = result.target
    if y is None:
        return
    level = {"type": "line", "xref": "x domain", "yref": "y", "x0": 0, "x1": 1, "y0": y, "y1": y}
    drawn.lines.append({**level, "line": {"color": TARGET, "width": 3, "dash": "dash"}})
    words = f"target {result.metric.measure.written(y)}"
    first = reading.points[: ceil(len(reading.points) * TARGET_WORDS)]
    foot = "bottom" if is_free_above(y, [point.value for point in first]) else "top"
    left: dict[str, Any] = {"xref": "paper", "x": 0, "xanchor": "left", "yanchor": foot}
    drawn.words.append(words_at(words, TARGET, y=y, **left))


def _free_side(reading: ChartReading, note: Note) -> str:
    """Which side of its words a note's line is on: late ones would stand on the latest value."""
    late = reading.points[-(len(reading.points) // 3) :]
    return "right" if late and note.month >= day_of(late[0]) else "left"


def _draw_note(drawn: Drawn, note: Note, row: int, side: str, height: int) -> None:
    """An upright line with its words above the plot; neighbours stand at different heights."""
    bottom = NOTE_HEIGHT * row
    top = 1 + (bottom + NOTE_HEIGHT) / height
    upright = {"type": "line", "xref": "x", "yref": "paper", "y0": 0, "y1": top}
    line = {"color": QUIET, "width": 2, "dash": "dot"}
    drawn.lines.append({**upright, "x0": note.month, "x1": note.month, "line": line})
    drawn.words.append(
        words_at(
            shorten(f"{note.kind.value}: {note.words}", LONGEST_NOTE, placeholder="…"),
            INK,
            x=note.month,
            yref="paper",
            y=1,
            xanchor=side,
            yanchor="bottom",
            xshift=-4 if side == "right" else 4,
            yshift=bottom,
        )
    )
