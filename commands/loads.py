"""loads, which prints what is told of a load: its report as text or JSON, or the list of loads."""

from collections.abc import Sequence

import click

from commands.load_told import print_report
from commands.output import print_json, print_rows, say
from commands.parameters import database_option, fails_in_one_line
from data_access.database import connect
from data_access.problems import Problem
from loading.kept.earlier import read_reports
from loading.kept.report import KeptReport
from loading.kept.sections import LISTED, reports_listed, title_of
from metrics.council.checked import checked_settings

AS_JSON = "json"


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
