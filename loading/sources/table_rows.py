"""The rows of a table as its file or sheet has them, under headings that are its columns' names."""

import difflib
from collections.abc import Iterator

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
    issues.extend(_unknown_columns(table, file, found))
    _need_columns(table, file, found)
    unread = [heading for heading in _unread(found).values() if heading]
    issues.extend(absent_columns(table.name, _heading_at(file, found), found, unread))
    rows, broken = _read(table, file, found, issues)
    needed = [column.name for column in table.columns if not column.nullable]
    refused = broken[[name for name in needed if name in broken]]
    if refused.empty:
        return rows, len(rows)
    rule = refused.bfill(axis=1).iloc[:, 0]
    for reason, lost in rule.value_counts().items():
        count(left_out, table.name, str(reason), int(lost))
    unusable = rule.notna()
    if unusable.any():
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


def _unread(found: TextTable) -> dict[int, str]:
    """By place, the headings that name no column of the table, as they are written."""
    return {
        place: as_written(heading)
        for place, (heading, name) in enumerate(zip(found.headings, found.names, strict=True))
        if name is None
    }


def _unknown_columns(table: Table, file: str, found: TextTable) -> Iterator[Issue]:
    for place, heading in _unread(found).items():
        close = difflib.get_close_matches(column_of(heading), table.c.keys(), n=1)
        hint = f"; the nearest is {found.as_heading(close[0])}" if close else ""
        message = f"{_not_read(file, found, place, heading)}{hint}. Rename or drop it."
        yield Issue("unknown_column", table.name, None, WARNING, message)


def _not_read(file: str, found: TextTable, place: int, heading: str) -> str:
    if found.letters:
        where = _heading_at(file, found, place)
        has = f"the heading '{heading}', which" if heading else "no heading, and"
        return f"{where} has {has} is not read"
    which = (
        f"a column '{heading}'" if heading else f"a column without a heading (column {place + 1})"
    )
    return f"{file} has {which} that is not read"


def _heading_at(file: str, found: TextTable, place: int | None = None) -> str:
    """Where headings stand, or one of them, as messages begin; of a text file the file says it."""
    if not found.letters:
        return file
    row = f"{file}, row {found.headings_row}"
    return row if place is None else f"{row}, column {found.letters[place]}"


def _need_columns(table: Table, file: str, found: TextTable) -> None:
    spare = {column_of(heading): place for place, heading in _unread(found).items()}
    for column in table.columns:
        if column.nullable or column.name in found.names:
            continue
        close = difflib.get_close_matches(column.name, spare, n=1)
        place = spare[close[0]] if close else None
        raise Problem(_no_column(file, found, found.as_heading(column.name), place))


def _no_column(file: str, found: TextTable, name: str, nearest: int | None) -> str:
    where = _heading_at(file, found, nearest)
    if nearest is None:
        return f"{where} has no column {name}: add it."
    heading = as_written(found.headings[nearest])
    if found.letters:
        return f"{where} has the heading '{heading}', and none is '{name}': rename it {name}."
    return f"{file} has no column {name}; the nearest is '{heading}': rename it {name}."
