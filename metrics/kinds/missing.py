"""What stands where a figure has no value: why, in a few words or in a sentence."""

from metrics.kinds.small_numbers import no_rate_told, too_few_words, two_numbers
from metrics.kinds.words import no_round, no_round_words, when_words
from metrics.model import FigureKind
from metrics.result import Result
from metrics.stored.history import needed
from metrics.writing import several


def why_no_value(result: Result) -> str:
    """A few words to stand where the value would: never a 0 for what is missing."""
    if result.withheld:
        return result.withheld
    if result.not_open:
        return "not open"
    if result.not_in_source:
        return "not in this source"
    if result.not_yet:
        months = result.metric.history_months
        return f"needs {several(months, 'month')} before it" if months else "not held in full"
    if result.tally is None:
        return "no data"
    if result.is_too_few:
        return too_few_words(result)
    if result.metric.kind is FigureKind.WAVE:
        return no_round_words(result.metric, result.chart)
    return f"0 {result.metric.words.counted}"


def missing_sentence(result: Result) -> str:
    """Why a figure has no value, as the end of a sentence; nothing where it has one."""
    metric, period = result.metric, result.view.period
    if result.not_open:
        return f"not open in {period}"
    if result.not_in_source:
        return "not in this source"
    if result.not_yet:
        lacks = f"needs {needed(metric)}" if metric.history_months else "is not held in full"
        return f"no figure for {period}, which {lacks}"
    if result.tally is None:
        return f"no data for {period}"
    if result.is_too_few:
        when = when_words(metric, period, result.provisional)
        numbers = two_numbers(result).removeprefix("n = ")
        counted = metric.words.counted_as(result.tally.denominator)
        return f"{numbers} {counted}{when}: {no_rate_told(result)}"
    if result.value is not None:
        return ""
    if metric.kind is FigureKind.WAVE:
        return no_round(metric, period, result.chart)
    return f"no value in {period}, as there were no {metric.words.counted}"
