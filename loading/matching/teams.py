"""Rows of teams under the units that the teams are of, each on its day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import pandas as pd

from data_access.meeting_store.matches.teams import TeamOfUnit, faults
from loading.matching.parted import ByTeam, points_in_units, spells_in_units
from loading.sources.reading import ERROR, WARNING, Issue, Reading, count
from metrics.writing import several

TEAM_OF_A_UNIT = "a team of a unit, by the team map"
FROM_THE_MAP = "the team map"
# What has a unit, and the day on which it had it.
SPELLS = ("post", "allocation", "vacancy")
DAYS = {
    "time_record": "worked_on",
    "complaint": "received_on",
    "survey_wave": "first_day",
    "survey_response": "answered_on",
    "survey_respondent": None,
}
# A post's leaving is of its last part.
OF_THE_END = ("leaving_reason", "leaving_to")
PARTED = (
    "{table}: {rows} more than the source has, as what went on while its team changed its unit is"
    " in two parts or more, one a unit, by the team map. Nothing to do if the map is right."
)
NO_DAY = (
    "{table}: {rows} of teams that changed their unit have no day, so nobody knows which unit they"
    " are of; they stay with the team."
)
AT_ODDS = "The team map of {source}: {fault} Nothing of it is used; correct it."


def with_teams_in_units(
    readings: Sequence[Reading], decided: Sequence[TeamOfUnit] = ()
) -> list[Reading]:
    """The readings, every row of a team under the unit that the team was of on its day.

    What somebody `decided` of a team goes before what a source's own map says of it; a map that
    contradicts itself is not used, and said. A spell that goes on over a change is parted on the
    day. A team of which no row is left is no unit any more; a unit that no source gives is made.
    """
    checked, lines = _whole_map(readings, decided)
    if not lines:
        return checked
    by_team: dict[str, list[TeamOfUnit]] = {}
    for line in sorted(lines, key=lambda line: line.first):
        by_team.setdefault(line.team_id, []).append(line)
    moved = [_moved(reading, by_team) for reading in checked]
    left = {unit_id for reading in moved for unit_id in _units_named(reading)}
    kept = [_without_teams(reading, by_team.keys() - left) for reading in moved]
    return _with_units(kept, lines, left)


def _whole_map(
    readings: Sequence[Reading], decided: Sequence[TeamOfUnit]
) -> tuple[list[Reading], list[TeamOfUnit]]:
    """The readings with what is wrong with their maps, and all lines that count."""
    lines, checked = list(decided), list[Reading]()
    for reading in readings:
        teams = {line.team_id for line in lines}
        own = [
            line
            for line in reading.team_map
            if line.team_id not in teams and line.team_id != line.unit_id
        ]
        wrong = list(faults([*lines, *own]))
        if wrong:
            words = AT_ODDS.format(source=reading.source, fault=wrong[0])
            issue = Issue("team_map_at_odds", "unit", None, ERROR, words)
            reading = replace(reading, issues=(*reading.issues, issue))
        else:
            lines.extend(own)
        checked.append(reading)
    return checked, lines


def _moved(reading: Reading, by_team: ByTeam) -> Reading:
    frames, issues, read = dict(reading.frames), list[Issue](), dict(reading.read)
    added = dict(reading.added)
    for table in (*SPELLS, *DAYS):
        rows = frames.get(table)
        if rows is None or "unit_id" not in rows:
            continue
        if table in SPELLS:
            frames[table], left = spells_in_units(rows, f"{table}_id", OF_THE_END, by_team)
        else:
            frames[table], left = points_in_units(rows, DAYS[table], by_team)
        more = len(frames[table]) - len(rows)
        read.setdefault(table, len(rows))
        added[table] = added.get(table, 0) + more
        issues.extend(_said("team_parted", PARTED, table, more))
        issues.extend(_said("team_without_a_day", NO_DAY, table, left))
    issues[:0] = reading.issues
    return replace(reading, frames=frames, issues=tuple(issues), read=read, added=added)


def _said(rule: str, words: str, table: str, rows: int) -> Iterator[Issue]:
    if rows:
        told = words.format(table=table, rows=several(rows, "row", "rows"))
        yield Issue(rule, table, None, WARNING, told)


def _units_named(reading: Reading) -> set[str]:
    """Every unit of which the reading has a row, but for the rows of units themselves."""
    return {
        str(unit_id)
        for table in (*SPELLS, *DAYS)
        if table in reading.frames and "unit_id" in reading.frames[table]
        for unit_id in reading.frames[table]["unit_id"].dropna().unique()
    }


def _without_teams(reading: Reading, gone: Iterable[str]) -> Reading:
    rows = reading.frames.get("unit")
    if rows is None:
        return reading
    theirs = rows["unit_id"].isin([*gone])
    left_out = {table: dict(reasons) for table, reasons in reading.left_out.items()}
    count(left_out, "unit", TEAM_OF_A_UNIT, int(theirs.sum()))
    read = {"unit": len(rows), **reading.read}
    frames = {**reading.frames, "unit": rows[~theirs]}
    return replace(reading, frames=frames, left_out=left_out, read=read)


def _with_units(
    readings: Sequence[Reading], lines: Iterable[TeamOfUnit], named: Iterable[str]
) -> list[Reading]:
    """The readings, the last with each unit of the map that has rows and that no source gives."""
    tables = [reading.frames["unit"] for reading in readings if "unit" in reading.frames]
    given = {unit_id for rows in tables for unit_id in rows["unit_id"]}
    called = {line.unit_id: line.unit_id for line in lines}
    called |= {line.unit_id: line.unit_name for line in lines if line.unit_name}
    made = [
        {"unit_id": unit_id, "name": called[unit_id], "kind": "other", "found_at": FROM_THE_MAP}
        for unit_id in sorted(called.keys() & {*named} - given)
    ]
    return [*readings[:-1], _with_rows(readings[-1], made)] if made else list(readings)


def _with_rows(reading: Reading, made: Sequence[dict]) -> Reading:
    before = reading.frames.get("unit", pd.DataFrame())
    rows = pd.DataFrame(made, dtype=object)
    if "kind" not in before:
        # The source leaves the kind of its units open, and so does the map.
        rows = rows.drop(columns="kind")
    units = pd.concat([before.astype(object), rows], ignore_index=True)
    read = {"unit": len(before), **reading.read}
    added = {**reading.added, "unit": len(made)}
    return replace(reading, frames={**reading.frames, "unit": units}, read=read, added=added)
