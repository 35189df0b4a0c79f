"""A month that is still being entered, beside earlier months as they stood at the same age.

Visits entered late count as not made until they are, so a new month always looks worse than old
ones: judged against them as known now, it would be marked for being new.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.late_entry.entered_late import LEAST_COVERAGE, days_since_month_end, latest_complete
from metrics.model import Tally
from metrics.result import Result
from metrics.spc.chart_reading import Latest

WHY = " Each month as it was known {}, so that all are alike."


def is_new(last: Result, as_at: date) -> bool:
    """Whether late entry will still change the month: the last complete one, of such a metric."""
    return last.metric.beside.while_new is not None and last.view.period == latest_complete(as_at)


def latest_standing(trend: Sequence[Result], as_at: date) -> Latest:
    """Whether the last month of `trend` can be judged, if need be at the age that it has."""
    last = trend[-1]
    if last.provisional:
        return Latest.PROVISIONAL
    if is_new(last, as_at) and not _ages_are_known(trend):
        return Latest.STILL_ENTERED
    return Latest.COMPLETE


def at_the_same_age(trend: Sequence[Result], as_at: date) -> list[Result]:
    """The months as they stood when they were as old as the last is on `as_at`."""
    if not is_new(trend[-1], as_at) or not _ages_are_known(trend):
        return list(trend)
    return [*(_as_it_stood(result) for result in trend[:-1]), trend[-1]]


def same_age_words(trend: Sequence[Result], as_at: date) -> str:
    """What is said of it under the chart; nothing where months stand as they are known now."""
    if not is_new(trend[-1], as_at) or not _ages_are_known(trend):
        return ""
    days = days_since_month_end(as_at)
    after = f"{days} {'day' if days == 1 else 'days'} after its end"
    return WHY.format(after if days else "on its last day")


def _ages_are_known(trend: Sequence[Result]) -> bool:
    """Whether it is counted what was entered later, by dates known for nine visits in ten."""
    late_entry = trend[-1].metric.beside.late_entry
    earlier = [result for result in trend[:-1] if result.value is not None]
    if late_entry is None or any(
        late_entry.entered_after not in result.companions for result in earlier
    ):
        return False
    known = sum((_dates_known(result) for result in earlier), Tally())
    return not earlier or known.numerator >= LEAST_COVERAGE * known.denominator > 0


def _dates_known(result: Result) -> Tally:
    pair = result.pair
    if pair is None:
        return Tally()
    tallies = (
        pair.companions[companion.key]
        for companion in pair.metric.beside.coverage
        if companion.key in pair.companions
    )
    return sum(tallies, Tally())


def _as_it_stood(result: Result) -> Result:
    """What was made in time and entered later counted as not made then."""
    late_entry = result.metric.beside.late_entry
    assert late_entry is not None, "asked only of metrics that tell late entry"
    later = result.companions.get(late_entry.entered_after)
    if result.tally is None or later is None:
        return result
    return replace(result, tally=result.tally + Tally(later.numerator, 0))
