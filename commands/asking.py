"""Commands that ask: figures, and the rows behind them; and export, which presents them."""

from collections.abc import Callable, Sequence
from datetime import date
from itertools import product
from pathlib import Path

import click
from sqlalchemy import Engine, Select

from commands.figure_rows import FIGURE_COLUMNS, READING_COLUMNS, figure_row, row_with_sentence
from commands.no_figure import (
    refuse_unless_counted,
    warn_of_the_month,
    warn_of_what_is_missing,
    warn_of_what_was_closed,
)
from commands.output import print_rows, say, warn
from commands.parameters import (
    Day,
    Month,
    database_option,
    fails_in_one_line,
    format_option,
    known_now_option,
    published_option,
)
from commands.people import told_rows
from commands.published import (
    as_asked,
    print_published_rows,
    read_planned_meeting,
    refuse_together,
    version_shown,
    with_what_is_published,
)
from data_access.database import connect, read
from data_access.guard.open_rows import Restricted
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.viewer import local_viewer, read_records
from metrics.catalogue import CATALOGUE
from metrics.council.checked import checked_settings
from metrics.figures import Figures, read_figures
from metrics.late_entry.as_known_on import known_on_a_day, known_tallies, refuse_day, with_known
from metrics.model import SERVICE, Basis, Metric, Period, Scope, View
from metrics.rows_behind import rows_behind


@click.command()
@database_option
@click.option("--month", type=Month(), help="The last month to print; the latest unless said.")
@click.option("--months", default=1, type=click.IntRange(1, 1200), help="How many months up to it.")
@click.option("--metric", type=click.Choice(list(CATALOGUE)), help="One metric only.")
@click.option("--unit", help="One unit's id only; * is the service.")
@published_option
@known_now_option
@click.option("--as-known-on", type=Day(), help="What was known then: visits only.")
@click.option(
    "--said",
    "with_sentences",
    is_flag=True,
    help="With what the chart says of each, as on the screens.",
)
@format_option
@fails_in_one_line
def figures(
    database: str | None,
    month: Period | None,
    months: int,
    metric: str | None,
    unit: str | None,
    published: str | int | None,
    known_now: bool,
    as_known_on: date | None,
    with_sentences: bool,
    form: str,
) -> None:
    """Print figures: the service is unit *, the newest month last.

    As the screens show them: a published month as it was published.
    """
    refuse_together(published, known_now, as_known_on, with_sentences)
    live = _figures(database)
    periods = (month or live.latest).run_up(months)
    offered = known_on_a_day() if as_known_on else list(CATALOGUE.values())
    wanted = [CATALOGUE[metric]] if metric else offered
    if as_known_on:
        shown = _as_known(database, live, wanted, periods, as_known_on)
    else:
        shown = as_asked(live, periods, published, known_now)
    row_of = row_with_sentence if with_sentences else figure_row
    _print_figures(shown, wanted, periods, unit, form, row_of)


def _print_figures(
    figures: Figures,
    wanted: Sequence[Metric],
    periods: Sequence[Period],
    unit: str | None,
    form: str,
    row_of: Callable[[Figures, Metric, View], tuple | None],
) -> None:
    units = _units(figures, [] if unit is None else [unit])
    rows = [
        row_of(figures, metric, View(period, Scope(unit_id)))
        for period in periods
        for metric in wanted
        for unit_id in units or figures.units
    ]
    columns = FIGURE_COLUMNS if row_of is figure_row else (*FIGURE_COLUMNS, *READING_COLUMNS)
    print_rows(columns, [row for row in rows if row], form)
    warn_of_what_is_missing(figures, wanted, periods)
    warn_of_what_was_closed(figures, units, periods)
    for warning in dict.fromkeys(figures.doubts(period) for period in periods):
        warn(warning)


def _as_known(
    database: str | None,
    figures: Figures,
    wanted: Sequence[Metric],
    periods: Sequence[Period],
    day: date,
) -> Figures:
    """The figures with the tallies of `wanted` as they were known on `day`."""
    engine = connect(database or figures.settings.database_url)
    supported = [metric for metric in wanted if metric.key not in figures.load.not_in_source]
    for metric, period in product(supported, set(periods) & set(figures.months)):
        refuse_day(metric, period, day, figures.load.as_at)
        query = known_tallies(metric, period, Basis(figures.settings, figures.load.as_at), day)
        figures = with_known(figures, metric, period, read(engine, query))
    return figures


@click.command()
@database_option
@click.option("--metric", required=True, type=click.Choice(list(CATALOGUE)))
@click.option("--month", required=True, type=Month())
@click.option("--unit", default=SERVICE, help="The unit's id; the service unless said.")
@click.option("--as-known-on", type=Day(), help="Leave out what was recorded after this day.")
@published_option
@known_now_option
@format_option
@fails_in_one_line
def rows(
    database: str | None,
    metric: str,
    month: Period,
    unit: str,
    as_known_on: date | None,
    published: str | int | None,
    known_now: bool,
    form: str,
) -> None:
    """Print the rows behind a figure, as the screens show it; they add up to it."""
    refuse_together(published, known_now, as_known_on)
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    view = View(month, Scope(unit))
    version = published if known_now or as_known_on else version_shown(settings, month, published)
    if version is not None:
        print_published_rows(engine, settings, CATALOGUE[metric], view, version, form)
        return
    figures = read_figures(engine, settings)
    _units(figures, [unit])
    refuse_unless_counted(figures, metric, unit, month)
    basis = Basis(settings, as_known_on or figures.load.as_at, as_known_on)
    _print_rows(engine, settings, rows_behind(CATALOGUE[metric], view, basis), form)
    warn_of_the_month(figures, month)


def _print_rows(engine: Engine, settings: Settings, query: Select, form: str) -> None:
    viewer, columns = local_viewer(settings), query.selected_columns.keys()
    behind = read_records(engine, query, viewer, restricted=Restricted.COUNTED)
    print_rows(columns, told_rows(settings, viewer, columns, behind), form)


@click.command()
@database_option
@click.option("--month", required=True, type=Month())
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--audience", type=click.Choice(["service", "partners", "public"]), default="service")
@click.option("--unit", "units", multiple=True, help="Only these units' slides.")
@click.option("--board", "boards", multiple=True, help="Only this board's figures.")
@fails_in_one_line
def export(
    database: str | None,
    month: Period,
    out: Path,
    audience: str,
    units: tuple[str, ...],
    boards: tuple[str, ...],
) -> None:
    """Write the month's slides, as published once it is: Excel; or for .pptx, .pdf those."""
    from exports.saving import save_slides

    figures = with_what_is_published(_figures(database))
    if month not in figures.months:
        raise Problem(
            f"There are no data for {month}: the data run from {figures.months[0]} to"
            f" {figures.months[-1]}."
        )
    chosen = _units(figures, units) or None
    meeting = read_planned_meeting(figures, month)
    save_slides(out, figures, month, chosen, audience, meeting, boards or None)
    say(f"Written: {out}")
    warn(figures.doubts(month))


def _units(figures: Figures, units: Sequence[str]) -> list[str]:
    for unit in units:
        if unit not in figures.units:
            known = ", ".join(str(name) for name in figures.units if name)
            raise click.UsageError(f"There is no unit {unit}: the units are {known}.")
    return list(units)


def _figures(database: str | None) -> Figures:
    settings = checked_settings()
    figures = read_figures(connect(database or settings.database_url), settings)
    if not figures.months:
        raise Problem("The case database holds nothing to count: load a source, or 'derive'.")
    return figures
