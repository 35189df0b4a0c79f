"""Kaplan and Meier's curve: beside another library, by hand, and at its edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight

from metrics.survival.kaplan_meier import Stays, survival
from tests.draws import draws


@st.composite
def stays(draw) -> list[tuple[int, int, bool]]:
    """Spells of few lengths, so that many end on one day, some seen from later on."""
    entries = st.sampled_from([0, 0, 0, 1, 5, 10])
    lengths = st.sampled_from([1, 2, 4, 5, 10, 11, 30])
    seen = draw(st.lists(st.tuples(entries, lengths, st.booleans()), min_size=2, max_size=25))
    return [(entry, entry + length, ended) for entry, length, ended in seen]


@draws(100)
@given(drawn=stays())
def test_the_curve_is_that_of_another_library(drawn):
    assume_ended = [one for one in drawn if one[2]]
    if not assume_ended:
        return
    entered, left, ended = (np.array(column) for column in zip(*drawn, strict=True))
    found, theirs = survival(Stays.of(*drawn)), SurvfuncRight(left, ended, entry=entered)
    lasting = found.share > 0
    for days, share in zip(theirs.surv_times, theirs.surv_prob, strict=True):
        assert found.share_after(int(days)) == pytest.approx(share)
    variance = dict(zip(theirs.surv_times, theirs.surv_prob_se**2, strict=True))
    for day, share, sum_to_it in zip(
        found.days[lasting], found.share[lasting], found.variance[lasting], strict=True
    ):
        assert share**2 * sum_to_it == pytest.approx(variance[day])


@draws(100)
@given(drawn=stays())
def test_the_median_s_interval_is_that_of_another_library(drawn):
    entered, left, ended = (np.array(column) for column in zip(*drawn, strict=True))
    found = survival(Stays.of(*drawn))
    if not found.days.size or found.share.min() <= 0:
        return
    theirs = SurvfuncRight(left, ended, entry=entered).quantile_ci(0.5, method="cloglog")
    ours = found.median_interval
    expected = tuple(None if np.isnan(end) or np.isinf(end) else int(end) for end in theirs)
    assert ours == expected


def test_open_spells_count_until_they_were_last_seen():
    """30, 60 and 90 days ended, 120 and 150 go on. The mean of those that ended is 60."""
    found = survival(
        Stays.of((0, 30, True), (0, 60, True), (0, 90, True), (0, 120, False), (0, 150, False))
    )
    assert found.days.tolist() == [30, 60, 90]
    assert found.share.tolist() == pytest.approx([4 / 5, 3 / 5, 2 / 5])
    assert found.median == 90


def test_who_is_seen_from_a_later_day_on_is_not_at_risk_before_it():
    """Data that begin late hold of the old spells only those that lasted."""
    young = [(0, 50, True), (0, 60, True), (0, 70, True), (0, 80, True)]
    old = [(365, 400, True), (365, 450, True), (365, 669, False), (365, 669, False)]
    found = survival(Stays.of(*young, *old))
    assert found.at_risk[:4].tolist() == [4, 3, 2, 1]
    # Exactly one half counts. At risk from the start they would give 80.
    assert found.share_after(60) == pytest.approx(1 / 2)
    assert found.median == 60


def test_of_a_unit_one_is_at_risk_while_it_led():
    led_by_1 = Stays.of((0, 40, False), (0, 20, True), (0, 50, True), (0, 40, False))
    led_by_2 = Stays.of((40, 60, True), (40, 45, True))
    assert survival(led_by_1).at_risk.tolist() == [4, 1]
    assert survival(led_by_1).median == 50
    assert survival(led_by_2).share.tolist() == pytest.approx([1 / 2, 0])
    assert survival(led_by_2).median == 45


def test_where_more_than_half_stay_there_is_no_median():
    found = survival(Stays.of((0, 30, True), (0, 244, False), (0, 244, False), (0, 244, False)))
    assert found.median is None
    assert found.share_after(29) == 1
    assert found.share_after(244) == pytest.approx(3 / 4)


def test_of_nothing_that_ended_the_curve_has_no_day():
    for nothing in (Stays.of(), Stays.of((0, 10, False))):
        found = survival(nothing)
        assert (found.days.size, found.median, found.median_interval) == (0, None, (None, None))
        assert found.share_after(100) == 1


def test_who_was_last_seen_on_a_day_was_at_risk_on_it():
    found = survival(Stays.of((0, 10, True), (0, 10, False), (10, 20, False)))
    assert found.at_risk.tolist() == [2]
