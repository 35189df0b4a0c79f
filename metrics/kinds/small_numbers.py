"""What is said of a figure of few: its two numbers without a rate, and what one is worth."""

from metrics.model import Measure, round_half_up
from metrics.result import Result
from metrics.writing import count

TOO_FEW = "too few for a rate"


def two_numbers(result: Result) -> str:
    """Both numbers of a figure: "3 of 7" things, "41 ÷ 5" of what can't be named."""
    assert result.tally is not None, "a figure without a tally has no numbers"
    of = "of" if result.metric.is_share_of_things else "÷"
    return f"{count(result.tally.numerator)} {of} {count(result.tally.denominator)}"


def too_few_words(result: Result) -> str:
    """To stand where the value would: "3 of 7: too few for a rate"."""
    return f"{two_numbers(result)}: {TOO_FEW}"


def no_rate_told(result: Result) -> str:
    """Why there is none: "fewer than 10, so no rate is told"."""
    return f"fewer than {result.metric.fewest}, so no rate is told"


def what_one_is_worth(result: Result) -> str | None:
    """What one thing more or less would move the figure by: "one visit = 3.4 points".

    Of days and scores one thing may move it by anything, and a count by itself: nothing is said.
    """
    measure, thing = result.metric.measure, result.metric.words.one_counted
    is_told = measure.is_share or measure is Measure.PER_1000
    if not thing or not is_told or result.value is None or not result.tally:
        return None
    worth = round_half_up(measure.value[0] / result.tally.denominator, 1)
    return f"one {thing} = {worth} {measure.words}" if worth else None
