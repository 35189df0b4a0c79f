"""Rows as plain tuples, made into frames that fit the case database's tables."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from sqlalchemy import Date, Table

_NOT_A_DAY = np.iinfo(np.int64).min


def table_frame(table: Table, rows: Iterable[Sequence]) -> pd.DataFrame:
    """One row per tuple, in the table's own order of columns; days are numbers, None is NULL."""
    columns = list(zip(*rows, strict=True)) or [()] * len(table.columns)
    named = zip(table.columns, columns, strict=True)
    return pd.DataFrame({column.name: _values(column.type, values) for column, values in named})


def _values(kind: object, values: Sequence) -> np.ndarray:
    if isinstance(kind, Date):
        return dates(values)
    if None not in values and values and isinstance(values[0], (bool, int, float)):
        return np.array(values)
    return np.array(values, dtype=object)


def dates(numbers: Sequence[int | None]) -> np.ndarray:
    """Day numbers as dates; None as no date."""
    whole = [_NOT_A_DAY if number is None else number for number in numbers]
    return np.array(whole, dtype=np.int64).view("datetime64[D]").astype("datetime64[s]")
