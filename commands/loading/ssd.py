"""The command `load ssd`: a council's own Standard Safeguarding Dataset, from its database."""

from datetime import date

import click

from commands.load_told import accept_loss_option, load_and_tell
from commands.loading.bar import bar
from commands.loading.options import add_option, covers_from_option, data_to_option
from commands.parameters import fails_in_one_line, into_option
from data_access.connection.one_load import sole_load
from loading.nightly.kinds import READERS, Asked
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
    asked = Asked([url] if url else [], data_to, dict(covers_from), schema, lead_roles)
    settings = checked_settings()
    # Who can't load now hears it before the minutes that reading takes.
    with sole_load(into or settings.database_url):
        with bar("Reading") as say:
            # Nothing here holds the rows on while they are loaded: of a large council they are
            # gigabytes.
            readings = iter(READERS["ssd"](asked, settings, say))
        load_and_tell(readings, into, add, accept_loss)
