"""Reads a folder of CSV files named as the canonical tables, with their columns as headings.

Dates are 2016-12-31 or 31/12/2016; codes and true or false are what `data_access.code_sets`
declares; an empty cell is "not known". How a file may be saved: `text_tables`. A workforce census
return (.xml) in the folder is read too.
"""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Table

from data_access.problems import Problem
from data_access.settings import DEFAULT_LIMITS, LoadingLimits
from loading.fitting import FOUND_AT, Fitting
from loading.sources.absent_columns import absent_columns
from loading.sources.csv_columns import (
    as_written,
    column_of,
    found_in,
    named_in,
    read_column,
)
from loading.sources.folder_files import TABLES, FolderFiles, files_in
from loading.sources.reading import WARNING, Issue, Reading, count
from loading.sources.said_of_load import held_from, said_of_load
from loading.sources.text_tables import HeadingsWanted, TextTable
from loading.sources.workforce_census import read_workforce_census

SOURCE = "csv_folder"


def read_csv_folder(
    folder: Path,
    data_to: date | None = None,
    limits: LoadingLimits = DEFAULT_LIMITS,
    covers_from: Mapping[str, date] | None = None,
) -> list[Reading]:
    """One reading of the CSV files, and one of each workforce census return beside them.

    `data_to` is the last day covered: the latest of source_load.csv unless said; else today.
    `covers_from` says for tables since when they are held in full, over what that file says.
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
        return [_reading(files, data_to, limits, covers_from or {}), *returns]
    return [replace(returns[0], issues=(*files.issues, *returns[0].issues)), *returns[1:]]


def _reading(
    files: FolderFiles,
    data_to: date | None,
    limits: LoadingLimits,
    covers_from: Mapping[str, date],
) -> Reading:
    issues = list(files.issues)
    frames: dict[str, pd.DataFrame] = {}
    read: dict[str, int] = {}
    left_out: dict[str, dict[str, int]] = {}
    for name, path in files.tables.items():
        frames[name], read[name] = _rows_of(TABLES[name], path, limits, issues, left_out)
    said = said_of_load(files.source_load, limits, issues, data_to)
    held = held_from({**said.covers_from, **covers_from}, frames, said.data_to, issues)
    return Reading(
        SOURCE,
        said.data_to,
        frames,
        tuple(issues),
        read,
        left_out,
        data_to_from=said.data_to_from,
        covers_from=held,
    )


def _rows_of(
    table: Table,
    path: Path,
    limits: LoadingLimits,
    issues: list[Issue],
    left_out: dict[str, dict[str, int]],
) -> tuple[pd.DataFrame, int]:
    """The rows that can be used, each with the place where it stands, and how many were read."""
    needed = [column.name for column in table.columns if not column.nullable]
    wanted = HeadingsWanted(named_in(table.c.keys()), f"'{','.join(needed)}'", frozenset(needed))
    found = found_in(table.name, path, wanted, limits, issues)
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


def _unknown_columns(table: Table, path: Path, headings: Sequence[str]) -> Iterator[Issue]:
    known = [column.name for column in table.columns]
    for place, heading in enumerate(headings, start=1):
        name = column_of(heading)
        if name in known:
            continue
        close = difflib.get_close_matches(name, known, n=1)
        hint = f"; the nearest is {close[0]}" if close else ""
        which = (
            f"a column '{as_written(heading)}'"
            if name
            else f"a column without a heading (column {place})"
        )
        message = f"{path.name} has {which} that is not read{hint}. Rename or drop it."
        yield Issue("unknown_column", table.name, None, WARNING, message)


def _need_columns(table: Table, path: Path, headings: Sequence[str]) -> None:
    written = {column_of(heading): as_written(heading) for heading in headings}
    spare = [name for name in written if name not in table.c]
    for column in table.columns:
        if column.nullable or column.name in written:
            continue
        close = difflib.get_close_matches(column.name, spare, n=1)
        nearest = f"; the nearest is '{written[close[0]]}'" if close else ""
        hint = f"{nearest}: rename it {column.name}" if close else ": add it"
        raise Problem(f"{path.name} has no column {column.name}{hint}.")
