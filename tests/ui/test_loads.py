"""The page Loads: the newest load, any that is kept, and only to who may load data."""

import json
import re
from datetime import date, datetime

import pytest
from sqlalchemy import insert

from data_access.database import changing
from data_access.schema import load_report
from data_access.viewer import Act
from loading.kept.report import (
    IssuesOfRule,
    KeptReport,
    MetricCoverage,
    OpenChildren,
    RoleFound,
    RowsOfTable,
)
from tests.ui.small_council import build

HOSTILE = "<img src=x onerror=alert(1)>"


def report(number: int) -> KeptReport:
    return KeptReport(
        number,
        datetime(2016, 10, number, 9),
        ("csv_folder", HOSTILE),
        date(2016, 10, number),
        before=number - 1,
        rows=(RowsOfTable("csv_folder", "visit", 12, 10, {"unreadable": 2}, 8),),
        coverage=(MetricCoverage("sickness", "Sickness", "Nothing has rows of absence."),),
        issues=(IssuesOfRule("HR, in the staff record", "fte", "post", "warning", 3, 1),),
        open_children=(OpenChildren("CIN", 40, 4, None, 12),),
        roles=(RoleFound("ssd", "CW", 31, True), RoleFound("ssd", "ADMIN", 7, False)),
    )


@pytest.fixture(scope="module")
def two_loads(tmp_path_factory) -> str:
    url = build(tmp_path_factory.mktemp("loads"))
    rows = [
        {"number": one.number, "taken_at": one.taken_at, "report_json": json.dumps(one.as_json())}
        for one in (report(4), report(5))
    ]
    with changing(url) as connection:
        connection.execute(insert(load_report), rows)
    return url


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def test_the_newest_load_is_told_whole(opened, two_loads):
    html = opened("loads", two_loads)
    said = text(html)
    assert "Load 5 of 5 October 2016, 09:00, from csv_folder" in said
    for told in (
        "visit 12 10 2 unreadable 2 more",
        "Nothing has rows of absence.",
        "HR, in the staff record fte post warning 3 1",
        "child in need plan 40 4 of 40 (10%) not in these data 12 of 40 (30%)",
        "ssd CW 31 yes",
        "ssd ADMIN 7 no",
    ):
        assert told in said, told
    assert "<img src=x" not in html


def test_each_load_that_is_kept_is_a_link_to_its_report(opened, two_loads):
    html = opened("loads", two_loads)
    assert re.findall(r'href="\./loads\?month=2016-09&amp;list=(\d)"', html) == ["5", "4"]
    assert "Load 4 of 4 October 2016" in text(opened("loads", two_loads, list="4"))


@pytest.mark.parametrize("number", ["3", "x"])
def test_a_load_that_is_not_kept_is_told_in_one_sentence(opened, two_loads, number):
    said = text(opened("loads", two_loads, list=number))
    assert "There is no report of this load: kept are 4 to 5." in said


def test_a_database_that_no_load_made_says_so(opened):
    assert "No load has left a report in this database" in opened("loads")


def test_who_may_not_load_data_finds_it_neither_in_the_menu_nor_by_its_address(
    opened, looks, two_loads
):
    assert re.search(r'<a href="\./loads[^"]*">Loads</a>', opened("month", two_loads))
    looks(acts=frozenset(Act) - {Act.LOAD})
    assert "./loads" not in opened("month", two_loads)
    assert "is for those who may load data" in text(opened("loads", two_loads))
