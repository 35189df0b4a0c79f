"""Reads back what was published: figures, words, and rows for those who may see them."""

from collections import namedtuple
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Engine, Row, Select

from data_access.derived_with import changed_since
from data_access.guard.listed import Listed, listed, part_of
from data_access.guard.open_rows import CLOSED, LINE, Restricted
from data_access.london import day_of
from data_access.meeting_store.publications import (
    Publication,
    figures_of,
    publications,
    quantiles_of,
    rows_of,
    settings_of,
    words_of,
)
from data_access.meeting_store.seals.checking import refuse_if_changed
from data_access.meeting_store.transactions import read
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import Viewer, bear_witness, children_for, visible
from meeting.figure_notes import FigureKey, with_notes
from metrics.figures import Figures
from metrics.model import SERVICE, Metric, Period, Spread, Tally, View
from metrics.publication import PublishedWords, Stamp


@dataclass(frozen=True)
class Frozen:
    """One version of one month as it was published, by metric and unit; holds no person.

    `counted_with` are the settings that its figures rest on; None where that was not kept yet.
    """

    publication: Publication
    tallies: Mapping[FigureKey, Tally]
    units: Mapping[str | None, str]
    published_words: Mapping[FigureKey, PublishedWords]
    spreads: Mapping[FigureKey, Mapping[str, Spread]]
    counted_with: Mapping[str, str] | None = None

    @property
    def period(self) -> Period:
        return Period.of(self.publication.month)


def publication_of(store: Engine, month: Period, version: int | None = None) -> Publication:
    """The month's publication, the newest unless a version is named; else a Problem."""
    versions = {
        publication.version: publication
        for publication in publications(store)
        if publication.month == month.start
    }
    if not versions:
        raise Problem(f"{month} has not been published.")
    if version is None:
        return versions[max(versions)]
    if version not in versions:
        known = ", ".join(map(str, versions))
        raise Problem(f"{month} has no version {version}: it was published as {known}.")
    return versions[version]


def newest_publications(store: Engine) -> dict[Period, Publication]:
    """The newest publication of every month that has one."""
    return {Period.of(publication.month): publication for publication in publications(store)}


def frozen_figures(store: Engine, publication: Publication) -> Frozen:
    """The figures and words of one publication; a Problem where they are not those sealed."""
    refuse_if_changed(store, publication)
    figures = read(store, figures_of(publication))
    words = read(store, words_of(publication))
    return Frozen(
        publication,
        {(row.metric, row.unit_id): Tally(row.numerator, row.denominator) for row in figures},
        {row.unit_id: row.unit_name for row in figures},
        {
            (row.metric, row.unit_id): PublishedWords(
                row.sentence, tuple(row.reading.split("\n")), row.not_in_source, row.chart
            )
            for row in words
        },
        _spreads(read(store, quantiles_of(publication))),
        {row.setting: row.value for row in read(store, settings_of(publication))} or None,
    )


def _spreads(quantiles: Iterable[Row]) -> Mapping[FigureKey, Mapping[str, Spread]]:
    spreads: dict[FigureKey, dict[str, Spread]] = {}
    for row in quantiles:
        spreads.setdefault((row.metric, row.unit_id), {})[row.key] = Spread(row.value, row.n)
    return spreads


def as_published(figures: Figures, store: Engine) -> Figures:
    """`figures` with the newest version of every month that the store holds, and its notes."""
    frozen_months = [
        frozen_figures(store, publication) for publication in newest_publications(store).values()
    ]
    return overlaid(with_notes(figures, store), frozen_months)


def as_the_meeting_sees(figures: Figures, store: Engine, month: Period) -> Figures:
    """`figures` as a meeting on `month` sees them: earlier months as it has seen them before."""
    earlier = [
        frozen_figures(store, publication)
        for period, publication in newest_publications(store).items()
        if period < month
    ]
    return overlaid(with_notes(figures, store), earlier)


def overlaid(figures: Figures, frozen_months: Iterable[Frozen]) -> Figures:
    """`figures` with each published month as it was published, whatever is known of it now.

    A unit keeps today's name where it still has one.
    """
    months = {frozen.period: frozen for frozen in frozen_months}
    live = {key: tally for key, tally in figures.tallies.items() if key[2] not in months}
    spreads = {key: quantiles for key, quantiles in figures.spreads.items() if key[2] not in months}
    units = dict(figures.units)
    sentences: dict[tuple[str, str | None, Period], PublishedWords] = {}
    for period, frozen in months.items():
        live |= {(*key, period): tally for key, tally in frozen.tallies.items()}
        spreads |= {(*key, period): quantiles for key, quantiles in frozen.spreads.items()}
        sentences |= {(*key, period): words for key, words in frozen.published_words.items()}
        units = {**frozen.units, **units}
    stamps = {period: _stamp(frozen, figures.settings) for period, frozen in months.items()}
    ordered = _in_order(figures, units)
    return replace(
        figures,
        tallies=live,
        units=ordered,
        published_words=sentences,
        spreads=spreads,
        stamps=stamps,
        live=figures.live or figures,
    )


def _stamp(frozen: Frozen, settings: Settings) -> Stamp:
    publication = frozen.publication
    moment = publication.published_at
    changed = changed_since(frozen.counted_with, settings)
    return Stamp(
        publication.as_at,
        day_of(moment),
        publication.version,
        publication.published_by,
        moment,
        changed,
    )


def _in_order(figures: Figures, units: Mapping[str | None, str]) -> dict[str | None, str]:
    """Today's units in their own order, then those that are no more, the service last."""
    order = [*figures.units, *units]
    return {unit_id: units[unit_id] for unit_id in order if unit_id != SERVICE} | {
        SERVICE: units[SERVICE]
    }


def rows_in_view(publication: Publication, metric: Metric, view: View) -> Select:
    """The rows behind one published figure; to be run for a viewer only."""
    rows = rows_of(publication, metric.key)
    return rows.where(view.scope.holds(rows.selected_columns["unit_id"]))


def frozen_rows(
    store: Engine,
    case_engine: Engine,
    publication: Publication,
    metric: Metric,
    view: View,
    viewer: Viewer,
    limit: int | None = None,
    offset: int = 0,
    child_id: str | None = None,
) -> Listed[Any]:
    """The rows behind a published figure that `viewer` may see, as published, closed ones last.

    Each has month, position, unit_id, worker_id, child_id, numerator, denominator, part, whether
    it `is_closed` to the viewer, and the metric's drill-down columns; a column that the metric did
    not have then, or that is not read of a restricted child, is None. No names. Of one child
    alone where `child_id` says whose. Who is restricted, and whom a worker holds, is as the
    case database knows it today.
    """
    rows = rows_in_view(publication, metric, view)
    if child_id is not None:
        rows = rows.where(rows.selected_columns["child_id"] == child_id)
    rows = rows.add_columns(rows.selected_columns["position"].label(LINE))
    query = visible(rows, viewer, Restricted.COUNTED, children_for(case_engine, viewer))
    # Restricted rows last, and by what they show: their place is as their numbers were.
    order = (query.selected_columns[name] for name in (CLOSED, LINE, "unit_id", "numerator"))
    read_back = listed(read(store, part_of(query.order_by(*order), limit, offset)), limit)
    bear_witness(viewer, read_back)
    rows_of_month = [_row(publication, metric, row) for row in read_back]
    return Listed(rows_of_month, read_back.has_more)


OWN = ("position", "unit_id", "worker_id", "child_id", "numerator", "denominator", "part", CLOSED)


def _row(publication: Publication, metric: Metric, row: Row) -> Any:
    own = (getattr(row, name) for name in OWN)
    drilled = ((row.details or {}).get(name) for name in metric.drill_down)
    return _shape(tuple(metric.drill_down))(publication.month, *own, *drilled)


@cache
def _shape(drill_down: tuple[str, ...]) -> Callable[..., Any]:
    return namedtuple("FrozenRow", ("month", *OWN, *drill_down))
