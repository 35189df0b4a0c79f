"""Every table and column that outcomes are counted from, thrown dirt at through `load csv`.

Each case is one row of one load: read as it is meant, or told with its file and row.
"""

import csv
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.problems import Problem
from data_access.schema import metadata
from loading.loads import load
from loading.sources.csv_folder import read_csv_folder
from tests.databases import duckdb_file
from tests.loading.test_checks import GOOD
from tests.worlds import SETTINGS

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

OUT, EMPTY, UNKNOWN = "the row is left out", "it is left empty", "it counts as unknown"
RIGHT = ""
NO_DAY, NO_DATE, NO_NUMBER = "there is no such day", "a date is needed", "a number is needed"
ARABIC_10_MAY = "٢٠١٦-٠٥-١٠"
# Table, cells other than those of the good row, and what is said of it: nothing where it is right.
CASES: list[tuple[str, dict[str, str], tuple[str, ...]]] = [
    ("enquiry", {"child_id": ""}, ("child_id is empty", OUT)),
    ("enquiry", {"child_id": "C9"}, ("child C9 is in no row", OUT)),
    ("enquiry", {"enquiry_id": ""}, ("enquiry_id is empty", OUT)),
    ("enquiry", {"enquiry_id": "E1"}, ("the id stands in an earlier row", OUT)),
    ("enquiry", {"started_on": "31/02/2016"}, (NO_DAY, OUT)),
    ("enquiry", {"started_on": "in May"}, (NO_DATE, OUT)),
    ("enquiry", {"started_on": ARABIC_10_MAY}, (RIGHT,)),
    ("enquiry", {"started_on": "1950-01-01"}, ("too early to be true", OUT)),
    ("enquiry", {"ended_on": "2016-05-01"}, ("before it starts", UNKNOWN)),
    ("enquiry", {"conference_not_needed": "maybe"}, ("one of yes, no is needed", EMPTY)),
    ("conference", {"kind": "ICPC"}, (RIGHT,)),
    ("conference", {"kind": "strategy"}, ("one of initial", OUT)),
    ("conference", {"transfer_in": ""}, ("transfer_in is empty", OUT)),
    ("conference", {"enquiry_id": "E77"}, ("enquiry E77 is in no row",)),
    ("conference", {"held_on": "2016-12-01"}, ("after 31 October 2016", UNKNOWN)),
    ("conference", {"held_on": "2016-05-05"}, ("before enquiry",)),
    ("conference", {"led_to_plan": "perhaps"}, ("one of yes, no is needed", EMPTY)),
    ("review", {"held_on": "2016-09-30"}, ("the child had no CP plan",)),
    ("review", {"kind": "CIN"}, ("one of CP", OUT)),
    ("review", {"cancelled": ""}, ("cancelled is empty", OUT)),
    ("review", {"cancelled": "yes"}, ("a cancelled review is none",)),
    ("review", {"recorded_on": "2016-10-24"}, ("before it happened", UNKNOWN)),
    ("review", {"due_on": "soon"}, (NO_DATE, EMPTY)),
    ("plan", {"previous_plans": "-1"}, ("goes from 0 to 20", UNKNOWN)),
    ("plan", {"previous_plans": "two"}, (NO_NUMBER, EMPTY)),
    ("plan", {"previous_plans": "1.5"}, ("a whole number is needed", EMPTY)),
    ("plan", {"previous_plans": "99"}, ("goes from 0 to 20", UNKNOWN)),
    ("plan", {"previous_plans": "9999999999999"}, ("too large to be true", EMPTY)),
    ("plan", {"previous_plans": "٣"}, (RIGHT,)),
    ("post", {"leaving_reason": "Resignation", "ended_on": "2016-05-01"}, (RIGHT,)),
    ("post", {"leaving_reason": "11", "ended_on": "2016-05-01"}, ("one of 1, 2", EMPTY)),
    ("post", {"leaving_to": "99", "ended_on": "2016-05-01"}, ("one of 1, 2", EMPTY)),
    ("post", {"leaving_reason": "1"}, ("ended_on is empty",)),
    ("vacancy", {"fte": "1.5"}, ("goes from 0 to 1", OUT)),
    ("vacancy", {"fte": "one"}, (NO_NUMBER, OUT)),
    ("vacancy", {"fte": "50%"}, (NO_NUMBER, OUT)),
    ("vacancy", {"role": "wizard"}, ("one of social_worker", OUT)),
    ("vacancy", {"unit_id": "U9"}, ("unit U9 is in no row",)),
    ("vacancy", {"ended_on": "2016-05-01"}, ("before it starts", OUT)),
    ("survey_wave", {"survey": "students"}, ("one of staff", OUT)),
    ("survey_wave", {"asked": "all"}, (NO_NUMBER, EMPTY)),
    ("survey_wave", {"asked": "-5"}, ("goes from 0 to 100000", UNKNOWN)),
    ("survey_wave", {"asked_by": "the mayor"}, ("one of unit", EMPTY)),
    ("survey_wave", {"asked_by": ""}, (RIGHT,)),
    ("survey_wave", {"last_day": "2015-05-01"}, ("before it starts", UNKNOWN)),
    ("survey_wave", {"first_day": "2017-01-01"}, ("after 31 October 2016", OUT)),
    ("survey_response", {"answer": "6"}, ("goes from 1 to 5", UNKNOWN)),
    ("survey_response", {"answer": "80%"}, (NO_NUMBER, EMPTY)),
    ("survey_response", {"answer": "don't know"}, (NO_NUMBER, EMPTY)),
    ("survey_response", {"answer": "strongly agree"}, (NO_NUMBER, EMPTY)),
    ("survey_response", {"answer": "4.5"}, ("a whole number is needed", EMPTY)),
    ("survey_response", {"answer": "n/a"}, (RIGHT,)),
    ("survey_response", {"question": ""}, ("question is empty", OUT)),
    ("survey_response", {"question": "nonsense"}, ("no question of the catalogue",)),
    ("survey_response", {"survey_wave_id": "G9"}, ("wave G9 is in no row",)),
    ("survey_response", {"asked_by": "mayor"}, ("one of unit", EMPTY)),
    ("survey_response", {"respondent_id": "R1", "answer": "2"}, ("answered the question on",)),
    ("survey_respondent", {"direct_time_band": "35%"}, ("one of under_10", EMPTY)),
    ("survey_respondent", {"direct_time_band": "10-24"}, (RIGHT,)),
    ("survey_respondent", {"role": "wizard"}, ("one of social_worker", EMPTY)),
    ("survey_question", {"question": "late", "reversed": ""}, ("reversed is empty", OUT)),
    ("survey_question", {"question": "often_stressed"}, ("turns 'often_stressed' round",)),
    ("supervision", {"held_on": "last week"}, ("a date is needed", OUT)),
    ("supervision", {"held_on": "2016-11-02"}, ("after 31 October 2016", OUT)),
    ("supervision", {"kind": "corridor"}, ("one of one_to_one", OUT)),
    ("supervision", {"kind": "1:1"}, (RIGHT,)),
    ("supervision", {"worker_id": ""}, ("worker_id is empty", OUT)),
    ("supervision_child", {"supervision_id": "L9"}, ("supervision L9 is in no row", OUT)),
    ("supervision_child", {"child_id": "C9"}, ("child C9 is in no row", OUT)),
    ("education_period", {"attended": "101"}, ("attended is 101, of 100", OUT)),
    ("education_period", {"attended": "many"}, (NO_NUMBER, OUT)),
    ("education_period", {"ended_on": "2016-04-01"}, ("before it starts", OUT)),
    ("education_period", {"ended_on": "2016-12-20"}, ("the last day that the data cover",)),
    ("education_period", {"authorised": "-1"}, ("goes from 0 to 800", UNKNOWN)),
    ("education_period", {"unauthorised": "11"}, ("more than the 100 possible",)),
    ("enrolment", {"sen": "dyslexia"}, ("one of E (education, health and care plan)", EMPTY)),
    ("enrolment", {"sen": "EHCP"}, (RIGHT,)),
    ("enrolment", {"sen": "not known"}, (RIGHT,)),
    ("enrolment", {"ended_on": "2015-01-01"}, ("before it starts", UNKNOWN)),
    ("enrolment", {"child_id": "K999"}, ("child K999 is in no row", OUT)),
    ("exclusion", {"kind": "expelled"}, ("one of SUSP", EMPTY)),
    ("exclusion", {"days": "46"}, ("goes from 0 to 45", UNKNOWN)),
    ("exclusion", {"started_on": "2017-01-09"}, ("after 31 October 2016", OUT)),
    ("early_help", {"child_id": "", "family_id": "F999"}, ("F999 is neither a child nor", OUT)),
    ("early_help", {"child_id": ""}, ("no id is neither a child nor", OUT)),
    ("early_help", {"end_reason": "gone"}, ("one of completed", EMPTY)),
    ("early_help", {"ended_on": "", "end_reason": "moved"}, ("ended_on is empty",)),
    ("intervention", {"ended_on": "2015-01-01"}, ("before it starts", UNKNOWN)),
    ("intervention", {"name": ""}, ("name is empty", OUT)),
    ("attainment", {"stage": "KS3"}, ("one of EYFSP", OUT)),
    ("attainment", {"reached": "maybe"}, ("one of yes, no is needed", EMPTY)),
    ("attainment", {"reached": "n/a"}, (RIGHT,)),
    ("attainment", {"assessed_on": "2017-07-01"}, ("after 31 October 2016", OUT)),
    ("activity", {"in_eet": "NEET"}, (RIGHT,)),
    ("activity", {"in_eet": "gap year"}, ("one of yes, no is needed", EMPTY)),
    ("offence_match", {"found": "maybe"}, ("one of yes, no is needed", OUT)),
    ("offence_match", {"matched_to": "2018-01-01"}, ("after 31 October 2016", OUT)),
    ("offence", {"charged_on": "2018-10-15"}, ("after 31 October 2016", OUT)),
    ("offence", {}, ("no row of offence_match says",)),
]  # fmt: skip
# What rows of each table need beside them, to be good.
MORE = {
    "plan": {"kind": "CP"},
    "review": {"held_on": "2016-10-25", "cancelled": "no"},
    "survey_response": {"survey_wave_id": "G1"},
    "vacancy": {"unit_id": "U1"},
}


def _written(values: Mapping[str, Any]) -> dict[str, str]:
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _row(table: str, number: int, cells: Mapping[str, str]) -> dict[str, str]:
    """A good row of its own child, worker, respondent and month, but for the cells."""
    key = next(iter(metadata.tables[table].primary_key)).name
    row = {column.name: "" for column in metadata.tables[table].columns}
    row |= {**_written(GOOD[table]), **MORE.get(table, {}), key: f"{key}{number}"}
    own = {"child_id": f"K{number}", "worker_id": f"V{number}", "respondent_id": f"R{number + 1}"}
    row |= {name: value for name, value in own.items() if name in row}
    if table == "survey_wave":
        row["first_day"] = f"2016-01-{number - 38:02}"
    if table == "conference":
        row["enquiry_id"] = f"EQ{number}"
    return {**row, **cells}


def _beside(number: int) -> Iterator[tuple[str, dict[str, str]]]:
    """The child of a case, with the enquiry and the CP plan that its rows need; its worker."""
    child = {"child_id": f"K{number}"}
    yield "child", _written(GOOD["child"] | child)
    yield "worker", {"worker_id": f"V{number}"}
    table = CASES[number][0]
    if table == "conference":
        yield "enquiry", _written(GOOD["enquiry"] | child | {"enquiry_id": f"EQ{number}"})
    if table == "review":
        plan = GOOD["plan"] | child | {"kind": "CP", "plan_id": f"NQ{number}"}
        yield "plan", _written(plan)


@pytest.fixture(scope="module")
def loaded(tmp_path_factory) -> tuple[list[tuple[str, str]], list[str], dict]:
    """Where each case stands, every message, and the rows that were written, by table."""
    folder = tmp_path_factory.mktemp("dirt")
    tables = {name: [_written(row)] for name, row in GOOD.items()}
    tables["survey_response"] = [_row("survey_response", 0, {})]
    places = []
    for number, (table, cells, _) in enumerate(CASES):
        for other, row in _beside(number):
            tables[other].append(row)
        row = _row(table, number, cells)
        tables[table].append(row)
        places.append((f"{table}.csv, row {len(tables[table]) + 1}", table))
    tables["source_load"] = [{"load_id": "1", "data_to": "2016-10-31"}]
    for name, rows in tables.items():
        headings = list(dict.fromkeys(name for row in rows for name in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.DictWriter(file, headings, restval="")
            writer.writeheader()
            writer.writerows(rows)
    url = duckdb_file(folder)
    report = load(url, read_csv_folder(folder), SETTINGS, accept_loss=list(GOOD))
    engine = connect(url)
    kept = {name: read(engine, select(metadata.tables[name])) for name in GOOD}
    engine.dispose()
    return places, [issue.message for issue in report.issues], kept


@pytest.mark.parametrize("number", range(len(CASES)), ids=lambda n: f"{CASES[n][0]} {CASES[n][1]}")
def test_a_dirty_row_is_right_or_told_with_its_file_and_row(loaded, number):
    places, messages, kept = loaded
    table, cells, says = CASES[number]
    place = places[number][0]
    told = [one for one in messages if one.startswith((f"{place}:", f"{place},"))]
    if says == (RIGHT,):
        assert told == []
        return
    assert any(all(part in one for part in says) for one in told), told
    key = next(iter(metadata.tables[table].primary_key)).name
    written = {getattr(row, key) for row in kept[table]}
    if key not in cells:
        assert (f"{key}{number}" in written) == (OUT not in says)


@pytest.mark.parametrize(
    ("cell", "why"),
    [("05/14/2016", "month first"), ("2016-14-05", "year, day, month")],
)
def test_a_column_of_days_in_another_order_is_refused_whole(tmp_path, cell, why):
    (tmp_path / "enquiry.csv").write_text(
        f"enquiry_id,child_id,started_on\nE1,C1,{cell}\n", encoding="utf-8"
    )
    with pytest.raises(Problem, match=f"enquiry.csv, column started_on: .*{why}"):
        read_csv_folder(tmp_path)


@pytest.mark.parametrize("table", sorted({table for table, *_ in CASES} - {"plan", "post"}))
def test_a_file_without_a_needed_column_is_refused_by_its_name(tmp_path, table):
    columns = metadata.tables[table].columns
    needed = [column.name for column in columns if not column.nullable]
    (tmp_path / f"{table}.csv").write_text(",".join(needed[:-1]) + "\n", encoding="utf-8")
    with pytest.raises(Problem, match=f"{table}.csv has no column {needed[-1]}"):
        read_csv_folder(tmp_path)
