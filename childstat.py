"""ChildStat's command line: everything that the screens show, for scheduled jobs and for checking."""

import csv
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import wraps
from pathlib import Path

import click
from sqlalchemy.exc import SQLAlchemyError

from data_access.database import changing, connect, create, rebuild
from data_access.derive import derive
from data_access.load_info import read_load
from data_access.problems import Problem
from data_access.settings import Settings, read_settings
from data_access.viewer import local_viewer, read_records
from metrics.catalogue import CATALOGUE
from metrics.evaluate import Figures, read_figures, rows_behind
from metrics.model import SERVICE, Basis, Metric, Period, Scope, View

FIGURE_COLUMNS = (
    "metric",
    "unit_id",
    "unit",
    "month",
    "numerator",
    "denominator",
    "value",
)

database_option = click.option(
    "--database", help="The case database's address; config.toml's unless said."
)
into_option = click.option(
    "--into", help="The address to build the case database at; config.toml's unless said."
)
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    help="table for people; csv and json have stable keys.",
)


class Month(click.ParamType):
    """A month as 2016-09."""

    name = "YYYY-MM"

    def convert(self, value, param, ctx) -> Period:
        if isinstance(value, Period):
            return value
        try:
            return Period.parse(value)
        except ValueError:
            self.fail(f"{value!r} is not a month: write it as 2016-09.", param, ctx)


class Day(click.ParamType):
    """A day as 2016-10-03."""

    name = "YYYY-MM-DD"

    def convert(self, value, param, ctx) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day: write it as 2016-10-03.", param, ctx)


def plainly(command: Callable) -> Callable:
    """A failure is one line on standard error and exit status 1."""

    @wraps(command)
    def run_plainly(*args, **options):
        try:
            return command(*args, **options)
        except Problem as problem:
            raise click.ClickException(str(problem)) from problem
        except (SQLAlchemyError, OSError) as fault:
            said = str(getattr(fault, "orig", None) or fault).splitlines()[0]
            raise click.ClickException(f"It could not be done: {said}.") from fault

    return run_plainly


@click.group()
def main() -> None:
    """ChildStat: the monthly performance dashboard for children's social care."""


@main.command()
@into_option
@click.option("--scale", default=1, type=click.IntRange(1), help="How many times the size.")
@plainly
def demo(into: str | None, scale: int) -> None:
    """Build the demonstration council: invented, and the same every time."""
    from data_access.sources.demo import write_demo

    settings = read_settings()
    url = into or settings.database_url
    with rebuild(url) as connection:
        written = write_demo(connection, scale)
        derive(connection, settings)
    for table, rows in sorted(written.items()):
        click.echo(f"{table:20} {rows:>12,}")
    click.echo("The demonstration council is ready. Everything in it is invented.")


@main.command(name="create")
@click.option("--database", required=True, help="The address to make the tables at.")
@plainly
def create_empty(database: str) -> None:
    """Make an empty case database with every table."""
    create(database)


@main.command(name="derive")
@database_option
@plainly
def derive_again(database: str | None) -> None:
    """Rebuild the derived tables and the figures from the canonical tables."""
    settings = read_settings()
    with changing(database or settings.database_url) as connection:
        derive(connection, settings)


@main.command()
@database_option
@click.option("--month", type=Month(), help="The last month to print; the latest unless said.")
@click.option("--months", default=1, type=click.IntRange(1), help="How many months up to it.")
@click.option("--metric", type=click.Choice(list(CATALOGUE)), help="One metric only.")
@click.option("--unit", help="One unit's id only; * is the service.")
@format_option
@plainly
def figures(
    database: str | None,
    month: Period | None,
    months: int,
    metric: str | None,
    unit: str | None,
    form: str,
) -> None:
    """Print figures: the service is unit *, the newest month last."""
    found = _figures(database)
    wanted = [CATALOGUE[metric]] if metric else list(CATALOGUE.values())
    periods = (month or found.latest).run_up(months)
    _known_unit(found, unit)
    units = [unit] if unit else list(found.units)
    rows = [
        row
        for period in periods
        for one in wanted
        for unit_id in units
        if (row := _figure_row(found, one, unit_id, period))
    ]
    _print(FIGURE_COLUMNS, rows, form)
    _say_what_is_missing(found, wanted, periods)


def _figure_row(found: Figures, metric: Metric, unit_id: str | None, period: Period):
    result = found.result(metric, View(period, Scope(unit_id)))
    if result.tally is None:
        return None
    tally = result.tally
    return (
        metric.key,
        unit_id,
        result.unit_name,
        period.key,
        tally.numerator,
        tally.denominator,
        result.value,
    )


def _known_unit(found: Figures, unit: str | None) -> None:
    if unit is not None and unit not in found.units:
        known = ", ".join(str(name) for name in found.units if name)
        raise click.UsageError(f"There is no unit {unit}: the units are {known}.")


def _say_what_is_missing(
    found: Figures, wanted: Sequence[Metric], periods: Iterable[Period]
) -> None:
    for metric in wanted:
        if why := found.load.not_in_source.get(metric.key):
            click.echo(f"{metric.key}: not in this source. {why}", err=True)
    for period in periods:
        if period not in found.months:
            click.echo(f"{period.key}: there are no data for this month.", err=True)


@main.command()
@database_option
@click.option("--metric", required=True, type=click.Choice(list(CATALOGUE)))
@click.option("--month", required=True, type=Month())
@click.option("--unit", default=SERVICE, help="The unit's id; the service unless said.")
@click.option("--as-known-on", type=Day(), help="Leave out what was recorded after this day.")
@format_option
@plainly
def rows(
    database: str | None,
    metric: str,
    month: Period,
    unit: str,
    as_known_on: date | None,
    form: str,
) -> None:
    """Print the rows behind a figure; they add up to it."""
    settings = read_settings()
    engine = connect(database or settings.database_url)
    found = read_figures(engine, settings)
    _known_unit(found, unit)
    if why := found.load.not_in_source.get(metric):
        raise Problem(f"{metric} is not in this source. {why}")
    basis = Basis(settings, as_known_on or found.load.as_at, as_known_on)
    query = rows_behind(CATALOGUE[metric], View(month, Scope(unit)), basis)
    behind = read_records(engine, query, local_viewer(settings))
    _print(query.selected_columns.keys(), behind, form)


@main.command()
@database_option
@click.option("--month", required=True, type=Month())
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--audience", type=click.Choice(["service", "partners", "public"]), default="service"
)
@click.option("--unit", "units", multiple=True, help="Only these units' slides.")
@plainly
def export(
    database: str | None, month: Period, out: Path, audience: str, units: tuple[str, ...]
) -> None:
    """Write the month's slides as an Excel workbook."""
    from exports.workbook import save_slides

    found = _figures(database)
    for unit in units:
        _known_unit(found, unit)
    if month not in found.months:
        raise Problem(
            f"There are no data for {month}: the data run from {found.months[0]} to"
            f" {found.months[-1]}."
        )
    save_slides(out, found, month, units or None, audience)
    click.echo(f"Written: {out}")


@main.command(context_settings={"ignore_unknown_options": True})
@database_option
@click.argument("streamlit_options", nargs=-1, type=click.UNPROCESSED)
@plainly
def run(database: str | None, streamlit_options: tuple[str, ...]) -> None:
    """Start the dashboard on this machine: the same as 'streamlit run app.py'."""
    import os

    from data_access.settings import DATABASE_VARIABLE

    if database:
        os.environ[DATABASE_VARIABLE] = database
    app = Path(__file__).with_name("app.py")
    command = [sys.executable, "-m", "streamlit", "run", str(app), *streamlit_options]
    os.chdir(app.parent)
    os.execv(sys.executable, command)


def _figures(database: str | None) -> Figures:
    settings = read_settings()
    engine = connect(database or settings.database_url)
    found = read_figures(engine, settings)
    if not found.months:
        read_load(engine)
        raise Problem("The case database holds nothing to count: load a source, or 'derive'.")
    return found


def _print(columns: Sequence[str], rows: Sequence[Sequence], form: str) -> None:
    if form == "json":
        found = [dict(zip(columns, map(_plain, row), strict=True)) for row in rows]
        click.echo(json.dumps(found, indent=1, ensure_ascii=False))
        return
    if form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_plain(value) for value in row] for row in rows)
        return
    texts = [list(columns)] + [[_short(value) for value in row] for row in rows]
    widths = [max(len(row[at]) for row in texts) for at in range(len(columns))]
    for row in texts:
        click.echo("  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)))


def _plain(value):
    return value.isoformat() if isinstance(value, date) else value


def _short(value) -> str:
    if value is None:
        return "–"
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
