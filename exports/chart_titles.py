"""What a chart says beside its lines: whose months, which are withheld, where the target is."""

from collections.abc import Sequence

from exports.pack import Pack
from exports.scale import latest_target, target_drawn
from exports.text import PROTECTED
from metrics.model import FigureKind
from metrics.result import Result
from metrics.sentence import why_no_value
from metrics.spc.chart_reading import ChartReading
from metrics.spc.new_months import line_name

MONTHS_NAMED = 2
ONE_VALUE = "One value to date: it has no months to draw."
RUNS = {
    FigureKind.ROLLING: "the same month of each year",
    FigureKind.WAVE: "the rounds side by side",
}
WITHHELD = f"{PROTECTED[0].upper()}{PROTECTED[1:]}"


def trend_title(pack: Pack, trend: Sequence[Result], reading: ChartReading | None) -> str:
    """As in "Service, month by month. Not shown, to protect small numbers: May 2016"."""
    parts = [
        f"{trend[-1].unit_name}, {RUNS.get(trend[-1].metric.kind, 'month by month')}",
        withheld_words(pack, trend),
        gap_words(pack, trend),
        far_target(trend, reading),
        f"Dashed: {reading.continues}" if reading and reading.continues else "",
        f"Dotted: {line_name(reading)}" if reading and reading.same_age else "",
    ]
    return ". ".join(part for part in parts if part)


def why_no_chart(pack: Pack, result: Result) -> str:
    """Where a small chart would stand: why there is none."""
    if withheld := withheld_words(pack, [result]):
        return withheld
    if result.value is not None and not result.metric.kind.is_drawn:
        return ONE_VALUE
    return f"No month has a value: {why_no_value(result)}."


def withheld_words(pack: Pack, trend: Sequence[Result]) -> str:
    """Which months the audience may not see: a gap in the line has its reason beside it."""
    hidden = [result for result in trend if pack.hides(result)]
    return f"{WITHHELD}: {_months(hidden)}" if hidden else ""


def gap_words(pack: Pack, trend: Sequence[Result]) -> str:
    """Which months between others have no value, and why."""
    known = [place for place, result in enumerate(trend) if result.value is not None]
    if not known:
        return ""
    gaps = [
        result for result in trend[known[0] :] if result.value is None and not pack.hides(result)
    ]
    reasons = dict.fromkeys(why_no_value(result) for result in gaps)
    return f"No value ({', '.join(reasons)}): {_months(gaps)}" if gaps else ""


def far_target(trend: Sequence[Result], reading: ChartReading | None) -> str:
    """A target that is too far away to be drawn, and on which side."""
    target = latest_target(trend)
    if target is None or target_drawn(trend, reading) is not None:
        return ""
    highest = max((result.value for result in trend if result.value is not None), default=0.0)
    side = "above" if target > highest else "below"
    return f"Target {trend[-1].metric.measure.written(target)}, {side} this scale"


def bar_name(pack: Pack, result: Result, words: str) -> str:
    """How a bar is named where it has none to show: why is said, as no bar looks like nothing."""
    if pack.hides(result):
        return f"{words} (not shown)"
    if result.value is None:
        too_few = "too few" if result.is_too_few else "n 0"
        return f"{words} ({'no data' if result.tally is None else too_few})"
    return words


def _months(results: Sequence[Result]) -> str:
    """The first few by name, and how many more."""
    named = [str(result.view.period) for result in results[:MONTHS_NAMED]]
    more = len(results) - len(named)
    return ", ".join(named) + (f" and {more} more" if more else "")
