"""Charts of the PDF, as lines and letters: the months of a figure, units side by side."""

from collections.abc import Iterable, Sequence

from charts.palette import BAND, BAR, GRID, INK, QUIET, TARGET, WHITE
from exports.chart_titles import trend_title
from exports.described import trend_described
from exports.excel.chart import months_between
from exports.excel.limits import SHAPES
from exports.pack import Pack
from exports.pdf.document import SMALL, Box, Document
from exports.pdf.frame import Frame, Line, alone, runs
from exports.pdf.labels import Labels
from exports.scale import scale_of, target_drawn
from metrics.model import Metric
from metrics.result import Result
from metrics.spc.chart_reading import ChartReading, Mark
from metrics.spc.words import WORDS

AXIS, LABELS, VALUE_ROOM, TITLE_ROOM = 26.0, 58.0, 62.0, 32.0
THICK, THIN, DOT = 2.5, 1.25, 5.0
NAMES_ON_SMALL = 3


def trend_chart(pdf: Document, box: Box, pack: Pack, metric: Metric, unit_id: str | None) -> None:
    """The months as a line with limits, marks and target; what is withheld is shown to be."""
    result, trend = pack.result(metric, unit_id), pack.trend(metric, unit_id)
    reading = result.chart
    drawn = pack.drawn_months(metric, unit_id)
    with pdf.tagged("/Figure", trend_described(trend, result)):
        frame = _ground(pdf, box, trend, scale_of(trend, reading), drawn, SMALL)
        pdf.words(box[0], box[1] + SMALL, trend_title(pack, trend, reading), SMALL, QUIET)
        _withheld(pdf, frame, pack, drawn)
        labels = Labels(pdf, frame.box)
        if reading:
            _limits(pdf, frame, reading, labels)
            _line(pdf, frame, frame.line(reading.same_age), QUIET, THIN, (1.5, 3))
        target = _target(pdf, frame, trend, reading, labels)
        values = _dated(frame, drawn)
        if reading:
            values = _own_months(pdf, frame, reading, labels)
        _line(pdf, frame, values, INK, THICK, labels=labels, is_joined=metric.kind.has_limits)
        if reading:
            _marks(pdf, frame, reading, labels)
            _still_entered(pdf, frame, reading, metric, labels)
        if target is not None:
            labels.along(frame.y(target), f"Target {metric.measure.written(target)}", TARGET)
        _last_value(pdf, frame, values, metric)


def _own_months(pdf: Document, frame: Frame, reading: ChartReading, labels: Labels) -> Line:
    """The unit's own months; those of the unit that it continues are drawn here, dashed."""
    before, own = (
        frame.line((one.when, one.value) for one in reading.points if reading.is_own(one) is is_own)
        for is_own in (False, True)
    )
    _line(pdf, frame, before, QUIET, THICK, (6, 3), labels)
    return own


def _dated(frame: Frame, results: Iterable[Result]) -> Line:
    return frame.line((one.view.period, one.value) for one in results)


def small_trend(pdf: Document, box: Box, pack: Pack, metric: Metric, unit_id: str | None) -> None:
    """A unit's months over the service's, dotted; those of the unit it continues are dashed."""
    trend, service = pack.trend(metric, unit_id), pack.trend(metric)
    before = pack.unit_before(metric, unit_id)
    scale = scale_of([*service, *before, *trend], None, steps=3)
    with pdf.tagged("/Figure", trend_described(trend, pack.result(metric, unit_id))):
        frame = _ground(pdf, box, trend, scale, trend, 12, apart=12)
        _withheld(pdf, frame, pack, trend)
        is_joined = metric.kind.has_limits
        _line(pdf, frame, _dated(frame, service), BAR, THICK, (1.5, 3), is_joined=is_joined)
        _line(pdf, frame, _dated(frame, before), QUIET, THICK, (6, 3))
        _line(pdf, frame, _dated(frame, trend), INK, THICK, is_joined=is_joined)


def _ground(
    pdf: Document,
    box: Box,
    trend: Sequence[Result],
    scale: dict[str, float],
    months: Sequence[Result],
    size: int,
    apart: int | None = None,
) -> Frame:
    """Lines across at round numbers, with their numbers, and the names of months."""
    left, top, width, height = box
    above = TITLE_ROOM if size == SMALL else size / 2
    inner = (left + LABELS, top + above, width - LABELS - VALUE_ROOM, height - above - AXIS)
    if size != SMALL:
        inner = (left + LABELS - 12, top + above, width - LABELS, height - above - AXIS)
    frame = Frame(inner, scale["min"], scale["max"], tuple(one.view.period for one in months))
    _numbers(pdf, frame, scale, trend[-1].metric, size)
    for place in range(0, len(months), _months_to_a_name(trend[-1].metric, len(months), apart)):
        start = months[place].view.period.start
        foot = top + height - AXIS + size + 4
        pdf.words(frame.x(place), foot, f"{start:%b %y}", size, QUIET, "middle")
    return frame


def _months_to_a_name(metric: Metric, months: int, apart: int | None) -> int:
    """So many that names have room; `apart` on a small chart, which has room for three names."""
    if metric.kind.has_limits:
        return apart or months_between(months)
    return -(-months // NAMES_ON_SMALL) if apart else 1


def _numbers(
    pdf: Document, frame: Frame, scale: dict[str, float], metric: Metric, size: int
) -> None:
    left, _, width, _ = frame.box
    for step in range(round((scale["max"] - scale["min"]) / scale["major_unit"]) + 1):
        value = scale["min"] + step * scale["major_unit"]
        y = frame.y(value)
        pdf.stroke(GRID, 0.75)
        pdf.line(left, y, left + width, y)
        pdf.words(left - 6, y + size * 0.35, metric.measure.written(value), size, QUIET, "end")


def _line(
    pdf: Document,
    frame: Frame,
    values: Line,
    ink: str,
    width: float,
    dash: tuple[float, float] = (0, 0),
    labels: Labels | None = None,
    is_joined: bool = True,
) -> None:
    """A line through months next to each other; dots where they only stand side by side."""
    for run in runs(values) if is_joined else alone(values):
        points = [(frame.x(place), frame.y(values[place] or 0)) for place in run]
        pdf.stroke(ink, width, *dash)
        if labels:
            labels.keep_clear(points)
        if len(points) > 1:
            pdf.polyline(points)
            continue
        pdf.set_fill_color(ink)
        pdf.circle(*points[0], width if is_joined else DOT, style="F")
    pdf.stroke(ink, width)


def _withheld(pdf: Document, frame: Frame, pack: Pack, months: Sequence[Result]) -> None:
    """A ground behind each month that the audience may not see, so that no gap is silent."""
    _, top, width, height = frame.box
    for place, result in enumerate(months):
        if pack.hides(result):
            pdf.set_fill_color(BAND)
            wide = width / max(len(months), 1)
            pdf.rect(frame.x(place) - wide / 2, top, wide, height, style="F")


def _limits(pdf: Document, frame: Frame, reading: ChartReading, labels: Labels) -> None:
    """Mean and limits of each phase, where there are any."""
    for phase in reading.phases:
        limited = [point for point in phase if point.lower is not None]
        for name, dash in (("mean", (0, 0)), ("lower", (5, 4)), ("upper", (5, 4))):
            drawn = [(point.when, reading.drawn(getattr(point, name))) for point in limited]
            _line(pdf, frame, frame.line(drawn), BAR, THIN, dash, labels)


def _target(
    pdf: Document,
    frame: Frame,
    trend: Sequence[Result],
    reading: ChartReading | None,
    labels: Labels,
) -> float | None:
    """The line alone: its words are put where the others leave room."""
    target = target_drawn(trend, reading)
    if target is None:
        return None
    left, _, width, _ = frame.box
    pdf.stroke(TARGET, THICK, 8, 5)
    pdf.line(left, frame.y(target), left + width, frame.y(target))
    pdf.stroke(TARGET, THICK)
    labels.keep_clear([(left, frame.y(target)), (left + width, frame.y(target))])
    return target


def _marks(pdf: Document, frame: Frame, reading: ChartReading, labels: Labels) -> None:
    """The points that are not usual, by shape and colour; the last of each kind says its word."""
    named: set[Mark] = set()
    for place in reversed(range(len(reading.points))):
        point = reading.points[place]
        if point.mark not in SHAPES or point.value is None:
            continue
        ink = SHAPES[point.mark][1]
        x, y = frame.x(place), frame.y(point.value)
        pdf.set_fill_color(ink)
        pdf.polygon(_shape(point.mark, x, y), style="F")
        if point.mark not in named:
            named.add(point.mark)
            labels.beside(x, y, WORDS[point.mark], ink)


def _shape(mark: Mark, x: float, y: float) -> list[tuple[float, float]]:
    """As on every page: up is better, down is worse, neither is a diamond."""
    if mark is Mark.NEUTRAL:
        return [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
    way = -1 if mark is Mark.IMPROVEMENT else 1
    return [(x, y + way * 7), (x + 6, y - way * 5), (x - 6, y - way * 5)]


def _still_entered(
    pdf: Document, frame: Frame, reading: ChartReading, metric: Metric, labels: Labels
) -> None:
    """A last month that is not whole yet is hollow, with what it will probably come to."""
    last = reading.last
    if last is None or last.value is None or not reading.is_unfinished(last):
        return
    place = len(reading.points) - 1
    low, high = reading.probable or (last.value, last.value)
    pdf.stroke(QUIET, THIN, 2, 2)
    pdf.line(frame.x(place), frame.y(low), frame.x(place), frame.y(high))
    pdf.stroke(INK, THICK)
    pdf.set_fill_color(WHITE)
    pdf.circle(frame.x(place), frame.y(last.value), DOT, style="DF")
    if reading.probable is None:
        return
    ends = f"probably {metric.measure.written(low)} to {metric.measure.written(high)}"
    labels.keep_clear([(frame.x(place), frame.y(low)), (frame.x(place), frame.y(high))])
    labels.beside(frame.x(place), frame.y(max(high, last.value)), ends, QUIET)


def _last_value(pdf: Document, frame: Frame, values: Line, metric: Metric) -> None:
    known = [place for place, value in enumerate(values) if value is not None]
    if known:
        value = values[known[-1]]
        assert value is not None
        x, y = frame.x(known[-1]) + 9, frame.y(value) + SMALL * 0.35
        pdf.words(x, y, metric.measure.written(value), SMALL, INK)
