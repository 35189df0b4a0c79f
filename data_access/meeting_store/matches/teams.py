"""The team map: of which unit a team is, from which day until which."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from itertools import combinations

from sqlalchemy import Engine, insert, select, update

from data_access.meeting_store.matches.tables import team_of_unit
from data_access.meeting_store.transactions import changing, new_id, now, read
from data_access.problems import Problem
from data_access.words.dates import written_date


@dataclass(frozen=True)
class TeamOfUnit:
    """A team is of a unit from `started_on` (always, if None) until before `ended_on`.

    Both are named by id. `unit_name` is what a unit that no source gives is called.
    """

    team_id: str
    unit_id: str
    unit_name: str | None = None
    started_on: date | None = None
    ended_on: date | None = None

    @property
    def first(self) -> date:
        """The first day on which it holds; the calendar's first where none is said."""
        return self.started_on or date.min

    @property
    def until(self) -> date:
        """The first day on which it no longer holds; the calendar's last where none is said."""
        return self.ended_on or date.max

    def meets(self, other: "TeamOfUnit") -> bool:
        """Whether both hold on one day."""
        return self.first < other.until and other.first < self.until

    @property
    def when(self) -> str:
        """The days, in words: "from 1 April 2016", "until 1 May 2016", "always"."""
        since = f"from {written_date(self.started_on)}" if self.started_on else ""
        until = f"until {written_date(self.ended_on)}" if self.ended_on else ""
        return " ".join(filter(None, (since, until))) or "always"


@dataclass(frozen=True)
class KeptTeam(TeamOfUnit):
    """The same as it stands in the store, with who decided it and when."""

    id: str = ""
    by: str = ""
    at: datetime | None = None


def map_team(store: Engine, decided: TeamOfUnit, by: str) -> str:
    """Keeps that a team is of a unit, for every load from now on; its id.

    Refused where the team is of another unit on one of the days already, or where either would make
    a chain: a unit that is itself a team of another on one of the days.
    """
    _refuse_unless_whole(decided)
    for fault in faults([*team_map(store), decided]):
        raise Problem(f"{fault} Withdraw what stands first, or say other days.")
    id = new_id()
    with changing(store, by, "mapped a team", f"{decided.team_id} to {decided.unit_id}") as writing:
        made = {"id": id, "by": by.strip(), "at": now()}
        writing.execute(insert(team_of_unit), {**asdict(decided), **made})
    return id


def unmap_team(store: Engine, id: str, by: str) -> None:
    """Withdraws one line of the team map: later loads don't go by it; it stays on record."""
    with changing(store, by, "withdrew a team's unit", id) as writing:
        stands = (team_of_unit.c.id == id) & team_of_unit.c.withdrawn_at.is_(None)
        withdrawn = {"withdrawn_by": by.strip(), "withdrawn_at": now()}
        done = writing.execute(update(team_of_unit).where(stands).values(withdrawn))
        if done.rowcount != 1:
            raise Problem("No such line stands in the team map: it may be withdrawn already.")


def team_map(store: Engine) -> list[KeptTeam]:
    """Every line that holds, by team and day."""
    columns = [team_of_unit.c[name] for name in KeptTeam.__dataclass_fields__]
    standing = select(*columns).where(team_of_unit.c.withdrawn_at.is_(None))
    lines = [KeptTeam(**row._mapping) for row in read(store, standing)]
    return sorted(lines, key=lambda line: (line.team_id, line.first, line.id))


def faults(lines: Sequence[TeamOfUnit]) -> Iterator[str]:
    """What can't be, one sentence each: one team in two units on a day, and chains of teams."""
    for one, other in combinations(lines, 2):
        if not one.meets(other):
            continue
        if one.team_id == other.team_id:
            yield (
                f"Team {one.team_id} is of unit {one.unit_id} {one.when} and of {other.unit_id}"
                f" {other.when}: it can be of one on a day."
            )
        for team, unit in ((one, other), (other, one)):
            if team.unit_id == unit.team_id:
                yield (
                    f"Team {team.team_id} is of {team.unit_id} {team.when}, which is itself a team"
                    f" of {unit.unit_id} {unit.when}: name the unit that it comes to."
                )


def _refuse_unless_whole(decided: TeamOfUnit) -> None:
    if not decided.team_id.strip() or not decided.unit_id.strip():
        raise Problem("Name the team and the unit that it is of.")
    if decided.team_id == decided.unit_id:
        raise Problem(f"{decided.team_id} is its own unit where nothing is said: name another.")
    if decided.first >= decided.until:
        raise Problem(
            f"The team's last day is before its first, {decided.started_on}: correct one of them."
        )
