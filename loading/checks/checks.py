"""Finds, and at load mends, what breaks the rules of a case database.

The same rules serve `load`, which leaves out or empties what cannot be used, and `check`, which
finds them in a database that others filled.
"""

from collections.abc import Iterator
from datetime import date

import pandas as pd
from sqlalchemy import (
    Connection,
    Engine,
    Insert,
    Select,
    Subquery,
    Table,
    delete,
    func,
    literal,
    select,
    update,
)

from data_access.database import read, run, write
from data_access.london import today
from data_access.schema import CANONICAL, data_issue, unit
from data_access.settings import Settings
from data_access.words.agreeing import Agreeing
from loading.checks.breaches import ADD_UNIT, BLANK, KEEP, LEAVE_OUT, Breach, Situation, key_of
from loading.checks.check import Check
from loading.checks.checklist import CHECKS, who_mends
from loading.fitting import typed
from loading.sources.reading import Issue

__all__ = [
    "CHECKS",
    "Check",
    "every_issue",
    "find_issues",
    "issue_counts",
    "mend",
    "record_issues",
    "who_mends",
]


def find_issues(
    where: Connection | Engine, settings: Settings, as_at: date | None = None
) -> list[Issue]:
    """Every break of every rule in the case database, in the order of `CHECKS`.

    `as_at` is the last day that the data cover: today if nobody says.
    """
    situation, empty = Situation(as_at or today(), settings), _empty_tables(where)
    return [
        issue
        for check in CHECKS
        for breach in _breaches_with_rows(where, check, situation, empty)
        for issue in _issues(where, check, breach, situation)
    ]


def every_issue(engine: Engine, settings: Settings, as_at: date) -> list[Issue]:
    """What was found at load, and what is found now and was not said then."""
    recorded = [
        Issue(row.rule, row.table_name, row.row_key, row.severity, row.message)
        for row in read(engine, select(*data_issue.c).order_by(data_issue.c.rule))
    ]
    recorded_keys = {(issue.rule, issue.table_name, issue.row_key) for issue in recorded}
    now = find_issues(engine, settings, as_at)
    return recorded + [
        issue for issue in now if (issue.rule, issue.table_name, issue.row_key) not in recorded_keys
    ]


def issue_counts() -> Select:
    """How many issues are recorded: one row per rule, table and severity, with `issues`."""
    return select(
        data_issue.c.rule,
        data_issue.c.table_name,
        data_issue.c.severity,
        func.count().label("issues"),
    ).group_by(data_issue.c.rule, data_issue.c.table_name, data_issue.c.severity)


def record_issues(connection: Connection, settings: Settings, as_at: date) -> None:
    """Writes down what a database that no load has checked gets wrong now, without a load's id.

    What was so written before is written anew; what a load found stays, and is not said twice.
    """
    run(connection, delete(data_issue).where(data_issue.c.load_id.is_(None)))
    recorded = connection.execute(select(*data_issue.c)).all()
    recorded_keys = {(row.rule, row.table_name, row.row_key) for row in recorded}
    rows = [
        {"issue_id": f"found-{number}", **issue.as_stored}
        for number, issue in enumerate(find_issues(connection, settings, as_at), start=1)
        if (issue.rule, issue.table_name, issue.row_key) not in recorded_keys
    ]
    write(connection, data_issue, typed(data_issue, pd.DataFrame(rows, dtype=object)))


def mend(connection: Connection, settings: Settings, as_at: date) -> Iterator[tuple[Issue, bool]]:
    """Each break in turn and whether its row was left out, after leaving out or emptying it.

    In the order of `CHECKS`, each rule seeing what the earlier ones left: rows of a child that is
    left out are then in no table, and are left out too.
    """
    situation, empty = Situation(as_at, settings), _empty_tables(connection)
    for check in CHECKS:
        for breach in _breaches_with_rows(connection, check, situation, empty):
            issues = _issues(connection, check, breach, situation)
            if issues:
                _act(connection, breach)
            yield from ((issue, breach.action == LEAVE_OUT) for issue in issues)


def _empty_tables(where: Connection | Engine) -> frozenset[Table]:
    """What breaks no rule, and goes on so: what is found adds rows to `unit` alone."""
    asked = (select(literal(1)).select_from(table).exists() for table in CANONICAL)
    (answers,) = _rows(where, select(*(one.label(f"t{n}") for n, one in enumerate(asked))))
    empty = {table for table, has in zip(CANONICAL, answers, strict=True) if not has}
    return frozenset(empty - {unit})


def _breaches_with_rows(
    where: Connection | Engine, check: Check, situation: Situation, empty: frozenset[Table]
) -> list[Breach]:
    """Those breaches of one rule that any row commits: one question instead of dozens."""
    breaches = [breach for breach in check.finds(situation) if breach.table not in empty]
    if not breaches:
        return []
    committed = (breach.may_have_rows.label(f"b{n}") for n, breach in enumerate(breaches))
    (answers,) = _rows(where, select(*committed))
    return [breach for breach, answer in zip(breaches, answers, strict=True) if answer]


def _issues(
    where: Connection | Engine, check: Check, breach: Breach, situation: Situation
) -> list[Issue]:
    return [
        _issue(check, breach, situation, dict(row._mapping))
        for row in _rows(where, breach.query.order_by("row_key"))
    ]


def _rows(where: Connection | Engine, query: Select) -> list:
    if isinstance(where, Engine):
        return list(read(where, query))
    return list(where.execute(query).all())


def _issue(check: Check, breach: Breach, situation: Situation, row: dict) -> Issue:
    words = {name: _worded(value) for name, value in row.items()}
    extra = {"table": breach.table.name, "column": breach.column, "as_at": _worded(situation.as_at)}
    message = check.says.format(**{**extra, **words}) + _ENDINGS[breach.action] + "."
    emptied = breach.column if breach.action == BLANK else None
    said_at = (words["first_table"], words["first_key"]) if "first_table" in words else None
    table, key = breach.table.name, words["row_key"]
    return Issue(check.rule, table, key, check.severity, message, emptied, breach.column, said_at)


_ENDINGS = {
    KEEP: "",
    ADD_UNIT: "",
    BLANK: "; until then it counts as unknown",
    LEAVE_OUT: "; until then the row is left out",
}


def _worded(value: object) -> str:
    """A value as a sentence has it: 3 October 2016, 11, P-4.

    Words may agree with a whole number, as `Agreeing` says.
    """
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return Agreeing(value, str(value)) if isinstance(value, int) else str(value)


def _act(connection: Connection, breach: Breach) -> None:
    broken = breach.query.subquery()
    in_break = key_of(breach.table).in_(select(broken.c.row_key))
    if breach.action == LEAVE_OUT:
        connection.execute(delete(breach.table).where(in_break))
    elif breach.action == BLANK:
        connection.execute(update(breach.table).where(in_break).values({breach.column: None}))
    elif breach.action == ADD_UNIT:
        connection.execute(_units_under_their_ids(broken))


def _units_under_their_ids(broken: Subquery) -> Insert:
    missing = select(broken.c.missing, broken.c.missing, literal("other")).distinct()
    return unit.insert().from_select(["unit_id", "name", "kind"], missing)
