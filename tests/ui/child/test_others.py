"""What schools, early help and services say on a child's page: nothing of it is guessed."""

import re
from datetime import date

import pytest
from sqlalchemy import insert

from data_access.database import changing
from data_access.schema import metadata
from tests.ui.addresses import links_to
from tests.ui.child.test_card import child_of
from tests.ui.small_council import build
from tests.worlds import World
from ui.child.others import TITLE
from ui.lists import RESTRICTED

KIT, FAMILY, NAME = "KID-U1-2", "FAM-U1", "Peregrine Ashdown U1"


def told(html: str) -> str:
    """What the section says, as text; empty where there is none."""
    found = re.search(r'<section class="cs-card cs-others".*?</section>', html, re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found[0])) if found else ""


def with_others() -> World:
    world = World()
    school = {"school": "Elm Primary", "sen": "K", "started_on": date(2013, 9, 4)}
    world.add("enrolment", child_id=KIT, urn="900001", ended_on=None, **school)
    period = {"started_on": date(2016, 4, 11), "ended_on": date(2016, 7, 21), "possible": 120}
    missed = {"attended": 108, "authorised": 9, "unauthorised": None}
    world.add("education_period", child_id=KIT, **period, **missed)
    for day, days in ((date(2015, 10, 14), 1.0), (date(2015, 10, 15), 2.0)):
        world.add("exclusion", child_id=KIT, kind="SUSP", started_on=day, days=days)
    ended = {"ended_on": date(2015, 8, 3), "end_reason": "stepped_up"}
    help_ = {"kind": "Family support", "led_by": "School", "started_on": date(2015, 2, 2), **ended}
    world.add("early_help", child_id=None, family_id=FAMILY, **help_)
    for number, goes_on in enumerate((False, True)):
        until = date(2016, 6, 1) if not goes_on else None
        service = {"name": f"Course {number}", "provider": None, "started_on": date(2016, 5, 2)}
        whose = {"child_id": KIT, "family_id": FAMILY}
        world.add("intervention", ended_on=until, end_reason=None, **whose, **service)
    return world


@pytest.fixture(scope="module")
def cases(tmp_path_factory) -> str:
    """No figure counts these rows, so nothing is derived anew for them."""
    url, world = build(tmp_path_factory.mktemp("others")), with_others()
    with changing(url) as connection:
        for name in [name for name, found in world.rows.items() if found]:
            connection.execute(insert(metadata.tables[name]), world.of(name))
    return url


def test_each_fact_has_its_days_and_its_source(opened, cases):
    said = told(child_of(opened, "U1", NAME, cases))
    for words in (
        "School Elm Primary, since 4 September 2013 school rolls",
        "Special needs SEN support school rolls",
        "11 April 2016 to 20 July 2016: 108 of 120 sessions (90%), persistently absent;"
        " missed with leave: 9, without: not known attendance records",
        "1 in 12 months: suspension from 15 October 2015 (2 days); 1 earlier, below exclusion",
        "Family support, led by School, for the family: from 2 February 2015 to 3 August 2015,"
        " stepped up to social care early help records",
        "Course 1: from 2 May 2016, no end recorded; 1 earlier, below service records",
    ):
        assert words in said, (words, said)


def test_of_a_child_of_whom_nothing_was_told_nobody_knows_and_it_is_never_none(opened, cases):
    said = told(child_of(opened, "U3", "Peregrine Ashdown U3", cases))
    assert said.count("Not known: no school in these data is matched with this child") == 3
    assert said.count("which does not say that there was none") == 2
    assert "none recorded in" not in said


def test_a_brother_has_what_is_of_the_family_and_not_what_is_of_one_child(opened, cases):
    said = told(child_of(opened, "U1", "Ottoline Marchbanks U1", cases))
    assert "Family support" in said
    assert "Course" not in said and "Elm Primary" not in said


def test_a_table_that_no_source_has_is_not_in_this_source(opened):
    said = told(child_of(opened, "U1", NAME))
    assert said.startswith(f" {TITLE} ")
    assert said.count("Not in this source") == 5


def test_a_restricted_record_has_no_such_section(opened, cases):
    rows = opened("metric", cases, metric="visits_out_of_timescale", month="2016-09", unit="U2")
    closed = [said for said, words in links_to("child", rows) if words == RESTRICTED]
    assert closed
    html = opened("child", cases, **closed[0])
    assert RESTRICTED in html and not told(html)
