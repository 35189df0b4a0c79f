"""Commands that ask: figures, and the rows behind them; and export, which presents them."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import product
from pathlib import Path

import click

from commands.output import print_rows, say
from commands.parameters import (
    Day,
    Month,
    database_option,
    format_option,
    plainly,
    published_option,
)
from commands.published import (
    before_it,
    only_published,
    print_published_rows,
    with_what_is_published,
)
from data_access.database import connect, read
from data_access.problems import Problem
from data_access.viewer import local_viewer, read_records
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from metrics.late_entry.as_known_on import known_on_a_day, known_tallies, refuse_day, with_known
from metrics.model import SERVICE, Basis, Metric, Period, Scope, View
from metrics.rows_behind import rows_behind
from metrics.sentence import sentence

FIGURE_COLUMNS = ("metric", "unit_id", "unit", "month", "numerator", "denominator", "value")
SAID_COLUMNS = ("variation", "assurance", "sentence")


@click.command()
@database_option
@click.option("--month", type=Month(), help="The last month to print; the latest unless said.")
@click.option("--months", default=1, type=click.IntRange(1), help="How many months up to it.")
@click.option("--metric", type=click.Choice(list(CATALOGUE)), help="One metric only.")
@click.option("--unit", help="One unit's id only; * is the service.")
@published_option
@click.option("--as-known-on", type=Day(), help="What was known then: visits only.")
@click.option("--said", is_flag=True, help="With what the chart says of each, as on the screens.")
@format_option
@plainly
def figures(
    database: str | None,
    month: Period | None,
    months: int,
    metric: str | None,
    unit: str | None,
    published: str | int | None,
    as_known_on: date | None,
    said: bool,
    form: str,
) -> None:
    """Print figures: the service is unit *, the newest month last."""
    if bool(as_known_on) + (published is not None) + said > 1:
        raise click.UsageError("Ask as published, as known on a day, or with --said: one of them.")
    live = _figures(database)
    periods = (month or live.latest).run_up(months)
    every = known_on_a_day() if as_known_on else list(CATALOGUE.values())
    wanted = [CATALOGUE[metric]] if metric else every
    found = live if published is None else only_published(live, periods, published)
    if said:
        found = with_what_is_published(live)
    if as_known_on:
        found = _as_known(database, live, wanted, periods, as_known_on)
    _print_figures(found, wanted, periods, unit, form, _said_row if said else _figure_row)
    for told in dict.fromkeys(found.not_as_set(one) for one in periods):
        say(told)


def _print_figures(
    found: Figures,
    wanted: Sequence[Metric],
    periods: Sequence[Period],
    unit: str | None,
    form: str,
    row_of: Callable[[Figures, Metric, View], tuple | None],
) -> None:
    units = _units(found, [unit] if unit else [])
    rows = [
        row_of(found, one, View(period, Scope(unit_id)))
        for period in periods
        for one in wanted
        for unit_id in units or found.units
    ]
    columns = FIGURE_COLUMNS if row_of is _figure_row else (*FIGURE_COLUMNS, *SAID_COLUMNS)
    print_rows(columns, [row for row in rows if row], form)
    _say_what_is_missing(found, wanted, periods)


def _as_known(
    database: str | None,
    found: Figures,
    wanted: Sequence[Metric],
    periods: Sequence[Period],
    day: date,
) -> Figures:
    """The figures with the tallies of `wanted` as they were known on `day`."""
    engine = connect(database or found.settings.database_url)
    supported = [one for one in wanted if one.key not in found.load.not_in_source]
    for metric, period in product(supported, set(periods) & set(found.months)):
        refuse_day(metric, period, day, found.load.as_at)
        query = known_tallies(metric, period, Basis(found.settings, found.load.as_at), day)
        found = with_known(found, metric, period, read(engine, query))
    return found


def _figure_row(found: Figures, metric: Metric, view: View) -> tuple | None:
    result = found.result(metric, view)
    if result.tally is None:
        return None
    tally = result.tally
    return (
        metric.key,
        view.scope.unit_id,
        result.unit_name,
        view.period.key,
        tally.numerator,
        tally.denominator,
        result.value,
    )


def _said_row(found: Figures, metric: Metric, view: View) -> tuple | None:
    """The figure with its chart's reading, in the words of the screens."""
    row, told = _figure_row(found, metric, view), found.told(metric, view)
    if row is None or told.chart is None:
        return None
    assurance = told.chart.assurance.value if told.chart.assurance else None
    return (*row, told.chart.variation, assurance, sentence(told))


def _say_what_is_missing(
    found: Figures, wanted: Sequence[Metric], periods: Iterable[Period]
) -> None:
    for metric in wanted:
        if why := found.load.not_in_source.get(metric.key):
            click.echo(f"{metric.key}: not in this source. {why}", err=True)
    for period in periods:
        if period not in found.months:
            click.echo(f"{period.key}: there are no data for this month.", err=True)


@click.command()
@database_option
@click.option("--metric", required=True, type=click.Choice(list(CATALOGUE)))
@click.option("--month", required=True, type=Month())
@click.option("--unit", default=SERVICE, help="The unit's id; the service unless said.")
@click.option("--as-known-on", type=Day(), help="Leave out what was recorded after this day.")
@published_option
@format_option
@plainly
def rows(
    database: str | None,
    metric: str,
    month: Period,
    unit: str,
    as_known_on: date | None,
    published: str | int | None,
    form: str,
) -> None:
    """Print the rows behind a figure; they add up to it."""
    if published is not None and as_known_on:
        raise click.UsageError("Give --as-known-on or --published, not both.")
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    view = View(month, Scope(unit))
    if published is not None:
        print_published_rows(engine, settings, CATALOGUE[metric], view, published, form)
        return
    found = read_figures(engine, settings)
    _refuse_unless_counted(found, metric, unit)
    basis = Basis(settings, as_known_on or found.load.as_at, as_known_on)
    query = rows_behind(CATALOGUE[metric], view, basis)
    behind = read_records(engine, query, local_viewer(settings))
    print_rows(query.selected_columns.keys(), behind, form)
    say(found.not_as_set(month))


def _refuse_unless_counted(found: Figures, metric: str, unit: str) -> None:
    _units(found, [unit])
    if why := found.load.not_in_source.get(metric):
        raise Problem(f"{metric} is not in this source. {why}")


@click.command()
@database_option
@click.option("--month", required=True, type=Month())
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--audience", type=click.Choice(["service", "partners", "public"]), default="service")
@click.option("--unit", "units", multiple=True, help="Only these units' slides.")
@plainly
def export(
    database: str | None, month: Period, out: Path, audience: str, units: tuple[str, ...]
) -> None:
    """Write the month's slides: as published, once the month is. Excel, or PowerPoint for .pptx."""
    from exports.saving import save_slides

    found = with_what_is_published(_figures(database))
    if month not in found.months:
        raise Problem(
            f"There are no data for {month}: the data run from {found.months[0]} to"
            f" {found.months[-1]}."
        )
    chosen = _units(found, units) or None
    save_slides(out, found, month, chosen, audience, before_it(found, month))
    click.echo(f"Written: {out}")
    say(found.not_as_set(month))


def _units(found: Figures, units: Sequence[str]) -> list[str]:
    for unit in units:
        if unit not in found.units:
            known = ", ".join(str(name) for name in found.units if name)
            raise click.UsageError(f"There is no unit {unit}: the units are {known}.")
    return list(units)


def _figures(database: str | None) -> Figures:
    settings = checked_settings()
    found = read_figures(connect(database or settings.database_url), settings)
    if not found.months:
        raise Problem("The case database holds nothing to count: load a source, or 'derive'.")
    return found
