"""Targets from a date on, and trajectories to one."""

from datetime import date

import pytest

from data_access.settings import Target
from metrics.model import Period
from metrics.targets import target_of

STEP = [
    Target("direct_work", 40, date(2015, 5, 1), "plan"),
    Target("direct_work", 50, date(2016, 1, 31), "plan"),
]
LINE = [Target("direct_work", 20, date(2016, 3, 31), "plan", from_value=40, by=date(2016, 9, 30))]


@pytest.mark.parametrize(
    ("targets", "month", "expected"),
    [
        (STEP, Period(2015, 4), None),
        (STEP, Period(2015, 5), 40),
        (STEP, Period(2015, 12), 40),
        (STEP, Period(2016, 1), 50),
        (LINE, Period(2016, 2), None),
        (LINE, Period(2016, 3), 40),
        (LINE, Period(2016, 9), 20),
        (LINE, Period(2017, 9), 20),
        ([], Period(2016, 9), None),
    ],
)
def test_the_target_is_the_one_in_force_at_the_month_s_end(targets, month, expected):
    assert target_of(targets, "direct_work", month) == expected


def test_a_trajectory_is_a_straight_line_by_days():
    """30 June lies 91 of the 183 days from 31 March to 30 September."""
    assert target_of(LINE, "direct_work", Period(2016, 6)) == pytest.approx(40 - 20 * 91 / 183)


def test_another_metric_s_target_is_none_of_this_one():
    assert target_of(STEP, "sickness", Period(2016, 9)) is None
