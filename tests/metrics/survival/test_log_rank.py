"""The log-rank test: by hand, and beside another library."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import survdiff

from metrics.survival.kaplan_meier import Stays
from metrics.survival.log_rank import log_rank
from tests.draws import draws
from tests.metrics.survival.test_kaplan_meier import stays


def test_two_groups_one_with_delayed_entry():
    """At 5 days one of three at risk is of the second; at 8 two of four; at 12 two of three."""
    first = Stays.of((0, 5, True), (0, 20, False))
    second = Stays.of((0, 8, True), (6, 12, True), (14, 30, False))
    found = log_rank([(first, second)])
    assert found is not None
    assert (found.seen, found.expected) == (2, pytest.approx(1 / 3 + 1 / 2 + 2 / 3))
    assert found.variance == pytest.approx(2 / 9 + 1 / 4 + 2 / 9)
    assert found.chi_square == pytest.approx(0.36)


def agrees(strata: list[tuple[list, list]]) -> None:
    """With statsmodels, where that gives anything: it divides by the others at risk, if any."""
    found = log_rank([(Stays.of(*first), Stays.of(*second)) for first, second in strata])
    if found is None:
        return
    rows = [
        (group, stratum, *stay)
        for stratum, both in enumerate(strata)
        for group, of_group in enumerate(both)
        for stay in of_group
    ]
    group, stratum, entered, left, ended = (np.array(column) for column in zip(*rows, strict=True))
    # Theirs takes either strata or entries: of strata it looks for as many entries as rows in one.
    asked = {"strata": stratum} if len(strata) > 1 else {"entry": entered}
    with np.errstate(divide="ignore", invalid="ignore"):
        theirs = survdiff(left, ended.astype(int), group, **asked)
    if not np.isnan(theirs[0]):
        assert (found.chi_square, found.p) == pytest.approx(theirs)


@draws(60)
@given(first=stays(), second=stays())
def test_the_test_of_two_groups_is_that_of_another_library(first, second):
    agrees([(first, second)])


@draws(60)
@given(strata=st.lists(st.tuples(stays(), stays()), min_size=2, max_size=3))
def test_the_test_over_strata_is_that_of_another_library(strata):
    agrees([([(0, *one[1:]) for one in a], [(0, *one[1:]) for one in b]) for a, b in strata])


@draws(60)
@given(strata=st.lists(st.tuples(stays(), stays()), min_size=1, max_size=3))
def test_the_test_over_strata_adds_up_what_each_stratum_says(strata):
    both = [(Stays.of(*first), Stays.of(*second)) for first, second in strata]
    each = [one for one in map(log_rank, ([pair] for pair in both)) if one]
    together = log_rank(both)
    if together is not None:
        assert together.variance == pytest.approx(sum(one.variance for one in each))


def test_nothing_is_told_where_nobody_could_be_set_beside_anybody():
    alone = Stays.of((0, 5, True))
    assert log_rank([]) is None
    assert log_rank([(alone, Stays.of())]) is None
    assert log_rank([(alone, Stays.of((10, 20, True)))]) is None
    assert log_rank([(Stays.of((0, 5, False)), Stays.of((0, 5, False)))]) is None


def test_strata_are_not_set_beside_each_other():
    """Like with like there is no difference; thrown together there seems to be one."""
    short, long = [(0, 2, True)] * 4, [(0, 50, True)] * 4
    mostly_short = Stays.of(*short, long[0])
    mostly_long = Stays.of(short[0], *long)
    together = log_rank([(mostly_short, mostly_long)])
    apart = log_rank(
        [
            (Stays.of(*short), Stays.of(short[0])),
            (Stays.of(long[0]), Stays.of(*long)),
        ]
    )
    assert together is not None and together.chi_square > 1
    assert apart is None
