"""Makes rows fit their table: what a database could not hold becomes an issue instead."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Boolean, Column, Date, DateTime, Float, Integer, Table

from data_access.code_sets.of_columns import codes_of
from loading.columns import codes
from loading.columns.column_read import ColumnRead
from loading.sources.reading import ERROR, WARNING, Issue, count

FOUND_AT = "found_at"
AT_ONCE = 100_000


def key_columns(table: Table) -> list[str]:
    """The names of the columns that tell rows of `table` apart."""
    return [column.name for column in table.primary_key]


def place_of_first(rows: pd.DataFrame, otherwise: str) -> str:
    """Where the first of the rows stands in its source; `otherwise` where nobody said."""
    place = rows[FOUND_AT].iloc[0]
    return otherwise if pd.isna(place) or not place else str(place)


class Fitting:
    """One table's rows while they are made to fit: rows kept, issues, rows left out by rule.

    `told` says of which cells something was said already.
    """

    def __init__(self, table: Table, rows: pd.DataFrame, told: pd.DataFrame | None = None) -> None:
        self.table = table
        self.columns = [column.name for column in table.columns]
        self.rows = pd.DataFrame(
            {
                **{column.name: _cells(rows, column.name, codes_of(column)) for column in table.c},
                FOUND_AT: _cells(rows, FOUND_AT),
            },
            copy=False,
        )
        told = pd.DataFrame() if told is None else told.reset_index(drop=True)
        self._told = {name: told[name] for name in self.columns if name in told}
        self.issues: list[Issue] = []
        self.left_out: dict[str, dict[str, int]] = {}
        self._broken = pd.Series(None, index=self.rows.index, dtype=object)

    def fit(self) -> "Fitting":
        """Leaves out rows without a needed value, with an unknown code or with an id again.

        Each wrong cell of a row is said; the row counts once, by the first rule that it breaks.
        """
        self.wrong_cells()
        for rule, rows in self._broken.value_counts().items():
            count(self.left_out, self.table.name, str(rule), int(rows))
        self._keep(self._broken.isna())
        self.drop_repeated()
        return self

    def wrong_cells(self) -> list[Issue]:
        """What is wrong with each cell, one issue each; codes are put in their one spelling."""
        for column in self.table.columns:
            if not column.nullable:
                empty = self.rows[column.name].isna()
                if column.name in self._told:
                    empty &= ~self._told[column.name]
                self._say(empty, "missing_value", column.name, partial(_is_empty, column.name))
            self._read_codes(column)
        if "fte" in self.rows:
            shares = self.rows["fte"].astype(float)
            out_of_range = (shares < 0) | (shares > 1)
            self._say(out_of_range, "fte_out_of_range", "fte", _fte_of)
        if "attended" in self.rows:
            attended = self.rows["attended"].astype(float)
            out_of_range = (attended < 0) | (attended > self.rows["possible"].astype(float))
            self._say(out_of_range, "attended_out_of_range", "attended", _attended_of)
        return self.issues

    def drop_repeated(self) -> None:
        """Keeps the first row of each id."""
        key = key_columns(self.table)
        again = repeated(self.rows, key)
        if again.any():
            first = self.rows.groupby(key, sort=False)[FOUND_AT].transform("first")
            self._say(again, "duplicate_id", key[0], partial(_said_before, first))
        count(self.left_out, self.table.name, "duplicate_id", int(again.sum()))
        self._keep(~again)

    def _keep(self, which: pd.Series) -> None:
        if not which.all():
            self.rows = self.rows[which].reset_index(drop=True)
            self._broken = pd.Series(None, index=self.rows.index, dtype=object)

    def _read_codes(self, column: Column) -> None:
        declared, name = codes_of(column), column.name
        if self.rows[name].isna().all():
            return
        for which, code_set in codes.parts(declared, self.rows) if declared else ():
            if code_set is None:
                continue
            values = self.rows.loc[which, name]
            read = codes.reader(code_set, type(column.type))([*values.unique()])
            refused = self.rows[name].isin([*read.refused]) & which
            self.rows.loc[which, name] = values.map(read.values).astype(object)
            self._refuse(column, refused, values, read)

    def _refuse(
        self, column: Column, refused: pd.Series, values: pd.Series, read: ColumnRead
    ) -> None:
        def fault(row: Any) -> str:
            return f"{column.name} is {read.fault(values[row.Index])}"

        self._say(refused, read.rule, column.name, fault, is_emptied=bool(column.nullable))

    def _say(
        self,
        wrong: pd.Series,
        rule: str,
        column: str,
        fault: Callable[[Any], str],
        *,
        is_emptied: bool = False,
    ) -> None:
        """An issue for each row that is `wrong`, which is left out unless the cell is emptied."""
        if not wrong.any():
            return
        ending = "it is left empty" if is_emptied else "the row is left out"
        severity, emptied = (WARNING, column) if is_emptied else (ERROR, None)
        name = self.table.name
        for row in self.rows[wrong].itertuples():
            key = "+".join(str(getattr(row, part)) for part in key_columns(self.table))
            place = getattr(row, FOUND_AT) or f"{name} {key}"
            message = f"{place}: {fault(row)}; {ending}. Correct it."
            self.issues.append(Issue(rule, name, key, severity, message, emptied, column))
        if not is_emptied:
            self._broken[wrong & self._broken.isna()] = rule


def _said_before(first: pd.Series, row: Any) -> str:
    """Where the id stood before: its row alone where that is of the same file or sheet."""
    place, here = first[row.Index], getattr(row, FOUND_AT)
    said = "the id stands in an earlier row"
    if not place or place == here:
        return f"{said}, which is kept"
    file, _, number = str(place).rpartition(", ")
    is_beside = here and file == str(here).rpartition(", ")[0]
    return f"{said}, {number if is_beside else place}, which is kept"


def _cells(rows: pd.DataFrame, name: str, coded: object = None) -> pd.Series:
    """A column as objects, None where it says nothing; text stays text, if no code may be in it."""
    if name not in rows:
        return pd.Series(None, index=range(len(rows)), dtype=object)
    values = rows[name].reset_index(drop=True)
    empty = values.isna()
    if isinstance(values.dtype, pd.StringDtype) and coded is None and not empty.any():
        return values
    cells = values.astype(object)
    return cells.where(~empty, None) if empty.any() else cells


def _is_empty(name: str, _row: Any) -> str:
    return f"{name} is empty"


def _fte_of(row: Any) -> str:
    return f"fte is {row.fte:g}, and goes from 0 to 1"


def _attended_of(row: Any) -> str:
    return f"attended is {row.attended:g}, of {row.possible:g} possible"


def typed(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with each column of the type that the database has: objects are slow and guessed."""
    rows = rows.copy(deep=False)
    for column in table.columns:
        # One after the other: each column of objects goes as its own is made.
        if column.name in rows:
            rows[column.name] = _as(rows[column.name], column.type)
    return rows


def _as(values: pd.Series, kind: object) -> pd.Series:
    if isinstance(kind, DateTime):
        return pd.Series(pd.to_datetime(values)).astype("datetime64[us]")
    if isinstance(kind, Date):
        return pd.Series(pd.to_datetime(values, format="ISO8601")).astype("datetime64[s]")
    if isinstance(kind, Boolean):
        return values.astype("boolean")
    if isinstance(kind, Integer):
        return values.astype("Int64")
    if isinstance(kind, Float):
        return values.astype("Float64")
    return values.astype("string")


def keys(table: Table, rows: pd.DataFrame) -> pd.Series:
    """Each row's key as issues write it."""
    return joined(rows[key_columns(table)], "+")


def repeated(rows: pd.DataFrame, key: list[str]) -> pd.Series:
    """Which rows have the key of an earlier one.

    Only keys that share a hash are compared: a table of all keys takes more than the rows do.
    """
    alike = np.ones(len(rows), dtype=bool)
    if len(key) == 1:
        cells = rows[key[0]].array
        parts = (cells[first : first + AT_ONCE] for first in range(0, len(rows), AT_ONCE))
        each = (hash(cell) for part in parts for cell in part.astype(object))
        alike = pd.Series(np.fromiter(each, "int64", len(rows))).duplicated(keep=False).to_numpy()
    again = np.zeros(len(rows), dtype=bool)
    again[alike] = rows.loc[alike, key].duplicated(keep="first")
    return pd.Series(again, index=rows.index)


def places(of: str, keys: Iterable[object]) -> pd.Series:
    """Where each row stands, `of` and its key, held as text and not as an object for each."""
    return of + pd.Series(list(map(str, keys)), dtype="str")


def joined(columns: pd.DataFrame, between: str) -> pd.Series:
    """The cells of each row as one text, which has nothing for an empty one."""
    first, *others = (columns[name].astype("string").fillna("") for name in columns)
    for one in others:
        first = first + between + one
    return first
