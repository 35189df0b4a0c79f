"""The rows of a table as its file or sheet has them, under headings that are its columns' names."""

import difflib
from collections.abc import Iterator, Sequence

import pandas as pd
from sqlalchemy import Table

from data_access.problems import Problem
from loading.fitting import FOUND_AT, Fitting, places
from loading.sources.absent_columns import absent_columns
from loading.sources.csv_columns import as_written, column_of, named_in, read_column
from loading.sources.reading import WARNING, Issue, count
from loading.sources.text_tables import HeadingsWanted, TextTable


def headings_of(table: Table) -> HeadingsWanted:
    """The headings of the table's files: its columns' names."""
    needed = [column.name for column in table.columns if not column.nullable]
    return HeadingsWanted(named_in(table.c.keys()), f"'{','.join(needed)}'", frozenset(needed))


def rows_of(
    table: Table,
    file: str,
    found: TextTable,
    issues: list[Issue],
    left_out: dict[str, dict[str, int]],
) -> tuple[pd.DataFrame, int]:
    """The rows that can be used, each with the place where it stands, and how many were read.

    `file` is how messages call the file, or the sheet in it.
    """
    issues.extend(_unknown_columns(table, file, found.headings))
    _need_columns(table, file, found.headings)
    issues.extend(absent_columns(table.name, file, found.names))
    rows, broken = _read(table, file, found, issues)
    needed = [column.name for column in table.columns if not column.nullable]
    refused = broken[[name for name in needed if name in broken]]
    if refused.empty:
        return rows, len(rows)
    rule = refused.bfill(axis=1).iloc[:, 0]
    for reason, lost in rule.value_counts().items():
        count(left_out, table.name, str(reason), int(lost))
    unusable = rule.notna()
    # What else is wrong with a row that is left out is said with it, not after the next load.
    issues.extend(Fitting(table, rows[unusable], broken[unusable].notna()).wrong_cells())
    return rows[~unusable], len(rows)


def _read(
    table: Table, file: str, found: TextTable, issues: list[Issue]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The values of the table's columns, and the rule that each refused cell breaks.

    A column of which no cell is refused has no such rules.
    """
    rows = pd.DataFrame({FOUND_AT: places(f"{file}, row ", found.row_numbers)})
    broken = pd.DataFrame(index=rows.index, dtype=object)
    for column in table.columns:
        if column.name in found.names:
            rows[column.name], rules = read_column(file, column, found, rows, issues)
            if pd.notna(rules).any():
                broken[column.name] = rules
    return rows, broken


def _unknown_columns(table: Table, file: str, headings: Sequence[str]) -> Iterator[Issue]:
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
        message = f"{file} has {which} that is not read{hint}. Rename or drop it."
        yield Issue("unknown_column", table.name, None, WARNING, message)


def _need_columns(table: Table, file: str, headings: Sequence[str]) -> None:
    written = {column_of(heading): as_written(heading) for heading in headings}
    spare = [name for name in written if name not in table.c]
    for column in table.columns:
        if column.nullable or column.name in written:
            continue
        close = difflib.get_close_matches(column.name, spare, n=1)
        nearest = f"; the nearest is '{written[close[0]]}'" if close else ""
        hint = f"{nearest}: rename it {column.name}" if close else ": add it"
        raise Problem(f"{file} has no column {column.name}{hint}.")
