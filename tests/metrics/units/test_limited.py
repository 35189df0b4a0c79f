"""The figures of some units alone: theirs, the service's, and the past that is theirs."""

from dataclasses import replace
from datetime import date

from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Period, Scope, View
from metrics.units.limited import limited_to
from metrics.units.openings import Opening, Openings
from tests.exports.made_up import figures

JULY = Period(2016, 7)


def test_another_unit_is_nowhere_and_the_service_s_total_is_as_it_was():
    whole = figures()
    limited = limited_to(whole, {"U1"})
    assert set(limited.units) == {"U1", SERVICE}
    assert {unit for _, unit, _ in limited.tallies} == {"U1", SERVICE}
    for key, tally in limited.tallies.items():
        assert whole.tallies[key] == tally


def test_a_unit_that_mine_continues_is_told_up_to_the_month_before():
    openings: Openings = {"U2": Opening(), "U1": Opening(date(2016, 7, 1), None, "U2")}
    whole = replace(figures(), openings=openings)
    limited = limited_to(whole, {"U1"})
    months = {month for _, unit, month in limited.tallies if unit == "U2"}
    assert months and max(months) < JULY
    assert not limited.is_open("U2", JULY)
    assert set(limited_to(whole, {"U2"}).units) == {"U2", SERVICE}


def test_a_unit_s_own_chart_is_what_whoever_sees_all_units_is_shown():
    openings: Openings = {"U2": Opening(), "U1": Opening(date(2016, 7, 1), None, "U2")}
    whole = replace(figures(), openings=openings)
    view = View(Period(2016, 9), Scope("U1"))
    for metric in CATALOGUE.values():
        limited = limited_to(whole, {"U1"})
        assert limited.compared_result(metric, view) == whole.compared_result(metric, view)
