"""What each team of a source holds, for whoever has to say which unit it is of."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd

SAY_WHO = ("allocation", "post")


def held_by_teams(frames: Mapping[str, pd.DataFrame], day: date) -> dict[str, dict[str, Any]]:
    """By each team's id: its name, and what it holds on `day`.

    `children` with an open allocation to it, `workers` with an open post in it or such an
    allocation, and the first and the last day on which any began: None where it never had any.
    """
    rows = pd.concat([_open_and_not(frames.get(table), day) for table in SAY_WHO])
    teams = dict(_names(frames.get("unit")))
    teams |= {team: None for team in rows["unit_id"].dropna().unique() if team not in teams}
    held = {str(team): of_team for team, of_team in rows.groupby("unit_id")}
    return {str(team): {"name": name, **_held(held.get(str(team)))} for team, name in teams.items()}


def _names(units: pd.DataFrame | None) -> list[tuple[str, str | None]]:
    if units is None:
        return []
    known = units.reindex(columns=["unit_id", "name"]).astype(object)
    return list(known.where(known.notna(), None).itertuples(index=False, name=None))


def _open_and_not(rows: pd.DataFrame | None, day: date) -> pd.DataFrame:
    """Who is held or posted where, from when, and whether that is open at the end of `day`."""
    columns = ["unit_id", "child_id", "worker_id", "started_on", "ended_on"]
    known = pd.DataFrame(columns=columns) if rows is None else rows.reindex(columns=columns)
    began, ended = (
        pd.to_datetime(known[name].astype(object), format="ISO8601", utc=False)
        for name in ("started_on", "ended_on")
    )
    at = pd.Timestamp(day)
    return known.assign(began=began, open=(began <= at) & ~(ended <= at))


def _held(rows: pd.DataFrame | None) -> dict[str, Any]:
    if rows is None:
        return {"children": 0, "workers": 0, "first": None, "last": None}
    now, began = rows[rows["open"]], rows["began"].dropna()
    return {
        "children": int(now["child_id"].nunique()),
        "workers": int(now["worker_id"].nunique()),
        "first": began.min().date().isoformat() if len(began) else None,
        "last": began.max().date().isoformat() if len(began) else None,
    }
