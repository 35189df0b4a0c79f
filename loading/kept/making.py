"""The one place that makes a load's report, of what the load wrote, and keeps it."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Row, func, select

from data_access.database import write
from data_access.load_info import LoadInfo, load_in, loads
from data_access.relations import covers
from data_access.schema import allocation, load_report, metadata
from data_access.settings import Settings
from data_access.software_version import software_version
from loading.checks.checklist import who_mends
from loading.checks.checks import issue_counts
from loading.fitting import typed
from loading.kept.coverage import as_tallies, coverage, figures_moved, figures_of_service
from loading.kept.earlier import Earlier
from loading.kept.first_seen import visits_seen
from loading.kept.open_children import open_children
from loading.kept.report import IssuesOfRule, KeptReport, RoleFound, RowsOfTable
from loading.losses import NONE, TableCount
from metrics.model import Basis

LEAD, CO_WORKER = "lead worker", "co-worker"


def keep_report(connection: Connection, settings: Settings, before: Earlier) -> KeptReport:
    """Makes the report of the load that the connection has written and derived, and keeps it.

    Last of all, as figures are a part of it; with it the reports of `before`.
    """
    made = _report(connection, settings, before)
    kept = [
        {"number": one.number, "taken_at": one.taken_at, "report_json": json.dumps(one.as_json())}
        for one in (*before.reports, made)
    ]
    write(connection, load_report, typed(load_report, pd.DataFrame(kept, dtype=object)))
    return made


def _report(connection: Connection, settings: Settings, before: Earlier) -> KeptReport:
    load, latest = load_in(connection), before.latest
    records = _of_this_load(connection.execute(loads()).all())
    rows = tuple(one for record in records for one in _rows(record.source, _facts(record)))
    tallies = as_tallies(connection.execute(figures_of_service()).all())
    told_before = {one.metric: one for one in latest.coverage} if latest else {}
    until = min(load.as_at, before.data_to or load.as_at)
    return KeptReport(
        number=latest.number + 1 if latest else 1,
        taken_at=records[-1].taken_at,
        sources=tuple(dict.fromkeys(record.source for record in records)),
        data_to=load.as_at,
        data_to_from=load.data_to_from,
        software_version=software_version(),
        before=latest.number if latest else None,
        rows=rows,
        tables_gone=_gone(rows, latest, connection),
        coverage=coverage(tallies, load, told_before),
        issues=_issues(connection, latest),
        open_children=open_children(connection, Basis(settings, load.as_at)),
        roles=tuple(_roles(connection, records, load)),
        figures_moved=figures_moved(tallies, before.figures, until),
        visits_seen=visits_seen(connection, load.as_at),
        notes=tuple(note for record in records for note in _facts(record).get("notes", ())),
    )


def _of_this_load(records: Sequence[Row]) -> list[Row]:
    """The records that were taken together last: one of each source that this load read."""
    return [record for record in records if record.taken_at == records[-1].taken_at]


def _facts(record: Row) -> dict[str, Any]:
    return json.loads(record.rows_json or "{}")


def _rows(source: str, facts: Mapping[str, Any]) -> Iterator[RowsOfTable]:
    """Each table of a source, and each list or sheet that is read into several."""
    before = {name: TableCount(**counts) for name, counts in facts.get("before", {}).items()}
    counts = {name: TableCount(**counts) for name, counts in facts.get("tables", {}).items()}
    for sheet in facts.get("sheets", {}).values():
        if "table" in sheet:
            given = TableCount(sheet["read"], sheet["used"], sheet["left_out"])
            counts[sheet["table"]] = counts.get(sheet["table"], NONE) + given
    for name, count in counts.items():
        written = before[name].written if name in before else None
        told = (count.read, count.written, count.left_out, written, count.added)
        yield RowsOfTable(source, name, *told)


def _gone(
    rows: Sequence[RowsOfTable], latest: KeptReport | None, connection: Connection
) -> tuple[str, ...]:
    """The tables that the load before wrote, and that nothing stands in now.

    A list is gone where its own source was read again, without it.
    """
    if latest is None:
        return ()
    here, sources = {one.table for one in rows}, {one.source for one in rows}
    gone = dict.fromkeys(
        one.table
        for one in latest.rows
        if one.written
        and one.table not in here
        and (one.table in metadata.tables or one.source in sources)
    )
    return tuple(name for name in gone if not _has_rows(connection, name))


def _has_rows(connection: Connection, name: str) -> bool:
    """Whether anything stands in a table; a list of a source is none of ours, and is gone."""
    table = metadata.tables.get(name)
    return table is not None and bool(
        connection.execute(select(func.count()).select_from(table)).scalar_one()
    )


def _issues(connection: Connection, latest: KeptReport | None) -> tuple[IssuesOfRule, ...]:
    """Every rule that rows break, or broke in the load before, in order of who can mend it."""
    now = {
        (row.rule, row.table_name, row.severity): row.issues
        for row in connection.execute(issue_counts())
    }
    before = _issues_before(latest)
    found = [
        IssuesOfRule(
            who_mends(*place[:2]),
            *place,
            now.get(place, 0),
            before.get(place, 0) if latest else None,
        )
        for place in {**now, **before}
    ]
    return tuple(sorted(found, key=lambda one: (one.mended_by, one.rule, one.table)))


def _issues_before(latest: KeptReport | None) -> dict[tuple[str, str, str], int]:
    issues = latest.issues if latest else ()
    return {(one.rule, one.table, one.severity): one.rows for one in issues if one.rows}


def _roles(connection: Connection, records: Sequence[Row], load: LoadInfo) -> Iterator[RoleFound]:
    """Each source's own role codes, else what the allocations that are open say of leads."""
    told = [(record.source, _facts(record).get("roles", {})) for record in records]
    for source, roles in told:
        found = sorted(roles.get("found", {}).items(), key=lambda one: (-one[1], one[0]))
        for role, rows in found:
            yield RoleFound(source, role, rows, role in roles.get("lead", ()))
    if not any(roles.get("found") for _, roles in told):
        yield from _leads(connection, load)


def _leads(connection: Connection, load: LoadInfo) -> Iterator[RoleFound]:
    lead = allocation.c.lead
    open_then = covers(allocation, load.as_at)
    counted = select(lead, func.count().label("rows")).where(open_then).group_by(lead)
    for row in sorted(connection.execute(counted), key=lambda one: not one.lead):
        yield RoleFound("allocation", LEAD if row.lead else CO_WORKER, row.rows, bool(row.lead))
