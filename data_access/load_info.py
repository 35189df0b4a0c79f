"""What was loaded, when, up to which day, and what its sources cannot support."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Engine, Row, Select, select

from data_access.database import read
from data_access.load_doubts import in_doubt_of, shrunk_in
from data_access.london import today
from data_access.schema import source_load
from data_access.sources.declaration import Part
from data_access.sources.holding import Brought, Held

INVENTED_SOURCE = "demo"
# What part of a table is held, and from when to when.
SpanOfPart = tuple[Part | None, date | None, date | None]


@dataclass(frozen=True)
class LoadInfo:
    """The loads behind the case database, taken together.

    `data_to` is the last day that any source covers; None where nobody said. `data_from` is the
    first day that any source covers in full; None where one did not say. `not_in_source` says,
    for a metric's key, why no source can support it, and what to add. `tables` counts each
    table's rows that were read, written and left out, `tables_before` those of the same source's
    load before. `data_to_from` says where the last day is from, if the load did. `covers_from` has
    each table's own first day, None where its source said none. `teams` has what each team of a
    source held, before it was put under a unit; `workers_in_doubt` two workers who may be one, by
    id, and why; `same_workers` by each id that a source gave, the one under which it is kept.
    `shrunk` are the tables of which a source brought far fewer rows than it did before,
    `in_doubt` sentences on columns without which figures are told and too high.
    """

    sources: tuple[str, ...] = ()
    taken_at: datetime | None = None
    data_to: date | None = None
    data_from: date | None = None
    invented: bool = False
    not_in_source: Mapping[str, str] = field(default_factory=dict)
    tables: Mapping[str, Mapping] = field(default_factory=dict)
    tables_before: Mapping[str, Mapping] = field(default_factory=dict)
    published: Mapping[str, object] = field(default_factory=dict)
    load_ids: tuple[str, ...] = ()
    data_to_from: str = ""
    covers_from: Mapping[str, date | None] = field(default_factory=dict)
    teams: Mapping[str, Mapping] = field(default_factory=dict)
    workers_in_doubt: tuple[tuple[str, str, str], ...] = ()
    same_workers: Mapping[str, str] = field(default_factory=dict)
    shrunk: tuple[str, ...] = ()
    in_doubt: tuple[str, ...] = ()

    def covered_from(self, tables: Iterable[str]) -> date | None:
        """The first day from which each of `tables` is held in full; None where nobody said.

        A table that no source is known to have brought is held from `data_from`.
        """
        days = [self.covers_from.get(table, self.data_from) for table in tables]
        known = [day for day in days if day is not None]
        return max(known) if known and len(known) == len(days) else None

    @property
    def as_at(self) -> date:
        """The day up to which all is known: London's today for a database that says nothing."""
        return self.data_to or today()


def loads(*also: Column) -> Select:
    """One row per load, the latest last, with the columns of `source_load` that are asked for."""
    return select(
        source_load.c.load_id,
        source_load.c.source,
        source_load.c.taken_at,
        source_load.c.data_to,
        source_load.c.rows_json,
        *also,
    ).order_by(source_load.c.taken_at, source_load.c.load_id)


def read_load(engine: Engine) -> LoadInfo:
    """The loads behind the database at `engine`, as one."""
    return combined_load(read(engine, loads()))


def load_in(connection: Connection) -> LoadInfo:
    """The same, inside a transaction that is still writing."""
    return combined_load(connection.execute(loads()).all())


def combined_load(rows: Sequence[Row]) -> LoadInfo:
    """Several loads as one: a metric is supported if any of them supports it."""
    load_rows = list(rows)
    if not load_rows:
        return LoadInfo()
    facts = [json.loads(row.rows_json or "{}") for row in load_rows]
    starts = [date.fromisoformat(load["data_from"]) for load in facts if load.get("data_from")]
    return LoadInfo(
        sources=tuple(dict.fromkeys(row.source for row in load_rows)),
        taken_at=load_rows[-1].taken_at,
        data_to=max((row.data_to for row in load_rows if row.data_to), default=None),
        data_from=min(starts) if len(starts) == len(facts) else None,
        invented=any(row.source == INVENTED_SOURCE for row in load_rows),
        not_in_source=_in_none([load.get("not_in_source", {}) for load in facts]),
        tables=_by_table(facts, "tables"),
        tables_before=_by_table(facts, "before"),
        published={
            key: value for load in facts for key, value in load.get("published", {}).items()
        },
        load_ids=tuple(row.load_id for row in load_rows),
        data_to_from=_last_day_from(load_rows, facts),
        shrunk=tuple(sorted({table for load in facts for table in shrunk_in(load)})),
        in_doubt=in_doubt_of(facts),
        covers_from=_covers_from(load_rows, facts),
        **_matching(load_rows, facts),
    )


def _matching(load_rows: Sequence[Row], facts: list[dict]) -> dict[str, Any]:
    """What the loads say of teams, each source's latest, and of workers, all of them."""
    latest = {row.source: load for row, load in zip(load_rows, facts, strict=True)}.values()
    doubts = [tuple(doubt) for load in facts for doubt in load.get("workers_in_doubt", ())]
    same = [load.get("same_workers", {}) for load in facts]
    return {
        "teams": _teams([load.get("teams", {}) for load in latest]),
        "workers_in_doubt": tuple(dict.fromkeys(doubts)),
        "same_workers": {given: kept for load in same for given, kept in load.items()},
    }


def _teams(by_source: Iterable[Mapping[str, Mapping]]) -> dict[str, Mapping]:
    """Each team by id; of one that two sources have, the more that one of them says it holds."""
    teams: dict[str, Mapping] = {}
    for team, holds in ((team, holds) for one in by_source for team, holds in one.items()):
        before = teams.get(team, {})
        known = {name: value for name, value in before.items() if value is not None}
        most = {name: max(before.get(name, 0), holds[name]) for name in ("children", "workers")}
        teams[team] = {**holds, **known, **most}
    return teams


@dataclass(frozen=True)
class LoadRecord:
    """One load that stands: its source, its last day, what it brought, since when that is held."""

    source: str
    data_to: date | None
    brought: Brought
    first_days: Mapping[str, date | None]


def load_record(row: Mapping[str, Any]) -> LoadRecord:
    """What the record of a load says of it."""
    record = json.loads(row["rows_json"] or "{}")
    days = {table: day for table, _, day in _first_days(record)}
    return LoadRecord(row["source"], row["data_to"], brought_in(record, row["data_to"]), days)


def _last_day_from(load_rows: Sequence[Row], facts: list[dict]) -> str:
    said = [
        (row.data_to, load.get("data_to_from", ""))
        for row, load in zip(load_rows, facts, strict=True)
        if row.data_to
    ]
    latest = max((day for day, _ in said), default=None)
    return next((words for day, words in said if day == latest and words), "")


def held_since(spans: Iterable[tuple[date | None, date | None]]) -> date | None:
    """The first day from which sources hold a table without a gap, each from its first to its last.

    One without a first day may hold all that was before its last; one without a last goes on. None
    where the first is not known. What lies before a gap is no history: of its days nobody knows
    whether anything was.
    """
    told = sorted((first or date.min, last or date.max) for first, last in spans)
    since, until = None, date.min
    for first, last in told:
        if since is None or (until < date.max and first > until + timedelta(days=1)):
            since = first
        until = max(until, last)
    return None if since == date.min else since


def _covers_from(load_rows: Sequence[Row], facts: list[dict]) -> dict[str, date | None]:
    """By table, its own first day or that of its source; None where the source said neither.

    Of two sources without a gap between them the earlier: what one lacks the other has.
    """
    spans: dict[str, list[SpanOfPart]] = {}
    for row, load in zip(load_rows, facts, strict=True):
        for table, part, day in _first_days(load):
            spans.setdefault(table, []).append((part, day, row.data_to))
    return {table: held_since_in_parts(of_table) for table, of_table in spans.items()}


def held_since_in_parts(spans: Sequence[SpanOfPart]) -> date | None:
    """`held_since` of a table of which sources may hold parts: of every part, so the latest."""
    values = {value for part, _, _ in spans if part for value in part.values}
    if not values:
        return held_since((first, last) for _, first, last in spans)
    days = [
        held_since((first, last) for part, first, last in spans if not part or value in part.values)
        for value in sorted(values)
    ]
    known = [day for day in days if day]
    return max(known) if len(known) == len(days) else None


def _first_days(load: dict) -> Iterator[tuple[str, Part | None, date | None]]:
    """The tables of which the load's rows stand, what part, and the first day that it says."""
    parts = brought_in(load).held.parts
    said, of_all = load.get("covers_from", {}), load.get("data_from")
    brought = {name for name, counts in load.get("tables", {}).items() if counts.get("written")}
    for table in (brought | said.keys()) - set(load.get("replaced", ())):
        day = said.get(table, of_all)
        yield table, parts.get(table), date.fromisoformat(day) if day else None


def brought_in(record: Mapping[str, Any], last: date | None = None) -> Brought:
    """What a load brought that stands, by its record, and what of that is in part."""
    written = {name for name, counts in record.get("tables", {}).items() if counts.get("written")}
    parts = {
        table: Part(column, tuple(values))
        for table, (column, values) in record.get("parts", {}).items()
    }
    standing = written - set(record.get("replaced", ()))
    return Brought(frozenset(standing), Held(frozenset(record.get("partial", ())), parts), last)


def _by_table(facts: list[dict], counted: str) -> dict[str, Mapping]:
    return {name: counts for load in facts for name, counts in load.get(counted, {}).items()}


def _in_none(sentences_by_load: list[dict[str, str]]) -> dict[str, str]:
    shared = set(sentences_by_load[0]).intersection(*sentences_by_load[1:])
    return {key: why for key, why in sentences_by_load[-1].items() if key in shared}
