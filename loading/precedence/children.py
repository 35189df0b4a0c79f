"""A child's facts: each from the first source in the order that knows it, whichever came first.

A child's row does not tell who said what, so what each source says is kept from load to load.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

import pandas as pd
from sqlalchemy import Connection, select

from data_access.database import write
from data_access.schema import child, child_told
from data_access.sources.order import in_order
from loading.fitting import FOUND_AT, typed
from loading.sources.reading import STOOD_BEFORE, Reading

KEY = ["child_id", "source"]
FACTS = ["name", "born_on", "sex", "ethnicity", "family_id"]


def nothing_told() -> pd.DataFrame:
    """No source's words on any child."""
    return pd.DataFrame(columns=[*KEY, *FACTS, "restricted"], dtype=object)


@dataclass
class ToldOfChildren:
    """What each source says of each child: before the load, and once its rows are put together.

    The words of sources that are read by night go before others of the same place in the order.
    `taken_back` has who was restricted by sources that are read anew, and by no other.
    """

    before: pd.DataFrame = field(default_factory=nothing_told)
    by_night: frozenset[str] = frozenset()
    now: pd.DataFrame = field(default_factory=nothing_told)
    taken_back: pd.DataFrame = field(default_factory=nothing_told)

    def by_source(self, rows: pd.DataFrame, readings: Sequence[Reading], of: str) -> pd.DataFrame:
        """The children, one row for each `source` that tells of one, the first in the order first.

        `of` has the number of a row's reading. What a source says now goes before what it said.
        """
        stood = rows[of].map(lambda number: readings[number].stood).astype(bool)
        said = rows[of].map(lambda number: readings[number].source)
        new = rows[~stood].assign(source=said[~stood])
        told = pd.concat([new, self._told_before(rows[stood], new)], ignore_index=True)
        first_to_last = sorted({*told["source"]}, key=partial(_order, self._nightly(readings)))
        places = {one: place for place, one in enumerate(first_to_last)}
        order = told["source"].map(places).sort_values(kind="stable")
        told = told.loc[order.index].reset_index(drop=True)
        facts = told.groupby(KEY, sort=False, as_index=False)[FACTS].first()
        self.now = facts.merge(self._restricted(new), on=KEY, how="left")
        return told

    def _restricted(self, new: pd.DataFrame) -> pd.DataFrame:
        """By child and source that it restricts: no "no" takes that back but of one read anew.

        One that is read anew and does not say keeps its word, as the child stays restricted.
        """
        says = pd.concat([_who_tells(new), _who_tells(self.before)])
        stays = ~self.taken_back["child_id"].isin(self._opened(new))
        kept = self.taken_back.loc[stays, says.columns]
        return pd.concat([says[says["restricted"].eq(True)], kept]).drop_duplicates(KEY)

    def _opened(self, new: pd.DataFrame) -> set[str]:
        """Children of whom a source that restricted them, as no other does, now says "no"."""
        says = _who_tells(new)
        says_no = says[says["restricted"].eq(False)]
        return {*says_no.merge(self.taken_back[KEY], on=KEY)["child_id"]}

    def _nightly(self, readings: Sequence[Reading]) -> frozenset[str]:
        return self.by_night | {one.source for one in readings if one.nightly is not None}

    def _told_before(self, stood: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
        """What stands, by who said it; whatever nobody is known to have said is a source's own."""
        told = self.before[self.before["child_id"].isin(stood["child_id"])]
        of_nobody = stood[~stood["child_id"].isin(told["child_id"])].assign(source=STOOD_BEFORE)
        said_again = new.groupby(KEY, sort=False)[FACTS].first()
        again = said_again.reindex(pd.MultiIndex.from_frame(told[KEY])).notna().to_numpy()
        facts = told[FACTS].mask(again, None)
        is_open = stood["child_id"].isin(self._opened(new))
        stood = stood.assign(restricted=stood["restricted"].mask(is_open, None))
        rows = stood.drop(columns=[*FACTS, FOUND_AT]).merge(told[KEY].join(facts), on="child_id")
        return pd.concat([rows.assign(**{FOUND_AT: None}), of_nobody], ignore_index=True)


def _who_tells(rows: pd.DataFrame) -> pd.DataFrame:
    """By child and source the word on whether it is restricted, where there is one."""
    told = rows.reindex(columns=[*KEY, "restricted"])
    return told[told["restricted"].notna()]


def _order(nightly: Collection[str], source: str) -> tuple[bool, int, bool, str]:
    """Of two of one place that by night, then by name, as CSV files before an SSD.

    Last what nobody is known to have said: whoever says a thing now may have said that too.
    """
    place, name = in_order(source)
    return source == STOOD_BEFORE, place, source not in nightly, name


def with_whom_they_are_from(
    told: pd.DataFrame, children: pd.DataFrame, brought: Mapping[str, Collection[str]]
) -> pd.DataFrame:
    """What is told, with the children of whom no source is known to have told, if one alone can.

    `brought` has by source the tables that it gave. An earlier version did not keep who told.
    """
    of_children = [source for source, tables in brought.items() if child.name in tables]
    if len(of_children) != 1:
        return told
    of_nobody = children[~children["child_id"].isin(told["child_id"])]
    theirs = of_nobody[["child_id", *FACTS]].assign(source=of_children[0])
    return pd.concat([told, theirs], ignore_index=True)


def with_who_restricts(told: pd.DataFrame, children: pd.DataFrame) -> pd.DataFrame:
    """What is told, where nobody is known to have restricted a child: each who tells of it may."""
    hidden = children.loc[children["restricted"].eq(True), "child_id"]
    known = told.loc[told["restricted"].eq(True), "child_id"]
    may = told["child_id"].isin({*hidden} - {*known})
    return told.assign(restricted=told["restricted"].mask(may, True))


def restricted_by_none_but(told: pd.DataFrame, these: Collection[str]) -> pd.DataFrame:
    """The words of `these` sources by which a child is restricted, where no other's are."""
    said = told[told["restricted"].eq(True)]
    is_theirs = said["source"].isin([*these])
    return said[is_theirs & ~said["child_id"].isin(said.loc[~is_theirs, "child_id"])]


def told_by_others(
    told: pd.DataFrame, children: pd.DataFrame, but: Collection[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What sources but those say, and the children without those whom no other source told of."""
    others = told[~told["source"].isin([*but])]
    gone = {*told["child_id"]} - {*others["child_id"]}
    return others, children[~children["child_id"].isin(gone)]


def keep_told(connection: Connection, told: pd.DataFrame, were_restricted: Collection[str]) -> None:
    """Writes what is told of the children in the database, and who has gone and was restricted.

    Of a child who has gone nothing else is kept: it comes back as restricted as it was.
    """
    here = {*connection.execute(select(child.c.child_id)).scalars()}
    gone = pd.DataFrame({"child_id": sorted({*were_restricted} - here)}, dtype=object)
    rows = [
        told[told["child_id"].isin(here)],
        gone.assign(source=STOOD_BEFORE, restricted=True),
    ]
    write(connection, child_told, typed(child_told, pd.concat(rows, ignore_index=True)))
