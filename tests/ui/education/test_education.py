"""The page Education and services: what it says of open children, to whom, and what it lacks."""

import re
from datetime import date

import pytest
from sqlalchemy import insert

from data_access.database import changing
from data_access.schema import enrolment, referral
from metrics.others.counting import LINES, OneChild, by_unit
from tests.ui.small_council import NAMES, STARTED, UNITS, build
from ui.education.guarded import hidden_lines
from ui.education.tables import HIDDEN, NOT_FOR_ALL, cell


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> str:
    """Each of the twenty-one open children at one school, and nothing of any other table.

    Nothing that is derived is asked for, so nothing is derived anew.
    """
    url = build(tmp_path_factory.mktemp("education"))
    children = [f"KID-{unit_id}-{number}" for unit_id in UNITS for number in range(len(NAMES))]
    school = {"school": "Elm Primary", "urn": "900001", "sen": "K", "started_on": date(2013, 9, 4)}
    with changing(url) as connection:
        for table, said in ((enrolment, school), (referral, {"received_on": STARTED})):
            rows = [{f"{table.name}_id": one, "child_id": one, **said} for one in children]
            connection.execute(insert(table), rows)
    return url


def test_a_table_that_no_source_has_is_not_in_this_source_and_no_row_of_noughts(opened, cases):
    by_unit = opened("education", cases).split("By unit")[1].split("What was matched")[0]
    lacking = [line for line in LINES if line.table != enrolment.name]
    for line in lacking:
        row = by_unit.split(line.name)[1].split("</tr>")[0]
        assert "not in this source" in row and "%" not in row
    assert by_unit.count("not in this source") == len(lacking)


def test_the_whole_service_is_told_and_units_of_three_children_are_hidden(opened, cases):
    html = opened("education", cases)
    row = html.split("Matched with a school")[1].split("</tr>")[0]
    assert "100% <small>20</small>" in row
    assert row.count("hidden") == len(UNITS)


def test_a_unit_that_the_address_names_stands_beside_the_service_alone(opened, cases):
    html = opened("education", cases, unit="U2")
    assert "Education and services: Unit 2 on 14 October 2016</h1>" in html
    by_unit = html.split("By unit")[1].split("What was matched")[0]
    headings = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', by_unit)
    assert headings == ["Children with", "Service", "Unit 2"]
    ways = html.split("Other units")[1].split("</details>")[0]
    assert re.findall(r"unit=(\w+)", ways) == list(UNITS)
    assert "The whole service</a>" in ways


def test_a_school_of_six_children_or_more_has_a_line(opened, cases):
    by_school = opened("education", cases).split("By school")[1]
    assert "Elm Primary (900001)" in by_school and "20" in by_school


def test_who_sees_one_unit_s_figures_sees_that_unit_and_no_school(opened, cases, looks):
    looks(units=frozenset({"U2"}), figures=frozenset({"U2"}))
    html = opened("education", cases)
    assert "Unit 2" in html and "Unit 1" not in html
    assert NOT_FOR_ALL in html and "Elm Primary" not in html


def test_without_any_of_the_tables_each_is_said_to_be_lacking(opened):
    html = opened("education")
    assert html.count("not in this source") >= 10
    assert "No open child is matched with a school" in html


def test_a_unit_hidden_beside_one_of_few_does_not_say_that_of_it_nobody_is_known():
    """Else the few of the other are what the service has more than the units that are told."""
    known = {"A": (0, 0), "B": (20, 3), "C": (40, 20), "D": (40, 20)}
    children = [
        OneChild(unit, number < of, is_excluded=number < having if number < of else None)
        for unit, (of, having) in known.items()
        for number in range(of + 10)
    ]
    counted, (line,) = by_unit(children), [one for one in LINES if one.key == "excluded"]
    told = [cell(hidden_lines(counted), unit, line, counted.share(unit, line.key)) for unit in "AB"]
    assert told == [HIDDEN, HIDDEN]
