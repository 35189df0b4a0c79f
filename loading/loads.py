"""The one way that every load goes: combine, write, check, derive, and only then swap."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from data_access.database import rebuild, write
from data_access.load_info import load_in, load_record
from data_access.schema import metadata
from data_access.settings import Settings
from data_access.sources.order import keeps_rows
from loading.checks.checks import mend
from loading.checks.sources_at_odds import older_than_before
from loading.combining import (
    FROM,
    SHARED,
    Combined,
    combine,
    without_replaced,
)
from loading.deriving import derive
from loading.emptied import emptied_columns, named
from loading.filled import columns_lost, filled_before, filled_now
from loading.fitting import FOUND_AT, keys
from loading.load_records import LoadReport, records, records_before, write_records
from loading.losses import (
    Counts,
    Loss,
    TableCount,
    counts_of,
    fewer_rows,
    losses,
    losses_of_columns,
    refuse,
    tables_gone,
    words_of_emptied,
    words_of_unused,
)
from loading.not_in_source import first_words, held_by, not_in_source
from loading.sources.reading import Issue, Reading, count
from loading.standing_database import SOURCE as STOOD_BEFORE
from loading.standing_database import Standing, loads_before, standing
from metrics.stored.history import counted_from_by_metric

Say = Callable[[str, float], None]


def in_silence(_step: str, _share: float) -> None:
    """Tells nobody."""


def load(
    url: str,
    readings: Reading | Sequence[Reading],
    settings: Settings,
    say: Say = in_silence,
    *,
    add: bool = False,
    accept_loss: Collection[str] = (),
) -> LoadReport:
    """Replaces the case database at `url` with what the readings hold, checked and derived.

    With `add`, tables that the readings do not bring stay as they are. `say` is told each step
    and the share of the whole that is done. Until the last moment the old database serves; if
    anything fails, it goes on serving. So it does if a table loses most of its rows, or most of
    those that it had, unless `accept_loss` names the table.
    """
    new_readings = [readings] if isinstance(readings, Reading) else list(readings)
    assert new_readings, "there is nothing to load"
    before = standing(url, settings) if add else Standing()
    loaded = loads_before(url)
    before = replace(before, given=counts_of(loaded), filled=filled_before(loaded))
    earlier = [without_replaced(before.reading, new_readings)] if before.reading else []
    say("Putting the sources together", 0.1)
    combined = combine([*earlier, *new_readings], settings.nobody, map(load_record, before.loads))
    combined.issues[:0] = _issues_still_true(before, new_readings)
    sources = {reading.source for reading in new_readings}
    combined.issues.extend(older_than_before(combined.as_at, sources, loaded))
    with rebuild(url, settings.memory_gb) as connection:
        report = _fill(connection, combined, before, settings, say, accept_loss)
        say("Putting the new database in place", 0.95)
    say("Done", 1.0)
    return report


def _fill(
    connection: Connection,
    combined: Combined,
    before: Standing,
    settings: Settings,
    say: Say,
    accept_loss: Collection[str],
) -> LoadReport:
    _write_tables(connection, combined, say)
    say("Checking every row", 0.4)
    issues, left_out = _check(connection, combined, settings)
    combined.emptied = emptied_columns(connection, issues, combined.readings)
    report = _report(connection, combined, issues, left_out)
    new_records = records(combined, report, before)
    given = counts_of(new_records)
    given_or_stood = {**given, **_counts_of_what_stood(combined, left_out)}
    refuse(_lost(combined, given_or_stood, before), report.issues, accept_loss)
    fewer = fewer_rows(given, before.given, _stood(combined, before))
    report = replace(report, issues=(*report.issues, *fewer))
    write_records(connection, report, [*records_before(combined, report, before), *new_records])
    report = replace(report, counted_from=counted_from_by_metric(load_in(connection)))
    say("Working out the figures", 0.6)
    derive(connection, settings)
    return report


def _lost(combined: Combined, given: Counts, before: Standing) -> list[Loss]:
    """All that the load lost: of rows and values that it read, and of those that stood."""
    return [
        *losses(given, before.given, _stood(combined, before)),
        *tables_gone(given, before.given),
        *losses_of_columns(combined.emptied),
        *columns_lost(filled_now(combined.readings), before.filled, combined.emptied),
    ]


def _stood(combined: Combined, before: Standing) -> dict[str, int]:
    """By table, the rows that stood, but of tables whose rows the load adds to or shares.

    A wave of a survey is compared with itself as it was loaded before, not with all waves.
    """
    added_to = {
        table
        for one in combined.readings
        if one.replaces_only or keeps_rows(one.source)
        for table in one.frames
    }
    return {
        table: rows
        for table, rows in before.rows.items()
        if table not in SHARED and table not in added_to
    }


def _issues_still_true(before: Standing, readings: Sequence[Reading]) -> list[Issue]:
    """Earlier issues of rows that the readings do not replace."""
    return [
        issue
        for issue in before.issues
        if not any(reading.replaces_issue(issue) for reading in readings)
    ]


def _write_tables(connection: Connection, combined: Combined, say: Say) -> None:
    for place, (name, rows) in enumerate(combined.frames.items()):
        say(f"Writing {name}", 0.1 + 0.3 * place / len(combined.frames))
        write(connection, metadata.tables[name], rows)


def _check(
    connection: Connection, combined: Combined, settings: Settings
) -> tuple[list[Issue], list[dict]]:
    """Every issue, said with the row's place in its file, and the rows left out by reading."""
    issues = list(combined.issues)
    left_out = [{name: dict(why) for name, why in reasons.items()} for reasons in combined.left_out]
    places: dict[str, dict[str, tuple]] = {}
    for issue, is_left_out in mend(connection, settings, combined.as_at):
        if issue.table_name not in places:
            places[issue.table_name] = _places(combined, issue.table_name)
        found_at, number = places[issue.table_name].get(issue.row_key or "", (None, None))
        place = found_at or f"{issue.table_name} {issue.row_key}"
        message = f"{place}: {issue.message}"
        issues.append(replace(issue, message=message))
        if is_left_out and number is not None:
            count(left_out[number], issue.table_name, issue.rule)
    return issues, left_out


def _places(combined: Combined, name: str) -> dict[str, tuple]:
    """Where each row of a table stands in its source, and in which reading."""
    rows = combined.frames.get(name)
    if rows is None or rows.empty:
        return {}
    found_at = rows[FOUND_AT].astype(object).where(rows[FOUND_AT].notna(), None)
    return dict(
        zip(keys(metadata.tables[name], rows), zip(found_at, rows[FROM], strict=True), strict=True)
    )


def _report(
    connection: Connection, combined: Combined, issues: list[Issue], left_out: list[dict]
) -> LoadReport:
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
        read = combined.read(place, table)
        why = left_out.get(table, {})
        counts[table] = TableCount(read, read - sum(why.values()), why)
    return counts


def _counts_of_what_stood(combined: Combined, left_out: list[dict]) -> Counts:
    """What stays of the rows that the load adds to: an added table can take away what they need."""
    return {
        (STOOD_BEFORE, table): count
        for place, reading in enumerate(combined.readings)
        if reading.source == STOOD_BEFORE
        for table, count in _counts(combined, place, left_out[place]).items()
    }
