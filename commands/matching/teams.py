"""teams: which team of a case system is of which unit."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import click
from sqlalchemy import Engine, select

from commands.output import print_rows, say
from commands.parameters import Day, database_option, fails_in_one_line, format_option
from data_access.database import connect, read
from data_access.load_info import LoadInfo, read_load
from data_access.meeting_store.matches.teams import TeamOfUnit, team_map, unmap_team
from data_access.meeting_store.opening import open_store
from data_access.problems import Problem
from data_access.schema import unit
from meeting.matching import TeamHolds, decide_team, teams_held
from metrics.council.checked import checked_settings

COLUMNS = (
    *("team_id", "team", "children", "workers", "first", "last"),
    *("unit_id", "started_on", "ended_on", "by"),
)
by_option = click.option("--by", required=True, help="Who decides: kept beside it.")
from_option = click.option(
    "--from", "started_on", type=Day(), help="The first day of it; always, unless said."
)


@click.group()
def teams() -> None:
    """Say which team of a case system is of which unit: every later load goes by it."""


@contextmanager
def opened(database: str | None) -> Iterator[tuple[Engine, Engine, LoadInfo]]:
    """The meeting store, the case database and what was loaded into it."""
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    store = open_store(settings.meeting_store_url)
    try:
        yield store, engine, read_load(engine)
    finally:
        store.dispose()
        engine.dispose()


def _units(engine: Engine) -> Mapping[str, str]:
    return {row.unit_id: row.name for row in read(engine, select(unit.c.unit_id, unit.c.name))}


@teams.command(name="list")
@database_option
@format_option
@fails_in_one_line
def list_teams(database: str | None, form: str) -> None:
    """Print every team, what it held on the last day, and of which unit it is."""
    with opened(database) as (store, engine, load):
        held = teams_held(store, load, _units(engine))
        print_rows(COLUMNS, [row for team in held for row in _rows(team)], form)


def _rows(team: TeamHolds) -> Iterator[tuple]:
    holds = (team.team_id, team.name, team.children, team.workers, team.first, team.last)
    for line in team.lines:
        yield (*holds, line.unit_id, line.started_on, line.ended_on, line.by)
    if not team.lines:
        yield (*holds, None, None, None, None)


@teams.command(name="map")
@click.argument("team")
@click.argument("unit_id", metavar="UNIT")
@click.option("--name", help="What the unit is called, where no source gives it.")
@from_option
@click.option("--until", "ended_on", type=Day(), help="The first day on which it is no more so.")
@by_option
@database_option
@fails_in_one_line
def map_to_unit(
    team: str,
    unit_id: str,
    name: str | None,
    started_on: date | None,
    ended_on: date | None,
    by: str,
    database: str | None,
) -> None:
    """Say that TEAM is of UNIT, both by id; the next load goes by it."""
    decided = TeamOfUnit(team, unit_id, name, started_on, ended_on)
    with opened(database) as (store, engine, load):
        say(decide_team(store, load, _units(engine), decided, by))


@teams.command(name="unmap")
@click.argument("team")
@from_option
@by_option
@fails_in_one_line
def unmap(team: str, started_on: date | None, by: str) -> None:
    """Withdraw what was said of TEAM, or only what begins on a day; it stays on record."""
    store = open_store(checked_settings().meeting_store_url)
    lines = [
        line
        for line in team_map(store)
        if line.team_id == team and (started_on is None or line.started_on == started_on)
    ]
    if not lines:
        raise Problem(f"Nothing of that is said of a team {team}: 'teams list' has what is.")
    for line in lines:
        unmap_team(store, line.id, by)
        say(f"Team {team} is no more of unit {line.unit_id} {line.when}: so from the next load.")
    store.dispose()
