"""How far a share lies from the rest of the service's, and from its own a year ago: intervals."""

from collections.abc import Iterator

from data_access.words.agreeing import agreeing
from metrics.kinds.apart import share_what_they_count
from metrics.model import Measure, Period, Tally, round_half_up, with_minus
from metrics.result import Result
from metrics.spc.new_months import age_words
from metrics.spc.proportions import differs_from_the_rest, newcombe

MONTHS_OF_A_YEAR = 12
DIFFERENT = "different from the rest"


def rest_of(service: Tally, unit: Tally) -> Tally:
    """All others together: units and what has no unit."""
    return Tally(service.numerator - unit.numerator, service.denominator - unit.denominator)


def differs(unit: Result, service: Result) -> bool:
    """Whether a unit's share is too far from all others' to be chance, by exact tails at 0.001.

    False for figures that are no shares of things or whose units are not to be compared, where
    nothing can be, and where the rest is too few for a rate.
    """
    if (
        unit.metric.why_not_compared
        or not unit.metric.is_share_of_things
        or unit.value is None
        or service.value is None
    ):
        return False
    assert unit.tally is not None and service.tally is not None, "a value is of a tally"
    rest = rest_of(service.tally, unit.tally)
    return not unit.metric.is_too_few(rest) and bool(differs_from_the_rest(unit.tally, rest))


def differences(result: Result, service: Result, year_ago: Result | None) -> tuple[str, ...]:
    """A sentence each: against the rest of the service, and against the same month a year ago.

    Newcombe's interval for the difference of two shares; nothing for figures that are none.
    Beside a month that is still being entered `year_ago` is as it stood at its age, and said so;
    None where that is not known.
    """
    return tuple(_comparisons(result, service, year_ago))


def _comparisons(result: Result, service: Result, year_ago: Result | None) -> Iterator[str]:
    if not result.metric.is_share_of_things or result.value is None or result.tally is None:
        return
    is_compared = not result.view.scope.is_service and not result.metric.why_not_compared
    if is_compared and service.tally is not None:
        rest = rest_of(service.tally, result.tally)
        verdict = f", {DIFFERENT}" if differs(result, service) else ""
        if not result.metric.is_too_few(rest):
            yield from _comparison("the rest of the service", result.tally, rest, verdict)
    if year_ago is None or year_ago.value is None or result.provisional:
        return
    if year_ago.tally is not None and not share_what_they_count(result.metric, MONTHS_OF_A_YEAR):
        days = result.chart.days_old if result.chart else None
        known = "" if days is None else f" as known {age_words(days, 'its')}"
        yield from _comparison(f"{year_ago.view.period}{known}", result.tally, year_ago.tally)


def _comparison(whom: str, own: Tally, other: Tally, verdict: str = "") -> Iterator[str]:
    interval = newcombe(own, other)
    own_share, other_share = Measure.PERCENT.figure(own), Measure.PERCENT.figure(other)
    if interval is None or own_share is None or other_share is None:
        return
    low, high = (_signed(100 * end) for end in (interval.low, interval.high))
    apart = _signed(own_share - other_share)
    points = agreeing(float(abs(round_half_up(own_share - other_share))), "point")
    yield f"Against {whom}: {apart} {points} (95% interval {low} to {high}){verdict}."


def _signed(points: float) -> str:
    rounded = round_half_up(points)
    return with_minus(f"{rounded:+}") if rounded else "0"


def a_year_before(period: Period) -> Period:
    """The same month of the year before."""
    return period.shift(-MONTHS_OF_A_YEAR)
