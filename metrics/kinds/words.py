"""How a figure's kind is said: of when it is, and what stands beside it where nothing judges it."""

from collections.abc import Callable, Sequence

from metrics.model import FigureKind, Metric, Period
from metrics.spc.chart_reading import ChartPoint, ChartReading, Footing
from metrics.writing import written_date, written_when

Write = Callable[[float | None], str]

A_YEAR = 12
WHOSE_FOLLOW_UP = "of those whose follow-up ended in {now}"
# Under the chart of a figure whose months are those in which a follow-up ended.
FOLLOWED_NOTE = " Each month holds those whose follow-up ended in it."


def when_words(metric: Metric, period: Period, so_far: bool = False) -> str:
    """What follows the value: " in September 2016"; ", closed in …, followed to …"; " as at …"."""
    if metric.kind is FigureKind.FOLLOWED:
        return f", {followed_words(metric, period)}"
    if metric.kind is FigureKind.ROLLING:
        return f" in the {metric.window_months} months to {period}"
    if metric.kind is FigureKind.WAVE:
        return f" in the round of {period}"
    if metric.kind is FigureKind.CUMULATIVE and not so_far:
        return f" as at {written_date(period.last_day)}"
    return f" in {period}"


def followed_words(metric: Metric, period: Period) -> str:
    """As in "closed in September 2015, followed to September 2016"."""
    followed = metric.followed
    if followed is None:
        return WHOSE_FOLLOW_UP.format(now=period)
    return followed.says.format(then=period.shift(-followed.months), now=period)


def followed_note(metric: Metric) -> str:
    """What a followed figure's months are; nothing of the other kinds."""
    return FOLLOWED_NOTE if metric.kind is FigureKind.FOLLOWED else ""


def no_round(metric: Metric, period: Period, chart: ChartReading | None) -> str:
    """Of a month in which nobody was asked: that, and when it was last, and what was said then."""
    if (last := _last_round(chart)) is None:
        return f"no round in {period}"
    latest = f"the latest, of {written_when(last.when)}: {metric.measure.written(last.value)}"
    return f"no round in {period}; {latest}"


def no_round_words(metric: Metric, chart: ChartReading | None) -> str:
    """The same in a few words, to stand where the value would: "no round; 41% in March 2016"."""
    if (last := _last_round(chart)) is None:
        return "no round"
    return f"no round; {metric.measure.written(last.value)} in {written_when(last.when)}"


def _last_round(chart: ChartReading | None) -> ChartPoint | None:
    known = [point for point in chart.points if point.value is not None] if chart else []
    return known[-1] if known else None


def beside_words(reading: ChartReading, write: Write) -> str:
    """What stands beside the value of a figure that no chart judges, and that none does."""
    if reading.footing is Footing.TO_DATE:
        return "Everything up to that day: it is not judged by months."
    *earlier, _ = reading.points
    if reading.footing is Footing.STANDS:
        return f"{_months_before(earlier, write)} Not judged by limits.".lstrip()
    known = [point for point in earlier if point.value is not None]
    if reading.footing is Footing.ROUNDS:
        before = known[-1:]
        none, named = "There is no round before it.", "{} in the round before, {}."
    else:
        before = [point for point in earlier[-1:] if point.value is not None]
        none, named = "There is no value of a year before.", "{} a year before, in {}."
    told = [named.format(write(point.value), written_when(point.when)) for point in before]
    return f"{(told or [none])[0]} Not judged by limits."


def _months_before(earlier: Sequence[ChartPoint], write: Write) -> str:
    """As in "381 the month before, 325 a year before."; nothing where neither has a value."""
    told = [
        f"{write(point.value)} {when} before"
        for back, when in ((1, "the month"), (A_YEAR, "a year"))
        if len(earlier) >= back and (point := earlier[-back]).value is not None
    ]
    return f"{', '.join(told)}." if told else ""
