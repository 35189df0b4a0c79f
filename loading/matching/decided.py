"""What an analyst decided of teams and workers, as a load goes by it."""

from dataclasses import dataclass, field
from pathlib import Path

from data_access.meeting_store.matches.teams import TeamOfUnit, team_map
from data_access.meeting_store.matches.workers import (
    WorkerDecisions,
    every_decision,
    those_that_hold,
)
from data_access.meeting_store.opening import engine_of, open_store


@dataclass(frozen=True)
class Decided:
    """The team map and the decisions on workers."""

    teams: tuple[TeamOfUnit, ...] = ()
    workers: WorkerDecisions = field(default_factory=WorkerDecisions)


NOTHING_DECIDED = Decided()


def decided_in(url: str) -> Decided:
    """What the meeting store at `url` holds; nothing where its file isn't there, and none is made.

    A store that can't be read is a Problem: a load without what was decided would move figures.
    """
    engine = engine_of(url)
    file = engine.url.database if engine.dialect.name == "sqlite" else None
    engine.dispose()
    if file is not None and not Path(file).exists():
        return NOTHING_DECIDED
    store = open_store(url)
    try:
        return Decided(tuple(team_map(store)), those_that_hold(every_decision(store)))
    finally:
        store.dispose()
