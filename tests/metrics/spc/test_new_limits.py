"""When new limits are proposed: after a lasting change or a ramp, hardly ever on noise."""

import numpy as np
import pytest

from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import Latest
from metrics.spc.charting import ChartRequest
from metrics.spc.new_limits import Proposal, Start, proposal

FIRST = Period(2014, 4)
RATIO = ValueTraits(Kind.RATIO, Polarity.LOWER_IS_BETTER)
LOW, HIGH = (12, 13, 11), (18, 19, 20)


def proposed(values, rebased=(), latest=Latest.COMPLETE) -> Proposal | None:
    months = [FIRST.shift(at) for at in range(len(values))]
    tallies = [None if value is None else Tally(value, 1) for value in values]

    def reading(anew=()):
        asked = ChartRequest(RATIO.better, None, (*rebased, *anew), latest)
        return chart_of(months, tallies, RATIO, asked)

    return proposal(reading(), lambda month: reading((month,)))


def test_a_year_above_the_mean_that_goes_on_proposes_limits_from_its_first_month():
    values = (*LOW * 4, *HIGH * 4, 18, 19)
    found = proposed(values)
    assert found is not None
    assert (found.month, found.start) == (FIRST.shift(12), Start.SUSTAINED)
    assert (found.months, found.is_high, found.is_since) == (14, True, True)
    assert found.mean == pytest.approx(np.mean(values))
    assert found.mean_then == pytest.approx(np.mean(values[12:]))


def test_eleven_months_are_not_a_year():
    assert proposed((*LOW * 5, *HIGH * 3, 18, 19)) is None
    assert proposed((*LOW * 5, *HIGH * 4)) is not None


def test_a_year_that_came_first_is_over_when_what_follows_has_limits_of_its_own():
    after = (18, 19, 20, 15, 18, 20, 19, 18, 19, 20, 18, 19)
    assert proposed((*LOW * 4, *after)) is None
    found = proposed((*LOW * 4, *after, 20))
    assert found is not None
    assert (found.month, found.months, found.is_high, found.is_since) == (
        FIRST.shift(12),
        12,
        False,
        False,
    )


def test_after_a_ramp_limits_are_proposed_from_the_first_month_that_is_usual():
    usual = (18.5, 17.2, 19.6, 18.0, 17.5, 19.2) * 4
    found = proposed((13, 13.5, 14, 14.5, *usual))
    assert found is not None
    assert (found.start, found.month, found.months) == (Start.RAMP, FIRST.shift(4), 4)
    assert found.mean < found.mean_then == pytest.approx(np.mean(usual))


def test_two_low_months_are_no_ramp():
    assert proposed((13, 13.5, *(18.5, 17.2, 19.6, 18.0, 17.5, 19.2) * 4)) is None


def test_nothing_is_proposed_once_somebody_has_decided():
    values = (*LOW * 4, *HIGH * 5)
    assert proposed(values) is not None
    assert proposed(values, rebased=(FIRST.shift(12),)) is None


def test_a_month_that_is_not_over_is_no_evidence():
    values = (*LOW * 5, *HIGH * 4)
    assert proposed(values) is not None
    assert proposed(values, latest=Latest.PROVISIONAL) is None


@pytest.mark.parametrize("values", [(), (None,) * 20, LOW * 4, (15,) * 30, LOW * 10], ids=str)
def test_what_has_no_limits_or_no_start_proposes_none(values):
    assert proposed(values) is None


def test_pure_noise_proposes_new_limits_hardly_ever():
    rng = np.random.default_rng(2016)
    found = [proposed(tuple(rng.normal(100, 5, size=30))) for _ in range(400)]
    assert sum(one is not None for one in found) <= 2
