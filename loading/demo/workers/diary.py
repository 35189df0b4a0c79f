"""The time diary: a week's hours of each practitioner by category, and two surveys that differ."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loading.demo.chance import generator
from loading.demo.days import (
    DATA_FROM,
    DATA_TO,
    day_number,
    is_working,
    month_of,
    working_days_in,
)
from loading.demo.tables import dates
from loading.demo.units import BY_ID, SEGMENTED
from loading.demo.workers.absences import Absence
from loading.demo.workers.workforce import PRACTITIONERS, Post

WORKED = (
    "direct_work",
    "travel",
    "recording",
    "meetings",
    "supervision",
    "training",
    "court",
    "other",
)
LEAVE = ("annual_leave", "sickness", "other_leave")
HOURS_A_DAY = 7.4
DIRECT_IN_SEPTEMBER, TRAINING_IN_SEPTEMBER = 0.27, 0.22
_IN_AREAS = (0.27, 0.11, 0.27, 0.13, 0.05, 0.05, 0.05, 0.07)
_IN_UNITS = (0.31, 0.09, 0.22, 0.13, 0.07, 0.08, 0.04, 0.06)
_IN_TRAINING = (0.265, 0.07, 0.19, 0.11, 0.06, 0.22, 0.03, 0.055)
_MANAGING = (0.05, 0.04, 0.17, 0.38, 0.2, 0.05, 0.04, 0.07)
_AS_THE_SURVEY_SAID = (0.4, 0.1, 0.2, 0.12, 0.05, 0.04, 0.03, 0.06)
_RECORDED_WEEKS, _ON_LEAVE = 0.93, 0.11
_NEW_FOR_DAYS = 100
_SURVEYED = (day_number(2015, 10, 5), day_number(2016, 6, 6))


@dataclass(frozen=True)
class Week:
    """One worker's week in one post: hours there were to work, and hours lost to each leave."""

    post: Post
    monday: int
    hours: float
    leave: tuple[float, float, float]


def diary_frame(posts: list[Post], absences: list[Absence]) -> pd.DataFrame:
    """Table `time_record`, sorted by day: the diary, then the surveys' rows among them."""
    weeks = _weeks(posts, absences)
    records = pd.concat([_diary(weeks), _survey(weeks)])
    records = records[records["hours"] > 0]
    records = records.sort_values(["monday", "worker_id", "method"], kind="stable")
    records.insert(0, "time_record_id", [f"T{n:07}" for n in range(1, len(records) + 1)])
    records["worked_on"] = dates(records.pop("monday").tolist())
    return records.reset_index(drop=True)


def _weeks(posts: list[Post], absences: list[Absence]) -> list[Week]:
    """Every week that began in a post of somebody who keeps a diary."""
    away = _days_away(absences)
    numbers = generator("annual leave")
    return [
        _week(post, monday, away, numbers.random())
        for post in posts
        if post.role in (*PRACTITIONERS, "team_manager") and post.fte > 0
        for monday in range(DATA_FROM + 6, DATA_TO, 7)
        if post.covers(monday)
    ]


def _days_away(absences: list[Absence]) -> dict[tuple[str, int], str]:
    return {
        (absence.worker_id, number): "sickness" if absence.reason == "SIC" else "other_leave"
        for absence in absences
        for number in range(absence.first, min(absence.last, DATA_TO) + 1)
        if is_working(number) and absence.reason != "TRN" and not absence.half
    }


def _week(post: Post, monday: int, away: dict[tuple[str, int], str], draw: float) -> Week:
    until = min(monday + 7, post.ended)
    here = [away.get((post.worker_id, number)) for number in range(monday, until)]
    sick, other = here.count("sickness"), here.count("other_leave")
    in_post = working_days_in(monday, until)
    annual = in_post - sick - other if draw < _ON_LEAVE else 0
    a_day = HOURS_A_DAY * post.fte
    left = in_post - sick - other - annual
    return Week(post, monday, left * a_day, (annual * a_day, sick * a_day, other * a_day))


def _diary(weeks: list[Week]) -> pd.DataFrame:
    """The weeks that were filled in; September 2016 is set to the report's shares."""
    numbers = generator("diary")
    recorded = [week for week in weeks if numbers.random() < _RECORDED_WEEKS]
    mean = np.array([_shares(week) for week in recorded])
    drawn = numbers.gamma(mean * 26)
    hours = np.array([week.hours for week in recorded]) * numbers.normal(1.0, 0.03, len(recorded))
    worked = drawn / drawn.sum(axis=1, keepdims=True) * hours[:, None]
    for in_units in (True, False):
        chosen = np.array([_in_september(week, in_units) for week in recorded])
        worked[chosen] = _set_shares(worked[chosen], in_units)
    leave = np.array([week.leave for week in recorded])
    return _long(recorded, np.hstack([worked, leave]), (*WORKED, *LEAVE), "diary")


def _shares(week: Week) -> tuple[float, ...]:
    post = week.post
    if post.role == "team_manager":
        return _MANAGING
    if post.unit_id not in SEGMENTED:
        return _IN_AREAS
    new = week.monday < BY_ID[post.unit_id].opened + _NEW_FOR_DAYS
    return _IN_TRAINING if new or week.monday >= day_number(2016, 8, 1) else _IN_UNITS


def _in_september(week: Week, in_units: bool) -> bool:
    counts = week.post.role in PRACTITIONERS
    here = (week.post.unit_id in SEGMENTED) == in_units
    return counts and here and month_of(week.monday) == (2016, 9)


def _set_shares(worked: np.ndarray, in_units: bool) -> np.ndarray:
    """The same hours in all, moved between categories until the pooled shares are as wanted."""
    wanted = {"direct_work": DIRECT_IN_SEPTEMBER}
    if in_units:
        wanted["training"] = TRAINING_IN_SEPTEMBER
    total = worked.sum()
    factors = np.full(len(WORKED), 1.0)
    fixed = [WORKED.index(category) for category in wanted]
    for place, share in zip(fixed, wanted.values(), strict=True):
        factors[place] = share * total / worked[:, place].sum()
    rest = [place for place in range(len(WORKED)) if place not in fixed]
    factors[rest] = (1 - sum(wanted.values())) * total / worked[:, rest].sum()
    return worked * factors


def _survey(weeks: list[Week]) -> pd.DataFrame:
    """One week's survey, twice: people remember more direct work than the diary shows."""
    numbers = generator("time survey")
    surveyed = [week for week in weeks if week.monday in _SURVEYED and week.hours > 0]
    answered = [week for week in surveyed if numbers.random() < 0.7]
    hours = np.array([week.hours for week in answered])
    worked = numbers.dirichlet(np.array(_AS_THE_SURVEY_SAID) * 30, len(answered)) * hours[:, None]
    return _long(answered, worked, WORKED, "survey")


def _long(
    weeks: list[Week], hours: np.ndarray, categories: tuple[str, ...], method: str
) -> pd.DataFrame:
    rows_a_week = len(categories)
    return pd.DataFrame(
        {
            "monday": np.repeat([week.monday for week in weeks], rows_a_week),
            "worker_id": np.repeat([week.post.worker_id for week in weeks], rows_a_week),
            "unit_id": np.repeat([week.post.unit_id for week in weeks], rows_a_week),
            "category": np.tile(categories, len(weeks)),
            "hours": np.round(hours.ravel() * 4) / 4,
            "method": method,
        }
    )
