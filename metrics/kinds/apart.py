"""Which months a figure of its kind is drawn with, and those that no chart may judge.

Limits take each month as a draw of its own. Rolling figures share most of what they count with
their neighbours, sums to date share all of it, and between the rounds of a survey nobody was
asked: their values stand side by side, without a line and without limits.
"""

from collections.abc import Callable, Sequence

from metrics.model import FigureKind, Metric, View
from metrics.result import Result
from metrics.spc.chart_reading import Chart, ChartPoint, ChartReading, Footing, Latest

A_YEAR = 12
FOOTINGS = {
    FigureKind.ROLLING: Footing.OVERLAP,
    FigureKind.CUMULATIVE: Footing.TO_DATE,
    FigureKind.WAVE: Footing.ROUNDS,
}
WHY = {
    Footing.OVERLAP: (
        "Each value is of {window} months. Those of the same month a year before stand beside it;"
        " there is no line and there are no limits, as neighbouring months share most of what they"
        " count."
    ),
    Footing.TO_DATE: "One value of everything up to the day that is told: months do not judge it.",
    Footing.ROUNDS: (
        "The rounds of a survey side by side: nobody was asked in between, so no line joins them,"
        " and there are no limits."
    ),
}


def months_drawn(
    kind: FigureKind, months: Sequence[View], has_value: Callable[[View], bool]
) -> list[View]:
    """Of the months in order, the last among them in any case, those that the kind is drawn with.

    All of them; those a whole number of years before the last; those with a round of a survey; the
    last alone. Values that stand side by side are of one unit, none of the unit before it.
    """
    last = months[-1]
    own = [view for view in months if view.scope == last.scope]
    if kind.has_limits:
        return [*months]
    if kind is FigureKind.ROLLING:
        return [view for view in own if last.period.months_after(view.period) % A_YEAR == 0]
    return [view for view in own if view == last or (kind.is_drawn and has_value(view))]


def share_what_they_count(metric: Metric, months_apart: int) -> bool:
    """Whether two months of one unit count some of the same things: no interval tells them apart.

    Sums to date hold all that earlier ones hold; who stood at a month's end may stand there a year
    later; windows share months until they lie a whole window apart.
    """
    if metric.kind is FigureKind.ROLLING:
        return abs(months_apart) < metric.window_months
    return metric.kind in (FigureKind.CUMULATIVE, FigureKind.SNAPSHOT)


def side_by_side(months: Sequence[Result]) -> ChartReading:
    """The months as points of which none is judged, the last as the one that is told."""
    last = months[-1]
    metric, footing = last.metric, FOOTINGS[last.metric.kind]
    known = [result for result in months if result.value is not None]
    return ChartReading(
        points=tuple(_point(result) for result in months if result is last or known),
        chart=Chart.APART if metric.kind.is_drawn else Chart.ONE_VALUE,
        why=WHY[footing].format(window=metric.window_months),
        footing=footing,
        latest=_latest(last),
        better=metric.polarity,
        assurance=None,
        target=last.target,
        since=None,
        run=0,
        phase_from=months[0].view.period,
        phase_points=len(known),
        is_rebased=False,
        floor=None if metric.measure.is_signed else 0,
        ceiling=metric.measure.value[0] if metric.measure.is_share else None,
    )


def _point(result: Result) -> ChartPoint:
    counts = (result.tally.numerator, result.tally.denominator) if result.tally else (None, None)
    unjudged = (None,) * 6
    return ChartPoint(result.view.period, result.value, *unjudged, *counts)


def _latest(last: Result) -> Latest:
    if last.value is None:
        return Latest.MISSING
    return Latest.PROVISIONAL if last.provisional else Latest.COMPLETE
