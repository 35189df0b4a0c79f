"""The extension tables that stand in a council's database beside its SSD."""

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.problems import Problem
from data_access.schema import CANONICAL, post, scale_score, visit
from data_access.sources.ssd import SSD_EXTENSION
from loading.checks.checklist import NOBODY, who_mends
from loading.loads import load
from loading.sources.extension.declared import EXTENSION_TABLES, is_extension
from loading.sources.extension.reading import read_extension
from loading.sources.extension.tables import ReadTable, read_table
from loading.sources.reading import Reading
from tests.worlds import SETTINGS

AS_AT = date(2016, 9, 30)
ROWS: dict[str, list[dict]] = {
    "cs_unit": [
        {"unit_id": "S", "unit_name": "North", "valid_from": date(2010, 1, 1)},
        {"unit_id": "U1", "unit_name": "Unit 1", "service_id": "S", "segment": "Children 0 to 4",
         "valid_from": date(2014, 1, 6), "valid_to": None},
    ],
    "cs_unit_team_map": [
        {"dept_team_id": "T7", "unit_id": "U1", "valid_from": date(2014, 1, 6), "valid_to": None},
    ],
    "cs_worker_post": [
        {"post_id": "P1", "professional_id": "P77", "swe_no": "SW1", "unit_id": "U1",
         "role_code": "5", "fte": Decimal("0.8"), "is_agency": False, "is_asye": True,
         "working_days": "Mon,Tue,Wed,Thu", "valid_from": date(2015, 9, 1), "valid_to": None},
        {"post_id": "P2", "professional_id": None, "swe_no": "SW2", "unit_id": "U1",
         "role_code": "3", "fte": Decimal("1"), "is_agency": True, "is_asye": False,
         "working_days": None, "valid_from": date(2015, 9, 1), "valid_to": date(2016, 9, 1)},
    ],
    "cs_staff_absence": [
        {"absence_id": "A1", "swe_no_or_staff_id": "SW1", "reason_code": "SIC",
         "first_day": date(2016, 9, 5), "last_day": date(2016, 9, 5), "working_days_lost": 0.5,
         "recorded_at": datetime(2016, 9, 6, 9, 30)},
    ],
    "cs_worker_time": [
        {"period_start": date(2016, 9, 5), "period_end": date(2016, 9, 11), "hours": Decimal("7.5"),
         "professional_id": "P77", "unit_id": "U1", "category": "direct_work",
         "method": "sample-week survey"},
    ],
    "cs_sos_scale": [
        {"scale_id": "S1", "person_id": "C1", "referral_id": None, "scale_type": "safety",
         "danger_statement_no": 1, "rated_on": date(2016, 9, 7), "score": Decimal("6"),
         "rater_role": "worker", "recorded_at": None},
        {"scale_id": "S2", "person_id": "C1", "referral_id": None, "scale_type": "safety",
         "danger_statement_no": 2, "rated_on": date(2016, 9, 7), "score": Decimal("3"),
         "rater_role": "worker", "recorded_at": None},
    ],
    "cs_visit_detail": [
        {"visit_source": "ssd_cin_visits", "visit_id": "8", "professional_id": "P77",
         "recorded_at": datetime(2016, 9, 8, 17), "attempted_only": False},
        {"visit_source": "ssd_cp_visits", "visit_id": "8", "professional_id": None,
         "recorded_at": None, "attempted_only": True},
    ],
    "cs_visit_requirement": [
        {"requirement_id": "I1", "person_id": "C1", "basis": "CIN", "interval_days": 10,
         "day_kind": "working", "valid_from": date(2016, 9, 1), "valid_to": None, "set_by": "IRO"},
    ],
}  # fmt: skip


def table(name: str, *more: dict, without: str = "") -> ReadTable:
    """The table of that name as a database gives it, in capitals, as Oracle would."""
    rows = [*ROWS[name], *({**ROWS[name][0], **change} for change in more)]
    columns = [column for column in ROWS[name][-1] if column != without]
    return read_table(
        [column.upper() for column in columns],
        [[tuple(row.get(column) for column in columns) for row in rows]],
    )


def extension(**changed: ReadTable) -> Reading:
    found = {name.upper(): changed.get(name, table(name)) for name in ROWS}
    read_there = read_extension(found, AS_AT)
    assert read_there is not None
    return read_there


def rows(of: Reading, name: str) -> list[dict]:
    frame = of.frames[name].astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@pytest.fixture(scope="module")
def whole() -> Reading:
    return extension()


def test_every_declared_table_is_read_and_nothing_is_said(whole):
    assert {one.name for one in EXTENSION_TABLES} == set(ROWS)
    assert whole.issues == ()
    assert set(whole.frames) == set(SSD_EXTENSION.tables) <= {one.name for one in CANONICAL}
    assert all(map(is_extension, ROWS))
    assert not is_extension("cs_case_action")


def test_a_service_is_the_name_of_its_units_and_no_unit_itself(whole):
    (unit,) = rows(whole, "unit")
    assert (unit["unit_id"], unit["service"]) == ("U1", "North")
    assert "kind" not in unit
    assert whole.left_out["unit"] == {"the service of other units": 1}


def test_the_team_map_is_handed_on_with_its_days(whole):
    assert whole.team_map == (TeamOfUnit("T7", "U1", None, date(2014, 1, 6), None),)


def test_a_post_is_the_professional_s_or_else_the_number_s(whole):
    first, second = rows(whole, "post")
    assert (first["worker_id"], first["role"], first["fte"]) == ("P77", "social_worker", 0.8)
    assert (second["worker_id"], second["role"], second["agency"]) == ("SW2", "team_manager", True)
    workers = [(row["worker_id"], row["registration_no"]) for row in rows(whole, "worker")]
    assert workers == [("P77", "SW1"), ("SW2", "SW2")]


def test_an_absence_is_put_under_the_worker_of_its_number_and_half_a_day_is_told(whole):
    (absence,) = rows(whole, "absence")
    assert (absence["worker_id"], absence["half_day"]) == ("P77", True)
    assert absence["recorded_on"] == date(2016, 9, 6)


def test_an_absence_under_another_id_is_of_whoever_has_that_staff_number():
    more = ({"absence_id": "A2", "swe_no_or_staff_id": "7001"}, {"swe_no_or_staff_id": "P77"})
    of = extension(cs_staff_absence=table("cs_staff_absence", *more))
    assert [row["worker_id"] for row in rows(of, "absence")] == ["P77", "7001", "P77"]
    workers = {row["worker_id"]: row["staff_no"] for row in rows(of, "worker")}
    assert workers == {"P77": None, "SW2": None, "7001": "7001"}


def test_low_is_safe_on_a_scale_of_danger():
    of = extension(cs_sos_scale=table("cs_sos_scale", {"scale_type": "danger"}))
    assert [row["best"] for row in rows(of, "scale_score")] == ["high", "high", "low"]


def test_since_when_its_tables_are_held_can_be_said_and_of_no_other():
    found = {name: table(name) for name in ROWS}
    since = {"post": date(2015, 9, 1)}
    of = read_extension(found, AS_AT, since)
    assert of is not None and of.covers_from == since
    for there in (found, {}):
        with pytest.raises(Problem, match="no row of vacancy stands in the SSD or in a table"):
            read_extension(there, AS_AT, {"vacancy": date(2015, 9, 1)})


def test_a_bit_of_mysql_s_is_yes_or_no():
    more = ({"visit_id": "9", "attempted_only": b"\x01"},
            {"visit_id": "10", "attempted_only": b"\x00"})  # fmt: skip
    bits = table("cs_visit_detail", *more)
    of = extension(cs_visit_detail=bits)
    assert [row["seen"] for row in rows(of, "visit_detail")] == [None, False, False, None]
    assert of.issues == ()


def test_a_second_danger_statement_is_a_scale_of_its_own(whole):
    scales = [(row["scale"], row["rater"], row["best"]) for row in rows(whole, "scale_score")]
    assert scales == [("safety", "social_worker", "high"), ("safety 2", "social_worker", "high")]


def test_a_visit_is_known_by_its_kind_and_id_and_an_attempt_saw_nobody(whole):
    made, tried = rows(whole, "visit_detail")
    assert (made["visit_id"], made["seen"], made["recorded_on"]) == (
        "CIN-8", None, date(2016, 9, 8),
    )  # fmt: skip
    assert (tried["visit_id"], tried["seen"]) == ("CP-8", False)


def test_an_agreed_interval_is_of_working_days_where_it_says_so(whole):
    (interval,) = rows(whole, "visit_interval")
    assert (interval["every"], interval["period"]) == (10, "working_days")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"method": "inferred-from-visits"}, "time_inferred"),
        ({"period_end": date(2016, 9, 30)}, "time_of_months"),
    ],
)
def test_what_is_no_record_of_a_week_is_passed_over_and_said(change, rule):
    read_there = extension(cs_worker_time=table("cs_worker_time", change))
    assert len(rows(read_there, "time_record")) == 1
    (issue,) = read_there.issues
    assert issue.rule == rule
    assert issue.message.startswith("cs_worker_time, row 2: ")
    assert who_mends(rule) != NOBODY


def test_time_of_no_unit_is_kept_under_an_id_of_its_own():
    read_there = extension(cs_worker_time=table("cs_worker_time", {"unit_id": None}))
    ids = [row["time_record_id"] for row in rows(read_there, "time_record")]
    assert ids == [
        "2016-09-05|2016-09-11|P77|U1|direct_work|survey",
        "2016-09-05|2016-09-11|P77||direct_work|survey",
    ]


def test_a_cell_that_is_wrong_is_told_by_table_row_and_its_own_column():
    wrong = table("cs_worker_post", {"fte": "most"}, {"unit_id": None})
    read_there = extension(cs_worker_post=wrong)
    said = [issue.message for issue in read_there.issues]
    assert said[0].startswith("cs_worker_post, row 3, column FTE: 'most': a number is needed")
    assert said[1].startswith("cs_worker_post, row 4: unit_id is empty")
    assert read_there.left_out["post"] == {"unreadable": 1, "missing_value": 1}


def test_a_post_without_a_worker_is_left_out_and_one_without_asye_counts_as_not_new():
    more = ({"professional_id": None, "swe_no": None}, {"is_asye": None})
    read_there = extension(cs_worker_post=table("cs_worker_post", *more))
    assert [issue.rule for issue in read_there.issues] == ["post_of_nobody", "asye_unknown"]
    assert [row["newly_qualified"] for row in rows(read_there, "post")] == [True, False, False]


def test_a_table_without_a_needed_column_is_not_read_and_said_to_lack_it():
    read_there = extension(cs_worker_post=table("cs_worker_post", without="fte"))
    assert "post" not in read_there.frames
    assert read_there.lacks["post"].startswith("cs_worker_post has no column fte")


def test_a_database_without_them_has_no_extension():
    assert read_extension({"ssd_person": read_table(["pers_person_id"], [])}, AS_AT) is None


@pytest.mark.usefixtures("nothing_is_counted")
def test_they_load_beside_the_ssd_and_fill_its_visits(whole, duckdb_url):
    frames = {
        "child": pd.DataFrame([{"child_id": "C1", "restricted": False}]),
        "worker": pd.DataFrame([{"worker_id": "P77", "registration_no": "SW1"}]),
        "visit": pd.DataFrame([{"visit_id": "CIN-8", "child_id": "C1", "kind": "CIN",
                                "visited_on": date(2016, 9, 7)}]),
    }  # fmt: skip
    load(duckdb_url, [Reading("ssd", AS_AT, frames), whole], SETTINGS)
    engine = connect(duckdb_url)
    try:
        (made,) = read(engine, select(visit.c.recorded_on, visit.c.worker_id))
        posts = read(engine, select(post.c.worker_id).order_by(post.c.post_id))
        scores = read(engine, select(scale_score.c.scale_score_id))
    finally:
        engine.dispose()
    assert tuple(made) == (date(2016, 9, 8), "P77")
    assert [row.worker_id for row in posts] == ["P77", "SW2"]
    assert len(scores) == 2


def test_the_document_tells_every_table_its_columns_and_which_are_needed():
    document = (Path(__file__).parents[3] / "docs" / "loading.md").read_text(encoding="utf-8")
    for declared in EXTENSION_TABLES:
        (line,) = [one for one in document.splitlines() if one.startswith(f"| `{declared.name}` |")]
        told = [f"**{name}**" if name in declared.needed else name for name in declared.columns]
        assert line.split("|")[3].strip().split(", ") == told
