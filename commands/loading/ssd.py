"""The command `load ssd`: a council's own Standard Safeguarding Dataset, from its database."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import click

from commands.load_told import accept_loss_option, load_and_tell
from commands.loading.options import add_option, covers_from_option, data_to_option
from commands.parameters import fails_in_one_line, into_option
from data_access.connection.source_addresses import source_address
from loading.loads import Say
from loading.sources.extension.finding import Beside
from loading.sources.reading import Reading
from loading.sources.ssd.reader import read_ssd
from metrics.council.checked import checked_settings


@click.command(name="ssd")
@click.argument("url", required=False)
@click.option("--schema", help="The schema in which the SSD is deployed; found unless said.")
@click.option(
    "--lead-role",
    "lead_roles",
    multiple=True,
    help="The role of involvements that is the allocated worker's; may be repeated."
    " config.toml's lead_roles unless said.",
)
@into_option
@data_to_option
@covers_from_option
@add_option
@accept_loss_option
@fails_in_one_line
def load_ssd(
    url: str | None,
    schema: str | None,
    lead_roles: tuple[str, ...],
    into: str | None,
    data_to: date | None,
    covers_from: tuple[tuple[str, date], ...],
    add: bool,
    accept_loss: tuple[str, ...],
) -> None:
    """Load a Standard Safeguarding Dataset from the database at URL, which is only read.

    What stands in URL as ${NAME} is taken from the environment; without URL the address is what
    CHILDSTAT_SOURCE has there.
    """
    # Nothing here holds the rows on while they are loaded: of a large council they are gigabytes.
    readings = iter(_readings(url, schema, data_to, dict(covers_from), lead_roles))
    load_and_tell(readings, into, add, accept_loss)


def _readings(
    url: str | None,
    schema: str | None,
    data_to: date | None,
    covers_from: Mapping[str, date],
    lead_roles: tuple[str, ...],
) -> list[Reading]:
    """The SSD, and the extension tables beside it."""
    settings, address, beside = checked_settings(), source_address(url), Beside()
    with _reading_bar() as say:
        reading = read_ssd(
            address,
            schema,
            data_to,
            covers_from,
            lead_roles or settings.lead_roles,
            settings.no_visit_share,
            say,
            beside,
        )
    return [reading, *beside.readings(reading.data_to)]


@contextmanager
def _reading_bar() -> Iterator[Say]:
    with click.progressbar(length=100, label="Reading", file=sys.stderr) as bar:

        def progress(step: str, share: float) -> None:
            bar.label = step
            bar.update(round(share * 100) - bar.pos)

        yield progress
