"""What so many cases could have shown: beside another library, and there and back."""

from math import inf

import pytest
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

from metrics.compare.could_have_shown import needed_a_side, smallest_shown


@pytest.mark.parametrize(("share", "other"), [(0.04, 0.02), (0.41, 0.22), (0.5, 0.9), (0, 0.1)])
def test_how_many_are_needed_is_what_another_library_says(share, other):
    effect = proportion_effectsize(share, other)
    theirs = NormalIndPower().solve_power(effect_size=effect, power=0.8, alpha=0.05)
    assert theirs <= needed_a_side(share, other) < theirs + 1


def test_a_fall_from_4_to_2_percent_needs_1_110_a_side_and_41_to_22_needs_92():
    assert (needed_a_side(0.04, 0.02), needed_a_side(0.41, 0.22)) == (1110, 92)
    assert needed_a_side(0.1, 0.1) == inf


def test_what_so_many_could_have_shown_is_what_needs_so_many():
    low, high = smallest_shown(0.41, 92, 92)
    assert low is not None and high is not None
    assert low == pytest.approx(0.22, abs=0.002)
    assert needed_a_side(0.41, high) == pytest.approx(92, abs=1)


def test_of_a_rare_thing_few_cases_can_show_no_fall():
    assert smallest_shown(0.04, 50, 50)[0] is None
    assert smallest_shown(0.04, 0, 50) == (None, None)
