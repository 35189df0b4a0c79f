"""What a report says of visits that another source gives."""

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import select

from data_access.database import connect, read
from data_access.schema import visit, visit_detail
from loading.details.visits import with_details
from loading.fitting import typed
from loading.loads import load
from loading.sources.reading import Reading
from tests.worlds import SETTINGS

pytestmark = pytest.mark.usefixtures("nothing_is_counted")

MADE, KEPT, OTHER = date(2016, 9, 5), date(2016, 9, 7), date(2016, 9, 9)
AS_AT = date(2016, 9, 30)


def visits(*rows: dict) -> pd.DataFrame:
    made = {"child_id": "C1", "kind": "CIN", "visited_on": MADE}
    whole = [{"visit_id": f"V{n}", **made, **row} for n, row in enumerate(rows, start=1)]
    frame = pd.DataFrame(whole, dtype=object)
    return typed(visit, frame.reindex(columns=[column.name for column in visit.columns]))


def details(*rows: dict) -> pd.DataFrame:
    whole = [{"visit_detail_id": f"D{n}", **row} for n, row in enumerate(rows, start=1)]
    frame = pd.DataFrame(whole, dtype=object)
    return typed(
        visit_detail, frame.reindex(columns=[column.name for column in visit_detail.columns])
    )


def recorded(of_visits: pd.DataFrame, of_details: pd.DataFrame) -> list[date | None]:
    days = with_details(of_visits, of_details)["recorded_on"]
    return [None if pd.isna(day) else day.date() for day in days]


BY_DAY = {"child_id": "C1", "visited_on": MADE, "recorded_on": KEPT}


@pytest.mark.parametrize(
    "detail",
    [{"visit_id": "V1", "recorded_on": KEPT}, {**BY_DAY, "kind": "CIN"}, BY_DAY],
    ids=["by id", "by child, day and kind", "by child and day"],
)
def test_a_detail_fills_its_visit(detail):
    assert recorded(visits({}), details(detail)) == [KEPT]


@pytest.mark.parametrize(
    "detail",
    [
        {"visit_id": "V9", **BY_DAY},
        {**BY_DAY, "kind": "CP"},
        {**BY_DAY, "visited_on": date(2016, 9, 6)},
        {**BY_DAY, "child_id": "C2"},
        {"recorded_on": KEPT},
    ],
    ids=["another id", "another kind", "another day", "another child", "none named"],
)
def test_a_detail_of_another_visit_fills_none(detail):
    assert recorded(visits({}), details(detail)) == [None]


def test_what_a_visit_says_itself_counts():
    assert recorded(visits({"recorded_on": OTHER}, {}), details({**BY_DAY})) == [OTHER, KEPT]


def test_of_two_details_the_first_that_knows_counts():
    first, second = {"visit_id": "V1", "seen": False}, {"visit_id": "V1", "recorded_on": KEPT}
    filled = with_details(visits({}), details(first, second, {**second, "recorded_on": OTHER}))
    assert filled["recorded_on"].iloc[0].date() == KEPT
    assert bool(filled["seen"].iloc[0]) is False


def test_visits_keep_their_order_and_number():
    many = visits({}, {"visited_on": OTHER}, {"kind": "CP"})
    filled = with_details(many, details(BY_DAY, BY_DAY))
    assert list(filled["visit_id"]) == ["V1", "V2", "V3"]
    assert recorded(many, details(BY_DAY, BY_DAY)) == [KEPT, None, KEPT]


def source(name: str, **frames: pd.DataFrame) -> Reading:
    return Reading(name, AS_AT, frames)


def of_case_system(*rows: dict) -> Reading:
    child = pd.DataFrame([{"child_id": "C1", "restricted": False}])
    return source("ssd", child=child, visit=visits(*rows))


def stood(url: str, table) -> list:
    engine = connect(url)
    try:
        return [
            row._asdict() for row in read(engine, select(*table.c).order_by(*table.primary_key))
        ]
    finally:
        engine.dispose()


def test_details_stay_and_hold_for_the_visits_of_the_next_load(duckdb_url):
    load(duckdb_url, of_case_system({}), SETTINGS)
    added = source("workbook", visit_detail=details({"visit_id": "V1", "recorded_on": KEPT}))
    load(duckdb_url, added, SETTINGS, add=True)
    assert [row["recorded_on"] for row in stood(duckdb_url, visit)] == [KEPT]
    load(duckdb_url, of_case_system({}, {"visited_on": OTHER}), SETTINGS, add=True)
    assert [row["recorded_on"] for row in stood(duckdb_url, visit)] == [KEPT, None]


@pytest.mark.parametrize(
    "then",
    [
        ({"visit_id": "CIN-8"},),
        ({"visit_id": "CIN-8", "recorded_on": OTHER}, {"visit_id": "CIN-8"}),
    ],
    ids=["taken out", "in doubt"],
)
def test_what_a_detail_filled_stands_until_the_visits_are_loaded_again(duckdb_url, then):
    visits_of_two = [{"visit_id": f"CIN-8-{child}", "child_id": child} for child in ("C1", "C2")]
    children = pd.DataFrame([{"child_id": one, "restricted": False} for one in ("C1", "C2")])
    case_system = source("ssd", child=children, visit=visits(*visits_of_two))
    whole = source("workbook", visit_detail=details({"visit_id": "CIN-8", "recorded_on": KEPT}))
    load(duckdb_url, [case_system, whole], SETTINGS)
    added = source("workbook", visit_detail=details(*then))
    load(duckdb_url, added, SETTINGS, add=True)
    assert [row["recorded_on"] for row in stood(duckdb_url, visit)] == [KEPT, KEPT]
    case_system = source("ssd", child=children, visit=visits(*visits_of_two))
    load(duckdb_url, case_system, SETTINGS, add=True)
    assert [row["recorded_on"] for row in stood(duckdb_url, visit)] == [None, None]


def test_details_of_no_visit_and_of_another_word_are_told_and_kept(duckdb_url):
    rows = details(
        {"visit_id": "V1", "recorded_on": KEPT},
        {"visit_id": "V9", "recorded_on": KEPT},
        {"child_id": "C9", "visited_on": MADE, "recorded_on": KEPT},
        {"child_id": "C1", "kind": "CP", "visited_on": MADE, "recorded_on": KEPT},
        {"recorded_on": KEPT},
        {"child_id": "C1", "visited_on": MADE, "recorded_on": OTHER},
    )
    readings = [of_case_system({"recorded_on": OTHER}), source("workbook", visit_detail=rows)]
    report = load(duckdb_url, readings, SETTINGS)
    told = sorted((issue.rule, issue.row_key) for issue in report.issues
                  if issue.table_name == "visit_detail")  # fmt: skip
    assert told == [
        *(("detail_of_no_visit", f"D{n}") for n in (2, 3, 4, 5)),
        ("detail_says_otherwise", "D1"),
    ]
    (said,) = [issue.message for issue in report.issues if issue.rule == "detail_says_otherwise"]
    assert "recorded_on is 7 September 2016, and visit V1 has 9 September 2016" in said
    assert len(stood(duckdb_url, visit_detail)) == 6
