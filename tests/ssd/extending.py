"""The council's tables that no dataset holds, as the extension tables `cs_…` beside it.

`LOST_BESIDE` says what of them these tables have no column for. Source: the extension tables that
ChildStat proposes to councils (docs/loading.md), written here by themselves.
"""

import numpy as np
import pandas as pd

from tests.ssd.reversing import Frames, staff_ids

# What the extension tables can't say of the council's own rows, and why.
LOST_BESIDE = {
    "unit.kind": "there is no kind: a unit with a segment is a segmented one",
    "post.leaving_reason": "there is no reason for leaving",
    "post.leaving_to": "there is no word of where to",
    "visit_interval.every": "it is a number of days; months are none",
    "visit_interval.reason": "there is no reason",
}
EXTENDED: dict[str, str] = {
    "cs_unit": "unit_id 48, unit_name 255, service_id 48, segment 255, valid_from date,"
    " valid_to date",
    "cs_unit_team_map": "dept_team_id 48, unit_id 48, valid_from date, valid_to date",
    "cs_worker_post": "post_id 48, professional_id 48, swe_no 48, unit_id 48, role_code 48,"
    " fte float, is_agency bit, is_asye bit,"
    " working_days 48, valid_from date, valid_to date",
    "cs_staff_absence": "absence_id 48, swe_no_or_staff_id 48, reason_code 3, first_day date,"
    " last_day date, working_days_lost float, recorded_at time",
    "cs_worker_time": "period_start date, period_end date, professional_id 48, unit_id 48,"
    " category 48, hours float, method 48",
    "cs_sos_scale": "scale_id 48, person_id 48, referral_id 48, scale_type 48,"
    " danger_statement_no int, rated_on date, score float, rater_role 48, recorded_at time",
    "cs_visit_detail": "visit_source 48, visit_id 48, recorded_at time, professional_id 48,"
    " attempted_only bit",
    "cs_visit_requirement": "requirement_id 48, person_id 48, basis 3, interval_days int,"
    " day_kind 12, valid_from date, valid_to date, set_by 255",
}
_DAYS = {"days": 1, "weeks": 7, "working_days": 1}
_RATERS = {"social_worker": "worker"}
_TABLES_OF_VISITS = {kind: f"ssd_{kind.lower()}_visits" for kind in ("CIN", "CP", "CLA")}


def council_beside(council: Frames) -> dict[str, pd.DataFrame]:
    """Every extension table that the council can fill, by name."""
    return {
        "cs_unit": _units(council["unit"]),
        "cs_unit_team_map": _teams(council["unit"]),
        "cs_worker_post": _posts(council),
        "cs_staff_absence": _absences(council),
        "cs_worker_time": _times(council["time_record"]),
        "cs_sos_scale": _scales(council["scale_score"]),
        "cs_visit_detail": _visits(council["visit"]),
        "cs_visit_requirement": _requirements(council["visit_interval"]),
    }


def _units(unit: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unit_id": unit.unit_id,
            "unit_name": unit.name,
            "service_id": unit.service,
            "segment": unit.segment,
            "valid_from": unit.opened_on,
            "valid_to": unit.closed_on,
        }
    )


def _teams(unit: pd.DataFrame) -> pd.DataFrame:
    """Each team is a unit of its own: the map adds nothing, and takes nothing."""
    return pd.DataFrame(
        {"dept_team_id": unit.unit_id, "unit_id": unit.unit_id, "valid_from": unit.opened_on}
    ).assign(valid_to=None)


def _posts(council: Frames) -> pd.DataFrame:
    post, worker = council["post"], council["worker"].set_index("worker_id")
    return pd.DataFrame(
        {
            "post_id": post.post_id,
            "professional_id": post.worker_id,
            "swe_no": post.worker_id.map(worker.registration_no),
            "unit_id": post.unit_id,
            "role_code": post.role,
            "fte": post.fte,
            "is_agency": post.agency,
            "is_asye": post.newly_qualified,
            "working_days": post.working_days,
            "valid_from": post.started_on,
            "valid_to": post.ended_on,
        }
    )


def _absences(council: Frames) -> pd.DataFrame:
    """Under the number that HR knows, or its own of its staff; a half day is half a day lost."""
    absence, worker = council["absence"], council["worker"].set_index("worker_id")
    number = absence.worker_id.map(worker.registration_no)
    return pd.DataFrame(
        {
            "absence_id": absence.absence_id,
            "swe_no_or_staff_id": number.where(number.notna(), staff_ids(absence.worker_id)),
            "reason_code": absence.reason,
            "first_day": absence.first_day,
            "last_day": absence.last_day,
            "working_days_lost": np.where(absence.half_day, 0.5, np.nan),
            "recorded_at": absence.recorded_on,
        }
    )


def _times(record: pd.DataFrame) -> pd.DataFrame:
    """A week's hours, from Monday to Sunday."""
    return pd.DataFrame(
        {
            "period_start": record.worked_on,
            "period_end": record.worked_on + pd.Timedelta(days=6),
            "professional_id": record.worker_id,
            "unit_id": record.unit_id,
            "category": record.category,
            "hours": record.hours,
            "method": record.method,
        }
    )


def _scales(score: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "scale_id": score.scale_score_id,
            "person_id": score.child_id,
            "referral_id": score.referral_id,
            "scale_type": score.scale,
            "danger_statement_no": None,
            "rated_on": score.scored_on,
            "score": score.score,
            "rater_role": score.rater.replace(_RATERS),
            "recorded_at": score.recorded_on,
        }
    )


def _visits(visit: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "visit_source": visit.kind.map(_TABLES_OF_VISITS),
            "visit_id": visit.visit_id,
            "recorded_at": visit.recorded_on,
            "professional_id": visit.worker_id,
            "attempted_only": visit.seen.eq(False),
        }
    )


def is_in_months(interval: pd.DataFrame) -> pd.Series:
    """Which agreed intervals are no number of days."""
    return ~interval.period.isin(list(_DAYS))


def in_days(interval: pd.DataFrame) -> pd.DataFrame:
    """The agreed intervals as a number of days each, without a reason; those of months stay."""
    months, working = is_in_months(interval), interval.period == "working_days"
    every = interval.every * interval.period.map(_DAYS)
    return interval.assign(
        every=interval.every.where(months, every),
        period=interval.period.where(months | working, "days"),
        reason=interval.reason.where(months, None),
    )


def _requirements(interval: pd.DataFrame) -> pd.DataFrame:
    """Those that are a number of days; what is agreed in months has no place here."""
    of_days = in_days(interval[~is_in_months(interval)])
    working = of_days.period == "working_days"
    return pd.DataFrame(
        {
            "requirement_id": of_days.visit_interval_id,
            "person_id": of_days.child_id,
            "basis": of_days.kind,
            "interval_days": of_days.every,
            "day_kind": np.where(working, "working", "calendar"),
            "valid_from": of_days.effective_from,
            "valid_to": of_days.effective_to,
            "set_by": of_days.authorised_by,
        }
    )
