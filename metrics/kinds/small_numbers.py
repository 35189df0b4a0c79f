"""What is said of a figure of few: its two numbers without a rate, and what one is worth."""

from metrics.model import Measure, round_half_up
from metrics.result import Result
from metrics.writing import count

TOO_FEW = "too few for a {rate}"


def two_numbers(result: Result) -> str:
    """Both numbers of a figure: "3 of 7", "41 ÷ 5"; of days only "n = 5".

    A sum of days beside how many they are of would be the mean that is not told, divided by hand.
    """
    assert result.tally is not None, "a figure without a tally has no numbers"
    numerator, n = count(result.tally.numerator), count(result.tally.denominator)
    measure = result.metric.measure
    if measure is Measure.DAYS:
        return f"n = {n}"
    return f"{numerator} {'of' if measure.is_share else '÷'} {n}"


def too_few_words(result: Result) -> str:
    """To stand where the value would: "3 of 7: too few for a rate"; of days "n = 5: too few …"."""
    return f"{two_numbers(result)}: {TOO_FEW.format(rate=_rate(result))}"


def no_rate_told(result: Result) -> str:
    """Why there is none: "fewer than 10, so no rate is told"."""
    return f"fewer than {result.metric.fewest}, so no {_rate(result)} is told"


def without_rate(result: Result, n_words: list[str]) -> list[str]:
    """Both numbers and why there is no rate; of days how many there are, once."""
    numbers, why = two_numbers(result), no_rate_told(result)
    if numbers.startswith("n = "):
        return [f"{n_words[0]}, {why}"]
    return [*n_words, f"{numbers}, {why}"]


def _rate(result: Result) -> str:
    """What its figure is: of days, how many one has on average."""
    return "mean" if result.metric.measure is Measure.DAYS else "rate"


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
