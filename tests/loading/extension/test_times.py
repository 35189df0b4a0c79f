"""Records of time beside an SSD: each entry counts, and one that ends before it starts does not."""

from collections.abc import Sequence
from datetime import date, datetime

import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import time_record
from loading.checks.checklist import NOBODY, who_mends
from loading.loads import load
from loading.sources.extension.reading import read_extension
from loading.sources.extension.tables import read_table
from loading.sources.reading import Reading
from tests.worlds import SETTINGS

AS_AT = date(2016, 9, 30)
MONDAY, TUESDAY = date(2016, 9, 5), date(2016, 9, 6)
ENTRY = {
    "period_start": MONDAY, "period_end": MONDAY, "professional_id": "P7", "unit_id": "U1",
    "category": "direct_work", "hours": 2.0, "method": "timesheet",
}  # fmt: skip
OF_ENTRY = "2016-09-05|2016-09-05|P7|U1|direct_work|timesheet"
DETAIL = {
    "visit_source": "ssd_cin_visits", "visit_id": "8", "professional_id": "P7",
    "recorded_at": datetime(2016, 9, 8, 17), "attempted_only": False,
}  # fmt: skip


def reading(name: str, like: dict, changes: Sequence[dict]) -> Reading:
    rows = [tuple({**like, **change}.values()) for change in changes]
    found = read_extension({name: read_table(list(like), [rows])}, AS_AT)
    assert found is not None
    return found


def times(*changes: dict) -> Reading:
    return reading("cs_worker_time", ENTRY, changes)


def hours(of: Reading) -> dict[str, float]:
    rows = of.frames["time_record"]
    return dict(zip(rows["time_record_id"], rows["hours"], strict=True))


def visit_details(*changes: dict) -> list[tuple]:
    rows = reading("cs_visit_detail", DETAIL, changes).frames["visit_detail"].astype(object)
    rows = rows.where(rows.notna(), None)
    return list(zip(rows["visit_detail_id"], rows["recorded_on"], rows["seen"], strict=True))


def test_a_second_entry_of_one_day_is_an_entry_of_its_own():
    of = times({}, {"hours": 3.5})
    assert hours(of) == {OF_ENTRY: 2.0, f"{OF_ENTRY}|2": 3.5}
    assert of.issues == ()


def test_an_entry_of_the_week_is_none_of_its_first_day():
    of = hours(times({}, {"period_end": date(2016, 9, 11)}))
    assert of == {OF_ENTRY: 2.0, OF_ENTRY.replace("|2016-09-05|", "|2016-09-11|"): 2.0}


def test_two_entries_at_their_own_times_of_one_day_are_two():
    nine, two = datetime(2016, 9, 5, 9), datetime(2016, 9, 5, 14)
    at_times = ({"period_start": at, "period_end": at} for at in (nine, two))
    assert hours(times(*at_times)) == {OF_ENTRY: 2.0, f"{OF_ENTRY}|2": 2.0}


def test_entries_have_the_same_ids_in_whatever_order_a_database_gives_them():
    later = {"period_start": TUESDAY, "period_end": TUESDAY}
    entries: list[dict] = [{"hours": 3.5}, {}, {"hours": 1.0}, later]
    there = hours(times(*entries))
    assert there == hours(times(*reversed(entries)))
    assert [there[f"{OF_ENTRY}{end}"] for end in ("", "|2", "|3")] == [1.0, 2.0, 3.5]


def test_an_entry_that_ends_before_it_starts_is_said_with_its_row_and_no_hours():
    of = times({}, {"period_end": date(2016, 9, 4)}, {"period_start": TUESDAY})
    assert hours(of) == {OF_ENTRY: 2.0}
    assert [(one.rule, one.row_key) for one in of.issues] == [
        ("time_ends_before_it_starts", "cs_worker_time, row 2"),
        ("time_ends_before_it_starts", "cs_worker_time, row 3"),
    ]
    assert of.issues[0].message == (
        "cs_worker_time, row 2: it ends on 4 September 2016, before it starts on 5 September 2016;"
        " the row is left out. Correct it."
    )
    assert of.left_out["time_record"] == {"time_ends_before_it_starts": 2}
    assert who_mends("time_ends_before_it_starts") != NOBODY


def test_where_every_entry_ends_before_it_starts_that_is_why_there_is_none():
    of = times({"period_end": date(2016, 9, 4)})
    assert of.lacks["time_record"] == of.issues[0].message


@pytest.mark.usefixtures("nothing_is_counted")
def test_every_entry_stands_after_the_load(duckdb_url):
    load(duckdb_url, times({}, {"hours": 3.5}, {"category": "travel"}), SETTINGS)
    engine = connect(duckdb_url)
    try:
        stands = read(engine, select(time_record.c.hours).order_by(time_record.c.hours))
    finally:
        engine.dispose()
    assert [row.hours for row in stands] == [2.0, 2.0, 3.5]


def test_a_second_detail_of_one_visit_is_none_of_its_first_and_the_earliest_goes_first():
    early, late = datetime(2016, 9, 6), datetime(2016, 9, 8)
    more = ({"recorded_at": late}, {"recorded_at": early, "attempted_only": True})
    there = [("CIN-8", date(2016, 9, 6), False), ("CIN-8|2", date(2016, 9, 8), None)]
    assert visit_details(*more) == visit_details(*reversed(more)) == there


@pytest.mark.parametrize("made_is", ["first", "last"])
def test_what_was_recorded_first_says_whether_a_visit_was_only_attempted(made_is):
    early, late = datetime(2016, 9, 6), datetime(2016, 9, 8)
    days = (early, late) if made_is == "first" else (late, early)
    rows = [
        {"recorded_at": on, "attempted_only": tried}
        for on, tried in zip(days, (False, True), strict=True)
    ]
    seen = [None, None] if made_is == "first" else [False, None]
    for some in (rows, rows[::-1]):
        assert [one[2] for one in visit_details(*some)] == seen


def test_a_visit_of_one_day_s_records_that_differ_was_made():
    assert {one[2] for one in visit_details({"attempted_only": True}, {})} == {None}


def test_an_attempt_that_a_detail_of_another_visit_denies_stays_one():
    other = {"visit_id": "9", "attempted_only": True, "recorded_at": datetime(2016, 9, 9)}
    silent = {"attempted_only": None, "recorded_at": datetime(2016, 9, 7)}
    there = {detail: seen for detail, _, seen in visit_details(silent, {}, other)}
    assert there == {"CIN-8": None, "CIN-8|2": None, "CIN-9": False}


def test_details_at_odds_whether_a_visit_was_only_attempted_are_said_with_both_rows():
    later = {"attempted_only": True, "recorded_at": datetime(2016, 9, 9)}
    (issue,) = reading("cs_visit_detail", DETAIL, [later, {}, {"visit_id": "9"}]).issues
    assert (issue.rule, issue.table_name) == ("visits_at_odds", "visit_detail")
    assert issue.message.startswith("1 row says otherwise")
    assert "cs_visit_detail, row 1 and cs_visit_detail, row 2:" in issue.message


def test_a_detail_that_stands_twice_is_the_same_row_twice():
    assert [one for one, *_ in visit_details({}, {})] == ["CIN-8", "CIN-8"]
