"""Builds the demonstration council and writes it into a case database."""

import json
from datetime import datetime

import pandas as pd
from sqlalchemy import Connection

from data_access import schema
from data_access.database import write
from loading.demo.children.agreed_intervals import agreements, interval_frame
from loading.demo.children.allocations import lead_allocations
from loading.demo.children.co_workers import (
    allocation_frame,
    co_workers,
    with_mistakes,
)
from loading.demo.children.conferences import conference_frames
from loading.demo.children.families import Family, child_frame, relative_frames
from loading.demo.children.family_referrals import FamilyReferral, family_referrals
from loading.demo.children.outcomes import with_outcomes
from loading.demo.children.placements import placements
from loading.demo.children.referral_tables import placement_frame, referral_frames
from loading.demo.children.reviews import review_frame
from loading.demo.children.scores import score_frame
from loading.demo.children.visits import visit_frame
from loading.demo.copies import NOT_COPIED, write_copies
from loading.demo.days import DATA_FROM, DATA_TO, as_date
from loading.demo.others.attendance import attendance_frame
from loading.demo.others.help import help_frames
from loading.demo.others.schools import enrolment_frame, enrolments, exclusion_frame
from loading.demo.tables import table_frame
from loading.demo.units import UNITS
from loading.demo.whereabouts import Whereabouts
from loading.demo.workers.absences import absence_frame, absences
from loading.demo.workers.diary import diary_frame
from loading.demo.workers.staff_tables import workforce_frames
from loading.demo.workers.supervision import FIRST_RECORDED, supervision_frames
from loading.demo.workers.surveys import FIRST_ASKED, survey_frames
from loading.demo.workers.vacancies import vacancy_frame
from loading.demo.workers.voices import complaint_frame
from loading.demo.workers.workforce import posts
from loading.matching.held_by_teams import held_by_teams
from loading.not_in_source import not_in_source

TAKEN_AT = datetime(2016, 11, 3, 9, 0)
# Nobody was asked before, and no supervision recorded.
_COVERS_FROM = {
    **dict.fromkeys(("survey_wave", "survey_response"), as_date(FIRST_ASKED).replace(day=1)),
    "supervision": as_date(FIRST_RECORDED).replace(day=1),
}


def demo_frames() -> dict[str, pd.DataFrame]:
    """Every canonical table by name, in the tables' own columns: always the same rows."""
    workforce, referred = posts(), family_referrals()
    leads = lead_allocations(referred, workforce)
    where = Whereabouts(leads)
    placed, agreed, away = placements(referred), agreements(referred), absences(workforce)
    held, staff = with_mistakes(leads, workforce), workforce_frames(workforce)
    frames = {
        "unit": _unit_frame(),
        **_of_children(referred),
        **staff,
        **supervision_frames(workforce, leads, staff["worker"]),
        "allocation": allocation_frame(held + co_workers(leads, workforce)),
        "placement": placement_frame(placed),
        "complaint": complaint_frame(leads),
        "visit_interval": interval_frame(agreed),
        "visit": visit_frame(referred, placed, agreed, where),
        "scale_score": score_frame(referred, where),
        "time_record": diary_frame(workforce, away),
        "absence": absence_frame(away),
        "vacancy": vacancy_frame(workforce),
        **survey_frames(referred, workforce, where),
    }
    # Results, what colleges and the police tell, and the questions that a council asks of its own.
    lacking = [table for table in schema.CANONICAL if table.name not in frames]
    return {**frames, **{table.name: table_frame(table, ()) for table in lacking}}


def _of_children(referred: list[FamilyReferral]) -> dict[str, pd.DataFrame]:
    """What follows from the families' referrals alone, whoever holds the children."""
    families = _families(referred)
    enrolled = enrolments(families)
    return {
        "child": child_frame(families),
        **relative_frames(families),
        **referral_frames(with_outcomes(referred)),
        **conference_frames(referred),
        "review": review_frame(referred),
        "enrolment": enrolment_frame(enrolled),
        "exclusion": exclusion_frame(enrolled),
        "education_period": attendance_frame(enrolled),
        **help_frames(referred),
    }


def _families(referred: list) -> list[Family]:
    families = {referral.family.family_id: referral.family for referral in referred}
    return [families[family_id] for family_id in sorted(families)]


def _unit_frame() -> pd.DataFrame:
    rows = [
        (
            unit.unit_id,
            unit.name,
            "Children's social care",
            unit.segment,
            unit.kind,
            unit.opened,
            None,
            None,
        )
        for unit in UNITS
    ]
    return table_frame(schema.unit, rows)


def write_demo(connection: Connection, scale: int = 1) -> dict[str, int]:
    """Writes the council, `scale` times over in the same units, and its load: rows per table."""
    frames = demo_frames()
    for name, rows in frames.items():
        write(connection, schema.metadata.tables[name], rows)
    write_copies(connection, scale)
    counts = {
        name: len(rows) * (1 if name in NOT_COPIED else scale) for name, rows in frames.items()
    }
    held = dict.fromkeys(frames, as_date(DATA_FROM)) | _COVERS_FROM
    missing = not_in_source(connection, covers_from=held)
    write(connection, schema.source_load, _load(counts, missing, _teams(frames, scale)))
    return counts


def _teams(frames: dict[str, pd.DataFrame], scale: int) -> dict[str, dict]:
    """What each unit holds on the last day; copies are of other children and workers."""
    held = held_by_teams(frames, as_date(DATA_TO))
    for team in held.values():
        team |= {"children": team["children"] * scale, "workers": team["workers"] * scale}
    return held


def _load(counts: dict[str, int], missing: dict[str, str], teams: dict[str, dict]) -> pd.DataFrame:
    tables = {
        name: {"read": count, "written": count, "left_out": {}} for name, count in counts.items()
    }
    details = {
        "tables": tables,
        "not_in_source": missing,
        "teams": teams,
        "data_from": as_date(DATA_FROM).isoformat(),
        "covers_from": {name: day.isoformat() for name, day in _COVERS_FROM.items()},
    }
    return pd.DataFrame(
        {
            "load_id": ["demo"],
            "source": ["demo"],
            "taken_at": [TAKEN_AT],
            "data_to": [as_date(DATA_TO)],
            "software_version": [None],
            "rows_json": [json.dumps(details)],
        }
    )
