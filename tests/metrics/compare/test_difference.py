"""Two cohorts at a time from entry: by worked examples, by hand, and over many made-up worlds."""

from math import sqrt

import numpy as np
import pytest

from metrics.compare.cohort import HORIZONS, Cohort
from metrics.compare.difference import apart_at, known_cases, share_by
from metrics.spc.proportions import newcombe
from metrics.survival.kaplan_meier import Stays
from metrics.survival.log_rank import log_rank
from tests.left_out import needs
from tests.metrics.compare.made import case, cohort, complete, of_times
from tests.metrics.test_outcome_vectors import FILE, VECTORS

BY_ID = {one["id"]: one for one in VECTORS}
YEAR = HORIZONS[12]


@needs(FILE)
def test_the_report_s_own_contrasts_have_the_worked_intervals():
    for one in BY_ID["ST-01"]["cases"]:
        had, of, other_had, other_of = one["counts"]
        found = apart_at(complete(had, of), complete(other_had, other_of), YEAR)
        assert found is not None
        points = (found.difference, found.interval.low, found.interval.high)
        # Worked by hand to about a hundredth of a point.
        assert [100 * point for point in points] == pytest.approx(one["points"], abs=0.011)


@needs(FILE)
def test_the_worked_log_rank_comes_out():
    groups = [
        [
            (entry, left, bool(ended))
            for of, entry, left, ended in BY_ID["ST-02"]["spells"]
            if of == n
        ]
        for n in (0, 1)
    ]
    found = log_rank([(Stays.of(*groups[0]), Stays.of(*groups[1]))])
    assert found is not None and found.chi_square == pytest.approx(BY_ID["ST-02"]["chi_square"])


def test_where_nobody_was_lost_the_share_is_itself_and_the_interval_newcombe_s():
    own, other = complete(40, 100), complete(60, 120)
    found = apart_at(own, other, YEAR)
    theirs = newcombe(own.by(YEAR), other.by(YEAR))
    assert found is not None and found.interval == theirs
    assert found.difference == pytest.approx(40 / 100 - 60 / 120)
    assert known_cases(own, YEAR) == 100


def test_who_is_lost_before_counts_until_then():
    """20 at risk; 5 have it on day 10; 5 lost on day 20; 2 of the 10 left on day 30."""
    had = [case(f"a{n}", 1000, 10) for n in range(5)] + [case(f"b{n}", 1000, 30) for n in range(2)]
    lost = [case(f"c{n}", 1000, seen=20) for n in range(5)]
    seen = [case(f"d{n}", 1000) for n in range(8)]
    found = cohort(*had, *lost, *seen)
    assert share_by(found, 30) is None, "eight are at risk: too few"
    more = cohort(*had, *lost, *seen, *(case(f"e{n}", 1000) for n in range(2)))
    told = share_by(more, 30)
    lasting = 17 / 22 * 10 / 12
    assert told is not None and told.share == pytest.approx(1 - lasting)
    greenwood = 5 / (22 * 17) + 2 / (12 * 10)
    spread = 1.959964 * sqrt(greenwood) / -np.log(lasting)
    assert told.low == pytest.approx(1 - lasting ** np.exp(-spread))
    assert told.high == pytest.approx(1 - lasting ** np.exp(spread))
    assert known_cases(more, 30) == pytest.approx((1 - lasting) / lasting / greenwood)


def test_where_nobody_had_it_yet_the_interval_is_not_of_no_width():
    found = share_by(cohort(*(case(str(n), 300 + n) for n in range(100))), 350)
    assert found is not None and (found.share, found.low) == (0, 0)
    # 50 of 100 were followed for 350 days; Wilson's of 0 of 50 ends at 3.8416 ÷ 53.8416.
    assert found.high == pytest.approx(3.8415 / 53.8415, abs=1e-4)


def test_what_happens_on_the_day_of_entry_counts():
    found = share_by(cohort(case("a", 400, 0), *(case(f"b{n}", 400) for n in range(9))), YEAR)
    assert found is not None and found.share == 1 / 10


def test_of_fewer_than_ten_cases_there_is_no_share():
    assert share_by(complete(4, 9), YEAR) is None
    assert share_by(complete(4, 10), YEAR) is not None


def test_what_happens_on_the_day_of_entry_counts_among_those_lost_later():
    lost = [case(f"l{n}", 1000, seen=100) for n in range(5)]
    found = cohort(case("a", 1000, 0), *lost, *(case(f"s{n}", 1000) for n in range(14)))
    told = share_by(found, YEAR)
    assert told is not None and told.share == pytest.approx(1 / 20)


def test_a_day_that_nobody_has_reached_is_not_told():
    young = cohort(*(case(str(n), 200, 10) for n in range(40)))
    assert share_by(young, YEAR) is None
    assert share_by(cohort(), YEAR) is None
    assert apart_at(young, complete(1, 2), YEAR) is None


def staggered(chance: np.random.Generator) -> tuple[Cohort, Cohort]:
    """243 that came evenly over 17 months, and 300 that all were followed for them: one rate."""
    rate = -np.log(1 - 0.41) / 517
    follows = chance.integers(0, 518, 243), np.full(300, 517)
    lasts = [np.ceil(chance.exponential(1 / rate, len(of))).astype(int) for of in follows]
    own, other = (
        of_times(name, of.tolist(), last.tolist())
        for name, of, last in zip(("new", "before"), follows, lasts, strict=True)
    )
    return own, other


def covering(worlds: int, seed: int) -> tuple[float, float, float]:
    """How often no difference is covered: at 6 months, at 12, and by shares so far."""
    chance = np.random.default_rng(seed)
    covered = np.zeros(3)
    for _ in range(worlds):
        own, other = staggered(chance)
        at = [apart_at(own, other, HORIZONS[months]) for months in (6, 12)]
        naive = newcombe(own.naive, other.naive)
        assert naive is not None
        covered += [one is not None and not one.is_told_apart for one in at] + [
            naive.low <= 0 <= naive.high
        ]
    by_6, by_12, so_far = covered / worlds
    return by_6, by_12, so_far


def test_equal_rates_with_unequal_follow_up_are_not_told_apart_but_by_shares_so_far():
    """At 200 worlds 95 of 100 has a standard error of 1.5."""
    by_6, by_12, so_far = covering(200, seed=14)
    assert 0.91 <= by_6 <= 0.985 and 0.91 <= by_12 <= 0.985
    assert so_far < 0.05, "41% beside 22%, from one rate"


@pytest.mark.thorough
def test_no_difference_is_covered_in_95_of_100_worlds():
    by_6, by_12, so_far = covering(4000, seed=2016)
    assert by_6 == pytest.approx(0.95, abs=0.012) and by_12 == pytest.approx(0.95, abs=0.012)
    assert so_far < 0.05
