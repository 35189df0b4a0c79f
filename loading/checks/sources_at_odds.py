"""Finds what several sources, or this load and the one before it, say against one another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Table

from data_access.schema import child, unit
from loading.fitting import key_columns, place_of_first
from loading.names.spelling import spelled
from loading.sources.reading import WARNING, Issue, Reading

# Of fewer children it may be chance that no other source has one of them.
ENOUGH_CHILDREN = 5
# A worker's names and numbers have rules of their own; ethnicity is written more or less finely.
_OF_A_CHILD = ("name", "born_on", "sex", "family_id")
_COMPARED = {
    unit: ("name", "service", "segment", "kind", "opened_on", "closed_on", "continues"),
}
# "Unknown" contradicts nothing.
_UNKNOWN_SEX = "u"

DIFFERS = (
    "{at}: {column} is not what stands for the same {table} already, which is kept{more}. Correct"
    " the source that is wrong, and load all sources anew: what is added changes no value"
)
OVERRULED = (
    "{at}: {column} is not what stood for the same {table}, and counts now, as its source was"
    " loaded before{more}. What stood may be from {others}: correct the source that is wrong"
)
TOLD_APART = (
    "{at}: {column} is not what {first} says of the same child, which counts, as {first} goes"
    " before {source}{more}. Correct the source that is wrong, and load it again"
)
NONE_SHARED = (
    "{source}: none of its {number} children is among the {others} of the sources before it: either"
    " the ids are of another kind, and what is known of one child counts as of two, or they are"
    " other children. Give every source the same ids"
)
ENDS_EARLIER = (
    "{source}: its children are covered up to {its_last}, and the data are taken to cover all days"
    " to {as_at}: what it left open counts as going on, and nothing that happened since is there."
    " Load a newer extract of it, or give all sources the same last day by --data-to"
)
OLDER = (
    "the data cover all days to {as_at}, and those of the load before covered all to {before}: if"
    " this is an older file, load the newer one again"
)


def values_at_odds(
    table: Table, rows: pd.DataFrame, stood: pd.Series, others: Collection[str]
) -> Iterator[Issue]:
    """One issue per column in which a row says otherwise than an earlier one of the same id.

    `rows` have every source's, those that count first. The first value that is known counts. Where
    that is newer than what `stood`, it corrects that, unless `others` may have said what stood.
    """
    key = key_columns(table)
    again = rows[rows.duplicated(subset=key, keep=False)]
    for column in _COMPARED.get(table, ()):
        said = again[column].map(_plain)
        first = said.groupby([again[name] for name in key]).transform("first")
        differs = again[said.notna() & (said != first)]
        overruled = stood[differs.index]
        if not overruled.all():
            yield _differs(DIFFERS, table, column, differs[~overruled])
        if overruled.any() and others:
            keys = differs.loc[overruled, key[0]]
            yield _differs(OVERRULED, table, column, _that_count(again, keys), ", ".join(others))


def told_apart(rows: pd.DataFrame, source: str) -> Iterator[Issue]:
    """One issue per column and two sources, of which one says otherwise of a child than the other.

    `rows` are of children, those whose words count first; the column `source` says whose they are.
    """
    again = rows[rows.duplicated(subset="child_id", keep=False)]
    for column in _OF_A_CHILD:
        said = again[column].map(_plain)
        known = again.assign(said=said)[said.notna()]
        first = known.drop_duplicates("child_id").set_index("child_id")
        known["first"] = known["child_id"].map(first[source])
        differs = known[known["said"] != known["child_id"].map(first["said"])]
        for (one, other), of_both in differs.groupby(["first", source]):
            if one == other:
                yield _differs(DIFFERS, child, column, of_both)
            else:
                yield _between(str(one), str(other), column, of_both)


def _between(first: str, source: str, column: str, differs: pd.DataFrame) -> Issue:
    at, more = place_of_first(differs, f"{child.name} of {source}"), _so_many(differs)
    message = TOLD_APART.format(at=at, column=column, first=first, source=source, more=more)
    return Issue("sources_disagree", child.name, None, WARNING, f"{message}.", column=column)


def _so_many(differs: pd.DataFrame) -> str:
    number = len(differs)
    return f"; so it is in {number} rows" if number > 1 else ""


def _that_count(rows: pd.DataFrame, keys: pd.Series) -> pd.DataFrame:
    return rows[rows[keys.name].isin(keys)].drop_duplicates(keys.name)


def _differs(
    words: str, table: Table, column: str, differs: pd.DataFrame, others: str = ""
) -> Issue:
    at, more = place_of_first(differs, table.name), _so_many(differs)
    message = words.format(at=at, column=column, table=table.name, more=more, others=others)
    return Issue("sources_disagree", table.name, None, WARNING, f"{message}.")


def _plain(value: Any) -> object:
    if isinstance(value, datetime):
        return None if pd.isna(value) else value.date()
    if not isinstance(value, str):
        return None if pd.isna(value) else value
    words = spelled(value)
    return None if words == _UNKNOWN_SEX else words


def children_at_odds(readings: Sequence[Reading], as_at: date) -> Iterator[Issue]:
    """Sources that share no child with the others, or whose children's last day is earlier."""
    of_children = [reading for reading in readings if "child" in reading.frames]
    for reading in of_children:
        if reading.data_to < as_at:
            words = {"its_last": _day(reading.data_to), "as_at": _day(as_at)}
            yield _of_child("sources_end_apart", ENDS_EARLIER, reading, words)
    known: set[str] = set()
    for reading in of_children:
        ids = {*reading.frames["child"]["child_id"]}
        if min(len(ids), len(known)) >= ENOUGH_CHILDREN and not ids & known:
            words = {"number": str(len(ids)), "others": str(len(known))}
            yield _of_child("no_child_shared", NONE_SHARED, reading, words)
        known |= ids


def _of_child(rule: str, says: str, reading: Reading, words: Mapping[str, str]) -> Issue:
    message = says.format(source=reading.source, **words)
    return Issue(rule, child.name, None, WARNING, f"{message}.")


def older_than_before(
    as_at: date, sources: Collection[str], loads: Iterable[Mapping[str, Any]]
) -> Iterator[Issue]:
    """That the data end before those which the same source brought in an earlier load."""
    ends = [load["data_to"] for load in loads if load["source"] in sources and load["data_to"]]
    if ends and max(ends) > as_at:
        message = OLDER.format(as_at=_day(as_at), before=_day(max(ends)))
        yield Issue("older_than_before", "source_load", None, WARNING, f"{message}.")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
