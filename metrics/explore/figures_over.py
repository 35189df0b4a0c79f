"""A figure over several months: its stored tallies added up, as published where published."""

from collections.abc import Sequence
from dataclasses import replace

from metrics.catalogue import paired_with
from metrics.explore.spans import Over, Span
from metrics.figures import Figures
from metrics.late_entry.entered_late import latest_complete
from metrics.model import SERVICE, FigureKind, Metric, Period, Scope, Tally, View
from metrics.result import Result
from metrics.spc.differences import rest_of

DOES_NOT_ADD_UP = (
    "{name} is of {kind} and does not add up over months: over longer it is told as it stood at the"
    " end of the last month."
)
# A snapshot too is declared so where it is charted by what it is a share of, as caseload is.
AT_A_MONTH_S_END = "what stood at a month’s end"


def does_not_add_up(metric: Metric) -> str:
    """Why months of it make no figure over longer."""
    is_monthly = metric.kind is FigureKind.MONTHLY
    kind = AT_A_MONTH_S_END if is_monthly else metric.kind.value
    return DOES_NOT_ADD_UP.format(name=metric.name, kind=kind)


def months_counted(figures: Figures, metric: Metric, scope: Scope, span: Span) -> list[Period]:
    """The months of the span whose tallies make its figure: in the data, the unit open in them.

    Of what does not add up over months the last one alone.
    """
    months = span.months if metric.adds_up_over_months else [span.last]
    return [
        month
        for month in months
        if month in figures.months and figures.is_open(scope.unit_id, month)
    ]


def months_with_a_figure(
    figures: Figures, metric: Metric, scope: Scope, span: Span
) -> list[Period]:
    """Those of the months counted that have a value: a month without any record has none."""
    return [
        month
        for month in months_counted(figures, metric, scope, span)
        if (tally := figures.tallies.get((metric.key, scope.unit_id, month))) is not None
        and metric.figure(tally) is not None
    ]


def months_while_closed(figures: Figures, metric: Metric, span: Span) -> dict[str, list[Period]]:
    """By unit, the months of the span in which records name it though it was not open.

    They are in the service's figure and in the unit's part of it, and not in the unit's own.
    """
    found: dict[str, list[Period]] = {}
    for month in months_counted(figures, metric, Scope(SERVICE), span):
        for unit_id in figures.openings:
            tally = figures.tallies.get((metric.key, unit_id, month))
            if unit_id and tally not in (None, Tally()) and not figures.is_open(unit_id, month):
                found.setdefault(unit_id, []).append(month)
    return found


def result_over(figures: Figures, metric: Metric, scope: Scope, span: Span) -> Result:
    """The span's figure with what is told beside it, its pair too; `tally` None for no data.

    Over several months only coverage is told beside it: other counts do not add up, as a child
    without a visit is there again in the next. It has no words of a publication.
    """
    if span.over is Over.MONTH:
        alone = figures.result(metric, View(span.last, scope))
        return replace(alone, published_words=None, target=None, target_note=None)
    result = _added_up(figures, metric, scope, span)
    if metric.beside.pair is None:
        return result
    pair = _added_up(figures, paired_with(metric), scope, span)
    return replace(result, pair=pair, expected=_while_new(figures, result))


def tally_over(figures: Figures, metric: Metric, scope: Scope, span: Span) -> Tally | None:
    """The span's tally alone; None where no month of it has one."""
    months = months_counted(figures, metric, scope, span)
    return _sum([figures.tallies.get((metric.key, scope.unit_id, month)) for month in months])


def rest_over(figures: Figures, metric: Metric, scope: Scope, span: Span) -> Tally | None:
    """The service's tally of the span without what names the unit, whether it was open or not."""
    service = Scope(SERVICE)
    whole = tally_over(figures, metric, service, span)
    places = [
        (metric.key, scope.unit_id, month)
        for month in months_counted(figures, metric, service, span)
    ]
    own = _sum([figures.tallies.get(place) for place in places])
    return rest_of(whole, own) if whole and own else whole


def still_entered(figures: Figures, metric: Metric, scope: Scope, span: Span) -> list[Period]:
    """The months of the span that will still change: not over, or new of what is entered late."""
    newest = latest_complete(figures.load.as_at)
    first_open = newest if metric.beside.while_new else newest.shift(1)
    return [m for m in months_counted(figures, metric, scope, span) if m >= first_open]


def published_otherwise(
    shown: Figures, live: Figures, metric: Metric, scope: Scope, span: Span
) -> list[Period]:
    """The months of the span whose published tally is not what is known now: rows are of now."""
    place = metric.key, scope.unit_id
    return [
        month
        for month in months_counted(shown, metric, scope, span)
        if month in shown.stamps
        and shown.tallies.get((*place, month)) != live.tallies.get((*place, month))
    ]


def first_began(figures: Figures) -> Period | None:
    """The month in which the first unit began that was not there when the data begin."""
    begun = [
        Period.of(opening.opened_on)
        for unit_id, opening in figures.openings.items()
        if unit_id != SERVICE and opening.opened_on
    ]
    later = [month for month in begun if figures.months[0] < month <= figures.latest]
    return min(later, default=None)


def _added_up(figures: Figures, metric: Metric, scope: Scope, span: Span) -> Result:
    months = months_counted(figures, metric, scope, span)
    results = [figures.result(metric, View(month, scope)) for month in months]
    last = figures.result(metric, View(span.last, scope))
    return replace(
        last,
        tally=_sum([result.tally for result in results]),
        companions={
            companion.key: summed
            for companion in metric.beside.coverage
            if (summed := _sum([result.companions.get(companion.key) for result in results]))
        },
        not_open=not months and last.not_open,
        published_words=None,
        target=None,
        target_note=None,
        quantiles={},
        pair=None,
        expected=None,
    )


def _while_new(figures: Figures, result: Result) -> str | None:
    """That its last month is still being entered, where it is."""
    last = figures.result(result.metric, result.view)
    return result.metric.beside.while_new if last.expected else None


def _sum(tallies: Sequence[Tally | None]) -> Tally | None:
    known = [tally for tally in tallies if tally is not None]
    return sum(known, Tally()) if known else None
