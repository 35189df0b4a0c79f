"""Which chart do these numbers get? Chosen from the numbers themselves, and said in a sentence.

The bounds below are measured: docs/statistics.md shows how often each chart marks pure noise.
Never to be asked about rolling averages: neighbours that share months make runs by themselves.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

import numpy as np

from metrics.model import FigureKind, Measure, Metric, Period, Polarity, Tally
from metrics.spc.chart_reading import Chart, ChartReading, Footing, Latest
from metrics.spc.charting import NOT_COUNTED, WHY_XMR, ChartRequest, Run, assembled, judgeable
from metrics.spc.exact_limits import count_phase, gap_phase, share_phase
from metrics.spc.limits import Phase, Series, without_limits, xmr, xmr_by_size
from metrics.writing import count

FEW = 20
RARE = 5
SELDOM = 2
# Limits of one width would find the smallest tenth of such months outside four times too often.
TIMES_AS_LARGE = 2

EXACT = "Exact limits for each month's own number, as "
WHY_FEW = EXACT + "it is small: {} in a usual month"
WHY_RARE = EXACT + "a usual month has fewer than 5 on one side"
WHY_UNEVEN = EXACT + "months differ a lot in size: from {} to {}"
WHY_BY_SIZE = "Limits from each month's size, as months differ a lot in size"
WHY_SELDOM = (
    "Exact limits for a count, as a usual month has fewer than 2; days between them say more"
)
WHY_GAPS = "Days from one to the next, as they are rare"


class Kind(Enum):
    """What a value is made of, which decides how far chance alone carries it."""

    SHARE = "things out of things"
    COUNT = "things in a month"
    STOCK = "things of which most are there again in the next month"
    RATIO = "an amount per something"


WHY_TOO_FEW = (
    "No month counts as many as {}: no rate is told of fewer, so there is nothing to draw."
)


@dataclass(frozen=True)
class ValueTraits:
    """What a chart must know of a metric. `scale` is 100 for a percentage.

    A month in which fewer than `fewest` are counted has no value.
    """

    kind: Kind
    better: Polarity
    scale: float = 1
    floor: float | None = None
    ceiling: float | None = None
    fewest: int = 0

    @classmethod
    def of(cls, metric: Metric) -> "ValueTraits":
        """A percentage of things that can be named ("one visit") is a share; of hours it is not.

        What stands at a month's end is mostly the same thing month after month, so its months are
        no draws of their own: of shares XmR asks only how much they change, and a number of things
        has no limits at all. Nor has what such things have in a month, as days in care.
        """
        is_share = metric.measure.is_share
        scale = metric.measure.figure(Tally(1, 1)) or 1
        return cls(
            _kind_of(metric),
            metric.polarity,
            scale,
            None if metric.measure.is_signed else 0,
            scale if is_share else None,
            metric.fewest,
        )


def _kind_of(metric: Metric) -> Kind:
    is_snapshot = metric.kind is FigureKind.SNAPSHOT
    if metric.measure is Measure.COUNT:
        return Kind.STOCK if is_snapshot or metric.goes_on else Kind.COUNT
    return Kind.SHARE if metric.is_share_of_things and not is_snapshot else Kind.RATIO


@dataclass(frozen=True)
class MonthCounts:
    """Numerators and denominators of the months that can be judged; NaN in the others."""

    x: Series
    n: Series
    values: Series


Choice = tuple[Chart, str, Callable[[slice], Phase]]


def chart_of(
    months: Sequence[Period],
    tallies: Sequence[Tally | None],
    traits: ValueTraits,
    request: ChartRequest,
) -> ChartReading:
    """What the chart of these months says: every month in order, None or over 0 without a value.

    `request` adds target, rebasing, options; which way is better and where values end is `traits`'.
    """
    assert not months or months[0].shift(len(months) - 1) == months[-1], "a month is left out"
    run = _run(months, tallies, traits)
    request = replace(request, better=traits.better, floor=traits.floor, ceiling=traits.ceiling)
    chart, why, phase_of = _choice(_counts(run, traits, request), traits, request)
    reading = assembled(run, request, chart, why, phase_of)
    is_too_few = not reading.has_values and any(tally and tally.denominator for tally in tallies)
    return replace(reading, why=WHY_TOO_FEW.format(traits.fewest)) if is_too_few else reading


def days_between(events: Sequence[date], request: ChartRequest) -> ChartReading:
    """Days from each event to the next, for what is too rare to count by the month.

    `asked.better` is for the count: where fewer is better, longer is. Two on one day are 0 days
    apart. The days since the last one are no gap yet and are not judged.
    """
    days = sorted(events)
    gaps = np.diff(np.array([day.toordinal() for day in days], dtype=float))
    longer = {
        Polarity.LOWER_IS_BETTER: Polarity.HIGHER_IS_BETTER,
        Polarity.HIGHER_IS_BETTER: Polarity.LOWER_IS_BETTER,
    }.get(request.better, request.better)
    request = replace(request, better=longer, floor=0, ceiling=None, latest=Latest.COMPLETE)
    run = Run(days[1:], gaps)
    return assembled(
        run,
        request,
        Chart.DAYS_BETWEEN,
        WHY_GAPS,
        lambda part: gap_phase(gaps[part], request.options),
    )


def _run(months: Sequence[Period], tallies: Sequence[Tally | None], traits: ValueTraits) -> Run:
    counts = [(tally.numerator, tally.denominator) if tally else NOT_COUNTED for tally in tallies]
    values = [np.nan if tally is None else _value(tally, traits) for tally in tallies]
    return Run(months, np.array(values, dtype=float), counts)


def _value(tally: Tally, traits: ValueTraits) -> float:
    if _is_alone(traits):
        return traits.scale * tally.numerator
    if not tally.denominator or tally.denominator < traits.fewest:
        return np.nan
    return traits.scale * tally.numerator / tally.denominator


def _counts(run: Run, traits: ValueTraits, request: ChartRequest) -> MonthCounts:
    values = judgeable(run, request)
    known = ~np.isnan(values)
    pairs = np.array(run.counts, dtype=float).reshape(-1, 2)
    x, n = (np.where(known, column, np.nan) for column in pairs.T)
    return MonthCounts(x, np.where(known, 1, np.nan) if _is_alone(traits) else n, values)


def _is_alone(traits: ValueTraits) -> bool:
    """Whether the number of things is the value, whatever it is told of beside."""
    return traits.kind in (Kind.COUNT, Kind.STOCK)


def _choice(counts: MonthCounts, traits: ValueTraits, request: ChartRequest) -> Choice:
    if np.isnan(counts.values).all():
        return _xmr(counts, request)
    if traits.kind is Kind.STOCK:
        return _of_a_stock(counts)
    if traits.kind is Kind.COUNT:
        return _of_counts(counts, request)
    if traits.kind is Kind.SHARE and _are_shares(counts):
        return _of_shares(counts, traits, request)
    if _is_uneven(counts.n):
        return _by_size(counts, traits, request)
    return _xmr(counts, request)


def _of_shares(counts: MonthCounts, traits: ValueTraits, request: ChartRequest) -> Choice:
    def p_chart(part: slice) -> Phase:
        return share_phase(counts.x[part], counts.n[part], traits.scale, request.options)

    middle = float(np.nanmedian(counts.n))
    share = np.nansum(counts.x) / np.nansum(counts.n)
    if middle < FEW:
        return Chart.SHARES, WHY_FEW.format(count(middle)), p_chart
    if middle * min(share, 1 - share) < RARE:
        return Chart.SHARES, WHY_RARE, p_chart
    if _is_uneven(counts.n):
        ends = np.nanmin(counts.n), np.nanmax(counts.n)
        return Chart.SHARES, WHY_UNEVEN.format(*map(count, ends)), p_chart
    return _xmr(counts, request)


def _of_counts(counts: MonthCounts, request: ChartRequest) -> Choice:
    if np.nanmean(counts.x) < SELDOM:
        return Chart.COUNTS, WHY_SELDOM, lambda part: count_phase(counts.x[part], request.options)
    return _xmr(counts, request)


def _of_a_stock(counts: MonthCounts) -> Choice:
    """The months share most of what they count, so nothing is judged by how much it changes."""
    return Chart.LINE, "", lambda part: without_limits(counts.values[part], Footing.STANDS)


def _by_size(counts: MonthCounts, traits: ValueTraits, request: ChartRequest) -> Choice:
    def by_size(part: slice) -> Phase:
        x, n = counts.x[part], counts.n[part]
        fixing = slice(request.options.fixed_after)
        mean = traits.scale * float(np.nansum(x[fixing]) / max(np.nansum(n[fixing]), 1e-300))
        return xmr_by_size(counts.values[part], n, mean, request.options)

    return Chart.XMR_BY_SIZE, WHY_BY_SIZE, by_size


def _xmr(counts: MonthCounts, request: ChartRequest) -> Choice:
    return Chart.XMR, WHY_XMR, lambda part: xmr(counts.values[part], request.options)


def _are_shares(counts: MonthCounts) -> bool:
    """Whether every month is a whole number out of a whole number."""
    x, n = counts.x[~np.isnan(counts.x)], counts.n[~np.isnan(counts.n)]
    return bool(((x >= 0) & (x <= n) & (x % 1 == 0) & (n % 1 == 0)).all())


def _is_uneven(n: Series) -> bool:
    """Leaving out a tenth of the months at either end, the largest against the smallest."""
    known = np.sort(n[~np.isnan(n)])
    ends = len(known) // 10
    return bool(known[-1 - ends] > TIMES_AS_LARGE * known[ends])
