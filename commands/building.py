"""Commands that build a case database: demo, create, load, derive."""

from datetime import date
from pathlib import Path

import click

from commands.load_told import accept_loss_option, load_and_tell, say_templates
from commands.loading.options import add_option, covers_from_option, data_to_option
from commands.loading.ssd import load_ssd
from commands.loading.workbook import load_workbook
from commands.output import say
from commands.parameters import (
    Address,
    database_option,
    fails_in_one_line,
    into_option,
)
from commands.surveys import load_survey
from data_access.database import changing, connect, rebuild
from data_access.database import create as create_tables
from data_access.load_info import load_in
from data_access.meeting_store.opening import open_store
from data_access.settings import Settings
from data_access.viewer import local_viewer
from loading.checks.checks import record_issues
from loading.demo import write_demo
from loading.demo.templates import write_templates
from loading.deriving import derive as derive_tables
from loading.kept.earlier import Earlier
from loading.kept.making import keep_report
from loading.loads import in_silence
from loading.nightly.kinds import READERS, Asked
from loading.not_in_source import judge_again
from loading.sources.reading import Reading
from meeting.demo.held import hold, is_untouched
from metrics.council.checked import checked_settings
from metrics.figures import read_figures

FILE = click.Path(path_type=Path)


@click.command()
@into_option
@click.option("--scale", default=1, type=click.IntRange(1, 1000), help="How many times the size.")
@click.option(
    "--with-meeting",
    is_flag=True,
    help="Write an invented meeting into the meeting store too, where that holds nothing yet.",
)
@fails_in_one_line
def demo(into: str | None, scale: int, with_meeting: bool) -> None:
    """Build the demonstration council: invented, and the same every time."""
    settings = checked_settings()
    url = into or settings.database_url
    with rebuild(url, settings.memory_gb) as connection:
        written = write_demo(connection, scale)
        derive_tables(connection, settings)
        record_issues(connection, settings, load_in(connection).as_at)
        keep_report(connection, settings, Earlier())
    for table, rows in sorted(written.items()):
        say(f"{table:20} {rows:>12,}")
    say("The demonstration council is ready. Everything in it is invented.")
    if with_meeting:
        say(meeting_told(url, settings))


def meeting_told(url: str, settings: Settings) -> str:
    """Writes the invented meeting where nothing was written yet, and says what became of it."""
    store = open_store(settings.meeting_store_url)
    if not is_untouched(store):
        store.dispose()
        return "The meeting store holds something already: it is left as it is, without a meeting."
    engine = connect(url)
    agenda = hold(store, read_figures(engine, settings), local_viewer(settings))
    engine.dispose()
    store.dispose()
    return (
        f"The meeting store holds an invented meeting about {agenda.month}, with actions, a lesson"
        " and a remark, which nothing takes out again: name another under [meeting_store], or"
        " remove its file, before you load data of your own."
    )


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


def _read(kind: str, asked: Asked) -> list[Reading]:
    return READERS[kind](asked, checked_settings(), in_silence)


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
    asked = Asked(files, data_to, with_hidden_sheets=with_hidden_sheets)
    load_and_tell(_read("annex-a", asked), into, add, accept_loss)


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
@covers_from_option
@add_option
@accept_loss_option
@fails_in_one_line
def csv_folder(
    folder: Path | None,
    template: Path | None,
    into: str | None,
    data_to: date | None,
    covers_from: tuple[tuple[str, date], ...],
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load the canonical tables from FOLDER's CSV files, and any workforce census in it."""
    if folder is None and template is None:
        raise click.UsageError("Missing argument 'FOLDER'.")
    if folder is not None and template is not None:
        raise click.UsageError("--template loads nothing: give one folder, to load or to write.")
    if template is not None:
        say_templates(template, write_templates(template))
    if folder is not None:
        asked = Asked([folder], data_to, dict(covers_from))
        load_and_tell(_read("csv", asked), into, add, accept_loss)


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
    load_and_tell(_read("workforce-census", Asked([file], data_to)), into, add, accept_loss)


@load.command(name="ssda903")
@click.argument("folders", nargs=-1, required=True, type=FILE)
@into_option
@data_to_option
@add_option
@accept_loss_option
@fails_in_one_line
def ssda903(
    folders: tuple[Path, ...],
    into: str | None,
    data_to: date | None,
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load the SSDA903 files of a FOLDER; several FOLDERS, one for each year."""
    load_and_tell(_read("ssda903", Asked(folders, data_to)), into, add, accept_loss)


@load.command(name="cin-census")
@click.argument("files", nargs=-1, required=True, type=FILE)
@into_option
@data_to_option
@add_option
@accept_loss_option
@fails_in_one_line
def cin_census(
    files: tuple[Path, ...],
    into: str | None,
    data_to: date | None,
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load a children in need census return (XML); several FILES, one for each year."""
    load_and_tell(_read("cin-census", Asked(files, data_to)), into, add, accept_loss)


load.add_command(load_survey)
load.add_command(load_workbook)
load.add_command(load_ssd)
