"""Rows of one table, each under the unit that its team was of; spells parted where that changes."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, case, func

from data_access.meeting_store.matches.teams import TeamOfUnit

ByTeam = Mapping[str, Sequence[TeamOfUnit]]
# A part: its unit, its first day and its first day no more.
Part = tuple[str, date, date]
# What the id of a later part begins with, before its row's own id and the part's first day.
PART, DAY = "0-", "-____-__-__"


def whole_id(part_id: ColumnElement[str]) -> ColumnElement[str]:
    """The id that the row of a part had before it was parted; of a row that was not, its own."""
    around = len(PART) + len(DAY)
    own = func.substr(part_id, len(PART) + 1, func.length(part_id) - around)
    return case((part_id.like(f"{PART}%{DAY}"), own), else_=part_id).label("whole_id")


def unit_on(team_id: str, day: date, lines: Sequence[TeamOfUnit]) -> str:
    """The unit that a team was of on a day; the team itself where the map says nothing."""
    held = (line.unit_id for line in lines if line.first <= day < line.until)
    return next(held, team_id)


def parts(team_id: str, first: date, until: date, lines: Sequence[TeamOfUnit]) -> list[Part]:
    """A spell of a team by the units that the team was of meanwhile, in order."""
    changes = {day for line in lines for day in (line.first, line.until) if first < day < until}
    days = [first, *sorted(changes), until]
    found: list[Part] = []
    for start, end in zip(days, days[1:], strict=False):
        unit_id = unit_on(team_id, start, lines)
        if found and found[-1][0] == unit_id:
            start = found.pop()[1]
        found.append((unit_id, start, end))
    return found


def only_unit(lines: Sequence[TeamOfUnit]) -> str | None:
    """The one unit that a team is of on all days; None where that depends on the day."""
    always = len(lines) == 1 and not lines[0].started_on and not lines[0].ended_on
    return lines[0].unit_id if always else None


@dataclass(frozen=True)
class _Teams:
    """One table's rows by what the map says of their teams: nothing, one unit, or by the day."""

    rows: pd.DataFrame
    by_team: ByTeam

    @property
    def moved(self) -> pd.DataFrame:
        """The rows, those of teams of one unit under it; the others as they were."""
        units = {team: only_unit(lines) for team, lines in self.by_team.items()}
        always = {team: unit_id for team, unit_id in units.items() if unit_id}
        teams = self.rows["unit_id"]
        return self.rows.assign(unit_id=teams.where(~teams.isin(always), teams.map(always)))

    @property
    def by_day(self) -> pd.Series:
        """Which rows are of teams whose unit depends on the day."""
        changing = [team for team, lines in self.by_team.items() if only_unit(lines) is None]
        return self.rows["unit_id"].isin(changing)


def points_in_units(
    rows: pd.DataFrame, day: str | None, by_team: ByTeam
) -> tuple[pd.DataFrame, int]:
    """Rows that have a unit on one day, in the column `day`, under the team's unit on it.

    And how many stay with a team that changed its unit, as they have no day.
    """
    teams = _Teams(rows, by_team)
    moved, changing = teams.moved, teams.by_day
    if not changing.any():
        return moved, 0
    units, without_a_day = [], 0
    for team, on in zip(rows.loc[changing, "unit_id"], _days(rows[changing], day), strict=True):
        without_a_day += on is None
        units.append(team if on is None else unit_on(team, on, by_team[team]))
    moved["unit_id"] = moved["unit_id"].astype(object)
    moved.loc[changing, "unit_id"] = units
    return moved, without_a_day


def spells_in_units(
    rows: pd.DataFrame, key: str, of_the_end: Collection[str], by_team: ByTeam
) -> tuple[pd.DataFrame, int]:
    """Rows from `started_on` until `ended_on`, parted on the days on which the team's unit changed.

    And how many have no first day, and stay with a team that changed its unit. The first part keeps
    the id, the column `key`; the others' begin with 0, so that of two spells that begin on one day
    the one that somebody recorded goes first. What is `of_the_end` stays with the last part.
    """
    teams = _Teams(rows, by_team)
    moved, changing = teams.moved, teams.by_day
    if not changing.any():
        return moved, 0
    of_days = rows[changing].astype(object).to_dict("records")
    parted = [
        one for row in of_days for one in _parts_of(row, key, of_the_end, by_team[row["unit_id"]])
    ]
    # A source whose spells have no end lacks the column; their parts have one.
    columns = [*dict.fromkeys([*rows.columns, "ended_on"])]
    frame = pd.DataFrame(parted, columns=columns, dtype=object)
    without_a_day = sum(_day(row.get("started_on")) is None for row in of_days)
    return pd.concat([moved[~changing].astype(object), frame], ignore_index=True), without_a_day


def _parts_of(
    row: dict, key: str, of_the_end: Collection[str], lines: Sequence[TeamOfUnit]
) -> Iterator[dict]:
    first, until = _day(row.get("started_on")), _day(row.get("ended_on")) or date.max
    if first is None or first >= until:
        yield row if first is None else {**row, "unit_id": unit_on(row["unit_id"], first, lines)}
        return
    in_parts = parts(row["unit_id"], first, until, lines)
    for place, (unit_id, start, end) in enumerate(in_parts):
        part = {**row, "unit_id": unit_id}
        if place:
            part |= {"started_on": start, key: f"{PART}{row[key]}-{start}"}
        if place < len(in_parts) - 1:
            part |= {"ended_on": end, **dict.fromkeys({*of_the_end} & row.keys())}
        yield part


def _days(rows: pd.DataFrame, name: str | None) -> list[date | None]:
    if name is None or name not in rows:
        return [None] * len(rows)
    return [_day(value) for value in rows[name]]


def _day(value: Any) -> date | None:
    """The day that a cell says: a date, a moment or ISO 8601, as readers give it."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return None if pd.isna(value) else pd.Timestamp(value).date()
