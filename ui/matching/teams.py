"""The team map on its page: what each team holds, of which unit it is, and saying another."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup
from sqlalchemy import Engine

from charts.tables import link, table
from data_access.london import day_of
from data_access.meeting_store.matches.teams import KeptTeam, TeamOfUnit, unmap_team
from data_access.settings import EVERY_UNIT
from data_access.viewer import Act
from meeting.matching import TeamHolds, decide_team, teams_held
from metrics.sentence import written_date
from ui.forms import store_of, write
from ui.pages import PAGES
from ui.session import Page

HEADINGS = ("Team", "Its id", "Children", "Workers", "Of unit", "From", "Until", "Decided by")
ABOUT = (
    "Teams as the case system has them, with the children whom each held and the workers who worked"
    " in it on the last day of the data. A team of which nothing is said is itself a unit. What"
    " is said here counts from the next load on, in all months that it covers; published months"
    " stay as they are."
)
NEW_UNIT = "a new unit, called …"
OWN = "itself"


def units_of(page: Page) -> dict[str, str]:
    """Every unit that has figures, by id."""
    known = page.live.units.items()
    return {unit_id: name for unit_id, name in known if unit_id and unit_id != EVERY_UNIT}


def held(page: Page) -> list[TeamHolds]:
    """Every team, with what it holds and what was decided of it."""
    return teams_held(store_of(page), page.live.load, units_of(page))


def teams_title(page: Page, teams: list[TeamHolds]) -> Markup:
    """The page's title, what is shown, and every team."""
    named = units_of(page)
    rows = [row for team in teams for row in _rows(team, named, page)]
    return Markup(
        '<div class="cs-title"><h1>Teams and their units</h1></div><p class="cs-note">{}</p>{}'
    ).format(ABOUT, table(HEADINGS, rows))


def _rows(team: TeamHolds, named: Mapping[str, str], page: Page) -> list[tuple]:
    holds = (team.name, team.team_id, team.children, team.workers)
    if not team.lines:
        return [(*holds, OWN, None, None, None)]
    return [
        (
            *holds,
            unit_called(line, named),
            line.started_on and written_date(line.started_on),
            line.ended_on and written_date(line.ended_on),
            f"{line.by}, {_decided_on(line)}{_waits(line, page)}",
        )
        for line in team.lines
    ]


def line_words(page: Page, line: TeamOfUnit) -> str:
    """One line of the map in words: "east-1: Unit 1, from 1 April 2016"."""
    return f"{line.team_id}: {unit_called(line, units_of(page))}, {line.when}"


def unit_called(line: TeamOfUnit, named: Mapping[str, str]) -> str:
    """What the unit of a line is called: as it was loaded, else as the line says."""
    return named.get(line.unit_id) or line.unit_name or line.unit_id


def _decided_on(line: KeptTeam) -> str:
    return written_date(day_of(line.at)) if line.at else "no day"


def _waits(line: KeptTeam, page: Page) -> str:
    """That a line is of a day on or after the load's, and so may wait for the next."""
    loaded = page.live.load.taken_at
    waits = line.at and loaded and day_of(line.at) >= loaded.date()
    return "; counts from the next load" if waits else ""


def units_to_choose(page: Page, teams: list[TeamHolds]) -> dict[str, str]:
    """What a team can be of, by id: units that are loaded or named, and that are of no other."""
    made = {
        line.unit_id: unit_called(line, units_of(page)) for team in teams for line in team.lines
    }
    return {"": NEW_UNIT, **units_of(page), **made}


def write_team(
    page: Page,
    team: TeamHolds,
    unit_id: str,
    new_name: str,
    days: tuple[date | None, date | None],
) -> None:
    """Keeps that the team is of the unit; says what was done, or why it could not be."""
    name = "" if unit_id else new_name.strip()
    called_so = {words.casefold(): known for known, words in units_of(page).items()}
    # A new unit's id is its name, unless a unit is called so already.
    unit = unit_id or called_so.get(name.casefold(), name)
    decided = TeamOfUnit(team.team_id, unit, name or None, *days)

    def work(store: Engine) -> str:
        by = page.viewer.name
        return decide_team(store, page.live.load, units_of(page), decided, by)

    write(page, Act.LOAD, work)


def way_to_teams(page: Page) -> Markup:
    """The way to the team map, for whom it is open."""
    if not PAGES["teams"].is_open_to(page.viewer):
        return Markup("")
    return Markup("<p>{}</p>").format(link(page.address.link("teams"), "Teams and their units →"))


def withdraw_team(page: Page, line: KeptTeam) -> None:
    """Withdraws one line; says what was done, or why it could not be."""

    def work(store: Engine) -> str:
        unmap_team(store, line.id, page.viewer.name)
        return "Withdrawn, from the next load; it stays on record."

    write(page, Act.LOAD, work)
