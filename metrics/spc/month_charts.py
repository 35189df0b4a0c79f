"""A metric's run of months, judged: which chart it gets and what that says of the latest month."""

from collections.abc import Callable, Sequence
from dataclasses import astuple, replace
from datetime import date
from itertools import dropwhile
from math import isclose

from metrics.kinds.apart import side_by_side
from metrics.kinds.words import followed_note
from metrics.late_entry.entered_late import days_since_month_end
from metrics.late_entry.same_age import as_they_stood, latest_standing, unfinished_months
from metrics.model import Period, View
from metrics.result import Result
from metrics.spc.chart_choice import ValueTraits, chart_of
from metrics.spc.chart_reading import ChartReading, Latest, When
from metrics.spc.charting import ChartRequest
from metrics.spc.new_months import why_at_its_age

BEFORE = " Months before {} are those of {}, which {} continues: they are drawn lighter, {}."
AS_PUBLISHED = " As published, and otherwise known now: {} of the months before {}."
LIMITS_ANEW = "and limits begin anew with it"
LIMITS_RUN_ON = "and limits run on, as somebody decided"
KnownNow = Callable[[View], Result]
# Three years: limits rest on at least 13 months, and older ones tell of another service.
MONTHS_JUDGED = 36


def trend_reading(
    trend: Sequence[Result],
    as_at: date,
    rebased: Sequence[When] = (),
    known_now: KnownNow | None = None,
) -> ChartReading:
    """What the chart of `trend`, one figure's months in order, says of its last month.

    Of a kind that no limits can judge the months stand side by side.
    Else it begins with the first month that has a value: before a unit there is nothing to judge.
    A month that is still being entered is judged beside others as they were at its age, and by
    no limits of the months as they are drawn. `rebased` are the months with which somebody had
    limits begin anew. `known_now` gives a month with nothing as it was published, where it can
    differ from `trend`: that alone tells how it stood.
    """
    last = trend[-1]
    if not last.metric.kind.has_limits:
        return side_by_side(trend)
    months = list(dropwhile(lambda result: result.value is None, trend)) or [last]
    latest, unfinished = latest_standing(months, as_at), unfinished_months(months, as_at)
    asked = ChartRequest(
        last.metric.polarity, last.target, tuple(rebased), latest, unfinished=unfinished
    )
    reading = _chart(months, asked)
    # What is published has an age of its own, at which nothing tells how others stood.
    if latest is Latest.STILL_ENTERED and not last.published_words:
        known = [known_now(one.view) for one in months] if known_now else months
        reading = _judged_at_its_age(reading, known, as_at, asked)
    why = reading.why + followed_note(last.metric) + _as_published(months, known_now)
    reading = replace(reading, why=why, probable=last.probable)
    return _with_the_unit_before(reading, months, rebased)


def _as_published(months: Sequence[Result], known_now: KnownNow | None) -> str:
    """How many of the months before the last are published as they are not known now."""
    if known_now is None:
        return ""
    published = [one for one in months[:-1] if one.published_words]
    changed = sum(1 for one in published if not _is_alike(one, known_now(one.view)))
    return AS_PUBLISHED.format(changed, months[-1].view.period) if changed else ""


def _is_alike(result: Result, other: Result) -> bool:
    """Whether both count the same, but for what a store keeps of a fraction."""
    if result.tally is None or other.tally is None:
        return result.tally == other.tally
    return all(map(isclose, astuple(result.tally), astuple(other.tally)))


def _chart(months: Sequence[Result], asked: ChartRequest) -> ChartReading:
    return chart_of(
        [result.view.period for result in months],
        [result.tally for result in months],
        ValueTraits.of(months[-1].metric),
        asked,
    )


def _judged_at_its_age(
    reading: ChartReading, known_now: Sequence[Result], as_at: date, asked: ChartRequest
) -> ChartReading:
    """The last month with the mark that it has beside the others at its age, where that is told."""
    stood, shown = as_they_stood(known_now), reading.points[-1]
    if stood is None or shown.value is None:
        return reading
    at_age = _chart(stood, replace(asked, latest=Latest.COMPLETE))
    *earlier, last = at_age.points
    marked = {name: getattr(last, name) for name in ("rule", "mark", "is_high", "since")}
    days_old = days_since_month_end(as_at)
    return replace(
        reading,
        points=(*reading.points[:-1], shown._replace(**marked)),
        since=at_age.since,
        run=at_age.run,
        at_age=at_age,
        same_age=tuple((one.when, one.value) for one in earlier if isinstance(one.when, Period)),
        days_old=days_old,
        why=reading.why + why_at_its_age(shown.when, days_old, last.mark is not None),
    )


def _with_the_unit_before(
    reading: ChartReading, months: Sequence[Result], rebased: Sequence[When]
) -> ChartReading:
    """With which months are those of a unit that this one continues, and the sentence on them."""
    own = months[-1].view.scope
    before = [result for result in months if result.view.scope != own]
    if not before:
        return reading
    names = ", then ".join(dict.fromkeys(result.unit_name for result in before))
    own_from = before[-1].view.period.shift(1)
    limits = LIMITS_ANEW if own_from in rebased else LIMITS_RUN_ON
    sentence = BEFORE.format(own_from, names, months[-1].unit_name, limits)
    return replace(reading, why=reading.why + sentence, continues=names, own_from=own_from)
