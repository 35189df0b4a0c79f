"""The rows of one table of the SSD, each cell read as every other source's is."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import pandas as pd

from data_access.code_sets.code_set import CodeSet
from data_access.code_sets.of_columns import codes_of
from data_access.connection.source_snapshots import Snapshot
from loading.columns import ids
from loading.columns.column_read import EXCEL_DAY_0, ColumnRead, ColumnReader
from loading.columns.different_cells import DifferentCells, TextColumn
from loading.fitting import FOUND_AT, places
from loading.sources.csv_columns import CsvColumn
from loading.sources.reading import WARNING, Issue
from loading.sources.ssd.fields import Field
from loading.sources.ssd.finding import FoundTable
from metrics.writing import several

COLUMNS_AT_ODDS = "columns_disagree"
# A row of Liquidlogic's that stands for no worker, no team, no referral.
NO_ID = "-1"


@dataclass(frozen=True)
class SsdColumn(CsvColumn):
    """A column of the SSD: told by its own name, its rows by their ids."""

    declared: Field = field(kw_only=True)
    keys: Sequence[object] = field(kw_only=True)
    name: str = field(kw_only=True)

    @property
    def heading(self) -> str:
        """What the column is called where it was read."""
        return self.name

    def row_place(self, row: int) -> str:
        """The id of a row, counted from 0."""
        return str(self.keys[row])

    def whole_place(self, row: int) -> str:
        """The same with the table."""
        return f"{self.file} {self.row_place(row)}"

    @property
    def reader(self) -> ColumnReader:
        """The field's own, or that of our column."""
        reader = self.declared.reader or super().reader
        return _without_nothing if reader is ids.read else reader


@dataclass(frozen=True)
class SsdRows:
    """A table's rows that can be used, by the fields' keys; how many there were; lost by rule.

    `refused` has by a field's key how many of its cells could not be read.
    """

    rows: pd.DataFrame
    read: int
    lost: dict[str, int]
    refused: dict[str, int]


def rows_of(
    snapshot: Snapshot, found: FoundTable, issues: list[Issue], tell: Callable[[int], None]
) -> SsdRows:
    """Every row of a table, read some thousands at a time; `tell` hears how many came.

    The fields that are not deployed are columns without a value. A row of which a needed cell can't
    be read is left out, and said.
    """
    columns = {
        key: _as_one(found, key, cells, issues)
        for key, cells in _cells(snapshot, found, tell).items()
    }
    keys = _keys(found, columns)
    frame = pd.DataFrame({FOUND_AT: places(f"{found.declared.name} ", keys)})
    broken = pd.Series(None, index=frame.index, dtype=object)
    refused: dict[str, int] = {}
    for one in found.declared:
        if one.key not in columns:
            frame[one.key] = pd.Series(None, index=frame.index, dtype=object)
            continue
        values, rules = _column(found, one, columns[one.key], keys).read(issues)
        frame[one.key] = pd.Series(values, index=frame.index, dtype=object)
        refused[one.key] = int(pd.notna(rules).sum())
        if not one.column.nullable and refused[one.key]:
            broken = broken.where(broken.notna(), pd.Series(rules, index=frame.index, dtype=object))
    lost = {str(rule): int(rows) for rule, rows in broken.value_counts().items()}
    usable = frame[broken.isna()].reset_index(drop=True) if lost else frame
    return SsdRows(usable, len(frame), lost, refused)


def no_rows(found_fields: Sequence[Field]) -> pd.DataFrame:
    """A table that is not deployed: its fields, and no row."""
    return pd.DataFrame(columns=[FOUND_AT, *(one.key for one in found_fields)], dtype=object)


def _without_nothing(written: Iterable[object], day_0: date = EXCEL_DAY_0) -> ColumnRead:
    """Ids, without the number that Liquidlogic has in place of none."""
    read = ids.read(written, day_0)
    values = {cell: None if id_ == NO_ID else id_ for cell, id_ in read.values.items()}
    return replace(read, values=values)


def _column(found: FoundTable, one: Field, cells: TextColumn, keys: Sequence[object]) -> SsdColumn:
    return SsdColumn(
        found.declared.name, one.column, cells, range(len(keys)), _codes(one),
        declared=one, keys=keys, name=found.columns[one.key][0],
    )  # fmt: skip


def _codes(one: Field) -> CodeSet | None:
    declared = one.codes or codes_of(one.column)
    return declared if isinstance(declared, CodeSet) else None


def _cells(
    snapshot: Snapshot, found: FoundTable, tell: Callable[[int], None]
) -> dict[str, list[TextColumn]]:
    names = [(one.key, name) for one in found.fields for name in found.columns[one.key]]
    cells = DifferentCells(len(names))
    for some in snapshot.rows(found.query()):
        cells.add(some)
        tell(len(some))
    by_field: dict[str, list[TextColumn]] = {}
    for (key, _), column in zip(names, cells.columns, strict=True):
        by_field.setdefault(key, []).append(column)
    return by_field


def _keys(found: FoundTable, columns: Mapping[str, TextColumn]) -> Sequence[object]:
    """What tells rows apart in messages: their ids, or their order where they have none."""
    own = columns.get(found.declared.own_id.key)
    if own:
        return list(own)
    some = next(iter(columns.values()))
    return [f"row {number}" for number in range(1, len(some.places) + 1)]


def _as_one(
    found: FoundTable, key: str, columns: Sequence[TextColumn], issues: list[Issue]
) -> TextColumn:
    """Of columns that are one field the first that is filled; where they differ is said."""
    if len(columns) == 1:
        return columns[0]
    rows = [[cell for cell in cells if not _is_blank(cell)] for cells in zip(*columns, strict=True)]
    differ = sum(len(set(map(str, cells))) > 1 for cells in rows)
    if differ:
        issues.append(_at_odds(found, key, differ))
    merged = DifferentCells(1)
    merged.add([[cells[0] if cells else None] for cells in rows])
    return merged.columns[0]


def _at_odds(found: FoundTable, key: str, differ: int) -> Issue:
    first, *others = found.columns[key]
    message = (
        f"{found.declared.name}: {first} and {' and '.join(others)} differ in"
        f" {several(differ, 'row')}, and {first} counts. Correct the extract."
    )
    return Issue(COLUMNS_AT_ODDS, found.declared.gives, None, WARNING, message)


def _is_blank(cell: Any) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
