"""What late entry will probably still change of the latest complete month, in words."""

from collections.abc import Mapping
from typing import NamedTuple

from data_access.load_info import LoadInfo
from metrics.late_entry.entered_late import (
    MONTHS_OF_HISTORY,
    PastMonth,
    UsualLateShare,
    days_since_month_end,
    latest_complete,
    usual_late_share,
)
from metrics.model import LateEntry, Measure, Metric, Period, Tally
from metrics.result import Result
from metrics.writing import several

Tallies = Mapping[tuple[str, str | None, Period], Tally]


class Outlook(NamedTuple):
    """One sentence on a new month, and between which values it will probably end, if known."""

    words: str | None
    probable: tuple[float, float] | None = None


def outlook(tallies: Tallies, result: Result, pair: Result, load: LoadInfo) -> Outlook:
    """What is told of a month that is new enough for late entry to change it; nothing of others.

    For the latest complete month of a metric that tells late entry: between what its figure will
    probably come to lie, from the unit's own months as `tallies` know them now, or why that cannot
    be said.
    """
    late_entry, period = result.metric.beside.late_entry, result.view.period
    if result.value is None or period < latest_complete(load.as_at):
        return Outlook(None)
    if late_entry is None or period > latest_complete(load.as_at):
        return Outlook(result.metric.beside.while_new)
    if (_entered(result, late_entry), result.view.scope.unit_id, period) not in tallies:
        # What slides for others may show holds no companions, so nothing can be told from them.
        return Outlook(result.metric.beside.while_new)
    usual_share = (
        UsualLateShare(why_not=pair.metric.beside.pair.missing if pair.metric.beside.pair else "")
        if pair.not_in_source
        else usual_late_share(_history(tallies, result, late_entry, pair.metric))
    )
    if usual_share.why_not:
        return Outlook(f"How much is still to be entered cannot be told: {usual_share.why_not}.")
    return _expected(result, late_entry, usual_share, days_since_month_end(load.as_at))


def _history(
    tallies: Tallies, result: Result, late_entry: LateEntry, pair: Metric
) -> list[PastMonth]:
    unit_id, period = result.view.scope.unit_id, result.view.period
    entered = _entered(result, late_entry)
    (known,) = (f"{pair.key}.{companion.key}" for companion in pair.beside.coverage)
    return [
        PastMonth(
            month,
            _share(tallies.get((entered, unit_id, month)), 100),
            _share(tallies.get((known, unit_id, month)), 1),
        )
        for month in period.shift(-1).run_up(MONTHS_OF_HISTORY)
    ]


def _entered(result: Result, late_entry: LateEntry) -> str:
    return f"{result.metric.key}.{late_entry.entered_after}"


def _share(tally: Tally | None, of_whole: int) -> float | None:
    if tally is None or tally.denominator == 0:
        return None
    return of_whole * tally.numerator / tally.denominator


def _expected(
    result: Result, late_entry: LateEntry, usual_share: UsualLateShare, days: int
) -> Outlook:
    """The share that is usually still to be entered, and what that would make of the figure."""
    now = result.value or 0
    share = share_range(result.metric.measure, usual_share.low, usual_share.high)
    probable = (max(0.0, now - usual_share.high), max(0.0, now - usual_share.low))
    expected = share_range(result.metric.measure, *probable)
    return Outlook(
        f"{share} of a month's {result.metric.words.counted} are usually"
        f" {late_entry.not_counted_as} and entered {_after_words(days)}: expect {expected}"
        f" {late_entry.counted_as}.",
        probable,
    )


def _after_words(days: int) -> str:
    if days == 0:
        return "after its end"
    return f"more than {several(days, 'day')} after its end"


def share_range(measure: Measure, low: float, high: float) -> str:
    """As in "6–11%"; "6%" where both ends are written alike."""
    first, last = measure.written(low), measure.written(high)
    return last if first == last else f"{measure.rounded(low)}–{last}"
