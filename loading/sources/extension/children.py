"""Scores, details of visits and agreed intervals of the extension tables."""

import pandas as pd

from data_access.words.agreeing import Agreeing
from loading.fitting import FOUND_AT
from loading.sources.extension import declared
from loading.sources.extension.drawn import Drawn
from loading.sources.extension.numbered import numbered
from loading.sources.reading import WARNING, Issue
from metrics.writing import count

DANGER = "danger"
AT_ODDS = (
    "{n} {n:row says|rows say} otherwise than the one of the same visit that was recorded first"
    " whether it was only attempted, as {at} and {first}: of one child's visit the first counts."
    " Correct the row that is wrong."
)


def draw_scales(drawn: Drawn) -> None:
    """Of several danger statements the first has the scale's own name; of danger low is safe."""
    rows = drawn.take(declared.SCALES)
    if rows is None:
        return
    number = rows["statement_id"]
    other = number.notna() & ~number.eq("1")
    named = rows["scale"].astype(str) + " " + number.astype(str)
    scale = rows["scale"].where(~other, named)
    best = rows["scale"].eq(DANGER).map({True: "low", False: "high"})
    drawn.frames["scale_score"] = rows.assign(scale=scale, best=best).drop(columns="statement_id")


def draw_visits(drawn: Drawn) -> None:
    """A visit of the SSD is known by its kind and its id there; one only attempted saw nobody.

    Of several details of one id the one that was recorded first goes first, also where it says that
    the visit was made: no later one makes an attempt of it.
    """
    rows = drawn.take(declared.VISITS)
    if rows is None:
        return
    visit_id = rows["kind"] + "-" + rows["visit_id"]
    seen = _only_attempted(drawn, rows, visit_id).map({True: False})
    kept = rows[["worker_id", "recorded_on", FOUND_AT]]
    details = kept.assign(visit_detail_id=visit_id, visit_id=visit_id, seen=seen)
    drawn.frames["visit_detail"] = numbered(
        details, "visit_detail_id", ["recorded_on", "seen", "worker_id"], alike_are_one=True
    )


def _only_attempted(drawn: Drawn, rows: pd.DataFrame, visit_id: pd.Series) -> pd.Series:
    """Whether each row has its visit as only attempted; not known where the first says otherwise.

    Of two that were recorded on one day the one by which it was made goes first.
    """
    by = ["recorded_on", "attempted_only"]
    known = rows.assign(visit_id=visit_id)[rows["attempted_only"].notna()]
    firsts = known.sort_values(by, kind="stable").drop_duplicates("visit_id")
    first = known["visit_id"].map(firsts.set_index("visit_id")["attempted_only"])
    at_odds = known[known["attempted_only"].astype(bool) != first.astype(bool)]
    if at_odds.empty:
        return rows["attempted_only"]
    message = AT_ODDS.format(
        n=Agreeing(len(at_odds), count(len(at_odds))),
        at=at_odds[FOUND_AT].iloc[0],
        first=firsts.set_index("visit_id").loc[at_odds["visit_id"].iloc[0], FOUND_AT],
    )
    drawn.told.issues.append(Issue("visits_at_odds", "visit_detail", None, WARNING, message))
    return rows["attempted_only"].mask(rows.index.isin(at_odds.index))


def draw_intervals(drawn: Drawn) -> None:
    """Agreed intervals, as they stand."""
    rows = drawn.rows(declared.INTERVALS)
    if rows is not None:
        drawn.frames["visit_interval"] = rows
