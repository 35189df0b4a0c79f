"""A figure of which too little is recorded: within which bounds it lies, and the sign for that."""

from metrics.model import Tally
from metrics.result import Result
from metrics.spc.words import word_of
from metrics.worth.worth_saying import turn_sentence

TOO_LITTLE = "Too little is recorded"
FAULT = "Fault in the data"


def _recorded_share(result: Result) -> Tally | None:
    """The companion that says how much is recorded, of a metric that is told with its bounds."""
    keys = (
        companion.key for companion in result.metric.beside.companions if companion.gives_bounds
    )
    return next((result.companions[key] for key in keys if key in result.companions), None)


def has_fault(result: Result) -> bool:
    """Whether a fault in the data hides part of the figure: told before all that its chart says."""
    return bounds_sentence(result) is not None


def mark_word(result: Result) -> str:
    """The figure's first mark in a word: a fault's, else its chart's; nothing without either."""
    if has_fault(result):
        return FAULT
    if result.chart is None:
        return ""
    lately = turn_sentence(result).partition(":")[0].replace("Lately", "lately")
    return ", ".join(filter(None, (word_of(result.chart), lately)))


def bounds_sentence(result: Result) -> str | None:
    """Where too little is recorded: the figure if all that is missing were none of it, or all."""
    recorded = _recorded_share(result)
    if recorded is None or result.tally is None:
        return None
    if (
        result.is_too_few
        or not recorded.denominator
        or recorded.numerator >= recorded.denominator * result.floor
    ):
        return None
    least = Tally(result.tally.numerator, recorded.denominator)
    unrecorded = recorded.denominator - recorded.numerator
    most = Tally(result.tally.numerator + unrecorded, recorded.denominator)
    metric = result.metric
    low, high = (metric.measure.written(metric.figure(end)) for end in (least, most))
    return f"{TOO_LITTLE}: the true figure lies between {low} and {high}."
