"""What a figure says, in words: the same in page, table, command line and Excel."""

from collections.abc import Iterable, Iterator

from data_access.words.agreeing import Agreeing
from metrics.kinds.hidden import TOO_LITTLE
from metrics.kinds.hidden import bounds_sentence as bounds_sentence
from metrics.kinds.missing import missing_sentence
from metrics.kinds.missing import why_no_value as why_no_value
from metrics.kinds.small_numbers import what_one_is_worth, without_rate
from metrics.kinds.words import when_words
from metrics.model import Companion, Measure, Metric, Tally
from metrics.result import Result
from metrics.spc.chart_reading import UNFINISHED
from metrics.spc.proportions import wilson
from metrics.spc.title_words import noticed
from metrics.spc.words import chart_words
from metrics.survival.words import stay_sentences
from metrics.worth.worth_saying import size_sentence
from metrics.writing import count as count
from metrics.writing import written_date as written_date

PROVISIONAL = "Provisional"
# How the lines begin that cast doubt on the number itself: they are never folded away.
MUST_BE_SEEN = (TOO_LITTLE, PROVISIONAL)


def sentence(result: Result) -> str:
    """One line: metric, unit, value and month, and what the chart says of them and of the target.

    Or why there is no value. As published, if it is.
    """
    if result.published_words:
        return result.published_words.sentence
    about = f"{result.metric.name}, {result.unit_name}"
    if missing := missing_sentence(result):
        return f"{about}: {missing}."
    when = when_words(result.metric, result.view.period, result.provisional)
    is_new = result.chart.latest in UNFINISHED if result.chart else result.provisional
    so_far = " so far" if is_new else ""
    return f"{about}: {result.written}{so_far}{when}. {verdict(result)}".rstrip()


def sentence_in_two(result: Result) -> tuple[str, str]:
    """The sentence's figure, and what the chart says of it: a title and the line under it."""
    whole = sentence(result)
    when = when_words(result.metric, result.view.period, result.provisional)
    first, month, rest = whole.partition(f"{when}. ")
    return (f"{first}{month.rstrip()}", rest) if rest else (whole, "")


def headline(result: Result) -> str:
    """The figure in the fewest words: "Caseload, East area: 19.5"."""
    value = result.written if result.value is not None else why_no_value(result)
    return f"{result.metric.name}, {result.unit_name}: {value}"


def noticed_headline(result: Result) -> str:
    """The headline with what is to be noticed; of a figure that is hidden, what is missing."""
    headline_words = headline(result)
    if bounds_sentence(result):
        known = "; ".join(line.rstrip(".") for line in coverage_sentences(result))
        return f"{headline_words}, but too little is recorded: {known[:1].lower()}{known[1:]}"
    unusual = noticed(result.chart, result.metric.measure.written) if result.chart else ""
    return (
        f"{headline_words}, {unusual}" if unusual and result.value is not None else headline_words
    )


def verdict(result: Result) -> str:
    """What the chart says of the figure and of the target, or why it can't say anything.

    A fault in the data that hides part of the figure comes before that. Nothing where no chart was
    asked for.
    """
    if result.value is None:
        return ""
    if result.chart is None:
        return f"Not judged: {result.unjudged}." if result.unjudged else ""
    written = result.metric.measure.written
    told = chart_words(result.chart, written, size_sentence(result)).sentences
    return " ".join(filter(None, (bounds_sentence(result), told)))


def reading_sentences(result: Result) -> list[str]:
    """The lines under a figure: n, direction, what one is worth; coverage; target; source gaps."""
    if result.published_words:
        return list(result.published_words.reading)
    if result.not_open:
        return [f"{result.unit_name} was not open in {result.view.period}."]
    pair = pair_words(result)
    paired = [pair, *coverage_sentences(result.pair)] if pair and result.pair else []
    beside = companion_sentences(result)
    if result.not_in_source:
        return [f"Not in this source: {result.not_in_source}", *paired, *beside]
    if result.not_yet:
        return [result.not_yet]
    if result.tally is None:
        return [f"There are no data for {result.view.period}."]
    lines = [_n_line(result), *paired, *spread_sentences(result), *stay_sentences(result), *beside]
    lines += result.differences
    if result.expected:
        lines.append(result.expected)
    if hidden := bounds_sentence(result):
        lines.append(hidden)
    lines += _target_sentences(result)
    if result.provisional:
        lines.append(f"{PROVISIONAL}: the data end before {result.view.period} does.")
    return lines


def lines_beside(result: Result) -> list[str]:
    """The lines under a figure after its n, without what its sentence says already."""
    said = "" if result.published_words else verdict(result)
    return [line for line in reading_sentences(result)[1:] if line not in said]


def _target_sentences(result: Result) -> list[str]:
    """The target where no chart tells it; of a relative one from what it is."""
    is_told = result.chart is not None and result.value is not None
    is_needed = result.target is not None and not is_told
    target = f"Target {result.metric.measure.written(result.target)}." if is_needed else None
    return [*filter(None, (target, result.target_note))]


def direction(metric: Metric) -> str:
    """Which way is better, in words."""
    return metric.polarity.value


def companion_sentences(result: Result) -> list[str]:
    """One sentence per companion that has anything to tell."""
    companions = result.metric.beside.companions
    return [*_told(result, [companion for companion in companions if companion.says])]


def coverage_sentences(result: Result) -> list[str]:
    """The companions that say how much of what should be counted could be."""
    return [*_told(result, result.metric.beside.coverage)]


def _told(result: Result, companions: Iterable[Companion]) -> Iterator[str]:
    """What each has to tell; of one that would have to be known and is not, that."""
    for companion in companions:
        tally = result.companions.get(companion.key)
        is_unknown = companion.where_unknown and not (tally and tally.denominator)
        if is_unknown and result.tally and result.tally.denominator:
            yield companion.where_unknown
        elif tally and not is_unknown:
            yield _companion_sentence(companion, tally)


def pair_words(result: Result) -> str | None:
    """The two figures that are never told apart: the same words beside either, in one order.

    "Seen in time 81% of 58 visits due; recorded in time 74% of 61 visits with a recording date."
    """
    if result.pair is None:
        return None
    both = sorted((result, result.pair), key=lambda figure: figure.metric.number)
    shares = "; ".join(_share_words(figure) for figure in both)
    return f"{shares[0].upper()}{shares[1:]}."


def pair_share(result: Result) -> str:
    """The figure as its pair calls it: seen in time is what out of timescale leaves of 100%."""
    pair, measure = result.metric.beside.pair, result.metric.measure
    if pair is None or result.value is None:
        return measure.written(result.value)
    return measure.written(float(pair.of(measure.rounded(result.value))))


def _share_words(result: Result) -> str:
    pair = result.metric.beside.pair
    assert pair is not None, f"{result.metric.key} is in a pair and declares none"
    if result.not_in_source:
        return f"{pair.name}: {pair.missing}"
    if result.tally is None or result.value is None:
        return f"{pair.name}: {why_no_value(result)}"
    n = result.tally.denominator
    counted = result.metric.words.counted_as(n)
    return f"{pair.name} {pair_share(result)} of {count(n)} {counted}"


def spread_sentences(result: Result) -> list[str]:
    """The metric's quantiles in one sentence; nothing where it declares none or none is known."""
    quantile_words = ", ".join(
        quantile.says.format(value=quantile.written(stored.value), n=_agreeing(stored.n))
        for quantile in result.metric.beside.quantiles
        if (stored := result.quantiles.get(quantile.key))
    )
    return [f"{quantile_words[0].upper()}{quantile_words[1:]}."] if quantile_words else []


def _companion_sentence(companion: Companion, tally: Tally) -> str:
    share = Measure.PERCENT.written(Measure.PERCENT.figure(tally))
    n, d = _agreeing(tally.numerator), _agreeing(tally.denominator)
    words = companion.says.format(n=n, d=d, percent=share)
    return f"{words[0].upper()}{words[1:]}."


def _agreeing(number: float) -> Agreeing:
    return Agreeing(number, count(number))


def _n_line(result: Result) -> str:
    assert result.tally is not None
    metric, n = result.metric, result.tally.denominator
    parts = [f"n = {count(n)} {metric.words.counted_as(n)}"]
    if result.is_too_few:
        parts = without_rate(result, parts)
    beside_n = [what_one_is_worth(result), interval_words(result), direction(metric)]
    return "; ".join([*parts, *filter(None, beside_n)]) + "."


def interval_of(result: Result) -> tuple[float, float] | None:
    """Where a share of things that can be named lies, in its own measure; None for others."""
    is_told = result.value is not None and result.metric.is_share_of_things
    interval = wilson(result.tally) if result.tally and is_told else None
    return (100 * interval.low, 100 * interval.high) if interval else None


def interval_words(result: Result) -> str | None:
    """As in "95% interval 17–49%"; None for figures that are no shares of things."""
    ends = interval_of(result)
    if ends is None:
        return None
    low, high = (result.metric.measure.written(end) for end in ends)
    return f"95% interval {low.removesuffix('%')}–{high}"
