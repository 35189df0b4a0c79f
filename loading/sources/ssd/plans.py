"""CIN plans, CP plans, placements and visits of the SSD."""

import pandas as pd

from data_access.code_sets.plans import LONG_TERM
from data_access.words.agreeing import Agreeing
from loading.fitting import FOUND_AT
from loading.sources.reading import WARNING
from loading.sources.returns.episodes_of_care import last_to_end, runs
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
from metrics.writing import count

ANOTHERS_PLAN = "a plan of another authority"
SAME_VISIT = "the same visit, among those of a CP plan or of care"
AT_ODDS = (
    "{n} {n:visit stands|visits stand} twice, as {at} and {again}, once with the child seen and"
    " once not: the child counts as seen. Correct the row that is wrong."
)
WHOSE = ["child_id", "visited_on"]
SEEN = ("seen", "seen_alone")


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
    rows = own_ids(_with_days(rows, of_episodes), "placement_id")
    drawing.keep("placement", rows.assign(long_term=rows["kind"].isin(LONG_TERM)))


def _with_days(rows: pd.DataFrame, of_episodes: pd.DataFrame) -> pd.DataFrame:
    """The placements, each without a start once for each spell of its episodes.

    A second spell of one placement has the day on which it began in its id.
    """
    without = rows["started_on"].isna()
    if not without.any():
        return rows
    spells = _spells(of_episodes)
    known = rows[without].drop(columns=["started_on", "ended_on"]).reset_index(names="place")
    known = known.merge(spells, on=["placement_id", "child_id"], how="left")
    again = known["place"].duplicated()
    days = known.loc[again, "started_on"].map("-{:%Y%m%d}".format)
    known.loc[again, "placement_id"] = known.loc[again, "placement_id"].astype(str) + days
    both = pd.concat([rows[~without], known.set_index("place")])
    return both.sort_index(kind="stable").reset_index(drop=True)


def _spells(episodes: pd.DataFrame) -> pd.DataFrame:
    """By placement and child the days of its episodes that go on with one another.

    Columns: `placement_id`, `child_id`, `started_on`, `ended_on`: None while one has not ceased.
    """
    whose = ["placement_id", "child_id"]
    spells = [
        (*of, run[0]["started_on"], last_to_end(run)["ended_on"])
        for of, rows in episodes.dropna(subset=["started_on"]).groupby(whose)
        for run in runs(rows.to_dict("records"))
    ]
    return pd.DataFrame(spells, columns=[*whose, "started_on", "ended_on"], dtype=object)


def draw_visits(drawing: Drawing) -> None:
    """Visits of each kind; one that stands among several kinds' counts as a CP or CLA visit.

    Liquidlogic's CIN visits hold the statutory ones again: of a child and a day the CIN one is
    passed over. What it alone says, above all that the child was seen, is kept.
    """
    of_cin = children_by(drawing.of(CIN_PLANS), "plan_id")
    of_cp = children_by(drawing.of(CP_PLANS), "plan_id")
    of_care = children_by(drawing.of(EPISODES), "cla_id")
    cin = with_children(drawing, "visit", drawing.take(CIN_VISITS), plan_id=of_cin)
    cp = with_children(drawing, "visit", drawing.take(CP_VISITS), plan_id=of_cp)
    cla = with_children(drawing, "visit", drawing.take(CLA_VISITS), cla_id=of_care)
    statutory = pd.concat([cp.assign(kind="CP"), cla.assign(kind="CLA")], ignore_index=True)
    again = _child_and_day(cin).isin(_child_and_day(statutory))
    drawing.pass_over("visit", SAME_VISIT, int(again.sum()))
    statutory = _with_what_cin_says(drawing, statutory, cin[again])
    drawing.keep("visit", _of_kind(cin[~again].reset_index(drop=True), "CIN"))
    for kind in ("CP", "CLA"):
        drawing.keep("visit", _of_kind(statutory[statutory["kind"] == kind], kind))


def _of_kind(visits: pd.DataFrame, kind: str) -> pd.DataFrame:
    return own_ids(visits, "visit_id", f"{kind}-").assign(kind=kind)


def _child_and_day(visits: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(visits[WHOSE])


def _with_what_cin_says(
    drawing: Drawing, statutory: pd.DataFrame, again: pd.DataFrame
) -> pd.DataFrame:
    """The CP and CLA visits, with what CIN rows of the same child and day know beside them.

    Of a kind, child and day one visit takes it. A child whom none of them has as seen, and a CIN
    row has, was seen: that one was no attempt.
    """
    if again.empty:
        return statutory
    said = _seen_first(again).drop_duplicates(WHOSE)[[*WHOSE, "seen", "seen_alone", FOUND_AT]]
    visits = _seen_first(statutory).drop_duplicates(["kind", *WHOSE]).reset_index(names="place")
    visits = visits.merge(said, on=WHOSE, suffixes=("", "_again")).set_index("place")
    seen_that_day = _child_and_day(statutory[statutory["seen"].eq(True)])
    may_take = ~_child_and_day(visits).isin(seen_that_day)
    was_seen = visits["seen_again"].eq(True) & visits["seen"].eq(False) & may_take
    _say_at_odds(drawing, visits[was_seen | _is_seen_here_alone(visits)])
    takes = was_seen | (visits["seen"].isna() & may_take)
    seen = visits["seen"].mask(takes, visits["seen_again"])
    alone = visits["seen_alone"].mask(was_seen, None)
    fills = alone.isna() & (seen == visits["seen_again"])
    alone = alone.mask(fills, visits["seen_alone_again"])
    statutory.loc[visits.index, "seen"] = seen
    statutory.loc[visits.index, "seen_alone"] = alone
    return statutory


def _seen_first(visits: pd.DataFrame) -> pd.DataFrame:
    """Visits before those that do not say, and these before attempts."""
    order = {name: visits[name].map({True: 0, False: 2}).fillna(1) for name in SEEN}
    by = pd.DataFrame({**order, "visit_id": visits["visit_id"].astype(str)})
    return visits.loc[by.sort_values([*by], kind="stable").index]


def _is_seen_here_alone(visits: pd.DataFrame) -> pd.Series:
    return visits["seen"].eq(True) & visits["seen_again"].eq(False)


def _say_at_odds(drawing: Drawing, visits: pd.DataFrame) -> None:
    if len(visits):
        first, number = visits.iloc[0], len(visits)
        message = AT_ODDS.format(
            n=Agreeing(number, count(number)),
            at=first[FOUND_AT],
            again=first[f"{FOUND_AT}_again"],
        )
        drawing.say("visits_at_odds", "visit", WARNING, message)
