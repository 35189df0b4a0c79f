"""Who tells what, where several sources hold the same days: a fact once, from the first of them.

`data_access.sources.order` has the order. A source tells of the days that it covers, and of the
rows that it holds whole. A row that a source before it has too is that row: what is not known of it
is filled in, and its end where the later source covers later days. One that the source before it
would have, and has not, is left out, and that is said.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from data_access.load_info import LoadRecord
from data_access.sources.declaration import Part
from data_access.sources.order import in_order, keeps_rows, owner_of, place_of
from loading.precedence.facts import FACTS, Fact, Row
from loading.precedence.links import relinked
from loading.sources.reading import WARNING, Issue, Reading, count

GIVEN_BEFORE = "another source gives the same row"
NOT_ITS_TO_TELL = "a source that goes first covers the day"
NOT_THERE = (
    "{at}: {first} covers that day, goes before {source}, and does not have it: it is left"
    " out{more}. See which of the two is right: {first} may be incomplete, or the date may differ"
)


@dataclass(frozen=True)
class Span:
    """The days and the rows of a table that a source tells of."""

    first: date
    last: date
    part: Part | None = None

    def holds(self, row: Row, fact: Fact) -> bool:
        """Whether the row, if it were true, would be among them."""
        if self.part and row.values.get(self.part.column) not in self.part.values:
            return False
        ends = row.end if fact.end else row.start
        begins_in_it = self.first <= row.start <= self.last
        return begins_in_it or (row.start < self.first and (not ends or ends > self.first))


def told_once(readings: Sequence[Reading], loads: Iterable[LoadRecord]) -> list[Reading]:
    """The readings without rows that a source before them tells; as they are, if no return is here.

    `loads` are the records of what stood before, the latest last.
    """
    before = list(loads)
    sources = {*(one.source for one in readings), *(one.source for one in before)}
    if not any(map(keeps_rows, sources)):
        return list(readings)
    telling = _Telling(readings, before)
    for fact in FACTS:
        telling.judge(fact)
    return telling.told()


class _Telling:
    """The readings' tables while they are judged, one after another."""

    def __init__(self, readings: Sequence[Reading], before: Sequence[LoadRecord]) -> None:
        self._readings = readings
        self._before = before
        self._frames = [dict(reading.frames) for reading in readings]
        self._left_out = [
            {name: dict(why) for name, why in one.left_out.items()} for one in readings
        ]
        self._issues: list[Issue] = []
        self._moved: dict[str, dict[str, str | None]] = {}

    def judge(self, fact: Fact) -> None:
        """Leaves out the rows of a table that a source before theirs tells."""
        rows = list(_rows(fact, self._readings, self._before))
        if len({row.owner for row in rows}) < 2 or not any(keeps_rows(row.owner) for row in rows):
            return
        told = _Told(fact, _spans(fact.table, self._readings, self._before))
        gone = dict(told.gone(rows))
        self._moved[fact.table] = dict(told.moved)
        self._issues.extend(told.issues())
        for row, reason in gone.items():
            count(self._left_out[row.reading], fact.table, reason)
        for number in {row.reading for row in rows}:
            kept = [row.values for row in rows if row.reading == number and row not in gone]
            frames = self._frames[number]
            frames[fact.table] = _frame(kept, frames[fact.table])

    def told(self) -> list[Reading]:
        """The readings as they are now, with what hangs on rows that have gone."""
        made = []
        for number, reading in enumerate(self._readings):
            frames, factors = relinked(self._frames[number], self._moved)
            count(self._left_out[number], "assessment_factor", GIVEN_BEFORE, factors)
            made.append(replace(reading, frames=frames, left_out=self._left_out[number]))
        return [*made[:-1], replace(made[-1], issues=(*made[-1].issues, *self._issues))]


def _frame(rows: Sequence[dict], before: pd.DataFrame) -> pd.DataFrame:
    columns = dict.fromkeys([*before.columns, *(name for row in rows for name in row)])
    return pd.DataFrame(rows, columns=[*columns], dtype=object)


def _rows(fact: Fact, readings: Sequence[Reading], before: Sequence[LoadRecord]) -> Iterator[Row]:
    for number, reading in enumerate(readings):
        for values in reading.frames.get(fact.table, pd.DataFrame()).to_dict("records"):
            known = {str(name): None if pd.isna(one) else one for name, one in values.items()}
            owner = owner_of(known[fact.key]) or _source_of(reading, fact.table, before)
            yield Row(fact, number, owner, known)


def _source_of(reading: Reading, table: str, before: Sequence[LoadRecord]) -> str:
    """The reading's source; of what stood, the last that brought the table and keeps no rows."""
    if not reading.stood:
        return reading.source
    brought = [one.source for one in before if table in one.brought.tables]
    return next((one for one in reversed(brought) if not keeps_rows(one)), reading.source)


def _spans(
    table: str, readings: Sequence[Reading], before: Sequence[LoadRecord]
) -> Mapping[str, list[Span]]:
    """By source what it tells of the table; nothing where it holds it in part, and not which."""
    spans: dict[str, list[Span]] = {}
    for one in before:
        if table in one.brought.tables and one.data_to:
            part = one.brought.held.parts.get(table)
            if part or table not in one.brought.held.partial:
                first = one.first_days.get(table) or date.min
                spans.setdefault(one.source, []).append(Span(first, one.data_to, part))
    for reading in readings:
        part = reading.parts.get(table)
        if not reading.stood and table in reading.frames and (part or table not in reading.partial):
            first = reading.covered_from(table) or date.min
            spans[reading.source] = [Span(first, reading.data_to, part)]
    return spans


class _Told:
    """One table's rows judged by the order of their sources."""

    def __init__(self, fact: Fact, spans: Mapping[str, list[Span]]) -> None:
        self._fact = fact
        self._spans = spans
        self._not_there: dict[tuple[str, str], list[Row]] = {}
        self.moved: dict[str, str | None] = {}

    def gone(self, rows: Sequence[Row]) -> Iterator[tuple[Row, str]]:
        """The rows that are left out, with the reason; rows before them are filled in."""
        ordered = sorted({row.owner for row in rows}, key=in_order)
        kept: dict[object, list[Row]] = {}
        for owner in ordered:
            stay = []
            for row in (row for row in rows if row.owner == owner):
                same = next((one for one in kept.get(row.of, ()) if one.is_same(row)), None)
                denied = None if same else self._denied_by(row, ordered[: ordered.index(owner)])
                if same or denied:
                    self.moved[row.key] = same.key if same else None
                if same:
                    self._fill(same, row)
                    yield row, GIVEN_BEFORE
                elif denied:
                    self._not_there.setdefault((denied, owner), []).append(row)
                    yield row, NOT_ITS_TO_TELL
                else:
                    stay.append(row)
            for row in stay:
                kept.setdefault(row.of, []).append(row)

    def _denied_by(self, row: Row, owners: Sequence[str]) -> str | None:
        """The first source before the row's own that would have it."""
        for owner in owners:
            if place_of(owner) < place_of(row.owner) and any(
                span.holds(row, self._fact) for span in self._spans.get(owner, ())
            ):
                return owner
        return None

    def _fill(self, row: Row, other: Row) -> None:
        later = self._last(other.owner) > self._last(row.owner)
        began_before = row.start > other.start and row.start < self._first(row.owner)
        if began_before:
            row.values[self._fact.start] = other.start
        for name, value in other.values.items():
            is_link = name.endswith("_id") or name == "found_at"
            of_an_end = name in self._fact.of_an_end
            if row.values.get(name) is None and not is_link and (later or not of_an_end):
                row.values[name] = value

    def _last(self, owner: str) -> date:
        return max((span.last for span in self._spans.get(owner, ())), default=date.min)

    def _first(self, owner: str) -> date:
        return min((span.first for span in self._spans.get(owner, ())), default=date.min)

    def issues(self) -> Iterator[Issue]:
        """One for each source whose rows another does not have."""
        for (first, source), rows in self._not_there.items():
            number = len(rows)
            more = f"; so are {number} rows of {self._fact.table}" if number > 1 else ""
            at = rows[0].values.get("found_at") or self._fact.table
            message = f"{NOT_THERE.format(at=at, first=first, source=source, more=more)}."
            table = self._fact.table
            yield Issue("not_in_the_source_before", table, None, WARNING, message)
