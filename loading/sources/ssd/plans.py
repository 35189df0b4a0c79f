"""CIN plans, CP plans, placements and visits of the SSD."""

import pandas as pd

from data_access.code_sets.plans import LONG_TERM
from loading.sources.ssd.declared import REFERRALS
from loading.sources.ssd.declared_plans import (
    CIN_PLANS,
    CIN_VISITS,
    CLA_VISITS,
    CP_PLANS,
    CP_VISITS,
    EPISODES,
    PLACEMENTS,
)
from loading.sources.ssd.drawing import Drawing, children_by, own_ids, with_children

ANOTHERS_PLAN = "a plan of another authority"
SAME_VISIT = "the same visit, among those of a CP plan or of care"


def draw_plans(drawing: Drawing) -> None:
    """CIN and CP plans, but for those that another authority holds.

    A CP plan's category is the latest, else the first.
    """
    of_referral = children_by(drawing.of(REFERRALS), "referral_id")
    cin = with_children(drawing, "plan", drawing.of(CIN_PLANS), referral_id=of_referral)
    drawing.keep("plan", own_ids(cin, "plan_id", "CIN-").assign(kind="CIN"))
    cp = with_children(drawing, "plan", drawing.of(CP_PLANS), referral_id=of_referral)
    elsewhere = cp["of_another_authority"].eq(True)
    drawing.pass_over("plan", ANOTHERS_PLAN, int(elsewhere.sum()))
    cp = own_ids(cp[~elsewhere].reset_index(drop=True), "plan_id", "CP-")
    category = cp["category"].where(cp["category"].notna(), cp["first_category"])
    drawing.keep("plan", cp.assign(kind="CP", category=category))


def draw_placements(drawing: Drawing) -> None:
    """Placements; what one lacks of child and days is that of the episodes which name it."""
    episodes = drawing.of(EPISODES)
    rows = drawing.of(PLACEMENTS)
    of_episodes = episodes.dropna(subset=["placement_id"])
    rows = with_children(
        drawing,
        "placement",
        rows,
        cla_id=children_by(episodes, "cla_id"),
        episode_id=children_by(episodes, "episode_id"),
        placement_id=children_by(of_episodes, "placement_id"),
    )
    began, ended = _days_of_episodes(of_episodes)
    without = rows["started_on"].isna()
    started_on = rows["started_on"].where(~without, rows["placement_id"].map(began))
    ended_on = rows["ended_on"].where(~without, rows["placement_id"].map(ended))
    rows = rows.assign(started_on=started_on, ended_on=ended_on)
    long_term = rows["kind"].isin(LONG_TERM)
    drawing.keep("placement", own_ids(rows.assign(long_term=long_term), "placement_id"))


def _days_of_episodes(episodes: pd.DataFrame) -> tuple[dict, dict]:
    """By placement, when its first episode began, and when its last one ceased, if all have."""
    began: dict[object, object] = {}
    ended: dict[object, object] = {}
    for placement_id, rows in episodes.groupby("placement_id"):
        began[placement_id] = min(rows["started_on"].dropna(), default=None)
        ended[placement_id] = None if rows["ended_on"].isna().any() else max(rows["ended_on"])
    return began, ended


def draw_visits(drawing: Drawing) -> None:
    """Visits of each kind; one that stands among several kinds' counts as a CP or CLA visit.

    Liquidlogic's CIN visits hold the statutory ones again: of a child and a day the CIN one is
    passed over.
    """
    of_cin = children_by(drawing.of(CIN_PLANS), "plan_id")
    of_cp = children_by(drawing.of(CP_PLANS), "plan_id")
    of_care = children_by(drawing.of(EPISODES), "cla_id")
    cin = with_children(drawing, "visit", drawing.take(CIN_VISITS), plan_id=of_cin)
    cp = with_children(drawing, "visit", drawing.take(CP_VISITS), plan_id=of_cp)
    cla = with_children(drawing, "visit", drawing.take(CLA_VISITS), cla_id=of_care)
    statutory = pd.MultiIndex.from_frame(pd.concat([_child_and_day(cp), _child_and_day(cla)]))
    again = pd.MultiIndex.from_frame(_child_and_day(cin)).isin(statutory)
    drawing.pass_over("visit", SAME_VISIT, int(again.sum()))
    cin = cin[~again].reset_index(drop=True)
    for kind, rows in (("CIN", cin), ("CP", cp), ("CLA", cla)):
        drawing.keep("visit", own_ids(rows, "visit_id", f"{kind}-").assign(kind=kind))


def _child_and_day(visits: pd.DataFrame) -> pd.DataFrame:
    return visits[["child_id", "visited_on"]]
