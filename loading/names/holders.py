"""The teams and workers whom rows name in words alone: their ids, and what is said of the names."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from loading.names import telling
from loading.names.nobody import could_mean_nobody, means_nobody
from loading.names.spelling import as_it_looks, bare
from loading.names.teams import unit_id_of
from loading.names.workers import NamedWorker, pairs_alike, workers_named
from loading.sources.reading import Issue
from metrics.writing import several

TEAM, WORKER = "team", "worker"


@dataclass(frozen=True)
class Holders:
    """Who holds, by the names in rows, and what is said of these.

    `teams` has the spellings of each unit id, the commonest first; that is the name to be shown.
    `found_at` says of each worker's id where it was named first.
    """

    teams: Mapping[str, tuple[str, ...]]
    workers: Sequence[NamedWorker]
    issues: Sequence[Issue]
    found_at: Mapping[str, str]

    def ids_of(self, row: Mapping[str, str | None]) -> dict[str, str | None]:
        """The unit_id and the worker_id of a row, None where nobody is named."""
        team, worker = row.get(TEAM), row.get(WORKER)
        return {
            "unit_id": self._unit_ids.get(team) if team else None,
            "worker_id": self._worker_ids.get(worker) if worker else None,
        }

    @cached_property
    def _unit_ids(self) -> dict[str, str]:
        return {name: unit_id for unit_id, names in self.teams.items() for name in names}

    @cached_property
    def _worker_ids(self) -> dict[str, str]:
        return {name: worker.worker_id for worker in self.workers for name in worker.spellings}


@dataclass(frozen=True)
class _Named:
    """The rows in which each spelling of one column stands."""

    what: str
    rows: Mapping[str, Sequence[dict]]

    def places(self, *spellings: str) -> list[str]:
        """Where each of the spellings stands first."""
        return [self.rows[spelling][0]["found_at"] for spelling in spellings]

    def often(self) -> dict[str, int]:
        return {spelling: len(rows) for spelling, rows in self.rows.items()}

    def only(self, spellings: Collection[str]) -> "_Named":
        return _Named(self.what, {one: self.rows[one] for one in self.rows if one in spellings})


def holders_named(rows: Sequence[dict], nobody: Collection[str]) -> Holders:
    """The holders whom `rows` name under "team" and "worker", each row with its "found_at".

    Names that mean `nobody` are nobody's, and it is said of how many rows and children.
    """
    issues: list[Issue] = []
    somebody = {
        what: _without_nobody(_named(rows, what), nobody, issues) for what in (TEAM, WORKER)
    }
    teams, workers = _teams(somebody[TEAM]), workers_named(somebody[WORKER].often())
    issues.extend(_of_teams(teams, somebody[TEAM]))
    issues.extend(_of_workers(workers, somebody[WORKER]))
    places = {one.worker_id: somebody[WORKER].places(*one.spellings)[0] for one in workers}
    return Holders(teams, workers, issues, places)


def _named(rows: Sequence[dict], what: str) -> _Named:
    found: dict[str, list[dict]] = {}
    for row in rows:
        if row.get(what):
            found.setdefault(row[what], []).append(row)
    return _Named(what, found)


def _without_nobody(named: _Named, nobody: Collection[str], issues: list[Issue]) -> _Named:
    of_nobody: dict[str, list[str]] = {}
    for spelling in named.rows:
        if means_nobody(spelling, nobody):
            of_nobody.setdefault(bare(spelling), []).append(spelling)
        # A "Duty Team" is a team: of teams only a whole word is in question.
        elif named.what == WORKER and could_mean_nobody(spelling, nobody):
            issues.append(telling.perhaps_nobody(None, named.places(spelling)))
    issues.extend(_nobody_said(named, spellings) for spellings in of_nobody.values())
    left = named.rows.keys() - {one for spellings in of_nobody.values() for one in spellings}
    return named.only(left)


def _nobody_said(named: _Named, spellings: Sequence[str]) -> Issue:
    rows = [row for spelling in spellings for row in named.rows[spelling]]
    return telling.said(
        "nobody_named",
        telling.NOBODY,
        None,
        named.places(*spellings),
        word=spellings[0],
        what=named.what,
        rows=several(len(rows), "row", "rows"),
        children=several(len({row["child_id"] for row in rows}), "child", "children"),
    )


def _teams(named: _Named) -> dict[str, tuple[str, ...]]:
    teams: dict[str, list[str]] = {}
    for name in sorted(named.rows, key=lambda name: (-len(named.rows[name]), name)):
        teams.setdefault(unit_id_of(name), []).append(name)
    return {unit_id: tuple(names) for unit_id, names in sorted(teams.items())}


def _of_teams(teams: Mapping[str, tuple[str, ...]], named: _Named) -> Iterator[Issue]:
    alike: dict[str, list[str]] = {}
    for unit_id, names in teams.items():
        alike.setdefault(as_it_looks(names[0]), []).append(names[0])
        if len(names) > 1:
            yield _team_said("names_joined", telling.ONE_TEAM, unit_id, names, named)
    for names_alike in alike.values():
        if len(names_alike) > 1:
            key = unit_id_of(names_alike[0])
            yield _team_said("names_alike", telling.ALIKE_TEAMS, key, names_alike, named)


def _team_said(rule: str, words: str, unit_id: str, names: Sequence[str], named: _Named) -> Issue:
    spellings = " and ".join(f"'{name}'" for name in names)
    return telling.said(rule, words, unit_id, named.places(*names), spellings=spellings)


def _of_workers(workers: Sequence[NamedWorker], named: _Named) -> Iterator[Issue]:
    for worker in workers:
        if len(worker.spellings) > 1:
            words = telling.ONE_WORKER if worker.has_one_name else telling.ONE_NUMBER
            yield telling.said(
                "names_joined",
                words,
                worker.worker_id,
                named.places(*worker.spellings),
                number=len(worker.spellings),
            )
    worker_ids = {worker.fullest_name: worker.worker_id for worker in workers}
    for one, other in pairs_alike(list(worker_ids)):
        places = named.places(one, other)
        key = telling.key_of_two(worker_ids[one], worker_ids[other])
        yield telling.said("names_alike", telling.ALIKE_WORKERS, key, places)
