"""Teams and workers of several systems beside what was decided of them, for whoever decides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from data_access.load_info import LoadInfo
from data_access.london import day_of
from data_access.meeting_store.matches.tables import OPEN
from data_access.meeting_store.matches.teams import KeptTeam, TeamOfUnit, map_team, team_map
from data_access.meeting_store.matches.workers import (
    decide_workers,
    every_decision,
    those_that_hold,
)
from data_access.problems import Problem


@dataclass(frozen=True)
class TeamHolds:
    """One team as its source gives it: what it held on the load's last day, of which unit it is.

    `lines` are what was decided of it; none where it counts as a unit of its own.
    """

    team_id: str
    name: str
    children: int | None
    workers: int | None
    first: date | None
    last: date | None
    lines: tuple[KeptTeam, ...]


def teams_held(store: Engine, load: LoadInfo, units: Mapping[str, str]) -> list[TeamHolds]:
    """Every team of the loads, by name, and those of the map that no load has brought.

    Of a database that was loaded before teams were written down, its `units`, by id and name.
    """
    lines = team_map(store)
    loaded: Mapping[str, Mapping] = load.teams or {unit_id: {} for unit_id in units}
    found = [
        _team(team, loaded.get(team, {}), units, lines)
        for team in {*loaded, *(line.team_id for line in lines)}
    ]
    return sorted(found, key=lambda team: (team.name.casefold(), team.team_id))


def _team(
    team_id: str, holds: Mapping, units: Mapping[str, str], lines: Sequence[KeptTeam]
) -> TeamHolds:
    first, last = (_day(holds.get(name)) for name in ("first", "last"))
    return TeamHolds(
        team_id,
        holds.get("name") or units.get(team_id) or team_id,
        holds.get("children"),
        holds.get("workers"),
        first,
        last,
        tuple(line for line in lines if line.team_id == team_id),
    )


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def decide_team(
    store: Engine, load: LoadInfo, units: Mapping[str, str], decided: TeamOfUnit, by: str
) -> str:
    """Keeps that a team is of a unit; what was done, in a sentence.

    Refused are a team that no load has brought, and a unit that is neither loaded nor named.
    """
    lines = team_map(store)
    teams = {*load.teams, *units, *(line.team_id for line in lines)}
    if decided.team_id not in teams:
        raise Problem(
            f"No load has brought a team {decided.team_id}: 'python childstat.py teams list' has"
            " every team's id."
        )
    known = {*load.teams, *units, *(line.unit_id for line in lines)}
    if decided.unit_id not in known and not decided.unit_name:
        raise Problem(
            f"There is no unit {decided.unit_id} yet: give its id as 'teams list' has it, or say"
            " what the new unit is called."
        )
    map_team(store, decided, by)
    done = f"Team {decided.team_id} is of unit {decided.unit_id} {decided.when}"
    return f"{done}: so from the next load."


@dataclass(frozen=True)
class WorkersAsked:
    """Two workers who may be one, by id: why, and what was decided, by whom, when and why."""

    one: str
    other: str
    why: str | None
    verdict: str
    by: str | None
    on: date | None
    reason: str | None


def workers_asked(store: Engine, load: LoadInfo, workers: Collection[str]) -> list[WorkersAsked]:
    """Every two that loads left in doubt, those first of whom nobody has decided; then the others.

    Asked is of two who are both among the database's `workers`, as others are one by now, or gone.
    """
    holds = those_that_hold(every_decision(store))
    doubts = {frozenset((one, other)): why for one, other, why in load.workers_in_doubt}
    asked = [
        WorkersAsked(one, other, why, OPEN, None, None, None)
        for one, other, why in load.workers_in_doubt
        if holds.verdict(one, other) == OPEN and {one, other} <= {*workers}
    ]
    decided = [
        WorkersAsked(
            line.one,
            line.other,
            doubts.get(pair),
            line.verdict,
            line.by,
            day_of(line.at) if line.at else None,
            line.reason,
        )
        for pair, line in holds.latest.items()
        if line.verdict != OPEN
    ]
    return [*asked, *decided]


def decide_of_workers(
    store: Engine,
    load: LoadInfo,
    workers: Collection[str],
    pair: tuple[str, str],
    verdict: str,
    by: str,
    reason: str | None,
) -> str:
    """Keeps what somebody decided of two workers; what was done, in a sentence.

    Refused is an id that neither the database's `workers` nor any load or decision has.
    """
    known = {*workers, *_ids_told(store, load)}
    for worker_id in pair:
        if worker_id not in known:
            raise Problem(
                f"No load has brought a worker {worker_id}: 'python childstat.py workers list' has"
                " the ids of those in doubt."
            )
    decide_workers(store, *pair, verdict, by, reason)
    return f"{pair[0]} and {pair[1]}: {verdict}, from the next load."


def _ids_told(store: Engine, load: LoadInfo) -> Iterator[str]:
    yield from load.same_workers
    for one, other, _ in load.workers_in_doubt:
        yield from (one, other)
    for line in every_decision(store):
        yield from (line.one, line.other)
