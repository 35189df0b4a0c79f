"""Intervals are those of a library that many have checked, whatever was counted."""

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from metrics.model import Tally
from metrics.spc.proportions import ConfidenceInterval, newcombe, wilson

TALLIES = st.one_of(
    st.integers(1, 4000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    # Hours and days, which are no whole numbers.
    st.floats(0.25, 4000).flatmap(lambda n: st.tuples(st.floats(0, n), st.just(n))),
).map(lambda counted: Tally(*counted))


@given(TALLIES)
def test_an_interval_is_statsmodels_to_the_last_digit(tally):
    x, n = tally.numerator, tally.denominator
    low, high = proportion_confint(x, n, alpha=1 - 0.95, method="wilson")
    assert wilson(tally) == ConfidenceInterval(
        0.0 if x == 0 else max(0.0, low), 1.0 if x == n else min(1.0, high)
    )


@given(TALLIES, TALLIES)
def test_the_interval_of_a_difference_is_statsmodels_to_the_last_digit(tally, other):
    counted = (tally.numerator, tally.denominator, other.numerator, other.denominator)
    ends = confint_proportions_2indep(*counted, method="newcomb", compare="diff", alpha=1 - 0.95)
    low, high = ends
    # A share is none below 0 or above 1, whatever a float holds.
    assert newcombe(tally, other) == ConfidenceInterval(max(-1.0, low), min(1.0, high))


def test_no_page_and_no_command_imports_what_the_intervals_are_held_to():
    code = (
        "import sys; from metrics.model import Tally; from metrics.spc import proportions as p\n"
        "p.newcombe(Tally(1, 4), Tally(2, 4)); p.wilson(Tally(1, 4))\n"
        "sys.exit(bool({'statsmodels', 'scipy.stats'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_interval_of_a_difference_is_newcombe_s():
    """Table II of the paper: 56 of 70 less 48 of 80."""
    found = newcombe(Tally(56, 70), Tally(48, 80))
    assert found is not None
    assert (round(found.low, 4), round(found.high, 4)) == (0.0524, 0.3339)
