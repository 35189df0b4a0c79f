"""Which figures a load made, of which months, and how much of what they should count it had."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from math import isclose

from sqlalchemy import Row, Select, select

from data_access.load_info import LoadInfo
from data_access.schema import figure
from loading.kept.report import Covered, FigureMoved, MetricCoverage
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Metric, Period, Tally
from metrics.stored.history import counted_from_by_metric

# By metric, or metric.companion, and month: what is stored of the whole service.
OfService = Mapping[tuple[str, Period], Tally]
SAME = 1e-9


def figures_of_service() -> Select:
    """Each stored figure of the whole service: metric, month, numerator, denominator."""
    columns = (figure.c.metric, figure.c.month, figure.c.numerator, figure.c.denominator)
    return select(*columns).where(figure.c.unit_id == SERVICE)


def as_tallies(rows: Iterable[Row]) -> dict[tuple[str, Period], Tally]:
    """The rows of `figures_of_service` by metric and month."""
    return {
        (row.metric, Period.of(row.month)): Tally(row.numerator, row.denominator) for row in rows
    }


def coverage(
    tallies: OfService, load: LoadInfo, before: Mapping[str, MetricCoverage]
) -> tuple[MetricCoverage, ...]:
    """One of each metric, in the meeting's order; `before` are those of the load before."""
    since_when = counted_from_by_metric(load)
    return tuple(
        _of_metric(metric, tallies, load, since_when.get(key, ""), before.get(key))
        for key, metric in CATALOGUE.items()
    )


def _of_metric(
    metric: Metric,
    tallies: OfService,
    load: LoadInfo,
    since_when: str,
    before: MetricCoverage | None,
) -> MetricCoverage:
    months = sorted(month for key, month in tallies if key == metric.key)
    told = _month_told(months, load.as_at)
    return MetricCoverage(
        metric.key,
        metric.name,
        load.not_in_source.get(metric.key, ""),
        since_when,
        len(months),
        months[0].key if months else None,
        months[-1].key if months else None,
        tuple(_covered(metric, tallies, told)) if told else (),
        before.has_figures if before else None,
        before.months if before else None,
    )


def _month_told(months: Sequence[Period], as_at: date) -> Period | None:
    """The last month that is over, by which coverage is told; else the last of all."""
    over = [month for month in months if month.last_day <= as_at]
    return over[-1] if over else next(iter(months[-1:]), None)


def _covered(metric: Metric, tallies: OfService, month: Period) -> Iterator[Covered]:
    for companion in metric.beside.coverage:
        tally = tallies.get((f"{metric.key}.{companion.key}", month))
        if tally and tally.denominator:
            covered = companion.covered(tally)
            name = companion.covered_name or companion.name
            yield Covered(name, covered.numerator, covered.denominator, month.key)


def figures_moved(now: OfService, before: OfService, until: date) -> tuple[FigureMoved, ...]:
    """The metrics of which a month that had ended by `until` is told otherwise than before.

    A month that only one of the two loads tells has not moved: coverage says which there are.
    """
    moved = (_moved(metric, now, before, until) for metric in CATALOGUE.values())
    return tuple(one for one in moved if one)


def _moved(metric: Metric, now: OfService, before: OfService, until: date) -> FigureMoved | None:
    places = [
        place
        for place in before
        if place[0] == metric.key and place in now and place[1].last_day <= until
    ]
    other = [place for place in places if not _is_the_same(now[place], before[place])]
    if not other:
        return None
    place = max(other, key=lambda one: (_change(metric, now[one], before[one]), one[1]))
    written = [metric.measure.written(metric.measure.figure(of[place])) for of in (before, now)]
    return FigureMoved(metric.key, metric.name, len(other), len(places), place[1].key, *written)


def _is_the_same(now: Tally, before: Tally) -> bool:
    """Whether two are one number: what is added up in another order differs in its last digits."""
    return isclose(now.numerator, before.numerator, rel_tol=SAME) and isclose(
        now.denominator, before.denominator, rel_tol=SAME
    )


def _change(metric: Metric, now: Tally, before: Tally) -> float:
    """How far a figure has moved; one that was not there, or is no more, has moved farthest."""
    was, is_now = metric.measure.figure(before), metric.measure.figure(now)
    return float("inf") if was is None or is_now is None else abs(is_now - was)
