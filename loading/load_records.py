"""What a load tells of itself: its report, and the record that the database keeps of it."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data_access.database import write
from data_access.london import now
from data_access.schema import data_issue, source_load
from data_access.software_version import software_version
from data_access.sources.order import takes_the_place
from loading.combining import Combined
from loading.emptied import named
from loading.filled import filled_in
from loading.fitting import typed
from loading.kept.report import KeptReport
from loading.losses import Counts, TableCount, of_source, words_of_emptied, words_of_unused
from loading.matching.kept import kept_of
from loading.not_in_source import first_words, held_by, not_in_source
from loading.precedence.replaced import SHARED
from loading.sources.absent_columns import misleading
from loading.sources.reading import Issue, Reading
from loading.standing_database import SOURCE as STOOD_BEFORE
from loading.standing_database import Standing


@dataclass(frozen=True)
class LoadReport:
    """What a load did: for each source its tables' counts; every issue of every row.

    `kept` is what is told of it and kept, known once the figures are counted.
    """

    sources: tuple[str, ...]
    data_to: date
    counts: tuple[Mapping[str, TableCount], ...]
    issues: tuple[Issue, ...]
    not_in_source: Mapping[str, str]
    data_to_from: str = ""
    kept: KeptReport | None = None

    def by_rule(self) -> dict[tuple[str, str], int]:
        """How many issues of each rule and table, in the order found."""
        counts: dict[tuple[str, str], int] = {}
        for issue in self.issues:
            place = (issue.rule, issue.table_name)
            counts[place] = counts.get(place, 0) + 1
        return counts


def report_of(
    connection: Connection, combined: Combined, issues: list[Issue], left_out: list[dict]
) -> LoadReport:
    """What is to be told of the load before its figures are counted."""
    anew = [
        place for place, reading in enumerate(combined.readings) if reading.source != STOOD_BEFORE
    ]
    counts = tuple(_counts(combined, place, left_out[place]) for place in anew)
    unused = [words_of_unused(counts_of_source) for counts_of_source in counts]
    emptied = words_of_emptied(named(combined.emptied))
    return LoadReport(
        tuple(combined.readings[place].source for place in anew),
        combined.as_at,
        counts,
        tuple(dict.fromkeys(issues)),
        not_in_source(
            connection,
            held_by(_of_use(combined, dict(zip(anew, unused, strict=True)))),
            first_words([*unused, emptied, *(reading.lacks for reading in combined.readings)]),
            combined.covers_from,
            several=len(combined.readings) > 1,
        ),
        combined.as_at_from,
    )


def _of_use(combined: Combined, unused: Mapping[int, Collection[str]]) -> Iterator[Reading]:
    """The readings without the tables of which no row could be used: they make nothing whole."""
    for place, reading in enumerate(combined.readings):
        left = reading.frames.keys() - set(unused.get(place, ()))
        yield replace(reading, frames={name: reading.frames[name] for name in left})


def _counts(combined: Combined, place: int, left_out: dict) -> dict[str, TableCount]:
    reading = combined.readings[place]
    counts = {}
    for table in sorted({*reading.read, *reading.frames}):
        added = reading.added.get(table, 0)
        read = combined.read(place, table)
        why = left_out.get(table, {})
        counts[table] = TableCount(read, read + added - sum(why.values()), why, added)
    return counts


def counts_of_what_stood(combined: Combined, left_out: list[dict]) -> Counts:
    """What stays of the rows that the load adds to: an added table can take away what they need."""
    return {
        (STOOD_BEFORE, table): count
        for place, reading in enumerate(combined.readings)
        if reading.source == STOOD_BEFORE
        for table, count in _counts(combined, place, left_out[place]).items()
    }


def records(combined: Combined, report: LoadReport, before: Standing) -> list[dict]:
    """One `source_load` row per reading, numbered after those that stood."""
    taken_at = now().replace(tzinfo=None)
    return [
        {
            "load_id": str(number),
            "source": reading.source,
            "taken_at": taken_at,
            "data_to": min(reading.data_to, combined.as_at),
            "software_version": software_version(),
            "rows_json": _rows_json(
                reading,
                min(reading.data_to, combined.as_at),
                counts,
                report.not_in_source,
                of_source(before.given, reading.source),
                named(combined.emptied),
                kept_of(reading, combined.readings) | {"in_doubt": misleading(reading.issues)},
            ),
        }
        for number, (reading, counts) in enumerate(
            zip(_anew(combined), report.counts, strict=True), start=len(before.loads) + 1
        )
    ]


def _anew(combined: Combined) -> list[Reading]:
    return [reading for reading in combined.readings if reading.source != STOOD_BEFORE]


def records_before(combined: Combined, report: LoadReport, before: Standing) -> list[dict]:
    """The records that stood, with what is true of them beside what was added."""
    return [
        _record_as_it_stands(row, report.not_in_source, _replaced(combined, row["source"]))
        for row in before.loads
    ]


def _replaced(combined: Combined, source: str) -> set[str]:
    """The tables in which rows of an earlier load of the source have gone."""
    anew = [one for one in _anew(combined) if takes_the_place(one.source, source)]
    return {table for reading in anew for table in reading.frames}


def _record_as_it_stands(row: dict, missing: Mapping[str, str], brought: Set[str]) -> dict:
    """An earlier load's record: what the whole cannot support now, and what is still in part.

    And which of its tables another load has replaced, so that what it said of them holds no more.
    """
    record = json.loads(row["rows_json"] or "{}")
    partial = sorted(set(record.get("partial", ())) - brought)
    replaced = sorted(set(record.get("replaced", ())) | (brought - set(SHARED)))
    record |= {"not_in_source": dict(missing), "partial": partial, "replaced": replaced}
    return {**row, "rows_json": json.dumps(record)}


def write_records(connection: Connection, report: LoadReport, rows: list[dict]) -> None:
    """Writes the records of all loads and, under the last of them, every issue."""
    write(connection, source_load, typed(source_load, pd.DataFrame(rows, dtype=object)))
    write(connection, data_issue, _issue_rows(report.issues, rows[-1]["load_id"]))


def _issue_rows(issues: Sequence[Issue], load_id: str) -> pd.DataFrame:
    rows = [
        {"issue_id": str(place), "load_id": load_id, **issue.as_stored}
        for place, issue in enumerate(issues, start=1)
    ]
    return typed(data_issue, pd.DataFrame(rows, dtype=object))


def _rows_json(
    reading: Reading,
    until: date,
    counts: Mapping,
    missing: Mapping[str, str],
    before: Mapping[str, Mapping],
    emptied: Mapping[str, int],
    more: Mapping[str, object],
) -> str:
    """What `source_load` keeps of one reading: rows read, written, left out and why.

    Beside it stands what the same source gave `before`, which columns the load `emptied`, and where
    its last day is from, unless another source's word for the last day, `until`, goes first; and
    what there is `more`: of teams and workers, and why figures are in doubt.
    """
    return json.dumps(
        {
            **more,
            "tables": {table: asdict(table_count) for table, table_count in counts.items()},
            "sheets": dict(reading.sheets),
            "before": dict(before),
            "emptied": dict(emptied),
            "filled": filled_in(reading),
            "not_in_source": dict(missing),
            "partial": sorted(reading.partial),
            "parts": {name: [part.column, part.values] for name, part in reading.parts.items()},
            "lacks": dict(reading.lacks),
            "published": dict(reading.published),
            "data_from": reading.data_from.isoformat() if reading.data_from else None,
            "covers_from": {name: day.isoformat() for name, day in reading.covers_from.items()},
            "notes": list(reading.notes),
            "roles": {"found": dict(reading.roles), "lead": sorted(reading.lead_roles)},
            "nightly": reading.nightly,
            "data_to_from": reading.data_to_from if reading.data_to == until else "",
        }
    )
