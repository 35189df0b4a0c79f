"""Columns of one table of the SSD that are deployed and of which no value could be read.

Our table is made of several, and what another brings would hide it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from loading.losses import FEW
from loading.sources.absent_columns import FOLLOWS
from loading.sources.reading import ABSENT, ERROR, WARNING, Issue
from loading.sources.ssd.finding import FoundTable
from loading.sources.ssd.lacking import MADE_OF
from loading.sources.ssd.rows import SsdRows

EMPTY = "{name} is empty in every row of {table}: {follows}. Ask whoever deployed it."
REFUSED = "No value of {name} in {table} could be read: {follows}. Correct it."


@dataclass(frozen=True)
class WithoutValue:
    """A column on which figures rest, by its name in the SSD and in ours; how many were refused."""

    table: str
    column: str
    ssd_table: str
    name: str
    refused: int

    @property
    def issue(self) -> Issue:
        """What figures do without it: an error where its values were refused."""
        says, severity = (REFUSED, ERROR) if self.refused else (EMPTY, WARNING)
        follows = FOLLOWS[f"{self.table}.{self.column}"]
        message = says.format(name=self.name, table=self.ssd_table, follows=follows)
        column = self.name if self.refused else self.column
        return Issue(ABSENT, self.table, None, severity, message, column=column)


def without_value(found: FoundTable, read: SsdRows) -> Iterator[WithoutValue]:
    """The columns without one value in a table's rows, where these are more than a few.

    Rows without a start have no end of their own: they have both from elsewhere.
    """
    rows, ours = read.rows, found.declared.gives
    if "started_on" in rows:
        rows = rows[rows["started_on"].notna()]
    for one in found.fields if len(rows) >= FEW else ():
        column = MADE_OF.get(one.key, one.key)
        if f"{ours}.{column}" in FOLLOWS and rows[one.key].isna().all():
            name, refused = found.columns[one.key][0], read.refused[one.key]
            yield WithoutValue(ours, column, found.declared.name, name, refused)


def emptied_in(
    found: Sequence[WithoutValue], frames: Mapping[str, pd.DataFrame]
) -> dict[tuple[str, str], int]:
    """By our table and the SSD's column the refused values of each that another table's hide."""
    return {
        (one.table, one.name): one.refused
        for one in found
        if one.refused and one.table in frames and _is_filled(frames[one.table], one.column)
    }


def _is_filled(rows: pd.DataFrame, column: str) -> bool:
    return column in rows and bool(rows[column].notna().any())
