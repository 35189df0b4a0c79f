"""Makes rows fit their table: what a database could not hold becomes an issue instead."""

import re
from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Boolean, CheckConstraint, Date, DateTime, Float, Integer, Table

from loading.sources.reading import ERROR, WARNING, Issue, count

FOUND_AT = "found_at"


def allowed_values(table: Table) -> dict[str, tuple[str, ...]]:
    """The codes that each coded column of `table` may hold, as the schema declares them."""
    return {
        str(rule.name).removesuffix("_is_known"): tuple(re.findall(r"'([^']*)'", str(rule.sqltext)))
        for rule in table.constraints
        if isinstance(rule, CheckConstraint) and str(rule.name).endswith("_is_known")
    }


def key_columns(table: Table) -> list[str]:
    """The names of the columns that tell rows of `table` apart."""
    return [column.name for column in table.primary_key]


class Fitting:
    """One table's rows while they are made to fit: rows kept, issues, rows left out by rule."""

    def __init__(self, table: Table, rows: pd.DataFrame) -> None:
        self.table = table
        columns = [column.name for column in table.columns]
        self.rows = rows.reindex(columns=[*columns, FOUND_AT]).astype(object)
        self.rows = self.rows.where(self.rows.notna(), None).reset_index(drop=True)
        self.issues: list[Issue] = []
        self.left_out: dict[str, dict[str, int]] = {}

    def fit(self) -> "Fitting":
        """Leaves out rows without a needed value, with an unknown code or with an id again."""
        for column in self.table.columns:
            if not column.nullable:
                self._leave_out(
                    self.rows[column.name].isna(), "missing_value", f"{column.name} is empty"
                )
        for name, values in allowed_values(self.table).items():
            self._empty_unknown_codes(name, values)
        if "fte" in self.rows:
            shares = self.rows["fte"].astype(float)
            self._leave_out((shares < 0) | (shares > 1), "fte_out_of_range", "fte is not 0 to 1")
        self.drop_repeated()
        return self

    def drop_repeated(self) -> None:
        """Keeps the first row of each id."""
        again = self.rows.duplicated(subset=key_columns(self.table), keep="first")
        self._leave_out(again, "duplicate_id", "the id stands in an earlier row, which is kept")

    def _empty_unknown_codes(self, name: str, values: tuple[str, ...]) -> None:
        unknown = self.rows[name].notna() & ~self.rows[name].isin(values)
        choices = ", ".join(values)
        if not self.table.c[name].nullable:
            self._leave_out(unknown, "unknown_code", f"{name} is not one of {choices}")
            return
        for row in self.rows[unknown].itertuples():
            sentence = f"{name} is not one of {choices}; it is left empty. Correct it."
            self.issues.append(self._issue(row, "unknown_code", WARNING, sentence))
        self.rows.loc[unknown, name] = None

    def _leave_out(self, wrong: pd.Series, rule: str, fault: str) -> None:
        if not wrong.any():
            return
        for row in self.rows[wrong].itertuples():
            self.issues.append(
                self._issue(row, rule, ERROR, f"{fault}; the row is left out. Correct it.")
            )
        count(self.left_out, self.table.name, rule, int(wrong.sum()))
        self.rows = self.rows[~wrong].reset_index(drop=True)

    def _issue(self, row: tuple, rule: str, severity: str, sentence: str) -> Issue:
        key = "+".join(str(getattr(row, name)) for name in key_columns(self.table))
        place = getattr(row, FOUND_AT) or f"{self.table.name} {key}"
        return Issue(rule, self.table.name, key, severity, f"{place}: {sentence}")


def typed(table: Table, rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with each column of the type that the database has: objects are slow and guessed."""
    kinds = {column.name: column.type for column in table.columns if column.name in rows}
    return rows.assign(**{name: _as(rows[name], kind) for name, kind in kinds.items()})


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


def keys(table: Table, rows: pd.DataFrame) -> Iterable[str]:
    """Each row's key as issues write it."""
    return rows[key_columns(table)].astype(str).agg("+".join, axis=1)
