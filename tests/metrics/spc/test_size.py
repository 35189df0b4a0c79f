"""How large is what is marked: from which level it is taken, under each of the rules."""

import pytest

from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import Chart, Rule
from metrics.spc.charting import ChartRequest
from metrics.spc.size import Size, size_of, target_gap

FIRST = Period(2015, 1)
STEADY = (20, 21, 22)
RATIO = ValueTraits(Kind.RATIO, Polarity.LOWER_IS_BETTER)
SHARE = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100)


def reading(values, traits=RATIO, n=1, target=None):
    months = [FIRST.shift(at) for at in range(len(values))]
    sizes = [n] * len(values) if isinstance(n, int) else n
    tallies = [Tally(value, of) for value, of in zip(values, sizes, strict=True)]
    return chart_of(months, tallies, traits, ChartRequest(traits.better, target))


def size(values, **asked) -> Size:
    found = size_of(reading(values, **asked))
    assert found is not None
    return found


def test_of_a_month_outside_it_is_the_month_s_distance_from_the_mean():
    values = (*STEADY * 6, 40)
    found = size(values)
    assert found.rule is Rule.OUTSIDE
    assert found.distance == pytest.approx(40 - (6 * 63 + 40) / 19)
    assert found.level == pytest.approx((6 * 63 + 40) / 19)


def test_of_a_run_on_one_side_it_is_the_run_s_mean_and_not_the_last_month():
    values = (*STEADY * 4, *(22, 23, 24) * 2, 22.5)
    found = size(values)
    mean = sum(values) / len(values)
    assert found.rule is Rule.SHIFT
    eight = 22 + 22 + 23 + 24 + 22 + 23 + 24 + 22.5
    assert found.distance == pytest.approx(eight / 8 - mean)


def test_of_months_rising_it_is_what_they_rose_by():
    values = (*STEADY * 5, 18, 19, 20, 20.5, 21, 22, 23)
    found = size(values)
    assert (found.rule, found.distance, found.level) == (Rule.TREND, 23 - 18, 18)
    assert found.since == FIRST.shift(15)


def test_of_months_falling_it_is_below_nothing():
    values = (*STEADY * 5, 23, 22, 21, 20.5, 20, 19, 18)
    assert size(values).distance == 18 - 23


def test_of_months_near_a_limit_it_is_their_mean():
    values = (*STEADY * 4, *(24,) * 9)
    found = size(values)
    assert found.rule is Rule.TWO_IN_THREE
    assert found.distance == pytest.approx(24 - sum(values) / len(values))


def test_a_run_on_a_chart_of_shares_is_pooled_as_its_mean_is():
    values, n = [2] * 12 + [6, 7] * 3 + [30], [10] * 18 + [50]
    found, chart = size(values, traits=SHARE, n=n), reading(values, traits=SHARE, n=n)
    assert chart.chart is Chart.SHARES and found.rule is not Rule.OUTSIDE
    pooled = 100 * sum(values[-chart.run :]) / sum(n[-chart.run :])
    assert found.distance == pytest.approx(pooled - 100 * sum(values) / sum(n))


@pytest.mark.parametrize("values", [STEADY * 6, STEADY, (20,) * 15], ids=str)
def test_what_is_not_marked_has_no_size(values):
    assert size_of(reading(values)) is None


def test_a_target_out_of_reach_is_as_far_as_months_as_usual_are_from_it():
    assert target_gap(reading(STEADY * 6, target=10)) == pytest.approx(21 - 10)
    assert target_gap(reading(STEADY * 6, target=21)) is None
    assert target_gap(reading(STEADY * 6)) is None
