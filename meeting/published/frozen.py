"""Reads back what was published: figures, words, and rows for those who may see them."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Engine, Row

from data_access.london import day_of
from data_access.meeting_store.publications import (
    Publication,
    figures_of,
    parts_of,
    publications,
    quantiles_of,
    rows_of,
    words_of,
)
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from data_access.viewer import Viewer, visible
from meeting.figure_notes import with_notes
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Spread, Tally, View
from metrics.publication import Said, Stamp
from metrics.rows_behind import by_worker

Key = tuple[str, str | None]


@dataclass(frozen=True)
class Frozen:
    """One version of one month as it was published, by metric and unit; holds no person."""

    publication: Publication
    tallies: Mapping[Key, Tally]
    units: Mapping[str | None, str]
    said: Mapping[Key, Said]
    spreads: Mapping[Key, Mapping[str, Spread]]

    @property
    def period(self) -> Period:
        return Period.of(self.publication.month)


def published(store: Engine, month: Period, version: int | None = None) -> Publication:
    """The month's publication, the newest unless a version is named; else a Problem."""
    found = {one.version: one for one in publications(store) if one.month == month.start}
    if not found:
        raise Problem(f"{month} has not been published.")
    if version is None:
        return found[max(found)]
    if version not in found:
        known = ", ".join(map(str, found))
        raise Problem(f"{month} has no version {version}: it was published as {known}.")
    return found[version]


def newest(store: Engine) -> dict[Period, Publication]:
    """The newest publication of every month that has one."""
    return {Period.of(one.month): one for one in publications(store)}


def frozen_figures(store: Engine, publication: Publication) -> Frozen:
    """The figures and words of one publication."""
    figures = read(store, figures_of(publication))
    words = read(store, words_of(publication))
    return Frozen(
        publication,
        {(row.metric, row.unit_id): Tally(row.numerator, row.denominator) for row in figures},
        {row.unit_id: row.unit_name for row in figures},
        {
            (row.metric, row.unit_id): Said(
                row.sentence, tuple(row.reading.split("\n")), row.not_in_source, row.chart
            )
            for row in words
        },
        _spreads(read(store, quantiles_of(publication))),
    )


def _spreads(quantiles: Iterable[Row]) -> Mapping[Key, Mapping[str, Spread]]:
    found: dict[Key, dict[str, Spread]] = {}
    for row in quantiles:
        found.setdefault((row.metric, row.unit_id), {})[row.key] = Spread(row.value, row.n)
    return found


def as_published(figures: Figures, store: Engine) -> Figures:
    """`figures` with the newest version of every month that the store holds, and its notes."""
    frozen = [frozen_figures(store, one) for one in newest(store).values()]
    return overlaid(with_notes(figures, store), frozen)


def before(figures: Figures, store: Engine, month: Period) -> Figures:
    """`figures` as a meeting on `month` sees them: earlier months as it has seen them before."""
    earlier = [frozen_figures(store, one) for key, one in newest(store).items() if key < month]
    return overlaid(with_notes(figures, store), earlier)


def overlaid(figures: Figures, frozen: Iterable[Frozen]) -> Figures:
    """`figures` with each published month as it was published, whatever is known of it now.

    A unit keeps today's name where it still has one.
    """
    months = {one.period: one for one in frozen}
    live = {key: tally for key, tally in figures.tallies.items() if key[2] not in months}
    spreads = {key: one for key, one in figures.spreads.items() if key[2] not in months}
    units = dict(figures.units)
    said: dict[tuple[str, str | None, Period], Said] = {}
    for period, one in months.items():
        live |= {(*key, period): tally for key, tally in one.tallies.items()}
        spreads |= {(*key, period): found for key, found in one.spreads.items()}
        said |= {(*key, period): words for key, words in one.said.items()}
        units = {**one.units, **units}
    stamps = {period: _stamp(one.publication) for period, one in months.items()}
    ordered = _in_order(figures, units)
    return replace(figures, tallies=live, units=ordered, said=said, spreads=spreads, stamps=stamps)


def _stamp(publication: Publication) -> Stamp:
    day = day_of(publication.published_at)
    at = publication.published_at
    return Stamp(publication.as_at, day, publication.version, publication.published_by, at)


def _in_order(figures: Figures, units: Mapping[str | None, str]) -> dict[str | None, str]:
    """Today's units in their own order, then those that are no more, the service last."""
    order = [*figures.units, *units]
    return {one: units[one] for one in order if one != SERVICE} | {SERVICE: units[SERVICE]}


def frozen_rows(
    store: Engine,
    publication: Publication,
    metric: Metric,
    view: View,
    viewer: Viewer,
    limit: int | None = None,
    offset: int = 0,
) -> Sequence[Any]:
    """The rows behind a published figure that `viewer` may see, in the order published.

    Each has position, unit_id, worker_id, child_id, numerator, denominator, and the metric's
    drill-down columns; a column that the metric did not have then is None. No names.
    """
    query = visible(rows_of(publication, metric.key, view.scope.unit_id, SERVICE), viewer)
    in_order = query.order_by(query.selected_columns["position"]).limit(limit).offset(offset)
    return [_row(metric, row) for row in read(store, in_order)]


OWN = ("position", "unit_id", "worker_id", "child_id", "numerator", "denominator", "part")


def _row(metric: Metric, row: Row) -> Any:
    own = (getattr(row, name) for name in OWN)
    drilled = (row.details.get(name) for name in metric.drill_down)
    return _shape(tuple(metric.drill_down))(*own, *drilled)


@cache
def _shape(drill_down: tuple[str, ...]) -> Callable[..., Any]:
    return namedtuple("FrozenRow", (*OWN, *drill_down))


def frozen_by_worker(
    store: Engine, publication: Publication, metric: Metric, view: View, viewer: Viewer
) -> Sequence[Row]:
    """The published figure's rows that `viewer` may see, added up for each part and worker."""
    rows = rows_of(publication, metric.key, view.scope.unit_id, SERVICE).order_by(None)
    return read(store, visible(by_worker(rows, "part"), viewer))


def frozen_parts(
    store: Engine, publication: Publication, metric: Metric, view: View
) -> Sequence[Row]:
    """The published figure's parts by the metric's `split_by`; they hold no person."""
    rows = rows_of(publication, metric.key, view.scope.unit_id, SERVICE).order_by(None)
    return read(store, parts_of(rows))
