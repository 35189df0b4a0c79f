"""Periods, tallies and how figures are written."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.model import Measure, Period, Tally, months_before, round_half_up

months = st.builds(Period, st.integers(2000, 2100), st.integers(1, 12))


@pytest.mark.parametrize(
    ("measure", "tally", "written"),
    [
        (Measure.PERCENT, Tally(27, 100), "27%"),
        (Measure.PERCENT, Tally(1, 200), "1%"),  # a half goes up
        (Measure.PERCENT, Tally(5, 200), "3%"),  # 2.5, which Python's round makes 2
        (Measure.PERCENT, Tally(0, 0), "–"),
        (Measure.PERCENT, Tally(0, 3), "0%"),
        (Measure.PER_FTE, Tally(50, 3.5), "14.3"),
        (Measure.POINTS, Tally(7, 4), "+1.8"),
        (Measure.POINTS, Tally(-3, 4), "−0.8"),
        (Measure.POINTS, Tally(0, 4), "+0.0"),
        (Measure.POINTS, Tally(-1, 2), "−0.5"),
        (Measure.POINTS, Tally(-1, 25), "+0.0"),  # what rounds to nothing has no minus
        (Measure.PERCENT_ONE_DECIMAL, Tally(2448.9, 242.6 * 253), "4.0%"),
    ],
)
def test_a_tally_is_written_as(measure, tally, written):
    assert measure.written(measure.figure(tally)) == written


def test_a_half_that_a_float_cannot_hold_goes_up_too():
    assert Measure.PERCENT.written(100 * 57 / 200) == "29%"
    assert str(round_half_up(1.005, 2)) == "1.01"


@pytest.mark.parametrize(("number", "tens"), [(14, 10), (15, 20), (25, 30), (-15, -20)])
def test_halves_round_away_from_zero(number, tens):
    assert round_half_up(number / 10) * 10 == tens


@given(months, st.integers(-500, 500))
def test_shifting_there_and_back_is_the_same_month(month, by):
    assert month.shift(by).shift(-by) == month


@given(months, st.integers(-500, 500))
def test_a_month_so_many_later_is_so_many_months_after(month, by):
    assert month.shift(by).months_after(month) == by


def test_the_month_after_december_is_january():
    assert Period(2016, 12).shift(1) == Period(2017, 1)
    assert Period(2017, 1).shift(-1) == Period(2016, 12)


@pytest.mark.parametrize(
    ("day", "before"),
    [
        (date(2016, 10, 14), date(2016, 4, 14)),
        (date(2016, 8, 31), date(2016, 2, 29)),
        (date(2015, 8, 31), date(2015, 2, 28)),
        (date(2016, 3, 15), date(2015, 9, 15)),
    ],
)
def test_six_months_before_a_day_is_that_day_or_its_month_s_last(day, before):
    assert months_before(day, 6) == before


@given(months)
def test_a_month_survives_being_written_and_read(month):
    assert Period.parse(month.key) == month


@given(months)
def test_a_month_ends_where_the_next_begins(month):
    assert month.end == month.shift(1).start
    assert month.last_day < month.end


@pytest.mark.parametrize("text", ["2016", "2016-13", "September", "2016-09-01", ""])
def test_what_is_not_a_month_is_refused(text):
    with pytest.raises(ValueError):
        Period.parse(text)
