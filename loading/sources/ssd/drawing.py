"""What is drawn from the SSD's rows: rows of our tables, and what became of those that are none."""

from collections.abc import Mapping, Sequence

import pandas as pd

from data_access.schema import metadata
from loading.details.visits_of import ids_of_each
from loading.fitting import FOUND_AT
from loading.sources.reading import ERROR, Issue, count
from loading.sources.ssd.doubts.without_value import WithoutValue
from loading.sources.ssd.fields import SsdTable
from metrics.writing import several

NO_CHILD = "no_child_named"


class Drawing:
    """The SSD's rows, by table, and what they gave so far: our rows, issues, rows left out.

    `empty` are columns of the SSD without a value. `lacks` says of a table of ours why the rows
    that are there could not make it.
    """

    def __init__(
        self, rows: Mapping[str, pd.DataFrame], empty: Sequence[WithoutValue] = ()
    ) -> None:
        self._rows = dict(rows)
        self.empty = empty
        self.frames: dict[str, pd.DataFrame] = {}
        self.left_out: dict[str, dict[str, int]] = {}
        self.issues: list[Issue] = []
        self.lacks: dict[str, str] = {}

    def of(self, table: SsdTable) -> pd.DataFrame:
        """The rows of one of the SSD's tables; none where it is not deployed."""
        return self._rows[table.name]

    def take(self, table: SsdTable) -> pd.DataFrame:
        """The same for the last time: the drawing lets go of them."""
        return self._rows.pop(table.name)

    def put(self, table: SsdTable, rows: pd.DataFrame) -> None:
        """The rows of one of the SSD's tables as they are to be read from now on."""
        self._rows[table.name] = rows

    def keep(self, table: str, rows: pd.DataFrame) -> None:
        """Rows of one of our tables, of its columns alone; what was kept of it before stays."""
        ours = [FOUND_AT, *metadata.tables[table].columns.keys()]
        rows = rows[[name for name in ours if name in rows]]
        before = self.frames.get(table)
        both = rows if before is None else pd.concat([before, rows], ignore_index=True)
        self.frames[table] = both

    def pass_over(self, table: str, reason: str, rows: int) -> None:
        """Counts rows that say nothing new, or nothing that `table` holds."""
        count(self.left_out, table, reason, rows)

    def leave_out(self, table: str, rule: str, rows: pd.DataFrame, says: str) -> None:
        """Counts rows that can't be used, and says why of each."""
        self.pass_over(table, rule, len(rows))
        for place in rows[FOUND_AT]:
            message = f"{place}: {says}; the row is left out. Correct it."
            self.issues.append(Issue(rule, table, str(place), ERROR, message))

    def say(self, rule: str, table: str, severity: str, message: str) -> None:
        """One issue of a table as a whole."""
        self.issues.append(Issue(rule, table, None, severity, message))


def with_children(
    drawing: Drawing, table: str, rows: pd.DataFrame, **children: pd.Series
) -> pd.DataFrame:
    """The rows of which the child is known: each names it, or what it names by a link leads to it.

    `children` has by the link's key the child of each id, the first to ask first. A row that leads
    to no child, or to more than one, is left out and said.
    """
    child = rows["child_id"]
    for key, of_id in children.items():
        child = child.where(child.notna(), rows[key].map(of_id))
    unknown = child.isna()
    ways = " nor ".join(["child", *(key.removesuffix("_id") for key in children)])
    says = f"it names no {ways} that leads to a child"
    drawing.leave_out(table, NO_CHILD, rows[unknown], says)
    rows = rows.assign(child_id=child)
    return rows[~unknown].reset_index(drop=True) if unknown.any() else rows


def children_by(rows: pd.DataFrame, key: str) -> pd.Series:
    """The child of each id under `key`; an id of more than one child has none."""
    pairs = rows[[key, "child_id"]].dropna().drop_duplicates()
    pairs = pairs[~pairs[key].duplicated(keep=False)]
    return pairs.set_index(key)["child_id"].astype(object)


def own_ids(rows: pd.DataFrame, key: str, prefix: str = "") -> pd.DataFrame:
    """The rows with ids that no other table's rows have, nor another child's of the same step.

    Some systems give what was done for brothers and sisters at once a single id.
    """
    pairs = rows[[key, "child_id"]].drop_duplicates()
    shared = rows[key].isin(pairs.loc[pairs[key].duplicated(keep=False), key])
    ids = rows[key].astype("str")
    if shared.any():
        ids = ids.where(~shared, ids_of_each(ids, rows["child_id"]))
    return rows.assign(**{key: prefix + ids}) if len(rows) else rows


def rows_said(number: int) -> str:
    """So many rows, in words."""
    return several(number, "row")
