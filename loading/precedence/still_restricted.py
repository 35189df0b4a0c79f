"""Children who stood as restricted before a load: none is opened by a source that does not tell.

Who may see a child hangs on one column, which most sources do not have. A load anew in which the
source that restricted a child is missing would open the child without anybody's having said so.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Table, select

from data_access.database import connect, read
from data_access.problems import Problem
from data_access.schema import child, child_told
from data_access.words.agreeing import Agreeing
from loading.columns.leading_zeros import without_zeros
from loading.losses import FEW, Loss
from loading.sources.reading import WARNING, Issue
from metrics.writing import several

KEPT = (
    "child: {n} {n:child|children} stood as restricted, of whom no source of this load says whether"
    " they are. They stay restricted: a source that says otherwise in a column `restricted` of its"
    " own opens them."
)
OPENED = (
    "child: {n} {n:child|children} stood as restricted, of whom this load says that they are not:"
    " they are open now. If that is not right, correct the column `restricted` of the source, and"
    " load it again."
)
ALL_OPENED = "all {children} who stood as restricted, and of whom it tells, would be open"


def restricted_at(url: str, loaded: Sequence[dict]) -> frozenset[str]:
    """The ids of the children who stand as restricted at `url`, by the loads that stand there.

    Also of those who did when they were last in the data. None where no load stands, as of invented
    data, and where the children can't be read.
    """
    if not loaded:
        return frozenset()
    # A database that an earlier version made knows of nobody who has gone.
    return _ids(url, child) | _ids(url, child_told)


def _ids(url: str, of: Table) -> frozenset[str]:
    try:
        engine = connect(url)
        try:
            rows = read(engine, select(of.c.child_id).where(of.c.restricted))
        finally:
            engine.dispose()
    except Problem:
        return frozenset()
    return frozenset(row.child_id for row in rows)


@dataclass
class StillRestricted:
    """Of the children who `stood` as restricted, how many a load keeps so, tells of, and opens.

    Who comes under an id with other leading zeros is the child who stood.
    """

    stood: Collection[str] = ()
    kept: int = 0
    told: int = 0
    opened: int = 0

    def kept_in(self, rows: pd.DataFrame) -> pd.DataFrame:
        """The children, one row each, with those restricted of whom no source tells and who were.

        Where none tells, the cell is still empty. Other tables are as they are.
        """
        if not self.stood or "restricted" not in rows:
            return rows
        self._follow(rows["child_id"])
        said = rows["restricted"]
        before = rows["child_id"].isin(self.stood)
        untold = before & said.isna()
        self.kept = int(untold.sum())
        self.told = int(before.sum()) - self.kept
        self.opened = int((before & said.eq(False)).sum())
        return rows.assign(restricted=said.mask(untold, True)) if self.kept else rows

    def _follow(self, ids: pd.Series) -> None:
        """Has those who stood under an id that is here no more under the one that lost its zeros.

        Also where it is no sure thing that both are one child: rather one restricted too many.
        """
        gone = {*self.stood} - {*ids}
        of_gone = {without_zeros(one) for one in gone}
        found = {one for one in ids if one not in self.stood and without_zeros(one) in of_gone}
        forms = {without_zeros(one) for one in found}
        left = {one for one in gone if without_zeros(one) in forms}
        self.stood = ({*self.stood} - left) | found

    def issues(self) -> Iterator[Issue]:
        """How many stay restricted as nobody tells of them, and how many are open now."""
        for rule, words, number in (
            ("restricted_kept", KEPT, self.kept),
            ("restricted_opened", OPENED, self.opened),
        ):
            if number:
                message = words.format(n=Agreeing(number, str(number)))
                yield Issue(rule, child.name, None, WARNING, message)

    def lost(self) -> list[Loss]:
        """That nobody of whom the load tells stays restricted: of a few that may be so."""
        if self.opened < max(FEW, self.told):
            return []
        children = several(self.opened, "child", "children")
        return [Loss(child.name, ALL_OPENED.format(children=children))]
