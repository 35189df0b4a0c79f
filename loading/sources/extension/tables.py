"""The rows of an extension table as its database has them, each column read as a CSV file's is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd

from data_access.connection.memory import give_memory_back
from loading.columns.different_cells import DifferentCells, TextColumn
from loading.fitting import FOUND_AT
from loading.sources.extension.declared import ExtensionTable
from loading.sources.reading import ERROR, Issue, count
from loading.sources.table_rows import rows_of
from loading.sources.text_tables import TextTable


@dataclass(frozen=True)
class ReadTable:
    """A table as its database has it: the names of its columns, their cells, how many rows."""

    columns: Sequence[str]
    cells: Sequence[TextColumn]
    number: int


def read_table(columns: Sequence[str], parts: Iterable[Sequence[Sequence[object]]]) -> ReadTable:
    """The table whose rows come some at a time: each different cell is held once."""
    cells, number = DifferentCells(len(columns)), 0
    for some in parts:
        if some:
            cells.add(some)
            number += len(some)
    return ReadTable(columns, cells.columns, number)


@dataclass(frozen=True)
class _OfDatabase(TextTable):
    """Cells of a database: `written` are the names of columns there, by ours."""

    written: Mapping[str, str] = field(default_factory=dict)

    def called(self, name: str) -> str:
        """The column's own name."""
        return self.written[name]


@dataclass
class Told:
    """What is said while tables are read: issues, rows by table read and left out, and why."""

    issues: list[Issue] = field(default_factory=list)
    read: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, dict[str, int]] = field(default_factory=dict)
    lacks: dict[str, str] = field(default_factory=dict)


def rows_in(declared: ExtensionTable, found: ReadTable, told: Told) -> pd.DataFrame | None:
    """The rows that can be used, under our names; None where a needed column is not there.

    Rows are told by their order, as a database gives them.
    """
    name = declared.read_as.name
    there = {column.lower() for column in found.columns}
    missing = [column for column in declared.needed if column not in there]
    if missing:
        message = f"{declared.name} has no column {missing[0]}, and is not read: add it."
        told.issues.append(Issue("missing_column", name, None, ERROR, message))
        told.lacks[name] = message
        return None
    rows, number = rows_of(
        declared.read_as, declared.name, _as_text_table(declared, found), told.issues, told.left_out
    )
    told.read[name] = number
    give_memory_back()
    ours = [column.name for column in declared.columns.values()]
    return _whole(declared, rows.reindex(columns=[FOUND_AT, *ours]), told)


def _whole(declared: ExtensionTable, rows: pd.DataFrame, told: Told) -> pd.DataFrame:
    """The rows that have every needed value; each cell that lacks one is said."""
    table, lacks = declared.read_as.name, pd.Series(False, index=rows.index)
    for written in declared.needed:
        empty = rows[declared.columns[written].name].isna()
        lacks |= empty
        for place in rows.loc[empty, FOUND_AT]:
            message = f"{place}: {written} is empty; the row is left out. Fill it."
            told.issues.append(Issue("missing_value", table, str(place), ERROR, message))
    count(told.left_out, table, "missing_value", int(lacks.sum()))
    return rows[~lacks].reset_index(drop=True) if lacks.any() else rows


def _as_text_table(declared: ExtensionTable, found: ReadTable) -> TextTable:
    ours = {name: column.name for name, column in declared.columns.items()}
    names = [ours.get(column.lower()) for column in found.columns]
    headings = [name or column for name, column in zip(names, found.columns, strict=True)]
    written = {name: column for name, column in zip(names, found.columns, strict=True) if name}
    numbers = range(1, found.number + 1)
    return _OfDatabase(headings, names, 0, found.cells, numbers, (), written=written)
