"""Folders to start from: every CSV file with its headings, and one with rows of a few families.

The rows are of the demonstration council: invented, and whole, so that every id is in its table.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd
from sqlalchemy import Boolean, Table

from data_access import schema
from data_access.connection.private_files import keep_to_owner
from data_access.problems import Problem
from data_access.schema import CANONICAL, PLAN_KINDS
from loading.checks.outcomes.of_others import OF_A_FAMILY
from loading.demo.council import demo_frames
from loading.demo.days import DATA_TO, as_date
from loading.demo.example_rows import held_by_others
from loading.sources.said_of_load import FILE, first_day_column

EMPTY, EXAMPLE = "empty", "example"
WEEKS_OF_WORK = 10
Frames = Mapping[str, pd.DataFrame]


def write_templates(folder: Path) -> dict[str, int]:
    """Writes `folder`/empty and `folder`/example: rows of each file of the example.

    Nothing that is there is written over: a Problem says so, and nothing is written.
    """
    for name in (EMPTY, EXAMPLE):
        if (folder / name).exists():
            raise Problem(f"{folder / name} is there already: name another folder, or remove it.")
    frames = example_frames()
    for table in CANONICAL:
        headings = pd.DataFrame(columns=[column.name for column in table.columns])
        _write(folder / EMPTY, table, headings)
        _write(folder / EXAMPLE, table, frames[table.name])
    _write(folder / EMPTY, FILE, pd.DataFrame(columns=FILE.c.keys()))
    _write(folder / EXAMPLE, FILE, _said_of_load(frames))
    return {name: len(rows) for name, rows in frames.items()}


def _said_of_load(frames: Frames) -> pd.DataFrame:
    """The last day, and since when each table is held: of these families nothing came before."""
    days = {
        name: rows[column].min().replace(day=1)
        for name, rows in frames.items()
        if (column := first_day_column(schema.metadata.tables[name]))
    }
    said = {"table_name": list(days), "covers_from": list(days.values())}
    return pd.DataFrame(said).assign(data_to=as_date(DATA_TO))[FILE.c.keys()]


def example_frames() -> dict[str, pd.DataFrame]:
    """A few families of the council with all that is known of them, and those who work with them.

    Of time only the last weeks of the workers who hold the children now.
    """
    council = demo_frames()
    chosen = {"child_id": _of_families(council)}
    of_children = {
        table.name: _among(council[table.name], chosen)
        for table in CANONICAL
        if "child_id" in table.c
    }
    of_families = {"family_id": of_children["child"]["family_id"]}
    assessed = {"assessment_id": of_children["assessment"]["assessment_id"]}
    related = {"person_id": of_children["relationship"]["person_id"]}
    return {
        **of_children,
        **{one.name: _among(council[one.name], of_families) for one in OF_A_FAMILY},
        **_who_work_with(of_children, council),
        "unit": council["unit"],
        "assessment_factor": _among(council["assessment_factor"], assessed),
        "person": _among(council["person"], related),
        **_one_form_of_each_survey(council),
        **held_by_others(of_children["child"]),
        "visit_detail": _when_recorded(of_children["visit"]),
        "vacancy": council["vacancy"].dropna(subset=["ended_on"]).tail(2),
    }


def _when_recorded(visits: pd.DataFrame) -> pd.DataFrame:
    """What a report on one of the visits adds: the day that its record has as well."""
    recorded = visits.dropna(subset=["recorded_on"]).head(1)[["visit_id", "recorded_on"]]
    names = [column.name for column in schema.visit_detail.columns]
    return recorded.assign(visit_detail_id="VD1").reindex(columns=names)


def _who_work_with(of_children: Frames, council: Frames) -> dict[str, pd.DataFrame]:
    held = of_children["allocation"]
    workers = {*held["worker_id"], *of_children["visit"]["worker_id"]}
    holders = {*held[held["ended_on"].isna()]["worker_id"]}
    at_work = _among(council["time_record"], {"worker_id": holders})
    return {
        **_supervised(workers, of_children["supervision_child"], council["supervision"]),
        "worker": _among(council["worker"], {"worker_id": workers}),
        "post": _among(council["post"], {"worker_id": workers}),
        "absence": _among(council["absence"], {"worker_id": holders}),
        "time_record": at_work[at_work["worked_on"].isin(_last_weeks(at_work))],
    }


def _supervised(
    workers: set[str], talked: pd.DataFrame, sessions: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Sessions of these workers at which somebody talked of the children, and who was talked of."""
    theirs = _among(sessions, {"worker_id": workers})
    return {
        "supervision": _among(theirs, {"supervision_id": talked["supervision_id"]}),
        "supervision_child": _among(talked, {"supervision_id": theirs["supervision_id"]}),
    }


def _one_form_of_each_survey(council: Frames) -> dict[str, pd.DataFrame]:
    """The last wave of each survey that anybody answered, with one respondent's answers."""
    answers = council["survey_response"]
    last = answers.groupby("survey")["respondent_id"].last()
    chosen = _among(answers, {"respondent_id": last})
    waves = {"survey_wave_id": chosen["survey_wave_id"]}
    return {
        "survey_response": chosen,
        "survey_wave": _among(council["survey_wave"], waves),
        "survey_respondent": _among(
            council["survey_respondent"], {"respondent_id": chosen["respondent_id"]}
        ),
    }


def _among(rows: pd.DataFrame, values: Mapping[str, Iterable[object]]) -> pd.DataFrame:
    ((column, wanted),) = values.items()
    return rows[rows[column].isin(list(wanted))]


def _last_weeks(at_work: pd.DataFrame) -> list:
    return sorted(at_work["worked_on"].unique())[-WEEKS_OF_WORK:]


def _of_families(council: Frames) -> set[str]:
    """The children of the first family that shows each thing: a plan of each kind, an agreed
    interval, a complaint, a closure with scores, and a plan that an initial conference led to.
    """
    plans, scores = council["plan"], council["scale_score"]
    scored = scores.groupby("referral_id").size()
    closed = _among(council["referral"], {"referral_id": scored[scored > 1].index})
    still = plans[plans["ended_on"].isna()]
    shown = [
        *(still[still["kind"] == kind] for kind in PLAN_KINDS),
        council["visit_interval"],
        council["complaint"].dropna(subset=["child_id"]),
        council["conference"].dropna(subset=["enquiry_id", "led_to_plan"]),
        closed.sort_values(["closed_on", "referral_id"], na_position="first").tail(1),
    ]
    children = council["child"].set_index("child_id")["family_id"]
    families = {children[rows["child_id"].iloc[0]] for rows in shown if len(rows)}
    return set(children[children.isin(families)].index)


def _write(folder: Path, table: Table, rows: pd.DataFrame) -> None:
    keep_to_owner()
    folder.mkdir(parents=True, exist_ok=True)
    truths = {
        column.name: rows[column.name].map({True: "yes", False: "no"})
        for column in table.columns
        if column.name in rows and isinstance(column.type, Boolean)
    }
    path = folder / f"{table.name}.csv"
    rows.assign(**truths).to_csv(path, index=False, date_format="%Y-%m-%d")
