"""What a figure says, in words: the same in page, table, command line and Excel."""

from datetime import date

from metrics.model import Companion, Measure, Metric, Result, Tally, round_half_up

NO_DECIMAL_FROM = 100


def sentence(result: Result) -> str:
    """One line: metric, unit, value and month; or why there is no value. As published, if it is."""
    if result.said:
        return result.said.sentence
    about = f"{result.metric.name}, {result.unit_name}"
    period = result.view.period
    if result.not_in_source:
        return f"{about}: not in this source."
    if result.tally is None:
        return f"{about}: no data for {period}."
    if result.value is None:
        return f"{about}: no value in {period}, as there were no {result.metric.counted}."
    if result.provisional:
        return f"{about}: {result.written} so far in {period}."
    return f"{about}: {result.written} in {period}."


def reading(result: Result) -> list[str]:
    """The lines under a figure: n, direction, what one is worth; coverage; target; source gaps."""
    if result.said:
        return list(result.said.reading)
    pair = pair_words(result)
    paired = [pair, *coverage(result.pair)] if pair and result.pair else []
    if result.not_in_source:
        return [f"Not in this source: {result.not_in_source}", *paired, *beside(result)]
    if result.tally is None:
        return [f"There are no data for {result.view.period}."]
    lines = [_n(result), *paired, *spread(result), *beside(result)]
    if result.expected:
        lines.append(result.expected)
    bounds = _bounds(result)
    if bounds:
        lines.append(bounds)
    if result.target is not None:
        lines.append(f"Target {result.metric.measure.written(result.target)}.")
    if result.provisional:
        lines.append(f"Provisional: the data end before {result.view.period} does.")
    return lines


def why_no_value(result: Result) -> str:
    """A few words to stand where the value would: never a 0 for what is missing."""
    if result.withheld:
        return result.withheld
    if result.not_in_source:
        return "not in this source"
    if result.tally is None:
        return "no data"
    return f"0 {result.metric.counted}"


def direction(metric: Metric) -> str:
    """Which way is better, in words."""
    return metric.polarity.value


def count(number: float) -> str:
    """A number of things, with thin separators; a decimal only where it says something."""
    # Sums of shares of a post miss a whole number by what a float cannot hold.
    number = float(f"{number:.12g}")
    decimals = 0 if number.is_integer() or abs(number) >= NO_DECIMAL_FROM else 1
    return f"{round_half_up(number, decimals):,}".replace(",", "\u2009")


def written_date(day: date) -> str:
    """As in "3 October 2016"."""
    return f"{day.day} {day:%B} {day.year}"


def beside(result: Result) -> list[str]:
    """One sentence per companion that has anything to tell."""
    return [
        _told(one, result.companions[one.key])
        for one in result.metric.companions
        if one.says and one.key in result.companions
    ]


def coverage(result: Result) -> list[str]:
    """The companions that say how much of what should be counted could be."""
    return [
        _told(one, result.companions[one.key])
        for one in result.metric.companions
        if one.is_coverage and one.key in result.companions
    ]


def pair_words(result: Result) -> str | None:
    """The two figures that are never told apart: the same words beside either, in one order.

    "Seen in time 81% of 58 visits due; recorded in time 74% of 61 visits with a recording date."
    """
    if result.pair is None:
        return None
    both = sorted((result, result.pair), key=lambda one: one.metric.number)
    said = "; ".join(_called(one) for one in both)
    return f"{said[0].upper()}{said[1:]}."


def pair_share(result: Result) -> str:
    """The figure as its pair calls it: seen in time is what out of timescale leaves of 100%."""
    pair, measure = result.metric.paired, result.metric.measure
    if pair is None or result.value is None:
        return measure.written(result.value)
    return measure.written(float(pair.of(measure.rounded(result.value))))


def _called(result: Result) -> str:
    pair = result.metric.paired
    assert pair is not None, f"{result.metric.key} is in a pair and declares none"
    if result.not_in_source:
        return f"{pair.name}: {pair.missing}"
    if result.tally is None or result.value is None:
        return f"{pair.name}: {why_no_value(result)}"
    n = count(result.tally.denominator)
    return f"{pair.name} {pair_share(result)} of {n} {result.metric.counted}"


def spread(result: Result) -> list[str]:
    """The metric's quantiles in one sentence; nothing where it declares none or none is known."""
    said = ", ".join(
        one.says.format(value=one.written(found.value), n=count(found.n))
        for one in result.metric.quantiles
        if (found := result.quantiles.get(one.key))
    )
    return [f"{said[0].upper()}{said[1:]}."] if said else []


def _told(companion: Companion, tally: Tally) -> str:
    share = Measure.PERCENT.written(Measure.PERCENT.figure(tally))
    said = companion.says.format(
        n=count(tally.numerator), d=count(tally.denominator), percent=share
    )
    return f"{said[0].upper()}{said[1:]}."


def _n(result: Result) -> str:
    assert result.tally is not None
    metric, n = result.metric, result.tally.denominator
    parts = [f"n = {count(n)} {metric.counted}"]
    worth = what_one_is_worth(result)
    if worth:
        parts.append(worth)
    return "; ".join([*parts, direction(metric)]) + "."


def what_one_is_worth(result: Result) -> str | None:
    """What one thing more or less would move the figure by: "one visit = 3.4 points"."""
    one = result.metric.one_counted
    if not one or result.tally is None or not result.tally.denominator:
        return None
    moved = round_half_up(100 / result.tally.denominator, 1)
    return f"one {one} = {moved} {result.metric.measure.words}" if moved else None


def _bounds(result: Result) -> str | None:
    """Where too little is recorded: the figure if all that is missing were none of it, or all."""
    gap = result.metric.bounded_by
    if gap is None or gap not in result.companions or result.tally is None:
        return None
    recorded = result.companions[gap]
    if not recorded.denominator or recorded.numerator >= recorded.denominator * result.floor:
        return None
    least = Tally(result.tally.numerator, recorded.denominator)
    unrecorded = recorded.denominator - recorded.numerator
    most = Tally(result.tally.numerator + unrecorded, recorded.denominator)
    measure = result.metric.measure
    low, high = measure.written(measure.figure(least)), measure.written(measure.figure(most))
    return f"Too little is recorded: the true figure lies between {low} and {high}."
