"""Commands of what meetings write: publish a month; print comparisons; keep copies of the store."""

from pathlib import Path

import click
from sqlalchemy import Engine

from commands.holdings import holdings_told
from commands.output import print_rows, say
from commands.parameters import Month, database_option, fails_in_one_line, format_option
from data_access.database import connect
from data_access.guard.adding_up import sees_all
from data_access.load_info import read_load
from data_access.meeting_store import copies
from data_access.meeting_store.opening import open_store
from data_access.meeting_store.seals.checking import (
    holdings,
    refuse_unless_as_written,
    refuse_unless_sealed,
)
from data_access.problems import Problem
from data_access.viewer import local_viewer
from data_access.words.agreeing import agreeing
from meeting.comparing import asked_row, every_comparison, what_is_told
from meeting.published.doubts import figures_counted
from meeting.published.publishing import publish as publish_month
from metrics.compare.told import in_order
from metrics.council.checked import checked_settings
from metrics.model import Period

ASKED_COLUMNS = ("code", "comparison", "question", "asked_by", "asked_on", "published_as_at")
FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@database_option
@click.option("--month", required=True, type=Month())
@click.option("--by", required=True, help="Who publishes: kept and shown beside the figures.")
@click.option("--reason", help="Why a month that is published already is published again.")
@fails_in_one_line
def publish(database: str | None, month: Period, by: str, reason: str | None) -> None:
    """Freeze a month: its figures, what is said of them, and the rows behind them."""
    settings = checked_settings()
    store = open_store(settings.meeting_store_url)
    engine = connect(database or settings.database_url)
    done, content = publish_month(engine, store, settings, month, by, reason)
    counted = figures_counted((line["metric"], line["unit_id"]) for line in content.figures)
    digest = holdings(store).digest
    _dispose(store, engine)
    say(
        f"{month} is published as version {done.version}: {counted}, and the"
        f" {len(content.rows):,} {agreeing(len(content.rows), 'row')} behind them, as at"
        f" {done.as_at.isoformat()}."
        f" Its digest, to be kept elsewhere: {digest}"
    )


def _dispose(*engines: Engine) -> None:
    for engine in engines:
        engine.dispose()


@click.command()
@database_option
@click.option("--code", help="The comparison to print, by its code in the list and in its address.")
@format_option
@fails_in_one_line
def compare(database: str | None, code: str | None, form: str) -> None:
    """Print the comparisons that were asked; or, of one, all that is told of it."""
    settings = checked_settings()
    store, engine = (
        open_store(settings.meeting_store_url),
        connect(database or settings.database_url),
    )
    asked = every_comparison(store)
    chosen = [one for one in asked if one.code == code]
    if code and not chosen:
        raise Problem(f"There is no comparison {code}: 'compare' without a code lists all.")
    if chosen:
        leave, load = sees_all(local_viewer(settings)), read_load(engine)
        told = what_is_told(engine, leave, load, chosen[0])
        print_rows(("of", "said"), list(in_order(told)), form)
    else:
        print_rows(ASKED_COLUMNS, [asked_row(one) for one in asked], form)
    _dispose(store, engine)


@click.group()
def store() -> None:
    """Keep copies of the meeting store, and put one back."""


@store.command()
@click.option("--to", required=True, type=FILE, help="The file to write the copy to.")
@fails_in_one_line
def backup(to: Path) -> None:
    """Copy the meeting store, while it is in use, to a file."""
    held = copies.backup(checked_settings().meeting_store_url, to)
    say(f"The meeting store is copied to {to}.")
    say(holdings_told(held))


@store.command()
@click.option("--from", "copy", required=True, type=FILE, help="A copy made by 'store backup'.")
@fails_in_one_line
def restore(copy: Path) -> None:
    """Put a copy in the place of the meeting store; the one that stood there is kept beside."""
    replaced, held = copies.restore(checked_settings().meeting_store_url, copy)
    say(f"The meeting store is what {copy} holds.")
    say(holdings_told(held))
    if replaced:
        say(f"What stood there before is kept in {replaced}.")


@store.command()
@click.option("--digest", help="The digest that a copy or a publication told: is it still there?")
@fails_in_one_line
def check(digest: str | None) -> None:
    """Say whether the meeting store is as ChildStat wrote it, and what it holds."""
    engine = open_store(checked_settings().meeting_store_url)
    refuse_unless_as_written(engine)
    if digest:
        refuse_unless_sealed(engine, digest)
    say("The meeting store is as it was written: its tables, its triggers, all that is published.")
    say(holdings_told(holdings(engine)))
    _dispose(engine)
