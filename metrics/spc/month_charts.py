"""A metric's run of months, judged: which chart it gets and what that says of the latest month."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import dropwhile

from metrics.late_entry.same_age import at_the_same_age, latest_standing, same_age_words
from metrics.result import Result
from metrics.spc.chart_choice import ValueTraits, chart_of
from metrics.spc.chart_reading import ChartReading, When
from metrics.spc.charting import ChartRequest

BEFORE = " Months before {} are those of {}, which {} continues: they are drawn lighter, {}."
LIMITS_ANEW = "and limits begin anew with it"
LIMITS_RUN_ON = "and limits run on, as somebody decided"
# Three years: limits rest on at least 13 months, and older ones tell of another service.
MONTHS_JUDGED = 36


def trend_reading(
    trend: Sequence[Result], as_at: date, rebased: Sequence[When] = ()
) -> ChartReading:
    """What the chart of `trend`, one figure's months in order, says of its last month.

    It begins with the first month that has a value: before a unit there is nothing to judge.
    A month that is still being entered stands beside others as they were at its age.
    `rebased` are the months with which somebody had limits begin anew.
    """
    last = trend[-1]
    months = list(dropwhile(lambda result: result.value is None, trend)) or [last]
    alike = at_the_same_age(months, as_at)
    reading = chart_of(
        [result.view.period for result in alike],
        [result.tally for result in alike],
        ValueTraits.of(last.metric),
        ChartRequest(
            last.metric.polarity, last.target, tuple(rebased), latest_standing(months, as_at)
        ),
    )
    reading = replace(reading, why=reading.why + same_age_words(months, as_at))
    return _with_the_unit_before(reading, months, rebased)


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
