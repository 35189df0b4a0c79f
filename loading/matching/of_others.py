"""Which rows of schools, early help and services are of children who are here.

What others keep is often of every pupil of the area. Few rows of nobody here are a slip each, and
the checks say them one by one; many are said once, with how many they are, and counted.
"""

from collections.abc import Mapping, MutableMapping, Sequence

import pandas as pd

from data_access.schema import child, metadata
from data_access.words.agreeing import agreeing
from loading.fitting import keys, place_of_first
from loading.sources.reading import EACH_UP_TO, ERROR, WARNING, Issue, count
from metrics.others.held import OF_OTHERS

UNMATCHED, NONE_MATCHED = "of_other_children", "no_child_matched"
REST = (
    "{where}: {rows} rows of {table}, from here on, name no child or family of the child table, and"
    " {of}: those are kept and these left out. That is right where the file holds all children"
    " of the area; else correct the ids."
)
NONE = (
    "{where}: none of the {rows} rows of {table}, from here on, names a child or family of the"
    " child table: give the ids of the case system, or load its children with them."
)


def without_others_children(
    frames: MutableMapping[str, pd.DataFrame],
    reading: str,
    left_out: Sequence[dict[str, dict[str, int]]],
    issues: list[Issue],
) -> None:
    """Takes rows of nobody here out of `frames`, where they are many, and says so of each source.

    `reading` is the column with the number of a row's reading, by which `left_out` counts.
    """
    for table in OF_OTHERS:
        rows = frames.get(table.name)
        if rows is None or rows.empty:
            continue
        is_here = _is_here(rows, frames)
        for number, of_source in rows.groupby(reading):
            here = is_here[of_source.index]
            if len(here) - here.sum() > EACH_UP_TO:
                issue = _told(table.name, of_source, here)
                count(left_out[int(str(number))], table.name, issue.rule, int((~here).sum()))
                issues.append(issue)
                frames[table.name] = frames[table.name].drop(index=here.index[~here])


def _is_here(rows: pd.DataFrame, frames: Mapping[str, pd.DataFrame]) -> pd.Series:
    """Whether a row names a child, or a family, that the child table has."""
    known = frames.get(child.name, pd.DataFrame(columns=["child_id", "family_id"]))
    is_here = rows["child_id"].isin(known["child_id"].dropna())
    if "family_id" in rows:
        is_here |= rows["family_id"].isin(known["family_id"].dropna())
    return is_here


def _told(table: str, rows: pd.DataFrame, here: pd.Series) -> Issue:
    away = rows[~here]
    rule, says, severity = (UNMATCHED, REST, WARNING) if here.any() else (NONE_MATCHED, NONE, ERROR)
    key = str(keys(metadata.tables[table], away).iloc[0])
    of = int(here.sum())
    message = says.format(
        where=place_of_first(away, f"{table} {key}"),
        rows=f"{len(away):,}",
        table=table,
        of=f"{of:,} {agreeing(of, 'does', 'do')}",
    )
    return Issue(rule, table, key, severity, message)
