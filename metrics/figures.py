"""Rows to tallies to results: the same for every metric."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial

from sqlalchemy import Engine, Row

from data_access.database import read
from data_access.derived_with import Changes, changed_since, settings_counted_with
from data_access.load_info import LoadInfo, read_load
from data_access.settings import Settings
from metrics.catalogue import CATALOGUE, paired_with
from metrics.kinds.apart import months_drawn
from metrics.late_entry.outlook import outlook
from metrics.late_entry.same_age import comparable
from metrics.memory import FIGURES_KEPT, READINGS_KEPT, RUNS_KEPT, Memory, memory_of
from metrics.model import Metric, Period, Scope, Spread, Tally, View
from metrics.publication import Note, PublishedWords, Stamp, doubts, notes_up_to
from metrics.result import Result
from metrics.spc.chart_details import chart_from, first_months_kept, months_as_kept
from metrics.spc.chart_reading import ChartReading
from metrics.spc.differences import a_year_before, differences
from metrics.spc.month_charts import MONTHS_JUDGED, trend_reading
from metrics.stored.history import Histories
from metrics.stored.quantiles import spreads, stored_quantiles
from metrics.stored.stored_figures import companions_of, stored_figures, tally_of, units_in_order
from metrics.targets import aim_of
from metrics.units.openings import ALWAYS, Openings, limits_begin, run_of
from metrics.units.unit_names import openings_of, unit_names
from metrics.worth.worth_saying import worth_saying_of


@dataclass(frozen=True)
class Figures:
    """All stored figures of one load: small, and holding no person, so it may be cached.

    `live`: the same with nothing as it was published, which alone tells how months once stood.
    """

    load: LoadInfo
    settings: Settings
    tallies: Mapping[tuple[str, str | None, Period], Tally]
    units: Mapping[str | None, str]
    published_words: Mapping[tuple[str, str | None, Period], PublishedWords] = field(
        default_factory=dict
    )
    spreads: Mapping[tuple[str, str | None, Period], Mapping[str, Spread]] = field(
        default_factory=dict
    )
    stamps: Mapping[Period, Stamp] = field(default_factory=dict)
    notes: Mapping[tuple[str, str | None], Sequence[Note]] = field(default_factory=dict)
    openings: Openings = field(default_factory=dict)
    # Settings that are not what the figures were counted with; None: it is not known.
    changed_settings: Changes = ()
    live: "Figures | None" = None
    # Pages ask for the same many times, and next month for most of it; a copy remembers nothing.
    _figures: Memory[Result] = memory_of(FIGURES_KEPT)
    _readings: Memory[Result] = memory_of(READINGS_KEPT)
    _runs: Memory[tuple[View, ...]] = memory_of(RUNS_KEPT)

    @classmethod
    def of(
        cls,
        load: LoadInfo,
        settings: Settings,
        stored: Iterable[Row],
        units: Sequence[Row],
        quantiles: Iterable[Row] = (),
        changed_settings: Changes = (),
    ) -> "Figures":
        """From the rows of `stored_figures`, `units_in_order` and `stored_quantiles`."""
        tallies = {
            (row.metric, row.unit_id, Period.of(row.month)): Tally(row.numerator, row.denominator)
            for row in stored
        }
        return cls(
            load,
            settings,
            tallies,
            unit_names(units, (unit_id for _, unit_id, _ in tallies)),
            spreads=spreads(quantiles),
            openings=openings_of(units, tallies),
            changed_settings=changed_settings,
        )

    @cached_property
    def months(self) -> tuple[Period, ...]:
        """Every month with a figure, oldest first."""
        return tuple(sorted({period for _, _, period in self.tallies}))

    @cached_property
    def _histories(self) -> Histories:
        return Histories(self.load)

    @property
    def latest(self) -> Period:
        """The last month that the data cover to its end; else the last with any figure."""
        complete = [month for month in self.months if not self.is_provisional(month)]
        last = self.months[-1] if self.months else Period.of(self.load.as_at)
        return complete[-1] if complete else last

    def doubts(self, period: Period) -> str | None:
        """Why what is shown may be wrong, in a sentence each; None for no reason."""
        return doubts(period, self.stamps.get(period), self.changed_settings, self.load)

    def as_at(self, period: Period) -> date:
        """The day up to which the month is known: that of its publication, if it is published."""
        return self.stamps[period].as_at if period in self.stamps else self.load.as_at

    def is_provisional(self, period: Period) -> bool:
        """Whether the data end before the month does."""
        return period.last_day > self.as_at(period)

    def is_open(self, unit_id: str | None, period: Period) -> bool:
        """Whether the unit was open in the month, or was told of when the month was published."""
        opening = self.openings.get(unit_id, ALWAYS)
        return opening.is_open(period, self.as_at(period)) or (
            bool(self.published_words)
            and any((key, unit_id, period) in self.published_words for key in CATALOGUE)
        )

    def units_open(self, period: Period) -> dict[str | None, str]:
        """The units that were open in the month, in their own order, the service last."""
        return {
            unit_id: name for unit_id, name in self.units.items() if self.is_open(unit_id, period)
        }

    def result(self, metric: Metric, view: View) -> Result:
        """One figure with what is told beside it; `tally` None where there is nothing to show."""
        result = self._unpaired_result(metric, view)
        if metric.beside.pair is None:
            return result
        pair = self._unpaired_result(paired_with(metric), view)
        if result.published_words:
            # What was published is closed: late entry changes only what is known now.
            return replace(result, pair=pair)
        told = outlook((self.live or self).tallies, result, pair, self.load)
        return replace(result, pair=pair, expected=told.words, probable=told.probable)

    def compared_result(self, metric: Metric, view: View) -> Result:
        """One figure with what is told beside it, what its chart says, and how it compares."""
        result = self.charted_result(metric, view)
        service, year_ago = View(view.period), view.of_month(a_year_before(view.period))
        told, known = (one._unpaired_result(metric, year_ago) for one in (self, self.live or self))
        compared = self._unpaired_result(metric, service), comparable(result, told, known)
        return replace(result, differences=differences(result, *compared))

    def charted_result(self, metric: Metric, view: View) -> Result:
        """One figure with what is told beside it and what its chart says."""
        return self._readings.value(
            (metric.key, view.scope.unit_id, view.period),
            lambda: replace(self.result(metric, view), chart=self.reading(metric, view)),
        )

    def reading(self, metric: Metric, view: View) -> ChartReading:
        """What the chart of the run-up to the month says; as it was published, if it is."""
        published = self.published_words.get((metric.key, view.scope.unit_id, view.period))
        if published and published.chart:
            return chart_from(published.chart)
        *earlier, last = self._charted_views(metric, view)
        results = [self._unpaired_result(metric, charted) for charted in earlier]
        results.append(self.result(metric, last))
        begin = limits_begin(self.openings, view, lambda other: self.notes_on(metric, other))
        known_now = partial((self.live or self).result, metric)
        return trend_reading(results, self.as_at(view.period), begin, known_now)

    def _charted_views(self, metric: Metric, view: View) -> list[View]:
        run = self._runs.value(
            (view.scope.unit_id, view.period),
            lambda: tuple(run_of(self.openings, view.scope, self.run_up(view.period))),
        )
        return months_drawn(
            metric.kind, run, lambda one: self._unpaired_result(metric, one).value is not None
        )

    def notes_on(self, metric: Metric, view: View) -> list[Note]:
        """What was written beside the months up to that of `view`, in their order."""
        notes = self.notes.get((metric.key, view.scope.unit_id), ())
        return notes_up_to(view.period, notes, self.stamps.get(view.period))

    def _unpaired_result(self, metric: Metric, view: View) -> Result:
        """The figure without the one that it is paired with."""
        place = (metric.key, view.scope.unit_id, view.period)
        return self._figures.value(place, lambda: self._assembled_result(metric, view))

    def _assembled_result(self, metric: Metric, view: View) -> Result:
        _, unit_id, period = place = (metric.key, view.scope.unit_id, view.period)
        is_open, aim = self.is_open(unit_id, period), aim_of(self, metric, view)
        tally, published = tally_of(self.tallies, place), self.published_words.get(place)
        return Result(
            metric,
            view,
            self.units.get(unit_id, str(unit_id)),
            tally if is_open else None,
            companions_of(self.tallies, metric, unit_id, period) if is_open else {},
            aim.value,
            published.not_in_source if published else self.load.not_in_source.get(metric.key),
            self.is_provisional(period),
            self.settings.coverage_floor,
            published,
            self.spreads.get((metric.key, unit_id, period), {}),
            not_open=not is_open,
            worth_saying=worth_saying_of(self.settings.worth_saying, metric),
            not_yet=self._histories.not_yet(metric, period, tally, published),
            target_note=aim.note,
        )

    def trend(self, metric: Metric, scope: Scope, period: Period) -> list[Result]:
        """The run-up to `period`, oldest first; as it was published with it, if it was.

        Of this unit alone: in the months before it took another's work over it has no figure.
        """
        return [
            month
            if month.view.scope == scope
            else self.result(metric, View(month.view.period, scope))
            for month in self.charted_months(metric, View(period, scope))
        ]

    def charted_months(self, metric: Metric, view: View) -> list[Result]:
        """The months of the figure's chart: before its own, those of the unit that it continues."""
        return months_as_kept(
            view.scope,
            self._charted_views(metric, view),
            self.published_words.get((metric.key, view.scope.unit_id, view.period)),
            lambda charted: self.result(metric, charted),
        )

    def run_up(self, period: Period) -> list[Period]:
        """The months on its charts: from the first that has any figure, or had when published."""
        first = self._first_kept.get(period, self.months[0])
        return [month for month in period.run_up(MONTHS_JUDGED) if month >= first] or [period]

    @cached_property
    def _first_kept(self) -> dict[Period, Period]:
        return first_months_kept(self.published_words)


def read_figures(engine: Engine, settings: Settings) -> Figures:
    """All stored figures of the database at `engine`: five short reads."""
    return Figures.of(
        read_load(engine),
        settings,
        read(engine, stored_figures()),
        read(engine, units_in_order()),
        read(engine, stored_quantiles()),
        changed_since(settings_counted_with(engine), settings),
    )
