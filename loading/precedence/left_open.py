"""Columns that every row of a table needs and that a source need not tell.

A source that does not tell one has no such column in its frame: what another says then counts, and
contradicts nothing. Where none does, `filled` says what counts.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from loading.sources.reading import Reading

# By table, the columns: of what kind a unit is, and who is restricted.
MAY_BE_OPEN = {"unit": ("kind",), "child": ("restricted",)}
OTHER = "other"


def left_open(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """True in each column that the source of these rows does not tell."""
    columns = [name for name in MAY_BE_OPEN.get(table, ()) if name not in rows]
    return pd.DataFrame(True, index=rows.index, columns=columns)


def filled(table: str, rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with what counts where nobody said: the unit by its segment, the child open.

    A unit for a segment of children is segmented, any other is of no kind that figures know.
    """
    if table == "unit":
        by_segment = np.where(rows["segment"].notna(), "segmented", OTHER)
        return rows.assign(kind=rows["kind"].where(rows["kind"].notna(), by_segment))
    if table == "child":
        return rows.assign(restricted=rows["restricted"].where(rows["restricted"].notna(), False))
    return rows


def without_kinds_of_nobody(
    rows: pd.DataFrame, readings: Sequence[Reading], of: str
) -> pd.DataFrame:
    """Units, less the kind "other" of what stood where an added source says another.

    A database does not tell whether anybody said it. `of` is the column with the reading's number.
    """
    stood = rows[of].map(lambda number: readings[number].stood).astype(bool)
    said = rows.loc[~stood & rows["kind"].notna(), "unit_id"]
    open_again = stood & rows["kind"].eq(OTHER) & rows["unit_id"].isin(said)
    return rows.assign(kind=rows["kind"].where(~open_again, None))
