"""Reads a folder of CSV files named as the canonical tables, with their columns as headings.

Dates are 2016-12-31 or 31/12/2016; codes and true or false are what `data_access.code_sets`
declares; an empty cell is "not known". How a file may be saved: `text_tables`. A workforce census
return (.xml) in the folder is read too.
"""

import difflib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Table

from data_access.london import today
from data_access.problems import Problem
from data_access.schema import source_load
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.columns.column_read import visible
from loading.fitting import FOUND_AT, Fitting
from loading.sources.absent_columns import absent_columns
from loading.sources.csv_columns import CsvColumn, read_column
from loading.sources.folder_files import TABLES, FolderFiles, files_in
from loading.sources.reading import AS_OPTION_SAYS, WARNING, Issue, Reading, count
from loading.sources.text_tables import HeadingsWanted, TextTable, read_text_table
from loading.sources.workforce_census import read_workforce_census

SOURCE = "csv_folder"


def read_csv_folder(
    folder: Path, data_to: date | None = None, limits: LoadingLimits = DEFAULT_LIMITS
) -> list[Reading]:
    """One reading of the CSV files, and one of each workforce census return beside them.

    `data_to` is the last day covered: the latest of source_load.csv unless said; else today.
    """
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}: give the folder that holds the CSV files.")
    files = files_in(folder, limits)
    returns = [read_workforce_census(path, limits=limits) for path in files.returns]
    if not files.tables and not returns:
        said = "".join(f" {issue.message}" for issue in files.issues)
        raise Problem(
            f"{folder} has no file that ChildStat reads: name them as the tables, as in child.csv,"
            f" referral.csv, plan.csv (docs/loading.md lists them).{said}"
        )
    if files.tables:
        return [_reading(files, data_to, limits), *returns]
    return [replace(returns[0], issues=(*files.issues, *returns[0].issues)), *returns[1:]]


def _reading(files: FolderFiles, data_to: date | None, limits: LoadingLimits) -> Reading:
    issues = list(files.issues)
    frames: dict[str, pd.DataFrame] = {}
    read: dict[str, int] = {}
    left_out: dict[str, dict[str, int]] = {}
    for name, path in files.tables.items():
        frames[name], read[name] = _rows_of(TABLES[name], path, limits, issues, left_out)
    until, says = _last_day(files.source_load, limits, issues, data_to)
    return Reading(SOURCE, until, frames, tuple(issues), read, left_out, data_to_from=says)


def _rows_of(
    table: Table,
    path: Path,
    limits: LoadingLimits,
    issues: list[Issue],
    left_out: dict[str, dict[str, int]],
) -> tuple[pd.DataFrame, int]:
    """The rows that can be used, each with the place where it stands, and how many were read."""
    needed = [column.name for column in table.columns if not column.nullable]
    wanted = HeadingsWanted(_named_in(table.c.keys()), f"'{','.join(needed)}'", frozenset(needed))
    found = _found(table, path, wanted, limits, issues)
    issues.extend(_unknown_columns(table, path, found.headings))
    _need_columns(table, path, found.headings)
    issues.extend(absent_columns(table.name, path.name, found.names))
    rows, broken = _read(table, path.name, found, issues)
    rule = broken[needed].bfill(axis=1).iloc[:, 0]
    for reason, lost in rule.value_counts().items():
        count(left_out, table.name, str(reason), int(lost))
    unusable = rule.notna()
    # What else is wrong with a row that is left out is said with it, not after the next load.
    issues.extend(Fitting(table, rows[unusable], broken[unusable].notna()).wrong_cells())
    return rows[~unusable], len(rows)


def _read(
    table: Table, file: str, found: TextTable, issues: list[Issue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values of the table's columns, and the rule that each refused cell breaks."""
    places = [f"{file}, row {number}" for number in found.row_numbers]
    rows = pd.DataFrame({FOUND_AT: places}, dtype=object)
    broken = pd.DataFrame(index=rows.index, dtype=object)
    for column in table.columns:
        if column.name in found.names:
            rows[column.name], broken[column.name] = read_column(file, column, found, rows, issues)
    return rows, broken


def _found(
    table: Table, path: Path, wanted: HeadingsWanted, limits: LoadingLimits, issues: list[Issue]
) -> TextTable:
    found = read_text_table(path, wanted, limits)
    issues.extend(
        Issue("read_with_doubt", table.name, None, WARNING, doubt) for doubt in found.doubts
    )
    return found


def _named_in(columns: Collection[str]) -> Callable[[str], str | None]:
    return lambda heading: name if (name := _name(heading)) in columns else None


def _name(heading: str) -> str:
    """A heading as columns are named: "Child ID" is child_id."""
    return "_".join(_as_written(heading).lower().split())


def _as_written(heading: str) -> str:
    """A heading as its file has it, but for quotes around it and what nobody sees."""
    return visible(heading).strip("\"'")


def _unknown_columns(table: Table, path: Path, headings: Sequence[str]) -> Iterator[Issue]:
    known = [column.name for column in table.columns]
    for place, heading in enumerate(headings, start=1):
        name = _name(heading)
        if name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"; the nearest is {close[0]}" if close else ""
        which = (
            f"a column '{_as_written(heading)}'"
            if name
            else f"a column without a heading (column {place})"
        )
        message = f"{path.name} has {which} that is not read{hint}. Rename or drop it."
        yield Issue("unknown_column", table.name, None, WARNING, message)


def _need_columns(table: Table, path: Path, headings: Sequence[str]) -> None:
    written = {_name(heading): _as_written(heading) for heading in headings}
    spare = [name for name in written if name not in table.c]
    for column in table.columns:
        if column.nullable or column.name in written:
            continue
        close = difflib.get_close_matches(column.name, spare, n=1)
        nearest = f"; the nearest is '{written[close[0]]}'" if close else ""
        hint = f"{nearest}: rename it {column.name}" if close else ": add it"
        raise Problem(f"{path.name} has no column {column.name}{hint}.")


def _last_day(
    path: Path | None, limits: LoadingLimits, issues: list[Issue], said: date | None
) -> tuple[date, str]:
    """The last day covered, and where it is from."""
    if said:
        return said, AS_OPTION_SAYS
    in_file = _data_to_in_file(path, limits, issues)
    if in_file:
        return in_file, "as source_load.csv says"
    return today(), "today, as neither --data-to nor source_load.csv says another day"


def _data_to_in_file(path: Path | None, limits: LoadingLimits, issues: list[Issue]) -> date | None:
    """The latest `data_to`; a file without one is refused, as today would pass for it."""
    if path is None:
        return None
    wanted = HeadingsWanted(_named_in(["data_to"]), "'data_to'")
    found = _found(source_load, path, wanted, limits, issues)
    if "data_to" not in found.names:
        raise Problem(f"{path.name} has no column data_to: add it, or take the file out.")
    cells = found.by_name["data_to"]
    written = CsvColumn(path.name, source_load.c.data_to, cells, found.row_numbers)
    days, broken = written.read(issues)
    if any(broken):
        raise Problem(issues[-1].message.partition(";")[0] + ".")
    known = [day for day in days if day]
    if not known:
        raise Problem(f"{path.name} has no date in data_to: write it, or take the file out.")
    return max(known)
