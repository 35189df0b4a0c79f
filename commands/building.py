"""Commands that build a case database: demo, create, load, derive; and check, which doubts it."""

import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from commands.output import print_rows, say, warn
from commands.parameters import (
    Address,
    Day,
    database_option,
    fails_in_one_line,
    format_option,
    into_option,
)
from data_access.database import changing, connect, rebuild
from data_access.database import create as create_tables
from data_access.derived_with import changed_since, changes_told, settings_counted_with
from data_access.load_info import LoadInfo, load_in, read_load
from data_access.schema import CANONICAL
from loading.checks.checklist import who_mends
from loading.checks.checks import every_issue, record_issues
from loading.demo import write_demo
from loading.demo.templates import EMPTY, EXAMPLE, write_templates
from loading.deriving import derive as derive_tables
from loading.load_records import LoadReport
from loading.loads import load as load_readings
from loading.not_in_source import judge_again
from loading.sources.annex_a.sheets import NAMES_OF_LISTS
from loading.sources.annex_a.workbook import read_annex_a
from loading.sources.csv_folder import read_csv_folder
from loading.sources.reading import Reading
from loading.sources.workforce_census import read_workforce_census
from metrics.council.checked import checked_settings

ISSUE_COLUMNS = ("rule", "severity", "table_name", "row_key", "message")
COUNT_COLUMNS = (
    "table", "read", "written", "left_out", "read_before", "written_before", "left_out_before",
)  # fmt: skip
FILE = click.Path(path_type=Path)

add_option = click.option(
    "--add", is_flag=True, help="Keep the tables that other sources brought before."
)
data_to_option = click.option(
    "--data-to", type=Day(), help="The last day that the source covers, where it can't tell."
)
accept_loss_option = click.option(
    "--accept-loss",
    "accept_loss",
    multiple=True,
    metavar="TABLE",
    type=click.Choice([*(table.name for table in CANONICAL), *NAMES_OF_LISTS]),
    help="Load although this table, or list (list_7), loses most of its rows; may be repeated.",
)


@click.command()
@into_option
@click.option("--scale", default=1, type=click.IntRange(1, 1000), help="How many times the size.")
@fails_in_one_line
def demo(into: str | None, scale: int) -> None:
    """Build the demonstration council: invented, and the same every time."""
    settings = checked_settings()
    with rebuild(into or settings.database_url, settings.memory_gb) as connection:
        written = write_demo(connection, scale)
        derive_tables(connection, settings)
        record_issues(connection, settings, load_in(connection).as_at)
    for table, rows in sorted(written.items()):
        say(f"{table:20} {rows:>12,}")
    say("The demonstration council is ready. Everything in it is invented.")


@click.command()
@click.option(
    "--database", required=True, type=Address(), help="The address to make the tables at."
)
@fails_in_one_line
def create(database: str) -> None:
    """Make an empty case database with every table."""
    create_tables(database)


@click.command()
@database_option
@fails_in_one_line
def derive(database: str | None) -> None:
    """Rebuild the derived tables and the figures from the canonical tables."""
    settings = checked_settings()
    with changing(database or settings.database_url, settings.memory_gb) as connection:
        judge_again(connection)
        derive_tables(connection, settings)
        record_issues(connection, settings, load_in(connection).as_at)


@click.group()
def load() -> None:
    """Read a source, check it, and put it in the place of the last good database."""


@load.command(name="annex-a")
@click.argument("files", nargs=-1, required=True, type=FILE)
@into_option
@data_to_option
@add_option
@click.option("--with-hidden-sheets", is_flag=True, help="Read the sheets that Excel hides, too.")
@accept_loss_option
@fails_in_one_line
def annex_a(
    files: tuple[Path, ...],
    into: str | None,
    data_to: date | None,
    add: bool,
    with_hidden_sheets: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load an Annex A workbook; several FILEs where the lists are in several workbooks."""
    settings = checked_settings()
    reading = read_annex_a(
        files, data_to, with_hidden_sheets, settings.loading_limits, settings.nobody
    )
    _load([reading], into, add, accept_loss)


@load.command(name="csv")
@click.argument("folder", type=FILE, required=False)
@click.option(
    "--template",
    type=FILE,
    metavar="FOLDER",
    help="Load nothing: write FOLDER/empty, every file with its headings, and FOLDER/example.",
)
@into_option
@data_to_option
@add_option
@accept_loss_option
@fails_in_one_line
def csv_folder(
    folder: Path | None,
    template: Path | None,
    into: str | None,
    data_to: date | None,
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load the canonical tables from FOLDER's CSV files, and any workforce census in it."""
    if folder is None and template is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    if folder is not None and template is not None:
        raise click.UsageError("--template loads nothing: give one folder, to load or to write.")
    if template is not None:
        _say_templates(template, write_templates(template))
    if folder is not None:
        limits = checked_settings().loading_limits
        _load(read_csv_folder(folder, data_to, limits), into, add, accept_loss)


def _say_templates(folder: Path, written: Mapping[str, int]) -> None:
    say(f"{folder / EMPTY}: {len(written)} files with headings only, to be filled.")
    rows = ", ".join(f"{name} {number}" for name, number in sorted(written.items()))
    say(f"{folder / EXAMPLE}: the same files with rows, everything in them invented: {rows}.")
    say(f"Next: python childstat.py load csv {folder / EXAMPLE} --into duckdb:///example.duckdb")


@load.command(name="workforce-census")
@click.argument("file", type=FILE)
@into_option
@data_to_option
@add_option
@accept_loss_option
@fails_in_one_line
def workforce_census(
    file: Path, into: str | None, data_to: date | None, add: bool, accept_loss: tuple[str, ...]
) -> None:
    """Load workers, posts and FTE from a workforce census return (XML)."""
    limits = checked_settings().loading_limits
    _load([read_workforce_census(file, data_to, limits)], into, add, accept_loss)


def _load(
    readings: list[Reading], into: str | None, add: bool, accept_loss: tuple[str, ...]
) -> None:
    settings = checked_settings()
    with click.progressbar(length=100, label="Loading", file=sys.stderr) as bar:

        def progress(step: str, share: float) -> None:
            bar.label = step
            bar.update(round(share * 100) - bar.pos)

        report = load_readings(
            into or settings.database_url,
            readings,
            settings,
            progress,
            add=add,
            accept_loss=accept_loss,
        )
    _print_report(report)


def _print_report(report: LoadReport) -> None:
    for source, counts in zip(report.sources, report.counts, strict=True):
        say(source)
        for table, count in counts.items():
            why = ", ".join(f"{number} {reason}" for reason, number in count.left_out.items())
            left_out = f"  left out: {why}" if why else ""
            say(f"  {table:22} read {count.read:>8,}  written {count.written:>8,}{left_out}")
    for (rule, table), number in report.by_rule().items():
        say(f"{number:>8,} × {rule} in {table}: mended by {who_mends(rule)}")
    for metric, why in report.not_in_source.items():
        say(f"{metric}: not in this source. {why}")
    say(_last_day(report.data_to, report.data_to_from))


def _last_day(data_to: date, data_to_from: str) -> str:
    """One sentence on what all figures rest on, and how to change it."""
    says = f": {data_to_from}" if data_to_from else ""
    other = "" if "--data-to" in says else " Say another by --data-to, where that is not so."
    return f"The data cover all days to {data_to.isoformat()}{says}.{other}"


@click.command()
@database_option
@format_option
@fails_in_one_line
def check(database: str | None, form: str) -> None:
    """Print data issues: what the load left out and why, and what is doubtful now."""
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    load_info = read_load(engine)
    issues = every_issue(engine, settings, load_info.as_at)
    rows = [[getattr(issue, column) for column in ISSUE_COLUMNS] for issue in issues]
    print_rows(ISSUE_COLUMNS, rows, form)
    if form == "table":
        for rule in sorted({issue.rule for issue in issues}):
            say(f"{rule}: can be mended by {who_mends(rule)}")
        print_rows(COUNT_COLUMNS, _counted(load_info), form)
        say(_last_day(load_info.as_at, load_info.data_to_from))
    warn(changes_told(changed_since(settings_counted_with(engine), settings)))


def _counted(load_info: LoadInfo) -> list[list]:
    """What the load read, wrote and left out of each table, beside the load before."""
    return [
        [table, *_in_all(counts), *_in_all(load_info.tables_before.get(table, {}))]
        for table, counts in sorted(load_info.tables.items())
    ]


def _in_all(counts: Mapping[str, Any]) -> list[int | None]:
    left_out = sum(counts["left_out"].values()) if "left_out" in counts else None
    return [counts.get("read"), counts.get("written"), left_out]
