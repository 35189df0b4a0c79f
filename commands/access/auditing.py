"""Commands that read who has looked, check that it is as it was written, and purge its oldest."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path

import click
from sqlalchemy import Engine

from access.audit.checking import verify as checked
from access.audit.events import What
from access.audit.heads import Head, add_head, line_of, read_heads
from access.audit.purging import purge as purge_months
from access.audit.reading import (
    MOST_EVENTS,
    READ_FIRST,
    SUBJECT_COLUMNS,
    Asked,
    Reader,
    event_columns,
    events_asked,
    events_of_subject,
    is_in_the_audit,
    why_no_event,
)
from access.audit.unusual import unusual as found_unusual
from access.people import person_named
from access.store.opening import heads_file
from commands.access.store import opened, operator
from commands.output import print_rows, say, warn
from commands.parameters import Day, Month, database_option, fails_in_one_line, format_option
from data_access.database import connect
from data_access.london import LONDON, now, today
from data_access.problems import Problem
from data_access.settings import Settings
from data_access.words.agreeing import agreeing
from metrics.council.checked import checked_settings
from metrics.model import Period

UNUSUAL_COLUMNS = ("day", "name", "person", "what", "number")
DAYS = 31
FILE = click.Path(dir_okay=False, path_type=Path)
since_option = click.option("--since", type=Day(), help="From this day on.")
until_option = click.option("--until", type=Day(), help="Up to this day, and with it.")
child_option = click.option("--child", help="A child's id in the case database.")


@click.command()
@database_option
@child_option
@click.option("--person", help="What one person did: an email, a name or an id.")
@click.option("--what", multiple=True, type=click.Choice([what.value for what in What]))
@since_option
@until_option
@click.option("--most", default=MOST_EVENTS, type=click.IntRange(1), help="The newest so many.")
@format_option
@fails_in_one_line
def audit(
    database: str | None,
    child: str | None,
    person: str | None,
    what: Sequence[str],
    since: date | None,
    until: date | None,
    most: int,
    form: str,
) -> None:
    """Print who has looked, the newest first; that you read it is kept as well."""
    settings = checked_settings()
    with opened(settings) as store:
        id = person_named(store, person).id if person else None
        kinds = tuple(map(What, what))
        asked = Asked(child, id, kinds, _begins(since), _ends(until), most + 1)
        rows = events_asked(store, asked, _reader())
        unseen = child and not is_in_the_audit(store, child)
        nobody = _why_no_event(store, settings, database, child) if child and unseen else None
    print_rows(event_columns(), [_plainly(row) for row in rows[:most]], form)
    if len(rows) > most:
        nobody = (
            f"There are more: these are the newest {most:,}. Ask with --most, --since or --until."
        )
    warn(nobody)


@click.command()
@database_option
@since_option
@until_option
@format_option
@fails_in_one_line
def unusual(database: str | None, since: date | None, until: date | None, form: str) -> None:
    """Print what an auditor asks about first, of the last 31 days unless said."""
    settings = checked_settings()
    last = until or today()
    begins = _begins(since or last - timedelta(days=DAYS))
    ends = _ends(last)
    assert begins and ends
    engine = connect(database or settings.database_url)
    with opened(settings) as store:
        found = found_unusual(store, engine, begins, ends, _reader())
    engine.dispose()
    rows = [(one.day, one.name, one.person, one.why, one.number) for one in found]
    print_rows(UNUSUAL_COLUMNS, rows, form)


def _why_no_event(store: Engine, settings: Settings, database: str | None, child: str) -> str:
    engine = connect(database or settings.database_url)
    try:
        return why_no_event(store, engine, child)
    finally:
        engine.dispose()


@click.command()
@database_option
@click.option("--child", required=True, help="The child's id in the case database.")
@format_option
@fails_in_one_line
def subject(database: str | None, child: str, form: str) -> None:
    """Print all who have looked at one child, to answer a subject access request."""
    settings = checked_settings()
    with opened(settings) as store:
        rows = events_of_subject(store, child, _reader())
        said = READ_FIRST if rows else _why_no_event(store, settings, database, child)
    print_rows(SUBJECT_COLUMNS, [_plainly(row) for row in rows], form)
    warn(said)


@click.command()
@click.option("--heads", type=FILE, help="Heads kept elsewhere; config.toml's file unless said.")
@fails_in_one_line
def verify(heads: Path | None) -> None:
    """Check that the audit is as it was written; exit status 1 names the first break."""
    settings = checked_settings()
    kept = heads or heads_file(settings.access_store)
    with opened(settings) as store:
        found = checked(store, read_heads(kept) if kept and (heads or kept.exists()) else [])
    if found.broken:
        raise Problem(f"The audit is broken. {found.broken}")
    say(
        f"{found.events:,} {agreeing(found.events, 'event')}, each as it was written."
        f" {_ends_with(found.head)}"
    )
    if not kept:
        warn("Whether events are missing at its end can't be told without heads kept elsewhere.")


@click.command()
@click.option("--to", type=FILE, help="A file to add the line to.")
@fails_in_one_line
def head(to: Path | None) -> None:
    """Print the audit's head, to be kept elsewhere: moment, number and digest of its last event."""
    with opened(checked_settings()) as store:
        found = checked(store)
    if found.broken:
        raise Problem(f"The audit is broken. {found.broken}")
    if to is None:
        say(line_of(found.head))
        return
    add_head(to, found.head)
    say(f"{_ends_with(found.head)} Added to {to}.")


@click.command()
@click.option("--before", required=True, type=Month(), help="The first month that stays.")
@fails_in_one_line
def purge(before: Period) -> None:
    """Remove the events of the months before; an event says that it was done."""
    with opened(checked_settings()) as store:
        number = purge_months(store, before.start, operator(), now())
    say(
        f"{number:,} {agreeing(number, 'event')} before {before}"
        f" {agreeing(number, 'has', 'have')} been removed."
    )


def _reader() -> Reader:
    return Reader(command=operator())


def _begins(day: date | None) -> datetime | None:
    return None if day is None else datetime.combine(day, time(), LONDON)


def _ends(day: date | None) -> datetime | None:
    return None if day is None else _begins(day + timedelta(days=1))


def _plainly(row: Sequence) -> tuple:
    return tuple(
        value.isoformat(sep=" ", timespec="seconds") if isinstance(value, datetime) else value
        for value in row
    )


def _ends_with(found: Head) -> str:
    return f"The last is {found.number:,}, {found.digest[:12] or 'none'}."
