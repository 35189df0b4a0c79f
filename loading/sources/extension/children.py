"""Scores, details of visits and agreed intervals of the extension tables."""

from loading.fitting import FOUND_AT
from loading.sources.extension import declared
from loading.sources.extension.drawn import Drawn
from loading.sources.extension.numbered import numbered

DANGER = "danger"


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

    Of several details of one id the one that was recorded first goes first.
    """
    rows = drawn.take(declared.VISITS)
    if rows is None:
        return
    visit_id = rows["kind"] + "-" + rows["visit_id"]
    seen = rows["attempted_only"].map({True: False})
    kept = rows[["worker_id", "recorded_on", FOUND_AT]]
    details = kept.assign(visit_detail_id=visit_id, visit_id=visit_id, seen=seen)
    drawn.frames["visit_detail"] = numbered(
        details, "visit_detail_id", ["recorded_on", "seen", "worker_id"], alike_are_one=True
    )


def draw_intervals(drawn: Drawn) -> None:
    """Agreed intervals, as they stand."""
    rows = drawn.rows(declared.INTERVALS)
    if rows is not None:
        drawn.frames["visit_interval"] = rows
