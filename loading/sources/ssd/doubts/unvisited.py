"""Whether an extract leaves visits of open CIN plans out, as the one published for Eclipse does."""

from collections.abc import Iterator, Mapping
from datetime import date

import pandas as pd

from loading.losses import FEW
from loading.sources.reading import WARNING, Issue

HARDLY_VISITED = "open_cin_hardly_visited"


def unvisited(
    frames: Mapping[str, pd.DataFrame], until: date, no_visit_share: float
) -> Iterator[Issue]:
    """An issue where more than that share of children on an open CIN plan has no visit since.

    Visits of an earlier plan are of no account: the script leaves out those of open plans alone.
    """
    plans, visits = frames.get("plan"), frames.get("visit")
    if plans is None or visits is None:
        return
    ended = plans["ended_on"].map(lambda day: pd.notna(day) and day <= until).astype(bool)
    still_open = plans[plans["kind"].eq("CIN") & ~ended].dropna(subset=["started_on"])
    children = still_open["child_id"].drop_duplicates()
    without = len(children) - _visited_since(still_open, visits)
    if len(children) < FEW or without <= no_visit_share * len(children):
        return
    message = (
        f"{without} of {len(children)} children on an open CIN plan have no visit since it began:"
        " the extract may leave visits of open plans out, as the script published for Eclipse does,"
        " and their visits count as not made. Ask whoever deployed the SSD."
    )
    yield Issue(HARDLY_VISITED, "visit", None, WARNING, message)


def _visited_since(plans: pd.DataFrame, visits: pd.DataFrame) -> int:
    """How many children of the plans have a visit on or after the day on which one began."""
    seen = plans[["child_id", "started_on"]].merge(
        visits[["child_id", "visited_on"]].dropna(), on="child_id"
    )
    return int(seen.loc[seen["visited_on"] >= seen["started_on"], "child_id"].nunique())
