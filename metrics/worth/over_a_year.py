"""A number without limits, beside itself a year before: has it moved by enough for the room?"""

from metrics.kinds.words import A_YEAR
from metrics.model import Measure, round_half_up
from metrics.result import Result
from metrics.spc.chart_reading import Footing, Latest
from metrics.worth.worth_saying import reaches

HUNDRED = 100
NONE_BEFORE = "when there were none"


def moved_over_a_year(result: Result) -> str | None:
    """As in "55 more children looked after than a year before, 17% of 328."; None where too little.

    Of the whole service's figure alone: a unit's moves as work is handed from one to another. Both
    numbers are those of the chart, so that a month once published says what it said.
    """
    least, before, value = result.metric.worth_over_a_year, _a_year_before(result), result.value
    if least is None or before is None or value is None:
        return None
    change = value - before
    share = HUNDRED * abs(change) / before if before else None
    if not reaches(result, change) or (share is not None and round_half_up(share, 0) < least):
        return None
    more, counted = "more" if change > 0 else "fewer", result.metric.words.counted_as(abs(change))
    written = result.metric.measure.written
    of_before = f"{Measure.PERCENT.written(share)} of {written(before)}" if share else NONE_BEFORE
    return f"{written(abs(change))} {more} {counted} than a year before, {of_before}."


def _a_year_before(result: Result) -> float | None:
    """The value of the same month a year ago, of a service's figure that stands for itself."""
    chart = result.chart
    if chart is None or not result.view.scope.is_service:
        return None
    is_whole = chart.footing is Footing.STANDS and chart.latest is Latest.COMPLETE
    if not is_whole or len(chart.points) <= A_YEAR:
        return None
    return chart.points[-1 - A_YEAR].value
