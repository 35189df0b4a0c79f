"""Units of the extension tables, and which of the SSD's teams are of each."""

from data_access.meeting_store.matches.teams import TeamOfUnit
from loading.sources.extension import declared
from loading.sources.extension.drawn import Drawn
from loading.sources.reading import count


def draw_units(drawn: Drawn) -> None:
    """Units; a row that is only the service of others is none, and gives them its name."""
    rows = drawn.rows(declared.UNITS)
    if rows is None:
        return
    teams, posts = drawn.rows(declared.TEAMS), drawn.rows(declared.POSTS)
    worked_in = {
        unit for part in (teams, posts) if part is not None for unit in part["unit_id"].dropna()
    }
    services = rows["unit_id"].isin(set(rows["service_id"].dropna()) - worked_in)
    names = rows.set_index("unit_id")["name"]
    service = rows["service_id"].map(names[~names.index.duplicated()]).fillna(rows["service_id"])
    count(drawn.told.left_out, "unit", "the service of other units", int(services.sum()))
    units = rows.assign(service=service).drop(columns="service_id")
    drawn.frames["unit"] = units[~services].reset_index(drop=True)


def team_map(drawn: Drawn) -> list[TeamOfUnit]:
    """Which team is of which unit, from when until when."""
    rows = drawn.rows(declared.TEAMS)
    if rows is None:
        return []
    # Lines of the map are rows of no table.
    drawn.told.read.pop(declared.TEAMS.name)
    known = rows[["team_id", "unit_id", "opened_on", "closed_on"]].astype(object)
    lines = known.where(known.notna(), None).itertuples(index=False)
    return [
        TeamOfUnit(team, unit, started_on=first, ended_on=until)
        for team, unit, first, until in lines
    ]
