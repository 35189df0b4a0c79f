"""Several readings as one set of tables, and what they support together."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

import pandas as pd
from sqlalchemy import Table

from data_access.code_sets.nobody import NOBODY
from data_access.connection.memory import give_memory_back
from data_access.load_info import LoadRecord, SpanOfPart, held_since_in_parts
from data_access.schema import CANONICAL, child, plan, unit, visit, visit_detail
from loading.checks.sources_at_odds import children_at_odds, told_apart, values_at_odds
from loading.details.visits import with_details
from loading.emptied import Emptied
from loading.filled import without_cells
from loading.fitting import Fitting, key_columns, typed
from loading.matching.decided import NOTHING_DECIDED, Decided
from loading.matching.held_by_teams import held_by_teams
from loading.matching.of_others import without_others_children
from loading.matching.teams import with_teams_in_units
from loading.matching.workers import with_matched_workers
from loading.matching_ids import with_zeros_restored
from loading.names.given_workers import without_nobody
from loading.precedence.children import ToldOfChildren
from loading.precedence.corrections import (
    brought_by_others,
    newest_first,
    still_restricted,
)
from loading.precedence.left_open import filled, left_open, without_kinds_of_nobody
from loading.precedence.replaced import SHARED
from loading.precedence.still_restricted import StillRestricted
from loading.precedence.telling import GIVEN_BEFORE, told_once
from loading.short_breaks import leave_out_short_breaks
from loading.sources.reading import Issue, Reading, count

FROM = "from_reading"


@dataclass
class Combined:
    """One frame per table, ready to write, with every row's place and reading (by number)."""

    readings: list[Reading]
    frames: dict[str, pd.DataFrame] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)
    left_out: list[dict[str, dict[str, int]]] = field(default_factory=list)
    # Sources whose words on shared rows are newer than what stood; who else brought each table.
    newer: Collection[str] = ()
    others: Mapping[str, Sequence[str]] = field(default_factory=dict)
    restricted: StillRestricted = field(default_factory=StillRestricted)
    told: ToldOfChildren = field(default_factory=ToldOfChildren)
    # Known once the rows are written and checked.
    emptied: Emptied = field(default_factory=dict)

    def let_go(self, *but: str) -> None:
        """Forgets the rows, of all tables `but` those: to be called once they are written."""
        self.frames = {name: rows for name, rows in self.frames.items() if name in but}

    def read(self, number: int, table: str) -> int:
        """How many rows of `table` the reading of that number gave."""
        reading = self.readings[number]
        return reading.read.get(table, len(reading.frames.get(table, ())))

    @property
    def as_at(self) -> date:
        """The last day covered: by what brings children; a later staff return adds no day."""
        return self._last.data_to

    @property
    def covers_from(self) -> dict[str, date | None]:
        """By table, since when the readings hold it without a gap; None where none of them says."""
        spans: dict[str, list[SpanOfPart]] = {}
        for reading in self.readings:
            for name in (name for name, rows in reading.frames.items() if len(rows)):
                span = (reading.parts.get(name), reading.covered_from(name), reading.data_to)
                spans.setdefault(name, []).append(span)
        return {name: held_since_in_parts(of_table) for name, of_table in spans.items()}

    @property
    def as_at_from(self) -> str:
        """Where that day is from, to be said after it."""
        return self._last.data_to_from

    @property
    def _last(self) -> Reading:
        of_children = [reading for reading in self.readings if "child" in reading.frames]
        return max(of_children or self.readings, key=lambda reading: reading.data_to)


def combine(
    readings: Iterable[Reading],
    nobody: Collection[str] = NOBODY,
    decided: Decided = NOTHING_DECIDED,
    loads: Iterable[LoadRecord] = (),
    before: Mapping[str, Collection[str]] = MappingProxyType({}),
    restricted: Collection[str] = (),
    told: ToldOfChildren | None = None,
) -> Combined:
    """The readings' rows in one frame per table, fitted to it; earlier readings come first.

    A worker whose name is one of `nobody` has none of them. Teams and workers go by what somebody
    `decided` of them. Where returns of children are among the readings, each fact is told by one
    source; `loads` are the records of what stood. Of rows that sources share, the words
    of those loaded `before`, by source the tables that it gave, go before what stood. Children who
    stood as `restricted` stay so where no reading tells.
    """
    once = told_once(_matched(readings, nobody, decided), loads)
    others = {table: brought_by_others(table, once, before) for table in SHARED}
    stood, told = StillRestricted(restricted), told or ToldOfChildren()
    return _combine_matched(
        Combined(once, newer=before.keys(), others=others, restricted=stood, told=told)
    )


def _matched(
    readings: Iterable[Reading], nobody: Collection[str], decided: Decided
) -> list[Reading]:
    """No step keeps what it was given: of a large council two states would be too many."""
    told = _with_teams_told(without_nobody(with_zeros_restored([*readings]), nobody))
    return with_matched_workers(with_teams_in_units(told, decided.teams), decided.workers)


def _with_teams_told(readings: Iterable[Reading]) -> list[Reading]:
    return [
        replace(reading, teams=held_by_teams(reading.frames, reading.data_to))
        for reading in readings
    ]


def _combine_matched(combined: Combined) -> Combined:
    matched = combined.readings
    at_odds = [*children_at_odds(matched, combined.as_at)]
    combined.issues.extend(issue for reading in matched for issue in reading.issues)
    combined.left_out.extend(
        {table: dict(reasons) for table, reasons in reading.left_out.items()} for reading in matched
    )
    for table in CANONICAL:
        _combine_table(combined, table)
    without_others_children(combined.frames, FROM, combined.left_out, combined.issues)
    frames = combined.frames
    if visit.name in frames and visit_detail.name in frames:
        frames[visit.name] = with_details(frames[visit.name], frames[visit_detail.name])
    combined.issues.extend((*at_odds, *combined.restricted.issues()))
    return combined


def _combine_table(combined: Combined, table: Table) -> None:
    """The readings' rows of the table, of which they keep no cell."""
    parts = [
        _fitted(combined, table, number)
        for number in range(len(combined.readings))
        if table.name in combined.readings[number].frames
    ]
    if parts:
        # No name holds the rows: each column of objects goes as its typed one is made.
        combined.frames[table.name] = typed(
            table,
            filled(table.name, combined.restricted.kept_in(_as_one(combined, table, parts))),
        )
        give_memory_back()


def _as_one(combined: Combined, table: Table, parts: list[pd.DataFrame]) -> pd.DataFrame:
    if len(parts) == 1 and table is not child:
        return parts.pop()
    rows = pd.concat(parts, ignore_index=True)
    if table is child:
        return _children(combined, rows)
    put_together = _put_together if table.name in SHARED else _once
    return put_together(combined, table, rows)


def _fitted(combined: Combined, table: Table, number: int) -> pd.DataFrame:
    given = combined.readings[number].frames[table.name]
    fitting = Fitting(table, given, left_open(table.name, given)).fit()
    if table is plan:
        leave_out_short_breaks(fitting)
    combined.issues.extend(fitting.issues)
    _add_counts(combined.left_out[number], fitting.left_out)
    combined.readings[number] = without_cells(combined.readings[number], table.name)
    return fitting.rows.assign(**{FROM: number})


def _children(combined: Combined, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per child: each value from the first source in the order; restricted if any says."""
    rows = combined.told.by_source(rows, combined.readings, FROM)
    if not rows.duplicated(subset="child_id").any():
        return rows
    stood = _stood(combined, rows)
    if not stood.all():
        combined.issues.extend(told_apart(rows, "source"))
    return _first_known(combined, child, rows, stood)


def _put_together(combined: Combined, table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """One row per key: each value from the first source that has it.

    First are sources that were loaded before, then what stood, then the others.
    """
    rows = newest_first(rows, combined.readings, combined.newer, FROM)
    if not rows.duplicated(subset=key_columns(table), keep="first").any():
        return rows
    if table is unit:
        rows = without_kinds_of_nobody(rows, combined.readings, FROM)
    stood = _stood(combined, rows)
    others = combined.others.get(table.name, ())
    combined.issues.extend(values_at_odds(table, rows, stood, others))
    return _first_known(combined, table, rows, stood)


def _stood(combined: Combined, rows: pd.DataFrame) -> pd.Series:
    return rows[FROM].map(lambda number: combined.readings[number].stood).astype(bool)


def _first_known(
    combined: Combined, table: Table, rows: pd.DataFrame, stood: pd.Series
) -> pd.DataFrame:
    key = key_columns(table)
    of_readings = rows.drop_duplicates([*key, FROM])
    again = of_readings.duplicated(subset=key, keep="first")
    for number, dropped in of_readings[again].groupby(FROM).size().items():
        count(combined.left_out[int(str(number))], table.name, GIVEN_BEFORE, int(dropped))
    if "restricted" in rows:
        combined.issues.extend(still_restricted(rows, stood))
        hidden = rows.loc[rows["restricted"].eq(True), key[0]]
        rows.loc[rows[key[0]].isin(hidden), "restricted"] = True
    return rows.groupby(key, sort=False, as_index=False).first()


def _once(combined: Combined, table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    again = rows.duplicated(subset=key_columns(table), keep="first")
    if not again.any():
        return rows
    fitting = Fitting(table, rows)
    fitting.rows[FROM] = rows[FROM].to_numpy()
    for number, dropped in rows[again].groupby(FROM).size().items():
        count(combined.left_out[int(str(number))], table.name, "duplicate_id", int(dropped))
    fitting.drop_repeated()
    combined.issues.extend(fitting.issues)
    return fitting.rows


def _add_counts(to: dict[str, dict[str, int]], more: Mapping[str, Mapping[str, int]]) -> None:
    for table, reasons in more.items():
        for reason, rows in reasons.items():
            count(to, table, reason, rows)
