"""What a load tells whoever started it, and what is told later of any that is kept: loads."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import click
from sqlalchemy.engine import make_url

from commands.loading.bar import bar
from commands.output import print_json, print_rows, say, typed, warn
from commands.parameters import database_option, fails_in_one_line
from data_access.database import connect
from data_access.problems import Problem
from data_access.schema import CANONICAL
from data_access.settings import settings_path
from loading.demo.templates import EMPTY, EXAMPLE
from loading.kept.earlier import read_reports
from loading.kept.report import KeptReport, RowsOfTable
from loading.kept.sections import (
    Section,
    added_words,
    left_out_words,
    sections_of,
    title_of,
)
from loading.kept.summary import LISTED, reports_listed, summary_of
from loading.load_records import LoadReport
from loading.loads import load as load_readings
from loading.matching.decided import decided_in
from loading.sources.annex_a.sheets import NAMES_OF_LISTS
from loading.sources.reading import Reading
from metrics.council.checked import checked_settings
from metrics.writing import several

AS_JSON = "json"
# The council's name in config.toml as it comes with ChildStat.
SHIPPED_NAME = "Demonstration council"
STILL_AS_SHIPPED = (
    "The council in {file} is still '" + SHIPPED_NAME + "': set [council] name, targets and"
    " comparators there first, else slides bear that name, and charts have its targets."
)
EXAMPLE_DATABASE = "duckdb:///example.duckdb"
accept_loss_option = click.option(
    "--accept-loss",
    "accept_loss",
    multiple=True,
    metavar="TABLE",
    type=click.Choice([*(table.name for table in CANONICAL), *NAMES_OF_LISTS]),
    help="Load although this table, or list (list_7), loses most of its rows; may be repeated.",
)


def print_report(report: KeptReport) -> None:
    """The whole report as text: the part of rows a line each, as the sources gave them."""
    rows, *others = sections_of(report)
    for source in dict.fromkeys(one.source for one in report.rows):
        say(source)
        for one in report.rows:
            if one.source == source:
                say(_line(one))
    for sentence in rows.says:
        say(sentence)
    for section in others:
        _print_section(section)
    say("")
    say(" ".join(summary_of(report)))
    say(last_day_words(report.data_to, report.data_to_from))


def _line(one: RowsOfTable) -> str:
    left_out = f"  left out: {why}" if (why := left_out_words(one)) else ""
    more = f"  {added}" if (added := added_words(one.added)) else ""
    before = one.written_before
    than = "" if before is None else f"  before {before:>8,}"
    return f"  {one.table:22} read {one.read:>8,}  written {one.written:>8,}{than}{more}{left_out}"


def _print_section(section: Section) -> None:
    rows = (*section.rows, *section.usual)
    says = section.says if rows else (*section.says, section.without)
    say("")
    say(section.heading)
    for sentence in says:
        say(sentence)
    if rows:
        print_rows(section.columns, rows, "table")


def last_day_words(data_to: date, data_to_from: str) -> str:
    """One sentence on what all figures rest on, and how to change it."""
    says = f": {data_to_from}" if data_to_from else ""
    other = "" if "--data-to" in says else " Say another by --data-to, where that is not so."
    return f"The data cover all days to {data_to.isoformat()}{says}.{other}"


def say_what_is_next(report: LoadReport, council: str, into: str | None) -> None:
    """That the settings are still those of the demonstration council; where issues are listed."""
    if council == SHIPPED_NAME:
        warn(STILL_AS_SHIPPED.format(file=settings_path().name))
    if report.issues:
        database = f" --database {_without_password(into)}" if into else ""
        say(f"'python childstat.py check{database}' lists the rows that have issues.")


def _without_password(address: str) -> str:
    return typed(make_url(address).render_as_string(hide_password=True))


def say_templates(folder: Path, written: Mapping[str, int]) -> None:
    say(f"{folder / EMPTY}: {several(len(written), 'file')} with headings only, to be filled.")
    rows = ", ".join(f"{name} {number}" for name, number in sorted(written.items()))
    say(
        f"{folder / EMPTY / 'source_load.csv'}: its row says the last day that all files cover"
        " (data_to), and since when a table is held in full (table_name, covers_from). Fill it, or"
        " take it out and say --data-to and --covers-from."
    )
    say(f"{folder / EXAMPLE}: the same files with rows, everything in them invented: {rows}.")
    load_example = f"load csv {typed(folder / EXAMPLE)} --into {EXAMPLE_DATABASE}"
    say(f"Next: python childstat.py {load_example}")
    say(f"      python childstat.py check --database {EXAMPLE_DATABASE}")
    say(f"      python childstat.py run --database {EXAMPLE_DATABASE}")


def load_and_tell(
    readings: Iterable[Reading], into: str | None, add: bool, accept_loss: tuple[str, ...]
) -> LoadReport:
    """Loads, with a bar on standard error, and prints what was read and what is to be done next."""
    settings = checked_settings()
    with bar("Loading") as progress:
        report = load_readings(
            into or settings.database_url,
            readings,
            settings,
            progress,
            add=add,
            accept_loss=accept_loss,
            decided=decided_in(settings.meeting_store_url),
        )
    assert report.kept is not None, "every load ends with its report"
    print_report(report.kept)
    say_what_is_next(report, settings.council, into)
    return report


@click.command()
@click.argument("number", type=click.IntRange(1), required=False)
@click.option(
    "--all", "every", is_flag=True, help="List the loads that are kept, the newest first."
)
@database_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", AS_JSON]),
    default="text",
    help="text for people; json has stable keys.",
)
@fails_in_one_line
def loads(number: int | None, every: bool, database: str | None, form: str) -> None:
    """Print the report of the newest load, or of load NUMBER: what was read, and what changed."""
    if every and number is not None:
        raise click.UsageError("--all lists the loads: give a NUMBER, or --all.")
    engine = connect(database or checked_settings().database_url)
    kept = [*reversed(read_reports(engine))]
    if every:
        _print_all(kept, form)
        return
    _print_one(_numbered(kept, number), form)


def _numbered(kept: Sequence[KeptReport], number: int | None) -> KeptReport:
    if not kept:
        raise Problem("No load has left a report in this database: load once.")
    found = [one for one in kept if number in (None, one.number)]
    if not found:
        raise Problem(
            f"There is no report of load {number}: kept are {kept[-1].number} to {kept[0].number}."
        )
    return found[0]


def _print_one(report: KeptReport, form: str) -> None:
    if form == AS_JSON:
        print_json(report.as_json())
        return
    say(title_of(report))
    print_report(report)


def _print_all(kept: Sequence[KeptReport], form: str) -> None:
    if form == AS_JSON:
        print_json([one.as_json() for one in kept])
        return
    print_rows(LISTED, reports_listed(kept), "table")
