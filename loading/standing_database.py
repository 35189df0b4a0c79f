"""What a case database already holds, for a load that adds to it."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import Engine, Row, Table, select

from data_access.connection.addresses import address_of
from data_access.database import connect, read
from data_access.load_doubts import FEWER_ROWS
from data_access.load_info import LoadInfo, combined_load, load_record, loads
from data_access.problems import Problem
from data_access.schema import CANONICAL, child, child_told, data_issue, metadata, source_load
from data_access.settings import Settings
from data_access.sources.holding import held_together
from data_access.sources.order import owner_of
from loading.checks.breaches import KEEP, Situation
from loading.checks.checklist import CHECKS
from loading.checks.unlinked.unknown_units import added_for_rows, without_added
from loading.filled import Filled
from loading.kept.fewer import Usual
from loading.losses import Counts, TableCount, words_of_lacks
from loading.matching.kept import same_workers_kept, team_map_kept
from loading.not_in_source import covers_from_of, first_words
from loading.precedence.children import (
    ToldOfChildren,
    nothing_told,
    restricted_by_none_but,
    told_by_others,
    with_who_restricts,
    with_whom_they_are_from,
)
from loading.sources.reading import STOOD_BEFORE, Issue, Reading

SOURCE = STOOD_BEFORE


@dataclass(frozen=True)
class Standing:
    """The rows, loads and issues of a case database; no reading where there is none.

    `given` counts what each source gave in its last load, whether or not its rows stay, and
    `filled` how many rows had a value in each column. `sources` are those that were loaded before,
    each with the tables of which it gave rows that may stand: what one of them says of a child or
    unit now is newer than what stands. `restricted` are the children who stand so, whether or not
    their rows stay, `told` what each source that stays says of children, and `taken_back` whom
    only those that do not stay restricted; `fewer` what was usual of tables of which a source
    brought far fewer rows.
    """

    reading: Reading | None = None
    loads: Sequence[dict] = field(default_factory=tuple)
    issues: Sequence[Issue] = field(default_factory=tuple)
    given: Counts = field(default_factory=dict)
    filled: Mapping[str, Filled] = field(default_factory=dict)
    sources: Mapping[str, Collection[str]] = field(default_factory=dict)
    restricted: Collection[str] = ()
    told: pd.DataFrame = field(default_factory=nothing_told)
    fewer: Usual = field(default_factory=dict)
    taken_back: pd.DataFrame = field(default_factory=nothing_told)

    @property
    def told_of_children(self) -> ToldOfChildren:
        """What stood of that, to be put together with what a load brings."""
        nightly = (
            row["source"]
            for row in self.loads
            if json.loads(row["rows_json"] or "{}").get("nightly") is not None
        )
        return ToldOfChildren(self.told, frozenset(nightly), taken_back=self.taken_back)

    @property
    def rows(self) -> Mapping[str, int]:
        """How many rows stand in each table, but for those that are held in part."""
        if self.reading is None:
            return {}
        frames = self.reading.frames
        whole = frames.keys() - self.reading.partial
        return {table: int((~kept_by_returns(table, frames[table])).sum()) for table in whole}


def standing(url: str, settings: Settings, but: Collection[str] = ()) -> Standing:
    """What stands at `url`; nothing where there is no file yet. Refuses the demonstration.

    Without all that the sources of `but` brought, and what was said of their rows.
    """
    if is_no_file(url):
        return Standing()
    engine = connect(url)
    try:
        return _read_all(engine, settings, but)
    finally:
        engine.dispose()


def is_no_file(url: str) -> bool:
    """Whether nothing stands at `url` yet: a DuckDB file that is not there."""
    address = address_of(url)
    is_file = address.get_backend_name() == "duckdb"
    return is_file and not Path(address.database or "").exists()


def loads_before(url: str) -> list[dict]:
    """The records of the loads that stand at `url`, the latest last; none of invented data.

    A database that can't be read, or is not there yet, is no last good load.
    """
    if is_no_file(url):
        return []
    engine = connect(url)
    try:
        rows = read(engine, loads())
    except Problem:
        return []
    finally:
        engine.dispose()
    return [] if combined_load(rows).invented else [dict(row._mapping) for row in rows]


def _read_all(engine: Engine, settings: Settings, but: Collection[str]) -> Standing:
    rows = read(engine, loads(source_load.c.software_version))
    _refuse_invented(combined_load(rows))
    brought = _tables_by_source(_numbered(rows))
    rows = [row for row in rows if row.source not in but]
    if but and not rows:
        return Standing()
    load, kept_loads = combined_load(rows), _numbered(rows)
    wanted = _brought_by(kept_loads) if but else {table.name for table in CANONICAL}
    frames = {table.name: _frame(engine, table) for table in CANONICAL if table.name in wanted}
    told, taken_back = _told(engine), nothing_told()
    if child.name in frames:
        told = with_whom_they_are_from(told, frames[child.name], brought)
        told = with_who_restricts(told, frames[child.name])
        taken_back = restricted_by_none_but(told, but)
        told, frames[child.name] = told_by_others(told, frames[child.name], but)
    # That a table has shrunk is told anew by the records that stand.
    asked = select(*data_issue.c).where(data_issue.c.rule != FEWER_ROWS)
    said = [_issue(row) for row in read(engine, asked)]
    reading = _reading(load, kept_loads, without_added(frames, said))
    carried = _carried(said, Situation(load.as_at, settings))
    issues = [issue for issue in carried if not but or issue.table_name in wanted]
    sources = {**dict.fromkeys(but, ()), **_tables_by_source(kept_loads)}
    return Standing(reading, kept_loads, issues, sources=sources, told=told, taken_back=taken_back)


def _told(engine: Engine) -> pd.DataFrame:
    """What each source says of children; nothing of a database that an earlier version made."""
    try:
        return _frame(engine, child_told)
    except Problem:
        return nothing_told()


def _reading(
    load: LoadInfo, kept_loads: Sequence[dict], frames: Mapping[str, pd.DataFrame]
) -> Reading:
    # Whether parts make a table whole is known once the load that is added says its last day.
    held = held_together((load_record(row).brought for row in kept_loads), adds_up=False)
    return Reading(
        SOURCE,
        load.as_at,
        {name: rows for name, rows in frames.items() if len(rows)},
        lacks=first_words(
            words_of_lacks(json.loads(row["rows_json"] or "{}")) for row in kept_loads
        ),
        partial=held.partial,
        parts=held.parts,
        data_to_from=load.data_to_from,
        covers_from={name: day for name, day in covers_from_of(load).items() if day},
        team_map=team_map_kept(kept_loads),
        same_workers=same_workers_kept(kept_loads),
    )


def _numbered(load_rows: Sequence[Row]) -> list[dict]:
    """The loads in their order as if there had been no others: the next is numbered on from them.

    Every issue is written again, under the last of the loads.
    """
    return [
        {**row._mapping, "load_id": str(number)} for number, row in enumerate(load_rows, start=1)
    ]


def _tables_by_source(load_rows: Sequence[Mapping[str, Any]]) -> dict[str, set[str]]:
    sources = dict.fromkeys(row["source"] for row in load_rows)
    return {
        source: _brought_by(row for row in load_rows if row["source"] == source)
        for source in sources
    }


def _brought_by(load_rows: Iterable[Mapping[str, Any]]) -> set[str]:
    """The tables of which these loads gave rows that stand, or that others had given already."""
    records = [json.loads(row["rows_json"] or "{}") for row in load_rows]
    return {
        table
        for record in records
        for table, counts in record.get("tables", {}).items()
        if TableCount(**counts).kept and table not in record.get("replaced", ())
    }


def _refuse_invented(load: LoadInfo) -> None:
    if load.invented:
        raise Problem(
            "The database that stands is the demonstration council, which is invented: real data"
            " are not added to it. Load without adding, or into another address."
        )


def _frame(engine: Engine, table: Table) -> pd.DataFrame:
    columns = [column.name for column in table.columns]
    return pd.DataFrame(read(engine, select(*table.c)), columns=columns, dtype=object)


def kept_by_returns(table: str, rows: pd.DataFrame) -> pd.Series:
    """Which rows are of a source that keeps its rows beside those of others."""
    key = next(iter(metadata.tables[table].primary_key)).name
    return rows[key].map(lambda one: owner_of(one) is not None).astype(bool)


def _issue(row: Row) -> Issue:
    return Issue(row.rule, row.table_name, row.row_key, row.severity, row.message)


def _carried(issues: Sequence[Issue], situation: Situation) -> list[Issue]:
    """The issues that cannot be found again, because their rows were left out or emptied."""
    found_again = {
        check.rule
        for check in CHECKS
        if all(breach.action == KEEP for breach in check.finds(situation))
    }
    return [
        issue for issue in issues if issue.rule not in found_again and not added_for_rows(issue)
    ]
