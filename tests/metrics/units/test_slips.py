"""An id that rows have and no unit: it has no row on Month, and the service holds what it has."""

import pytest

from metrics.units.closed_units import while_closed
from tests.exports.made_up import SEPTEMBER, UNITS, Counted, figures


def test_it_is_never_open_and_the_service_says_what_it_holds():
    rows: Counted = {"sickness": {"U1": (3, 110), "EASTT": (0, 22)}}
    made = figures(rows)
    assert "EASTT" not in made.units_open(SEPTEMBER)
    assert {*UNITS} <= made.units_open(SEPTEMBER).keys()
    assert "EASTT (of no row of units)" in while_closed(made, SEPTEMBER)


@pytest.mark.parametrize(("counted", "units"), [("caseload", UNITS), ("sickness", {})])
def test_whatever_has_a_child_is_shown_and_so_is_all_where_no_unit_is_known(counted, units):
    rows: Counted = {counted: {"EASTT": (4.0, 22.0)}}
    assert "EASTT" in figures(rows, units).units_open(SEPTEMBER)
