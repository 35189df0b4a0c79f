"""Reads a folder of CSV files named as the canonical tables, with their columns as headings.

Dates are 2016-12-31 or 31/12/2016; true or false are true, false, yes, no, 1 or 0; an empty cell
is "not known". UTF-8 or Windows' own encoding. A workforce census return (.xml) in the folder is
read too.
"""

import csv
import difflib
import io
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Table

from data_access.london import today
from data_access.problems import Problem
from data_access.schema import CANONICAL, source_load
from loading.sources.csv_columns import CsvColumn
from loading.sources.reading import AS_OPTION_SAYS, WARNING, Issue, Reading, count
from loading.sources.workforce_census import read_workforce_census

SOURCE = "csv_folder"
TABLES = {table.name: table for table in CANONICAL}
NOT_CANONICAL = ("source_load", "data_issue")


def read_csv_folder(folder: Path, data_to: date | None = None) -> list[Reading]:
    """One reading of the CSV files, and one of each workforce census return beside them.

    `data_to` is the last day covered: the latest of source_load.csv unless said; else today.
    """
    if not folder.is_dir():
        raise Problem(f"There is no folder {folder}: give the folder that holds the CSV files.")
    returns = [read_workforce_census(path) for path in sorted(folder.glob("*.xml"))]
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".csv")
    known = [path for path in files if path.stem.lower() in TABLES]
    if not known and not returns:
        raise Problem(
            f"{folder} has no file that ChildStat reads: name them as the tables, as in child.csv,"
            " referral.csv, plan.csv (docs/loading.md lists them)."
        )
    if not known:
        return returns
    return [_reading(folder, files, known, data_to), *returns]


def _reading(folder: Path, files: list[Path], known: list[Path], data_to: date | None) -> Reading:
    issues = [_unknown_file(path) for path in files if _is_unknown(path)]
    frames: dict[str, pd.DataFrame] = {}
    read: dict[str, int] = {}
    left_out: dict[str, dict[str, int]] = {}
    for path in known:
        name = path.stem.lower()
        rows = _rows(path)
        read[name] = len(rows)
        frames[name] = _converted(TABLES[name], path, rows, issues, left_out)
    until, says = _last_day(folder, issues, data_to)
    return Reading(
        SOURCE,
        until,
        frames,
        tuple(issues),
        read,
        left_out,
        data_to_from=says,
    )


def _is_unknown(path: Path) -> bool:
    return path.stem.lower() not in TABLES and path.stem.lower() not in NOT_CANONICAL


def _unknown_file(path: Path) -> Issue:
    close = difflib.get_close_matches(path.stem.lower(), TABLES, n=1)
    hint = f"the nearest table is {close[0]}: rename it {close[0]}.csv" if close else "rename it"
    message = f"{path.name} is named as no table, and was not read; {hint}, or take it out."
    return Issue("unknown_file", path.stem, None, WARNING, message)


def _rows(path: Path) -> pd.DataFrame:
    """The file as text, one row per record; `found_at` says where each stands."""
    lines = csv.reader(io.StringIO(_words(path), newline=""))
    headings = [heading.strip().lower() for heading in next(lines, [])]
    if not headings:
        raise Problem(f"{path.name} is empty: give it headings and rows, or take it out.")
    records = [(line, cells_) for line, cells_ in enumerate(lines, start=2) if any(cells_)]
    for line, record in records:
        if len(record) != len(headings):
            raise Problem(
                f"{path.name}, row {line} has {len(record)} cells and the headings are"
                f" {len(headings)}: put cells that hold a comma in double quotes."
            )
    frame = pd.DataFrame([record for _, record in records], columns=headings, dtype=object)
    return frame.assign(found_at=[f"{path.name}, row {line}" for line, _ in records])


def _words(path: Path) -> str:
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Five bytes have no meaning in Windows' encoding; a name is not worth the file.
        return raw.decode("cp1252", errors="replace")


def _converted(
    table: Table, path: Path, rows: pd.DataFrame, issues: list[Issue], left_out: dict
) -> pd.DataFrame:
    issues.extend(_unknown_columns(table, path, rows))
    _need_columns(table, path, rows)
    unusable = pd.Series(False, index=rows.index)
    for column in table.columns:
        if column.name not in rows:
            continue
        written = CsvColumn(path.name, column, rows[column.name], rows["found_at"])
        rows[column.name], wrong = written.read(issues)
        if not column.nullable:
            count(left_out, table.name, "unreadable", int((wrong & ~unusable).sum()))
            unusable |= wrong
    return rows[~unusable]


def _unknown_columns(table: Table, path: Path, rows: pd.DataFrame) -> Iterator[Issue]:
    known = [column.name for column in table.columns]
    for heading in rows.columns:
        if heading in known or heading == "found_at":
            continue
        close = difflib.get_close_matches(heading, known, n=1)
        hint = f"; the nearest is {close[0]}" if close else ""
        message = f"{path.name} has a column '{heading}' that is not read{hint}. Rename or drop it."
        yield Issue("unknown_column", table.name, None, WARNING, message)


def _need_columns(table: Table, path: Path, rows: pd.DataFrame) -> None:
    spare = [
        heading for heading in rows.columns if heading not in table.c and heading != "found_at"
    ]
    for column in table.columns:
        if column.nullable or column.name in rows:
            continue
        close = difflib.get_close_matches(column.name, spare, n=1)
        hint = f"; the nearest is '{close[0]}': rename it {column.name}" if close else ": add it"
        raise Problem(f"{path.name} has no column {column.name}{hint}.")


def _last_day(folder: Path, issues: list[Issue], said: date | None) -> tuple[date, str]:
    """The last day covered, and where it is from."""
    if said:
        return said, AS_OPTION_SAYS
    in_file = _data_to_in_file(folder, issues)
    if in_file:
        return in_file, "as source_load.csv says"
    return today(), "today, as neither --data-to nor source_load.csv says another day"


def _data_to_in_file(folder: Path, issues: list[Issue]) -> date | None:
    path = folder / f"{source_load.name}.csv"
    if not path.is_file():
        return None
    rows = _rows(path)
    if "data_to" not in rows:
        return None
    written = CsvColumn(path.name, source_load.c.data_to, rows["data_to"], rows["found_at"])
    read, wrong = written.read(issues)
    if wrong.any():
        raise Problem(issues[-1].message.partition(";")[0] + ".")
    return max(read.dropna(), default=None)
