"""Is what is unusual large enough for the room? Its size in words, and the least that counts."""

from collections.abc import Iterable
from decimal import Decimal

from metrics.model import Metric, round_half_up
from metrics.result import Result
from metrics.spc.chart_reading import Mark, Rule
from metrics.spc.size import Size, size_of, target_gap, turned
from metrics.writing import written_when

SMALL = "Less than {}, the smallest difference worth the room’s time."
LATELY_WORDS: dict[Mark | None, str] = {
    Mark.CONCERN: "Lately better",
    Mark.IMPROVEMENT: "Lately worse",
}
LEAST_TOLD = Decimal("0.1")


def worth_saying_of(settings: Iterable[tuple[str, float]], metric: Metric) -> float:
    """The smallest difference worth a senior hour: the council's, else the metric's own."""
    return dict(settings).get(metric.key, metric.worth_saying)


def is_worth_saying(result: Result) -> bool:
    """Whether what the figure is marked for is as large as that; never where it isn't marked."""
    size = size_of(result.chart.judged) if result.chart else None
    return size is not None and reaches(result, size.distance)


def is_far_from_target(result: Result) -> bool:
    """Whether months as usual miss the target by as much."""
    gap = target_gap(result.chart) if result.chart else None
    return gap is not None and reaches(result, gap)


def reaches(result: Result, distance: float) -> bool:
    """Whether it is as large as the least that counts.

    As both are written: a size that is told as the least that counts does count.
    """
    return round_half_up(abs(distance), 1) >= Decimal(str(_least(result)))


def _least(result: Result) -> float:
    own = result.worth_saying
    return result.metric.worth_saying if own is None else own


def small_words(result: Result) -> str:
    """Why what is unusual is not put before the room."""
    return SMALL.format(_written(_least(result), result.metric))


def worth_saying_words(settings: Iterable[tuple[str, float]], metric: Metric) -> str:
    """The smallest difference worth a senior hour, as Definitions says it: "from 3.0 points"."""
    told = f"from {_written(worth_saying_of(settings, metric), metric)}"
    if metric.worth_over_a_year is None:
        return told
    return f"{told}, and {metric.worth_over_a_year}% of the number a year before"


def _written(difference: float, metric: Metric) -> str:
    least = Decimal(str(difference))
    tenths = round_half_up(float(least), 1)
    return f"{tenths if tenths == least else least} {metric.measure.words}".rstrip()


def size_sentence(result: Result) -> str:
    """As in "4.4 points above the mean of 17%."; nothing where the figure isn't marked.

    Of a run whose last months have come back towards the mean that as well.
    """
    size = size_of(result.chart.judged) if result.chart else None
    if size is None or result.value is None:
        return ""
    return " ".join(filter(None, (f"{_size_words(result, size)}.", turn_sentence(result))))


def turn_sentence(result: Result) -> str:
    """As in "Lately better: down from 10.5% in March 2016 to 7.4%."; nothing where none turned."""
    turn = turned(result.chart.judged) if result.chart else None
    if turn is None or result.chart is None or result.chart.judged.last is None:
        return ""
    last, written = result.chart.judged.last, result.metric.measure.written
    way = f"{'down' if turn.is_down else 'up'} from {written(turn.value)}"
    at_it = ", which is about the mean" if written(last.value) == written(last.mean) else ""
    lately = LATELY_WORDS.get(result.chart.judged.mark, "Lately the other way")
    return f"{lately}: {way} in {written_when(turn.when)} to {written(last.value)}{at_it}."


def _size_words(result: Result, size: Size) -> str:
    is_more, level = size.distance > 0, result.metric.measure.written(size.level)
    apart = f"{_distance(size.distance)} {result.metric.measure.words}".rstrip()
    if size.rule is Rule.TREND:
        return f"{apart} {'more' if is_more else 'less'} than in {written_when(size.since)}"
    side = "above" if is_more else "below"
    if size.rule is Rule.SHIFT:
        return f"On average {apart} {side} it"
    of_what = f"{apart} {side} the mean of {level}"
    return of_what if size.rule is Rule.OUTSIDE else f"On average {of_what}"


def _distance(distance: float) -> str:
    rounded = round_half_up(abs(distance), 1)
    return str(rounded) if rounded else f"less than {LEAST_TOLD}"
