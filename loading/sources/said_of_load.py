"""What is said of an extract beside its rows: its last day, and since when its tables are held."""

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Column, Date, MetaData, String, Table

from data_access.london import today
from data_access.problems import Problem
from data_access.schema import CANONICAL
from data_access.settings import LoadingLimits
from loading.sources.csv_columns import column_of, found_in, named_in, read_column
from loading.sources.reading import AS_OPTION_SAYS, WARNING, Issue
from loading.sources.text_tables import HeadingsWanted, TextTable

TABLES = {table.name: table for table in CANONICAL}
# The columns of source_load.csv that are read.
FILE = Table(
    "source_load",
    MetaData(),
    Column("data_to", Date),
    Column("table_name", String),
    Column("covers_from", Date),
)
HEADINGS = HeadingsWanted(named_in(FILE.c.keys()), "'data_to'")
# So long may a table have had no row at its beginning before that is doubted.
DAYS_WITHOUT_A_ROW = 92
IN_DOUBT = "covers_from_in_doubt"


@dataclass(frozen=True)
class SaidOfLoad:
    """The last day covered and where it is from; by table, the first day of which all is held."""

    data_to: date
    data_to_from: str
    covers_from: Mapping[str, date] = field(default_factory=dict)


def said_of_load(
    path: Path | None, limits: LoadingLimits, issues: list[Issue], data_to: date | None
) -> SaidOfLoad:
    """What source_load.csv says, if there is one; `data_to` goes before the day in it.

    A file without a last day is refused, as today would pass for it, unless `data_to` is said.
    """
    if path is None:
        says = "today, as neither --data-to nor source_load.csv says another day"
        return SaidOfLoad(data_to or today(), AS_OPTION_SAYS if data_to else says)
    found = found_in(FILE.name, path, HEADINGS, limits, issues)
    held = held_in(path.name, found, issues)
    if data_to:
        return SaidOfLoad(data_to, AS_OPTION_SAYS, held)
    last = last_day_in(path.name, found, issues)
    if last is None:
        raise Problem(f"{path.name} has no date in data_to: write it, or take the file out.")
    return SaidOfLoad(last, "as source_load.csv says", held)


def last_day_in(file: str, found: TextTable, issues: list[Issue]) -> date | None:
    """The latest day under data_to; None where no row has one. Without the column a Problem."""
    if "data_to" not in found.names:
        raise Problem(f"{file} has no column data_to: add it, or take the file out.")
    return max((day for day in _days(file, found, "data_to", issues) if day), default=None)


def held_in(file: str, found: TextTable, issues: list[Issue]) -> dict[str, date]:
    """By table the day from which all of it is held, where a row says so."""
    return dict(_held(file, found, issues))


def _held(file: str, found: TextTable, issues: list[Issue]) -> Iterator[tuple[str, date]]:
    """Of each row that has one, the table and its first day."""
    if "covers_from" not in found.names:
        return
    if "table_name" not in found.names:
        first, which = found.as_heading("covers_from"), found.as_heading("table_name")
        raise Problem(f"{file} has {first} and no column {which}: add it.")
    days = _days(file, found, "covers_from", issues)
    rows = zip(found.by_name["table_name"], days, found.row_numbers, strict=True)
    for name, day, number in rows:
        if day:
            yield known_table(column_of(str(name)), f"{file}, row {number}"), day


def _days(file: str, found: TextTable, name: str, issues: list[Issue]) -> list[date | None]:
    """The column's days; a cell that can't be read is a Problem."""
    days, broken = read_column(file, FILE.c[name], found, pd.DataFrame(), issues)
    if any(broken):
        raise Problem(issues[-1].message.partition(";")[0] + ".")
    return list(days)


def known_table(name: str, where: str) -> str:
    """The name, if it is a table's that sources bring; else a Problem that says `where`."""
    if name in TABLES:
        return name
    close = difflib.get_close_matches(name, TABLES, n=1)
    hint = f"; the nearest is {close[0]}" if close else ""
    raise Problem(f"{where}: there is no table '{name}'{hint}.")


def held_from(
    said: Mapping[str, date],
    frames: Mapping[str, pd.DataFrame],
    data_to: date,
    issues: list[Issue],
    lacking: str = "there is no {}.csv: add the file",
) -> dict[str, date]:
    """Since when tables are held, as said; a day that their rows cast doubt on is an issue.

    Never told from the rows: an extract of open cases has old dates and no history.
    """
    for name, day in said.items():
        if name not in frames:
            raise Problem(
                f"{name} is said to be held from {day.isoformat()}, and {lacking.format(name)},"
                " or say nothing of it."
            )
        if day > data_to:
            raise Problem(
                f"{name} is said to be held from {day.isoformat()}, after {data_to.isoformat()},"
                " the last day that the data cover: correct it."
            )
        issues.extend(_in_doubt(name, day, frames[name]))
    return dict(said)


def first_day_column(table: Table) -> str:
    """The column of the day on which a row of it begins; "" where it has none.

    One that may be empty is none, but for the day on which a review or conference was held.
    """
    days = (c.name for c in table.c if isinstance(c.type, Date) and not c.nullable)
    return next(days, "held_on" if "held_on" in table.c else "")


def _in_doubt(name: str, day: date, rows: pd.DataFrame) -> Iterator[Issue]:
    """That nothing stands in the first months of a table, which may be held from later."""
    column = first_day_column(TABLES[name])
    first = min(rows[column].dropna(), default=None) if column in rows else None
    if first and (first - day).days > DAYS_WITHOUT_A_ROW:
        yield Issue(
            IN_DOUBT,
            name,
            None,
            WARNING,
            f"{name} is said to be held in full from {day.isoformat()}, and its first {column} is"
            f" {first.isoformat()}: if nobody kept it before, say a later day, as months without"
            " history would count as if nothing had happened.",
        )
