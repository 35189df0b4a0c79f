"""The five metrics as most dashboards do it: pull rows into pandas, group, draw.

Written as a careful analyst would: only the columns that are needed, no loop where pandas has a
function. It starts from the same loaded database, `visit_due` included, so it is spared the
hardest part. Each gives month, unit_id, numerator, denominator; `python -m bench` checks that
both ways come to the same figures.
"""

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
import plotly.graph_objects as go
from sqlalchemy import Column, Engine, select

from data_access.schema import (
    absence,
    allocation,
    calendar_day,
    post,
    referral,
    scale_score,
    source_load,
    time_record,
    visit_due,
)
from data_access.settings import Settings

FAR = pd.Timestamp("2100-01-01")
Frame: TypeAlias = pd.DataFrame


def caseload(engine: Engine, settings: Settings) -> Frame:
    a, p = allocation.c, post.c
    held = _pulled(engine, a.child_id, a.worker_id, a.unit_id, a.lead, a.started_on, a.ended_on)
    held = held[held["lead"] & held["worker_id"].notna()]
    posts = _pulled(engine, p.worker_id, p.unit_id, p.fte, p.started_on, p.ended_on)
    return pd.concat(_holders(held, posts, day) for day in _month_ends(engine))


def _holders(held: Frame, posts: Frame, day: pd.Timestamp) -> Frame:
    cases = _covering(held, day).drop_duplicates(["child_id", "worker_id"])
    in_post = _covering(posts, day)
    both = cases.merge(in_post, on="worker_id", suffixes=("", "_post"))
    both["match"] = both["unit_id"] == both["unit_id_post"]
    both = both.sort_values(["match", "fte"], ascending=False)
    both = both.drop_duplicates(["child_id", "worker_id"])
    both = both[both["fte"] > 0]
    units = both.groupby("unit_id_post")
    fte = both.drop_duplicates(["worker_id", "unit_id_post"]).groupby("unit_id_post")["fte"].sum()
    tallies = pd.DataFrame({"numerator": units.size(), "denominator": fte})
    return tallies.rename_axis("unit_id").reset_index().assign(month=day.replace(day=1).date())


def direct_work(engine: Engine, settings: Settings) -> Frame:
    t, p = time_record.c, post.c
    records = _pulled(
        engine, t.time_record_id, t.worker_id, t.unit_id, t.worked_on, t.category, t.hours, t.method
    )
    posts = _pulled(engine, p.worker_id, p.unit_id, p.role, p.started_on, p.ended_on)
    posts = posts[posts["role"].isin(settings.practitioner_roles)]
    records = records[records["method"] == settings.time_method]
    records = records[~records["category"].isin(settings.leave_categories)]
    both = records.merge(posts, on="worker_id", suffixes=("", "_post"))
    both = both[(both["started_on"] <= both["worked_on"]) & (both["worked_on"] < both["ended_on"])]
    both = both.drop_duplicates("time_record_id")
    both["numerator"] = both["hours"].where(both["category"].isin(settings.direct_categories), 0.0)
    both["denominator"] = both["hours"]
    both["unit_id"] = both["unit_id"].fillna(both["unit_id_post"])
    return _by_month(both, "worked_on")


def sickness(engine: Engine, settings: Settings) -> Frame:
    a, p = absence.c, post.c
    in_post = _pulled(
        engine, p.post_id, p.worker_id, p.unit_id, p.fte, p.agency, p.started_on, p.ended_on
    )
    in_post = in_post[~in_post["agency"]]
    working = _working_days(engine)
    days = _day_rows(in_post, in_post["started_on"], in_post["ended_on"], working)
    sick = _pulled(engine, a.worker_id, a.reason, a.first_day, a.last_day, a.half_day)
    sick = sick[sick["reason"] == "SIC"]
    after_last = sick["last_day"].fillna(FAR) + pd.Timedelta(days=1)
    lost = _day_rows(sick, sick["first_day"], after_last, working)
    lost["share"] = np.where(lost["half_day"], 0.5, 1.0)
    lost = lost.groupby(["worker_id", "day"], as_index=False)["share"].max()
    days = days.merge(lost, on=["worker_id", "day"], how="left")
    days["numerator"] = days["fte"] * days["share"].fillna(0)
    days["denominator"] = days["fte"]
    return _by_month(days, "day")


def distance_travelled(engine: Engine, settings: Settings) -> Frame:
    r, s, a = referral.c, scale_score.c, allocation.c
    closed = _pulled(engine, r.referral_id, r.child_id, r.received_on, r.closed_on)
    closed = closed[closed["closed_on"].notna()]
    scores = _pulled(engine, s.child_id, s.scale, s.rater, s.scored_on, s.score, s.best)
    scores = scores[(scores["scale"] == settings.scale) & (scores["rater"] == settings.rater)]
    scores = scores[scores["score"].between(0, 10)]
    scores["score"] = scores["score"].where(scores["best"] == "high", 10 - scores["score"])
    both = closed.merge(scores, on="child_id")
    both = both[both["scored_on"].between(both["received_on"], both["closed_on"])]
    both = both.sort_values("scored_on").groupby("referral_id")
    ends = both.agg(
        child_id=("child_id", "first"), closed_on=("closed_on", "first"),
        first=("score", "first"), last=("score", "last"), days=("scored_on", "nunique"),
    )  # fmt: skip
    ends = ends[ends["days"] > 1].reset_index()
    ends["numerator"] = ends["last"] - ends["first"]
    ends["denominator"] = 1.0
    leads = _pulled(engine, a.child_id, a.unit_id, a.lead, a.started_on, a.ended_on)
    leads = leads[leads["lead"]]
    near = ends.merge(leads, on="child_id", how="left")
    near = near[(near["started_on"] <= near["closed_on"]) & (near["ended_on"] >= near["closed_on"])]
    near = near.sort_values("started_on").drop_duplicates("referral_id", keep="last")
    ends = ends.merge(near[["referral_id", "unit_id"]], on="referral_id", how="left")
    return _by_month(ends, "closed_on")


def visits_out_of_timescale(engine: Engine, settings: Settings) -> Frame:
    v = visit_due.c
    due = _pulled(engine, v.unit_id, v.due_on, v.visited_on)
    in_time = due["visited_on"].notna() & (due["visited_on"] <= due["due_on"])
    data_to = _data_to(engine)
    due = due[(due["due_on"] < data_to) | (in_time & (due["due_on"] == data_to))]
    in_time = due["visited_on"].notna() & (due["visited_on"] <= due["due_on"])
    due["numerator"] = np.where(in_time, 0.0, 1.0)
    due["denominator"] = 1.0
    return _by_month(due, "due_on")


USUAL: dict[str, Callable[[Engine, Settings], Frame]] = {
    "caseload": caseload,
    "direct_work": direct_work,
    "sickness": sickness,
    "distance_travelled": distance_travelled,
    "visits_out_of_timescale": visits_out_of_timescale,
}


def chart_json(frame: Frame) -> str:
    """The trend of every unit as one chart, as it goes to the browser."""
    by_unit = frame.assign(value=frame["numerator"] / frame["denominator"]).groupby("unit_id")
    lines = [
        go.Scatter(x=rows["month"], y=rows["value"], name=str(unit_id)) for unit_id, rows in by_unit
    ]
    return str(go.Figure(lines).to_json())


def _pulled(engine: Engine, *columns: Column) -> Frame:
    rows = pd.read_sql(select(*columns), engine)
    for name in rows.columns:
        if name.endswith(("_on", "_day")) and name != "half_day":
            rows[name] = pd.to_datetime(rows[name])
    if "ended_on" in rows:
        rows["ended_on"] = rows["ended_on"].fillna(FAR)
    return rows


def _covering(spells: Frame, day: pd.Timestamp) -> Frame:
    return spells[(spells["started_on"] <= day) & (spells["ended_on"] > day)]


def _data_to(engine: Engine) -> pd.Timestamp:
    return pd.to_datetime(pd.read_sql(select(source_load.c.data_to), engine)["data_to"]).max()


def _month_ends(engine: Engine) -> pd.DatetimeIndex:
    c = calendar_day.c
    first = pd.to_datetime(pd.read_sql(select(c.day), engine)["day"]).min()
    return pd.date_range(first, _data_to(engine), freq="ME")


def _working_days(engine: Engine) -> pd.DatetimeIndex:
    days = _pulled(engine, calendar_day.c.day, calendar_day.c.working)
    days = pd.to_datetime(days.loc[days["working"], "day"])
    return pd.DatetimeIndex(days[days <= _data_to(engine)].sort_values())


def _day_rows(
    spells: Frame, starts: pd.Series, ends: pd.Series, working: pd.DatetimeIndex
) -> Frame:
    """A row for each working day of each spell; `ends` are not included."""
    first, after = working.searchsorted(starts), working.searchsorted(ends)
    counts = np.maximum(after - first, 0)
    repeated = spells.loc[spells.index.repeat(counts)].reset_index(drop=True)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    repeated["day"] = working[np.repeat(first, counts) + within]
    return repeated


def _by_month(rows: Frame, day: str) -> Frame:
    rows = rows.assign(month=rows[day].dt.to_period("M").dt.start_time.dt.date)
    sums = rows.groupby(["month", "unit_id"], dropna=False)[["numerator", "denominator"]].sum()
    return sums.reset_index()
