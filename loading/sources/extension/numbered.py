"""Ids made of what a row says, with a number where several rows say the same of themselves."""

from collections.abc import Sequence

import pandas as pd

from loading.fitting import repeated


def numbered(
    rows: pd.DataFrame, key: str, by: Sequence[str], *, alike_are_one: bool
) -> pd.DataFrame:
    """The rows, with "|2", "|3" … behind an id that stands before, those behind the others.

    A database gives its rows in any order: they are numbered in that of `by`, so that the same rows
    have the same ids at each load. With `alike_are_one` rows that agree in `by` too keep one id,
    and are the same row twice.
    """
    again = repeated(rows, [key])
    if not again.any():
        return rows
    several = rows[rows[key].isin(set(rows.loc[again, key]))].sort_values(list(by), kind="stable")
    counts = ~several.duplicated([key, *by]) if alike_are_one else several[key].notna()
    number = counts.groupby(several[key], sort=False).cumsum().astype(int)
    later = number[number > 1]
    ids = rows[key].copy()
    ids.loc[later.index] = ids.loc[later.index] + "|" + later.astype("string")
    order = number.reindex(rows.index, fill_value=1).sort_values(kind="stable").index
    return rows.assign(**{key: ids}).loc[order].reset_index(drop=True)
