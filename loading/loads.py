"""The one way that every load goes: combine, write, check, derive, and only then swap."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from data_access.connection.memory import give_memory_back
from data_access.connection.one_load import sole_load
from data_access.database import rebuild, write
from data_access.load_info import load_record
from data_access.schema import metadata, visit
from data_access.settings import Settings
from loading.checks.checks import mend
from loading.checks.sources_at_odds import older_than_before
from loading.combining import FROM, Combined, combine
from loading.deriving import derive
from loading.emptied import emptied_columns
from loading.filled import filled_before
from loading.fitting import FOUND_AT, key_columns, keys
from loading.kept.earlier import Earlier, earlier_loads
from loading.kept.fewer import fewer_issues, fewer_now, still_fewer, with_fewer
from loading.kept.first_seen import note_first_seen
from loading.kept.making import keep_report
from loading.kept.report import KeptReport
from loading.load_records import (
    LoadReport,
    counts_of_what_stood,
    records,
    records_before,
    report_of,
    write_records,
)
from loading.losses import (
    counts_of,
    refuse,
)
from loading.lost import all_lost, rows_that_stood
from loading.matching.decided import NOTHING_DECIDED, Decided
from loading.matching.doubts import not_decided
from loading.precedence.children import keep_told
from loading.precedence.replaced import without_replaced
from loading.precedence.still_restricted import restricted_at
from loading.sources.reading import Issue, Reading, count
from loading.standing_database import Standing, loads_before, standing

Say = Callable[[str, float], None]
# The rows of the sources are held beside the database: half of the memory is DuckDB's.
AT_MOST_GB = 1


def in_silence(_step: str, _share: float) -> None:
    """Tells nobody."""


def load(
    url: str,
    readings: Reading | Iterable[Reading],
    settings: Settings,
    say: Say = in_silence,
    *,
    add: bool = False,
    anew: Collection[str] = (),
    accept_loss: Collection[str] = (),
    decided: Decided = NOTHING_DECIDED,
) -> LoadReport:
    """Replaces the case database at `url` with what the readings hold, checked and derived.

    With `add`, tables that the readings do not bring stay as they are, but for all that the
    sources of `anew` ever brought. `say` is told each step and the share of the whole that is
    done. Until the last moment the old database serves; if anything fails, it goes on serving. So
    it does if a table loses most of its rows, or most of those that it had, unless `accept_loss`
    names the table. Teams and workers go by what somebody `decided` of them. While another load
    works, `Busy` says so.
    """
    with sole_load(url):
        loaded, stood = loads_before(url), earlier_loads(url)
        before = _before(url, standing(url, settings, anew) if add else Standing(), loaded)
        say("Putting the sources together", 0.1)
        combined = _combined(before, _listed(readings), settings, loaded, decided)
        with rebuild(url, settings.memory_gb, AT_MOST_GB) as connection:
            report = _fill(connection, combined, before, settings, say, accept_loss)
            say("Working out the figures", 0.6)
            _note(connection, combined, loaded, url)
            report = replace(report, kept=_derived(connection, settings, stood))
            say("Putting the new database in place", 0.95)
    say("Done", 1.0)
    return report


def _listed(readings: Reading | Iterable[Reading]) -> list[Reading]:
    listed = [readings] if isinstance(readings, Reading) else list(readings)
    assert listed, "there is nothing to load"
    return listed


def _before(url: str, stands: Standing, loaded: Sequence[dict]) -> Standing:
    filled, restricted = filled_before(loaded), restricted_at(url, loaded)
    given, fewer = counts_of(loaded), still_fewer(loaded)
    return replace(stands, given=given, filled=filled, restricted=restricted, fewer=fewer)


def _combined(
    before: Standing,
    readings: list[Reading],
    settings: Settings,
    loaded: Sequence[dict],
    decided: Decided,
) -> Combined:
    """What stands and what is brought as one, with what their days and earlier issues say.

    The readings are handed over: the list is empty after.
    """
    sources = {reading.source for reading in readings}
    still_true = _issues_still_true(before, readings)
    if before.reading:
        readings.insert(0, without_replaced(before.reading, readings))
    handed = (readings.pop(0) for _ in range(len(readings)))
    stood = before.sources, before.restricted, before.told_of_children
    combined = combine(handed, settings.nobody, decided, map(load_record, before.loads), *stood)
    combined.issues = not_decided([*still_true, *combined.issues], decided.workers)
    combined.issues.extend(older_than_before(combined.as_at, sources, loaded))
    return combined


def _note(connection: Connection, combined: Combined, loaded: Sequence[dict], url: str) -> None:
    """What no source brings, from what stands at `url`; nobody asks for the rows after."""
    note_first_seen(connection, combined, loaded, url)
    keep_told(connection, combined.told.now, combined.restricted.stood)
    combined.let_go()


def _derived(connection: Connection, settings: Settings, stood: Earlier) -> KeptReport:
    give_memory_back()
    derive(connection, settings)
    return keep_report(connection, settings, stood)


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
    combined.let_go(visit.name)
    combined.emptied = emptied_columns(connection, issues, combined.readings)
    report = report_of(connection, combined, issues, left_out)
    new_records = records(combined, report, before)
    given = counts_of(new_records)
    given_or_stood = {**given, **counts_of_what_stood(combined, left_out)}
    refuse(all_lost(combined, given_or_stood, before), report.issues, accept_loss)
    usual = before.given, rows_that_stood(combined, before), before.fewer
    new_records = with_fewer(new_records, fewer_now(given, *usual, accept_loss))
    kept = [*records_before(combined, report, before), *new_records]
    report = replace(report, issues=(*report.issues, *fewer_issues(kept)))
    write_records(connection, report, kept)
    return report


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
        table = metadata.tables[name]
        write(connection, table, rows)
        combined.frames[name] = rows[[*key_columns(table), FOUND_AT, FROM]]
        give_memory_back()


def _check(
    connection: Connection, combined: Combined, settings: Settings
) -> tuple[list[Issue], list[dict]]:
    """Every issue, said with the row's place in its file, and the rows left out by reading."""
    issues = list(combined.issues)
    left_out = [{name: dict(why) for name, why in reasons.items()} for reasons in combined.left_out]
    mended = [*mend(connection, settings, combined.as_at)]
    places = _places(combined, (issue for issue, _ in mended))
    for issue, is_left_out in mended:
        table, key = issue.said_at or (issue.table_name, issue.row_key)
        found_at, number = places[table].get(key or "", (None, None))
        place = found_at or f"{table} {key}"
        message = f"{place}: {issue.message}"
        issues.append(replace(issue, message=message))
        if is_left_out and number is not None:
            count(left_out[number], issue.table_name, issue.rule)
    return issues, left_out


def _places(combined: Combined, issues: Iterable[Issue]) -> Mapping[str, Mapping[str, tuple]]:
    """By table, where each row of which an issue is stands in its source, and in which reading."""
    asked: dict[str, set[str]] = {}
    for issue in issues:
        table, key = issue.said_at or (issue.table_name, issue.row_key)
        asked.setdefault(table, set()).add(key or "")
    return {name: _places_of(combined, name, row_keys) for name, row_keys in asked.items()}


def _places_of(combined: Combined, name: str, row_keys: Collection[str]) -> dict[str, tuple]:
    rows = combined.frames.get(name)
    if rows is None or rows.empty:
        return {}
    row_key = keys(metadata.tables[name], rows)
    of_issue = row_key.isin(row_keys)
    rows = rows[of_issue]
    found_at = rows[FOUND_AT].astype(object).where(rows[FOUND_AT].notna(), None)
    return dict(zip(row_key[of_issue], zip(found_at, rows[FROM], strict=True), strict=True))
