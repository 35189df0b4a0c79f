"""A month that is still being entered, beside earlier months as they stood at the same age.

Visits entered late count as not made until they are, so a new month always looks worse than old
ones: judged against them as known now, it would be marked for being new.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics.late_entry.entered_late import LEAST_COVERAGE, latest_complete
from metrics.model import Tally
from metrics.result import Result
from metrics.spc.chart_reading import Latest


def is_new(last: Result, as_at: date) -> bool:
    """Whether late entry will still change the month: the last complete one, of such a metric."""
    return last.metric.beside.while_new is not None and last.view.period == latest_complete(as_at)


def latest_standing(trend: Sequence[Result], as_at: date) -> Latest:
    """Whether the last month of `trend` can be judged beside the others as they are known."""
    last = trend[-1]
    if last.provisional:
        return Latest.PROVISIONAL
    return Latest.STILL_ENTERED if is_new(last, as_at) else Latest.COMPLETE


def unfinished_months(trend: Sequence[Result], as_at: date) -> int:
    """How many of the last months will still change: beside one that is not over, two may."""
    return 1 + (len(trend) > 1 and trend[-1].provisional and is_new(trend[-2], as_at))


def as_they_stood(known_now: Sequence[Result]) -> list[Result] | None:
    """The months when they were as old as the last, a new one, is now; None: not known."""
    if not _ages_are_known(known_now):
        return None
    return [*(_as_it_stood(result) for result in known_now[:-1]), known_now[-1]]


def comparable(result: Result, told: Result, known_now: Result) -> Result | None:
    """An earlier month as it is told, or as it stood at the age of `result`; None: not known.

    What is published has an age of its own, at which nothing tells how others stood.
    """
    if result.chart is None or result.chart.latest is not Latest.STILL_ENTERED:
        return told
    if result.chart.at_age is None or result.published_words:
        return None
    return _as_it_stood(known_now)


def _as_it_stood(result: Result) -> Result:
    """The month when it was as old as the latest complete one is: see `at_its_age`."""
    late_entry = result.metric.beside.late_entry
    stood = result.companions.get(late_entry.stood) if late_entry else None
    return result if result.tally is None or stood is None else replace(result, tally=stood)


def _ages_are_known(trend: Sequence[Result]) -> bool:
    """Whether it is counted what was entered later, by dates known for nine visits in ten."""
    late_entry = trend[-1].metric.beside.late_entry
    earlier = [result for result in trend[:-1] if result.value is not None]
    if late_entry is None or any(late_entry.stood not in result.companions for result in earlier):
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
