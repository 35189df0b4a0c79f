"""How long half stay, in words: told under a figure of stays that ended."""

from data_access.words.agreeing import agreeing
from metrics.result import Result
from metrics.survival.median_stay import OPEN_LONGEST, OPEN_MEDIAN, MedianStay, from_stored
from metrics.survival.windows import WINDOW_MONTHS
from metrics.writing import count


def stay_sentences(result: Result) -> list[str]:
    """How long half stay, and how long those have stayed who go on; nothing for other metrics."""
    stored = result.quantiles
    told = from_stored(stored) if result.metric.beside.stays_at else None
    lines = [_half_words(told)] if told else []
    if OPEN_MEDIAN in stored:
        open_now = stored[OPEN_MEDIAN]
        longest = [_days(stored[key].value) for key in OPEN_LONGEST if key in stored]
        going_on = agreeing(open_now.n, "stay goes on", "stays go on")
        lines.append(
            f"{count(open_now.n)} {going_on}, half of them for {_days(open_now.value)} or less;"
            f" the longest for {_listed(longest)}."
        )
    return lines


def _half_words(told: MedianStay) -> str:
    window = f"in {WINDOW_MONTHS} months {count(told.ended)} ended"
    if told.longer_than is not None:
        return f"More than half stay longer than {_days(told.longer_than)}: {window}."
    if told.median is None:
        return f"How long half stay can’t be told: {window}, or too few could have."
    return (
        f"Half stay {_days(told.median)} or less{_interval(told)}, counting those who still stay"
        f" for as long as they were seen: {window}."
    )


def median_words(told: MedianStay) -> str:
    """How long half stay, with its interval: "217 days (95% interval 211 to 224 days)"."""
    assert told.median is not None, "there is none where more than half stay longer than was seen"
    return f"{_days(told.median)}{_interval(told)}"


def _interval(told: MedianStay) -> str:
    if told.low is None:
        return ""
    end = "no known end" if told.high is None else _days(told.high)
    return f" (95% interval {count(told.low)} to {end})"


def _days(number: float) -> str:
    return f"{count(number)} {agreeing(number, 'day', 'days')}"


def _listed(words: list[str]) -> str:
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
