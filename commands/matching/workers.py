"""workers: which workers of two systems are one person."""

from collections.abc import Mapping

import click
from sqlalchemy import Engine, Row, select

from commands.matching.teams import by_option, opened
from commands.output import print_rows, say
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import read
from data_access.meeting_store.matches.tables import OPEN, SAME, TWO
from data_access.problems import NotAllowed
from data_access.schema import worker
from data_access.viewer import local_viewer
from meeting.matching import WorkersAsked, decide_of_workers, workers_asked
from metrics.council.checked import checked_settings

COLUMNS = (
    *("one", "one_name", "one_number", "other", "other_name", "other_number"),
    *("why", "verdict", "by", "on", "reason"),
)
NO_NAMES = (
    "Whether two workers are one can be said by who may see names: [viewer] in the settings says"
    " that names are not shown here."
)


@click.group()
def workers() -> None:
    """Say which workers of two systems are one person: every later load goes by it."""


def _refuse_without_names() -> None:
    if not local_viewer(checked_settings()).may_see_names:
        raise NotAllowed(NO_NAMES)


@workers.command(name="list")
@database_option
@format_option
@fails_in_one_line
def list_workers(database: str | None, form: str) -> None:
    """Print every two workers whom loads left in doubt, and what was decided of whom."""
    _refuse_without_names()
    with opened(database) as (store, engine, load):
        known = _known(engine)
        print_rows(
            COLUMNS, [_row(asked, known) for asked in workers_asked(store, load, known)], form
        )


def _known(engine: Engine) -> Mapping[str, Row]:
    query = select(worker.c.worker_id, worker.c.name, worker.c.registration_no)
    return {row.worker_id: row for row in read(engine, query)}


def _row(asked: WorkersAsked, known: Mapping[str, Row]) -> tuple:
    people = [known.get(worker_id) for worker_id in (asked.one, asked.other)]
    names = [(one and one.name, one and one.registration_no) for one in people]
    told = (asked.why, asked.verdict, asked.by, asked.on, asked.reason)
    return (asked.one, *names[0], asked.other, *names[1], *told)


@workers.command()
@click.argument("one")
@click.argument("other")
@click.option("--same", "verdict", flag_value=SAME, help="They are one person.")
@click.option("--two", "verdict", flag_value=TWO, help="They are two people.")
@click.option("--open", "verdict", flag_value=OPEN, help="Take back what was decided.")
@click.option("--reason", help="How it is known; no case and no child need be named.")
@by_option
@database_option
@fails_in_one_line
def decide(
    one: str, other: str, verdict: str | None, reason: str | None, by: str, database: str | None
) -> None:
    """Say whether ONE and OTHER, both by id, are one person; the next load goes by it."""
    if verdict is None:
        raise click.UsageError("Say which: --same, --two or --open.")
    _refuse_without_names()
    with opened(database) as (store, engine, load):
        known = _known(engine)
        say(decide_of_workers(store, load, known, (one, other), verdict, by, reason))
