"""How sure a proportion is: published intervals, other libraries, plain loops, and the edges."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from metrics.model import Tally
from metrics.spc.proportions import (
    ConfidenceInterval,
    binomial_tails,
    differs_from_the_rest,
    newcombe,
    poisson_tails,
    wilson,
)
from tests.metrics.spc import oracle as spc_oracle


@pytest.mark.parametrize(
    ("x", "n", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 857-872, table I, method 3.
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.883, 1.0),
    ],
)
def test_wilson_s_intervals_are_those_that_newcombe_printed(x, n, low, high):
    found = wilson(Tally(x, n))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_9_of_29_visits_are_between_17_and_49_percent():
    found = wilson(Tally(9, 29))
    assert found is not None
    assert (round(100 * found.low), round(100 * found.high)) == (17, 49)


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        # Newcombe, Statistics in Medicine 17 (1998) 873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_newcombe_s_differences_are_those_that_he_printed(one, other, low, high):
    found = newcombe(Tally(*one), Tally(*other))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)


def test_nothing_counted_says_nothing():
    nothing, some = Tally(0, 0), Tally(3, 10)
    assert wilson(nothing) is None
    assert newcombe(nothing, some) is None
    assert newcombe(some, nothing) is None
    assert differs_from_the_rest(nothing, some) is None
    assert differs_from_the_rest(some, nothing) is None


def test_what_is_no_share_has_no_interval():
    assert wilson(Tally(11, 10)) is None
    assert wilson(Tally(-1, 10)) is None


@pytest.mark.parametrize("n", [1, 2, 29, 5000])
def test_none_and_all_end_exactly_at_0_and_1(n):
    none, every = wilson(Tally(0, n)), wilson(Tally(n, n))
    assert none is not None and every is not None
    assert (none.low, every.high) == (0.0, 1.0)
    assert 0 < none.high < 1 and none.high == pytest.approx(1 - every.low)


@given(st.integers(1, 400), st.data())
def test_wilson_agrees_with_its_formula(n, data):
    x = data.draw(st.integers(0, n))
    found = wilson(Tally(x, n))
    assert found is not None
    assert (found.low, found.high) == pytest.approx(spc_oracle.wilson(x, n), abs=1e-9)
    assert 0 <= found.low <= x / n <= found.high <= 1


@given(st.integers(1, 60), st.floats(0.01, 0.99), st.data())
def test_tails_are_the_sums_of_the_chances(n, share, data):
    x = data.draw(st.integers(0, n))
    chances = [spc_oracle.chance_of(number, n, share) for number in range(n + 1)]
    counts, sizes = np.array([float(x)]), np.array([float(n)])
    tails = binomial_tails(sizes, share)
    assert tails.at_most(counts)[0] == pytest.approx(sum(chances[: x + 1]), abs=1e-9)
    assert tails.at_least(counts)[0] == pytest.approx(sum(chances[x:]), abs=1e-9)
    assert tails.at_most(counts)[0] == pytest.approx(stats.binom.cdf(x, n, share), abs=1e-9)


@given(st.integers(0, 30), st.floats(0.1, 10))
def test_poisson_s_tails_are_scipy_s(x, mean):
    tails, counts = poisson_tails(mean), np.array([float(x)])
    assert tails.at_most(counts)[0] == pytest.approx(stats.poisson.cdf(x, mean), abs=1e-9)
    assert tails.at_least(counts)[0] == pytest.approx(stats.poisson.sf(x - 1, mean), abs=1e-9)


def test_children_counted_in_pairs_are_half_as_many():
    """Pairs that are always alike: 4 of 14 is as likely as 2 of 7."""
    twos = binomial_tails(np.array([14.0]), 0.2, scatter=2)
    ones = binomial_tails(np.array([7.0]), 0.2)
    assert twos.at_least(np.array([4.0])) == pytest.approx(ones.at_least(np.array([2.0])))
    assert twos.at_most(np.array([4.0])) == pytest.approx(ones.at_most(np.array([2.0])))


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_a_unit_differs_from_the_rest_only_beyond_one_in_a_thousand_by_fisher(n, rest_n, data):
    x, y = data.draw(st.integers(0, n)), data.draw(st.integers(0, rest_n))
    at_random = stats.hypergeom(n + rest_n, x + y, n)
    least = min(at_random.cdf(x), at_random.sf(x - 1))
    assume(abs(least - 0.001) > 1e-9)
    assert differs_from_the_rest(Tally(x, n), Tally(y, rest_n)) is bool(least < 0.001)


def test_a_large_unit_does_not_differ_from_a_rest_of_four():
    """Were 1 of 4 known for sure, 51 of 307 would be one in a thousand; as it is, one in two."""
    assert differs_from_the_rest(Tally(51, 307), Tally(1, 4)) is False
    assert differs_from_the_rest(Tally(100, 1000), Tally(20, 40)) is True


def test_a_small_rest_without_any_proves_nothing():
    assert differs_from_the_rest(Tally(1, 30), Tally(0, 3)) is False
    assert differs_from_the_rest(Tally(29, 30), Tally(3, 3)) is False
    assert differs_from_the_rest(Tally(5, 30), Tally(0, 500)) is True


@given(st.integers(1, 40), st.integers(1, 40), st.data())
def test_counting_the_others_instead_says_the_same(n, rest_n, data):
    """Not made in time rather than made in time: as different, the difference turned round."""
    x, rest_x = data.draw(st.integers(0, n)), data.draw(st.integers(0, rest_n))
    one, rest = Tally(x, n), Tally(rest_x, rest_n)
    others, rest_others = Tally(n - x, n), Tally(rest_n - rest_x, rest_n)
    assert differs_from_the_rest(one, rest) == differs_from_the_rest(others, rest_others)
    there, back = newcombe(one, rest), newcombe(others, rest_others)
    assert there is not None and back is not None
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low), abs=1e-9)


def test_an_interval_is_a_plain_value():
    assert ConfidenceInterval(0.1, 0.2) == ConfidenceInterval(0.1, 0.2)
