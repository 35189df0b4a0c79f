"""check, which doubts a case database: what a load left out and why, and what is doubtful now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import click
from sqlalchemy import Engine

from commands.load_told import last_day_words
from commands.output import print_rows, say, warn
from commands.parameters import database_option, fails_in_one_line, format_option
from data_access.database import connect, read
from data_access.derived_with import (
    changed_since,
    changes_told,
    rules_changed_since,
    settings_counted_with,
)
from data_access.load_info import LoadInfo, read_load
from data_access.unit_settings.segment_settings import SegmentRule
from loading.checks.checklist import who_mends
from loading.checks.checks import every_issue
from metrics.council.checked import checked_settings
from metrics.segments.ruled_units import not_there, not_there_told, units_known

ISSUE_COLUMNS = ("rule", "severity", "table_name", "row_key", "message")
COUNT_COLUMNS = (
    "table", "read", "written", "left_out", "read_before", "written_before", "left_out_before",
)  # fmt: skip


@click.command()
@database_option
@format_option
@fails_in_one_line
def check(database: str | None, form: str) -> None:
    """Print data issues: what the load left out and why, and what is doubtful now."""
    settings = checked_settings()
    engine = connect(database or settings.database_url)
    load_info = read_load(engine)
    issues = every_issue(engine, settings, load_info.as_at)
    rows = [[getattr(issue, column) for column in ISSUE_COLUMNS] for issue in issues]
    if form != "table":
        print_rows(ISSUE_COLUMNS, rows, form)
    else:
        _say_issues(rows)
        if load_info.tables:
            print_rows(COUNT_COLUMNS, _counted(load_info), form)
        say(last_day_words(load_info.as_at, load_info.data_to_from))
    warn(_rules_of_no_unit(engine, settings.segments.on(load_info.as_at), load_info.as_at))
    counted_with = settings_counted_with(engine)
    warn(changes_told(changed_since(counted_with, settings)))
    warn(changes_told(rules_changed_since(counted_with, settings) or (), "proposals of units"))


def _rules_of_no_unit(engine: Engine, rules: Sequence[SegmentRule], as_at: date) -> str | None:
    known = read(engine, units_known(rules))
    names = {row.unit_id: row.name for row in known}
    return not_there_told(not_there(rules, known, as_at), names)


def _say_issues(rows: list[list]) -> None:
    if not rows:
        say("No data issues.")
        return
    print_rows(ISSUE_COLUMNS, rows, "table")
    menders: dict[str, dict[str, list[str]]] = {}
    for rule, table in sorted({(rule, table) for rule, _, table, *_ in rows}):
        menders.setdefault(rule, {}).setdefault(who_mends(rule, table), []).append(table)
    for rule, tables in menders.items():
        for mender, of in tables.items():
            where = f" (in {', '.join(of)})" if len(tables) > 1 else ""
            say(f"{rule}{where}: can be mended by {mender}")


def _counted(load_info: LoadInfo) -> list[list]:
    """What the load read, wrote and left out of each table, beside the load before."""
    return [
        [table, *_in_all(counts), *_in_all(load_info.tables_before.get(table, {}))]
        for table, counts in sorted(load_info.tables.items())
    ]


def _in_all(counts: Mapping[str, Any]) -> list[int | None]:
    left_out = sum(counts["left_out"].values()) if "left_out" in counts else None
    return [counts.get("read"), counts.get("written"), left_out]
