"""The command `nightly`: what a scheduler runs, in one line and an exit status of its own."""

import click

from commands.load_told import accept_loss_option
from commands.loading.bar import bar
from commands.loading.options import Held
from commands.output import say
from commands.parameters import fails_in_one_line, into_option, wrong_settings_are_wrong_use
from data_access.problems import WrongSettings
from data_access.settings import NightlySource, Settings
from data_access.words.agreeing import agreeing
from loading.kept.report import KeptReport
from loading.matching.decided import decided_in
from loading.nightly.kinds import Asked
from loading.nightly.running import run_nightly
from metrics.council.checked import checked_settings

NO_SOURCES = (
    "The settings have no [[nightly_source]], so the nightly run has nothing to read: write one for"
    " each source (docs/loading.md)."
)
UNCHANGED = "Nothing was loaded: no file, setting or version has changed since the last load."


@click.command()
@into_option
@accept_loss_option
@wrong_settings_are_wrong_use
@fails_in_one_line
def nightly(into: str | None, accept_loss: tuple[str, ...]) -> None:
    """Load every [[nightly_source]] of the settings as one load: what a scheduler runs.

    Ends with 0 and one line when all is loaded or nothing has changed; else with one line on
    standard error and 2 for wrong settings, 75 while another load works, 1 for what else failed.
    """
    settings = checked_settings()
    if not settings.nightly_sources:
        raise WrongSettings(NO_SOURCES)
    sources = [(one.kind, _asked(one)) for one in settings.nightly_sources]
    with bar("Loading") as progress:
        report = run_nightly(
            into or settings.database_url,
            sources,
            settings,
            progress,
            decided_in(settings.meeting_store_url),
            accept_loss,
        )
    say(_told(report, settings) if report else UNCHANGED)


def _asked(source: NightlySource) -> Asked:
    held = (Held().convert(one, None, None) for one in source.covers_from)
    return Asked(
        source.at,
        None,
        dict(held),
        source.schema_name,
        source.lead_roles,
        source.with_hidden_sheets,
    )


def _told(report: KeptReport, settings: Settings) -> str:
    """As in "Loaded 2,345 rows of 1 source, data to 2016-10-31: load 12, 57 issues."."""
    sources = _number(len(settings.nightly_sources), "source")
    issues = _number(report.rows_with_issues, "issue")
    return (
        f"Loaded {_number(report.rows_written, 'row')} of {sources}, data to {report.data_to}:"
        f" load {report.number}, {issues}{_more(report)}."
    )


def _more(report: KeptReport) -> str:
    if report.before is None:
        return ""
    more = report.rows_with_issues - sum(one.rows_before or 0 for one in report.issues)
    if not more:
        return f", as many as in load {report.before}"
    return f", {abs(more):,} {'more' if more > 0 else 'fewer'} than in load {report.before}"


def _number(rows: int, of: str) -> str:
    """In plain letters, as a log is read by programs."""
    return f"{rows:,} {agreeing(rows, of)}"
