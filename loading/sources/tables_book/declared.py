"""The sheets of the workbook: of which table each is, what it is called, what its rows are."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Column, Date, MetaData, String, Table

from data_access import schema
from data_access.schema import CANONICAL
from loading.sources.csv_columns import column_of
from loading.sources.said_of_load import FILE
from loading.sources.tables_book.of_others import OF_OTHERS
from loading.sources.tables_book.practice import PRACTICE
from loading.sources.tables_book.sheet_of_table import SheetOfTable

# Sheets that are ChildStat's own and hold no row of a table.
READ_ME, CODES, ISSUES = "Read me", "Codes", "Issues"
NOT_READ = frozenset({READ_ME, CODES, ISSUES})
LAST_DAY = "Last day"
# No table of the case database: the load goes by it when it puts teams under units.
TEAMS = Table(
    "team",
    MetaData(),
    Column("team_id", String, nullable=False),
    Column("unit_id", String, nullable=False),
    Column("started_on", Date),
    Column("ended_on", Date),
)
_IN_CAPITALS = {"fte": "FTE"}


SHEETS = (
    SheetOfTable(
        schema.unit,
        "Units",
        "a unit, or a team where teams are what you compare",
        "Closed on is the first day on which it is no more. Continues is the id of the unit whose"
        " work this one took over.",
        (
            {"unit_id": "U1", "name": "Unit 1", "service": "Children's social care"}
            | {"segment": "Children 0 to 4", "kind": "segmented", "opened_on": date(2014, 1, 6)},
            {"unit_id": "U2", "name": "Unit 2", "kind": "front_door"},
        ),
    ),
    SheetOfTable(
        TEAMS,
        "Teams",
        "a team of the case system that is of a unit, for a time",
        "For teams that are not units themselves. Ended on is the first day on which the team is"
        " of that unit no more; empty: always.",
        ({"team_id": "T7", "unit_id": "U1", "started_on": date(2015, 4, 1)},),
    ),
    SheetOfTable(
        schema.worker,
        "Workers",
        "a person who works",
        "Use the id of the case system where there is one. The registration number is Social Work"
        " England's: by it workers of several systems are put together.",
        ({"worker_id": "W1", "name": "Ash Bell", "registration_no": "SW12345"},),
    ),
    SheetOfTable(
        schema.post,
        "Posts",
        "a worker in a unit for a time",
        "FTE goes from 0 to 1. Ended on is the day after the last day in post; empty: still there.",
        (
            {"post_id": "P1", "worker_id": "W1", "unit_id": "U1", "role": "social_worker"}
            | {"fte": 0.8, "agency": False, "newly_qualified": False}
            | {"working_days": "Mon,Tue,Wed,Thu", "started_on": date(2015, 9, 1)},
        ),
    ),
    SheetOfTable(
        schema.absence,
        "Absence",
        "an absence of a worker",
        "Last day is included; empty: still away. Half day is yes for half of one day.",
        (
            {"absence_id": "A1", "worker_id": "W1", "reason": "SIC", "half_day": False}
            | {"first_day": date(2016, 9, 5), "last_day": date(2016, 9, 7)},
        ),
    ),
    SheetOfTable(
        schema.time_record,
        "Time",
        "hours of a worker in a category, on a day or in a week",
        "Worked on is the day, or the first day of the week that was recorded.",
        (
            {"time_record_id": "T1", "worker_id": "W1", "unit_id": "U1", "hours": 7.5}
            | {"worked_on": date(2016, 9, 12), "category": "direct_work", "method": "diary"},
        ),
    ),
    SheetOfTable(
        schema.scale_score,
        "Scale scores",
        "one scaling question answered",
        "Scores go from 0 to 10; best says which end is safe.",
        (
            {"scale_score_id": "S1", "child_id": "C1", "scale": "safety", "score": 6}
            | {"rater": "social_worker", "scored_on": date(2016, 9, 14), "best": "high"},
        ),
    ),
    SheetOfTable(
        schema.visit_interval,
        "Agreed intervals",
        "how often one child is to be seen, as agreed for this child",
        "Effective to is the first day on which it no longer holds. Who authorised it, and why, is"
        " needed where it is longer than the standard.",
        (
            {"visit_interval_id": "I1", "child_id": "C1", "kind": "CIN", "every": 2}
            | {"period": "weeks", "effective_from": date(2016, 9, 1)},
        ),
    ),
    SheetOfTable(
        schema.visit_detail,
        "Recording dates",
        "what a report of the case system says of a visit, above all when it was recorded",
        "Name the visit by its id, or by child, day and kind. What the case system says of a visit"
        " itself counts before what stands here.",
        (
            {"visit_detail_id": "D1", "visit_id": "V1", "recorded_on": date(2016, 9, 13)},
            {"visit_detail_id": "D2", "child_id": "C1", "kind": "CIN", "seen": True}
            | {"visited_on": date(2016, 9, 26), "recorded_on": date(2016, 9, 27)},
        ),
    ),
    SheetOfTable(
        schema.complaint,
        "Complaints",
        "a complaint",
        "Stage is 1 to 3. Upheld is empty until it is decided.",
        (
            {"complaint_id": "K1", "received_on": date(2016, 9, 20), "unit_id": "U1"}
            | {"stage": 1, "upheld": False},
        ),
    ),
    SheetOfTable(
        schema.survey_wave,
        "Survey waves",
        "one round of a survey",
        "Asked is how many were asked. A survey tool's own export is read by 'load survey'.",
        (
            {"survey_wave_id": "SW1", "survey": "staff", "asked": 52, "asked_by": "independent"}
            | {"first_day": date(2016, 9, 19), "last_day": date(2016, 9, 30)},
        ),
    ),
    SheetOfTable(
        schema.survey_respondent,
        "Survey respondents",
        "somebody who answered, under a number and no name",
        "Role and time with families are asked of staff.",
        (
            {"survey_respondent_id": "R1", "respondent_id": "1", "survey_wave_id": "SW1"}
            | {"unit_id": "U1", "role": "social_worker", "direct_time_band": "25_to_49"},
        ),
    ),
    SheetOfTable(
        schema.survey_response,
        "Survey answers",
        "an answer to one question",
        "Answer is 1 to 5, and 5 is 'strongly agree' whichever way a question is asked; empty: it"
        " does not apply.",
        (
            {"response_id": "Q1", "survey": "staff", "answered_on": date(2016, 9, 21)}
            | {"unit_id": "U1", "question": "enjoy_work", "answer": 4, "respondent_id": "1"}
            | {"survey_wave_id": "SW1"},
        ),
    ),
    SheetOfTable(
        schema.vacancy,
        "Vacancies",
        "a post that stands empty for a time",
        "FTE goes from 0 to 1: two empty posts are two rows. Ended on is the day on which it is"
        " filled.",
        (
            {"vacancy_id": "V1", "unit_id": "U1", "role": "social_worker", "fte": 1}
            | {"started_on": date(2016, 8, 1)},
        ),
    ),
    *PRACTICE,
    *OF_OTHERS,
    SheetOfTable(
        FILE,
        LAST_DAY,
        "a table and the day since when all of it is held; may be left empty",
        "Data to is the last day that all sheets cover: in the first row is enough. Covers from is"
        " needed for figures that look back, as re-referrals.",
        ({"data_to": date(2016, 9, 30), "table_name": "post"} | {"covers_from": date(2014, 1, 6)},),
    ),
)


def heading(name: str) -> str:
    """A column's name as a heading: "Worker id", "FTE"."""
    return _IN_CAPITALS.get(name, name.replace("_", " ").capitalize())


def _titles() -> Iterator[tuple[str, Table]]:
    for table in (*CANONICAL, TEAMS, FILE):
        yield table.name, table
        yield f"{table.name}s", table
    for sheet in SHEETS:
        yield column_of(sheet.title), sheet.table


_TABLES = dict(_titles())


def table_titled(title: str) -> Table | None:
    """The table that a sheet of this title holds: by the template's title, or the table's name."""
    return _TABLES.get(column_of(title))


def sheet_of(table: Table) -> SheetOfTable | None:
    """The template's sheet of a table; None where it has none."""
    return next((one for one in SHEETS if one.table is table), None)


def title_of(table: Table) -> str:
    """What the template calls the table's sheet; the table's name where it has none."""
    declared = sheet_of(table)
    return declared.title if declared else table.name
