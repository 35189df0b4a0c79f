"""Demand against plan: twelve months of what came, what is held, and plans that nobody set."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.load_info import LoadInfo
from data_access.unit_settings.unit_plans import UnitPlan
from metrics.figures import Figures
from metrics.handing_on.demand import CAME, HELD, Demand, demand
from metrics.model import SERVICE, Period, Scope, Tally, View
from metrics.units.openings import Opening
from tests.worlds import SETTINGS

SEPTEMBER = Period(2016, 9)
PLANNED = UnitPlan("U1", "the service plan", referrals_a_year=243, cases_a_year=148)
OF_U1 = View(SEPTEMBER, Scope("U1"))


def figures(months: int = 13, plans=(PLANNED,), **units: Opening) -> Figures:
    """U1 with so many months up to September: three cases came in each; ten held, two legacy."""
    tallies: dict[tuple[str, str | None, Period], Tally]
    tallies = {(CAME, "U1", SEPTEMBER.shift(-back)): Tally(60, 3) for back in range(months)}
    tallies[(HELD, "U1", SEPTEMBER)] = Tally(2, 10)
    council = replace(SETTINGS, unit_plans=plans)
    load = LoadInfo(data_to=date(2016, 10, 14))
    names: dict[str | None, str] = {"U1": "Unit 1", "U0": "Unit 0", SERVICE: "Service"}
    openings: dict[str | None, Opening] = dict(units.items())
    return Figures(load, council, tallies, names, openings=openings)


def of_u1(of: Figures) -> Demand:
    found = demand(of, OF_U1)
    assert found is not None
    return found


def test_twelve_months_are_added_up_and_no_thirteenth():
    assert of_u1(figures()) == Demand(36, 12, 10, 2, 243, 148, "the service plan")


def test_of_months_without_a_figure_it_is_said_how_many_are_known():
    found = of_u1(figures(5))
    assert (found.came, found.months_known) == (15, 5)
    found = of_u1(figures(0))
    assert (found.came, found.months_known) == (None, 0)


@pytest.mark.parametrize("plans", [(), (replace(PLANNED, unit="U2"),)])
def test_where_no_plan_is_set_there_is_none_and_no_nought(plans):
    found = of_u1(figures(plans=plans))
    assert (found.referrals_a_year, found.cases_a_year, found.planned_by) == (None, None, "")


def test_months_before_a_unit_took_over_are_those_of_the_one_that_it_continues():
    found = figures(3, U1=Opening(date(2016, 7, 1), continues="U0"), U0=Opening())
    before: dict[tuple[str, str | None, Period], Tally]
    before = {(CAME, "U0", SEPTEMBER.shift(-back)): Tally(60, 5) for back in range(20)}
    found = replace(found, tallies={**found.tallies, **before})
    assert of_u1(found).came == 3 * 3 + 9 * 5


@pytest.mark.parametrize("unit_id", [SERVICE, None])
def test_the_service_and_rows_of_no_unit_have_no_plan(unit_id):
    assert demand(figures(), View(SEPTEMBER, Scope(unit_id))) is None
