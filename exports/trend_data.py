"""A trend's columns behind its slide: values, limits, and each kind of marked point by itself."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date

from exports.excel.data_sheet import MONTH, NUMBER, SheetColumn, tally_columns
from exports.pack import Pack
from exports.text import row_note
from metrics.model import SERVICE, Metric, Period
from metrics.publication import Note
from metrics.result import Result
from metrics.spc.chart_reading import ChartPoint, ChartReading, Mark
from metrics.spc.new_months import column_name, still_entered_words
from metrics.spc.words import WORDS, point_words, probable_words, shape_of

LIMITS = {"Mean": "mean", "Lower limit": "lower", "Upper limit": "upper"}
SO_FAR = "So far"
PROBABLY = ("Probably at least", "Probably at most")
MARKED = (Mark.IMPROVEMENT, Mark.CONCERN, Mark.NEUTRAL)
Value = Callable[[ChartPoint], float | None]


def trend_columns(pack: Pack, metric: Metric, unit_id: str | None = SERVICE) -> list[SheetColumn]:
    """One row a month, the oldest first: the points that the page draws, and what they are."""
    reading, results = pack.result(metric, unit_id).chart, pack.drawn_months(metric, unit_id)
    if reading is None:
        return _plain_columns(pack, [*results[:-1], pack.result(metric, unit_id)])
    return [
        SheetColumn("Month", [one.view.period.start for one in results], MONTH, 95),
        _counts("Numerator", reading, lambda point: point.numerator),
        _counts("Denominator", reading, lambda point: point.denominator),
        *_value_columns(reading),
        *_of_a_new_month(reading),
        *limit_columns(reading),
        *(_marked(reading, mark) for mark in MARKED if _has(reading, mark)),
        *_so_far(reading),
        _target(results),
        SheetColumn(
            "Reading", [_words(reading, one, metric) for one in reading.points], pixels=260
        ),
        SheetColumn("Note", _notes(pack, results, pack.notes(metric, unit_id)), pixels=230),
    ]


def _plain_columns(pack: Pack, trend: Sequence[Result]) -> list[SheetColumn]:
    return [
        SheetColumn("Month", [result.view.period.start for result in trend], MONTH, 95),
        *tally_columns(trend),
        _target(trend),
        SheetColumn("Note", _notes(pack, trend, ()), pixels=230),
    ]


def before_heading(name: str) -> str:
    """What heads the months of the unit that this one continues."""
    return f"{name}, unit before"


def _value_columns(reading: ChartReading) -> Iterator[SheetColumn]:
    """The unit's own months; those of the unit that it continues in a column of theirs."""
    own = [point.value if reading.is_own(point) else None for point in reading.points]
    yield SheetColumn("Value", own, NUMBER, 95)
    if reading.continues:
        before = [None if reading.is_own(point) else point.value for point in reading.points]
        yield SheetColumn(before_heading("Value"), before, NUMBER, 95)


def _counts(heading: str, reading: ChartReading, of: Value) -> SheetColumn:
    return SheetColumn(heading, [of(point) for point in reading.points], NUMBER)


def _target(results: Sequence[Result]) -> SheetColumn:
    return SheetColumn("Target", [result.target for result in results], NUMBER, 80)


def phase_heading(name: str, number: int) -> str:
    """How the limits of a phase are headed: each has columns of its own, so lines break."""
    return name if number == 1 else f"{name} {number}"


def limit_columns(reading: ChartReading) -> Iterator[SheetColumn]:
    """Mean and limits, as they are drawn; three columns for each phase that has any."""
    before = 0
    for number, phase in enumerate(reading.phases, start=1):
        after = len(reading.points) - before - len(phase)
        if any(point.lower is not None for point in phase):
            for heading, of in LIMITS.items():
                drawn = [reading.drawn(_limit(point, of)) for point in phase]
                blanks: tuple[list[float | None], list[float | None]] = (
                    [None] * before,
                    [None] * after,
                )
                heading = phase_heading(heading, number)
                yield SheetColumn(heading, [*blanks[0], *drawn, *blanks[1]], NUMBER, 95)
        before += len(phase)


def _limit(point: ChartPoint, of: str) -> float | None:
    """The mean only where there are limits: a constant series has none to draw."""
    return None if point.lower is None else getattr(point, of)


def _has(reading: ChartReading, mark: Mark) -> bool:
    return any(point.mark is mark for point in reading.points)


def _marked(reading: ChartReading, mark: Mark) -> SheetColumn:
    values = [point.value if point.mark is mark else None for point in reading.points]
    return SheetColumn(WORDS[mark], values, NUMBER, 100)


def _words(reading: ChartReading, point: ChartPoint, metric: Metric) -> str:
    if point.value is None:
        return ""
    still = still_entered_words(reading, point, probable_words(reading, metric.measure.written))
    return f"{shape_of(point.mark)} {point_words(reading, point)}{still}"


def _so_far(reading: ChartReading) -> Iterator[SheetColumn]:
    """The latest month by itself where it will still change: it is drawn as a ring."""
    if reading.last and reading.is_unfinished(reading.last):
        blanks = [None] * (len(reading.points) - 1)
        yield SheetColumn(SO_FAR, [*blanks, reading.last.value], NUMBER, 95)


def _of_a_new_month(reading: ChartReading) -> Iterator[SheetColumn]:
    """The months when they were as old as it is, and between which values it will probably end."""
    if reading.same_age:
        at_age = dict(reading.same_age)
        values = [at_age.get(one.when) for one in reading.points if isinstance(one.when, Period)]
        yield SheetColumn(column_name(reading), values, NUMBER, 110)
    if reading.probable:
        blanks = [None] * (len(reading.points) - 1)
        for heading, end in zip(PROBABLY, reading.probable, strict=True):
            yield SheetColumn(heading, [*blanks, end], NUMBER, 95)


def _notes(pack: Pack, results: Sequence[Result], notes: Sequence[Note]) -> list[str]:
    """Why a month is blank or provisional, and what was written beside it."""
    words_by_month: dict[date, list[str]] = {}
    for note in notes:
        words_by_month.setdefault(note.month, []).append(
            f"{note.kind.value}: {note.words} ({note.by})"
        )
    return [
        "; ".join(
            filter(
                None,
                [
                    row_note(result, pack.hides(result)),
                    *words_by_month.get(result.view.period.start, ()),
                ],
            )
        )
        for result in results
    ]
