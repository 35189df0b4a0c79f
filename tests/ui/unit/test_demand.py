"""Demand against plan on Unit: both numbers, and "no plan set" where nobody set one."""

import re
from dataclasses import replace

from markupsafe import Markup

from metrics.catalogue import CATALOGUE
from tests.metrics.handing_on.test_demand import OF_U1, PLANNED, figures
from ui.address import Address
from ui.unit.demand import NO_PLAN, demand_against_plan


def said(of) -> str:
    html = demand_against_plan(Address(OF_U1, CATALOGUE["caseload"]), of)
    return re.sub(r"\s+", " ", Markup(re.sub("<[^>]*>", " ", html)).unescape())


def test_what_came_and_what_is_held_stand_beside_the_plan_and_who_planned():
    html = said(figures())
    assert "Came to it in the 12 months to September 2016 36 243 a year" in html
    assert "Held at the end of September 2016 10 148 a year" in html
    assert "of these, older than the unit (legacy) 2" in html
    assert "Planned by: the service plan." in html


def test_a_number_that_nobody_planned_is_no_plan_set():
    html = said(figures(plans=(replace(PLANNED, cases_a_year=None),)))
    assert f"10 {NO_PLAN}" in html
    assert said(figures(plans=())).count(NO_PLAN) == 2
    assert "Planned by" not in said(figures(plans=()))


def test_fewer_than_twelve_months_are_said():
    assert "to September 2016 (of 5 months with a figure) 15" in said(figures(5))
    assert "to September 2016 not known" in said(figures(0))


def test_what_no_source_supports_is_said_and_is_no_nought():
    of = figures(0)
    lacking = replace(of, load=replace(of.load, not_in_source={"door_to_unit": "No allocation."}))
    assert "to September 2016 not in this source" in said(lacking)


def test_unit_shows_it_under_its_figures_and_the_service_has_none(opened):
    html = opened("unit", unit="U1", month="2016-09")
    assert "<h2>Demand against plan</h2>" in html.split('class="cs-of-the-month"')[1]
    assert NO_PLAN in html
