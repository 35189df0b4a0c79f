"""What the record of a load keeps of matching, and what a later load has of it."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from data_access.meeting_store.matches.teams import TeamOfUnit
from loading.sources.reading import Reading


def kept_of(reading: Reading, every_reading: Sequence[Reading]) -> dict[str, Any]:
    """What the record of one reading says: its teams and its own team map.

    And of all readings of the load, the ids under which no worker is kept any more, and workers in
    doubt: a source that stood before may be the one in which they were found.
    """
    same = [one.same_workers.items() for one in every_reading]
    doubts = [doubt for one in every_reading for doubt in one.workers_in_doubt]
    return {
        "teams": {team: dict(holds) for team, holds in reading.teams.items()},
        "team_map": [_line(one) for one in reading.team_map],
        "same_workers": {given: kept_as for of_one in same for given, kept_as in of_one},
        "workers_in_doubt": [list(one) for one in doubts],
    }


def team_map_kept(loads: Iterable[Mapping[str, Any]]) -> tuple[TeamOfUnit, ...]:
    """Every source's own team map as its latest load had it, of records in their order."""
    by_source = {load["source"]: _facts(load).get("team_map", []) for load in loads}
    return tuple(_read(line) for lines in by_source.values() for line in lines)


def same_workers_kept(loads: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """By each id that some source gave, the id under which the worker was kept last."""
    return {
        given: kept_as
        for load in loads
        for given, kept_as in _facts(load).get("same_workers", {}).items()
    }


def _facts(load: Mapping[str, Any]) -> dict[str, Any]:
    return json.loads(load["rows_json"] or "{}")


def _line(one: TeamOfUnit) -> dict[str, str | None]:
    days = {name: day.isoformat() if day else None for name, day in _days(one).items()}
    return {**asdict(one), **days}


def _days(one: TeamOfUnit) -> dict[str, date | None]:
    return {"started_on": one.started_on, "ended_on": one.ended_on}


def _read(line: Mapping[str, Any]) -> TeamOfUnit:
    days = {
        name: date.fromisoformat(line[name]) if line[name] else None
        for name in ("started_on", "ended_on")
    }
    return TeamOfUnit(line["team_id"], line["unit_id"], line["unit_name"], **days)
