"""What of a month is frozen, as lines for the meeting store."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import Engine, Row

from data_access.derived_with import what_figures_rest_on
from data_access.meeting_store.publications import Content
from data_access.viewer import publisher, read_records
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.kept_rows import counted_first
from metrics.model import Basis, Metric, Period, Scope, View
from metrics.result import Result
from metrics.rows_behind import rows_behind
from metrics.sentence import reading_sentences, sentence
from metrics.spc.chart_details import chart_details, with_run_up

# Those that add to the numerator first, then by what no name can change.
IN_ORDER = ("place", "unit_id", "worker_id", "child_id")


def content_of(case_engine: Engine, figures: Figures, month: Period) -> Content:
    """Every figure of the month, its words, and the rows behind it, in a fixed order."""
    return Content(
        quantiles=list(_quantiles(figures, month)),
        settings=[
            {"setting": setting, "value": value}
            for setting, value in what_figures_rest_on(figures.settings).items()
        ],
        figures=list(_figures(figures, month)),
        words=list(_words(figures, month)),
        rows=[
            line
            for metric in CATALOGUE.values()
            if metric.key not in figures.load.not_in_source
            for line in rows_now(case_engine, figures, metric, View(month))
        ],
    )


def _figures(figures: Figures, month: Period) -> Iterator[Mapping]:
    """One line per stored figure of the month: metrics and companions, units and service."""
    keys = [key for key in figures.tallies if key[2] == month]
    for metric, unit_id, period in sorted(keys, key=lambda key: (key[0], str(key[1]))):
        tally = figures.tallies[metric, unit_id, period]
        yield {
            "metric": metric,
            "unit_id": unit_id,
            "unit_name": figures.units[unit_id],
            "numerator": float(tally.numerator),
            "denominator": float(tally.denominator),
        }


def _quantiles(figures: Figures, month: Period) -> Iterator[Mapping]:
    """One line per stored quantile of the month."""
    places = [place for place in figures.spreads if place[2] == month]
    for metric, unit_id, period in sorted(places, key=lambda place: (place[0], str(place[1]))):
        for key, spread in sorted(figures.spreads[metric, unit_id, period].items()):
            yield {
                "metric": metric,
                "unit_id": unit_id,
                "key": key,
                "value": float(spread.value),
                "n": int(spread.n),
            }


def _words(figures: Figures, month: Period) -> Iterator[Mapping]:
    """One line per metric and unit of which anything can be said: why not is something."""
    for metric in CATALOGUE.values():
        for unit_id in figures.units_open(month):
            result = figures.compared_result(metric, View(month, Scope(unit_id)))
            if not _has_anything_to_say(result):
                continue
            yield {
                "metric": metric.key,
                "unit_id": unit_id,
                "sentence": sentence(result),
                "reading": "\n".join(reading_sentences(result)),
                "not_in_source": result.not_in_source,
                "chart": _chart_of(figures, result),
            }


def _has_anything_to_say(result: Result) -> bool:
    """A value or why there is none; a month without data too, after months that had some."""
    had_some = result.chart is not None and result.chart.has_values
    return result.tally is not None or bool(result.never_counted) or had_some


def _chart_of(figures: Figures, result: Result) -> Mapping | None:
    if result.chart is None:
        return None
    months = figures.charted_months(result.metric, result.view)
    return with_run_up(chart_details(result.chart), months)


def rows_now(case_engine: Engine, figures: Figures, metric: Metric, view: View) -> list[Mapping]:
    """The rows behind a figure as the case database knows them now, as lines for the store."""
    basis = Basis(figures.settings, figures.load.as_at)
    query = counted_first(rows_behind(metric, view, basis))
    rows = read_records(case_engine, query, publisher("publishing"), IN_ORDER)
    return [_line(metric, row) for row in rows]


def _line(metric: Metric, row: Row) -> Mapping:
    part = getattr(row, metric.split.by) if metric.split.by else None
    return {
        "metric": metric.key,
        "unit_id": row.unit_id,
        "worker_id": row.worker_id,
        "child_id": row.child_id,
        "numerator": float(row.numerator),
        "denominator": float(row.denominator),
        "part": None if part is None else str(part),
        "details": {name: _as_stored(getattr(row, name)) for name in metric.drill_down},
    }


def _as_stored(value: object) -> str | float | bool | date | None:
    """As the store gives it back: so that rows read now and rows read back compare as equal."""
    if isinstance(value, Decimal):
        return float(value)
    assert value is None or isinstance(value, str | int | float | date), type(value).__name__
    return value
