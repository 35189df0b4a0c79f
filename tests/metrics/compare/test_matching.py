"""Like beside like, and families drawn as a whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.compare.cohort import HORIZONS, Cell
from metrics.compare.difference import apart_at
from metrics.compare.families import Families, apart_by_families, shares_by
from metrics.compare.matching import Matched, standardised
from tests.draws import draws
from tests.metrics.compare.made import case, cohort

YEAR = HORIZONS[12]
BABY, TEEN, RARE = (Cell("N1", "CIN", "0"), Cell("N4", "CIN", "12+"), Cell("N9", "CLA", "1–6"))


def of_cells(*cells: tuple[Cell | None, int, int], family: str | None = None):
    """So many of a cell, of whom some had the outcome on day 30; all are followed."""
    return cohort(
        *(
            case(
                f"{place}-{n}",
                500,
                30 if n < had else None,
                cell=cell,
                family=family and f"{family}{n}",
            )
            for place, (cell, had, of) in enumerate(cells)
            for n in range(of)
        )
    )


def test_the_difference_is_that_of_the_cells_by_the_own_cases_in_them():
    """Babies 3 of 4 beside 1 of 2, teenagers 1 of 6 beside 10 of 20."""
    matched = Matched(of_cells((BABY, 3, 4), (TEEN, 1, 6)), of_cells((BABY, 1, 2), (TEEN, 10, 20)))
    found = standardised(matched, YEAR, seed=1)
    assert found is not None
    assert found.difference == pytest.approx((4 * (3 / 4 - 1 / 2) + 6 * (1 / 6 - 1 / 2)) / 10)
    assert (found.own, found.other) == (pytest.approx(4 / 10), pytest.approx(1 / 2))
    assert found.interval.low < found.difference < found.interval.high


def test_another_mix_of_cases_alone_is_no_difference():
    """Within cells the same; thrown together 50% beside 18%."""
    own, other = of_cells((BABY, 72, 80), (TEEN, 2, 20)), of_cells((BABY, 18, 20), (TEEN, 8, 80))
    together = apart_at(own, other, YEAR)
    found = standardised(Matched(own, other), YEAR, seed=1)
    assert together is not None and together.is_told_apart
    assert found is not None and found.difference == pytest.approx(0)
    assert not found.is_told_apart
    alike = Matched(own, other).log_rank
    assert alike is not None and alike.p > 0.5


def test_who_has_no_like_is_left_out_and_counted_by_cell():
    matched = Matched(of_cells((BABY, 1, 6), (RARE, 1, 3), (None, 0, 1)), of_cells((BABY, 2, 5)))
    assert matched.without_like == {RARE: 3, None: 1}
    assert len(matched.own_like.cases) == 6
    assert matched.is_enough


def test_fewer_than_six_in_ten_with_a_like_give_no_result():
    few = Matched(of_cells((BABY, 1, 59), (RARE, 1, 41)), of_cells((BABY, 2, 5)))
    assert not few.is_enough and standardised(few, YEAR, seed=1) is None
    assert not Matched(cohort(), of_cells((BABY, 2, 5))).is_enough


def test_a_seed_draws_the_same_and_another_does_not():
    matched = Matched(of_cells((BABY, 5, 30)), of_cells((BABY, 9, 40)))
    one, again, another = (standardised(matched, YEAR, seed) for seed in (7, 7, 8))
    assert one == again
    assert one is not None and another is not None and one.interval != another.interval
    assert (one.seed, one.draws) == (7, 1000)


def families_of(size: int):
    """60 children, 20 of whom had the outcome, in families of so many that are alike."""
    return cohort(
        *(
            case(str(n), 500, 30 if n < 20 else None, cell=BABY, family=f"F{n // size}")
            for n in range(60)
        )
    )


def test_children_of_a_family_that_move_together_say_less_than_as_many_alone():
    widths = {
        size: found.interval.high - found.interval.low
        for size in (1, 4)
        if (found := standardised(Matched(families_of(size), families_of(size)), YEAR, seed=3))
    }
    # Of four that are always alike a quarter as many are left: twice as wide.
    assert widths[4] / widths[1] == pytest.approx(2, abs=0.25)


def test_families_are_drawn_as_a_whole_where_nine_in_ten_are_known():
    known = [case(str(n), 500, family="F") for n in range(9)]
    nine = Families(cohort(*known, case("alone", 500)))
    assert nine.are_known
    for drawn in nine.drawn(np.random.default_rng(1), 20):
        assert set(drawn[:9]) == {drawn[0]} and drawn[0] + drawn[9] == 2
    assert not Families(cohort(*known, case("a", 500), case("b", 500))).are_known


def test_an_interval_by_families_is_wider_where_they_move_together_and_never_narrower():
    alone, alike = families_of(1), families_of(4)
    plain, by_one, by_four = (
        apart_at(alone, alone, YEAR),
        apart_by_families(alone, alone, YEAR, seed=3),
        apart_by_families(alike, alike, YEAR, seed=3),
    )
    assert plain and by_one and by_four
    assert by_one.interval.high == pytest.approx(plain.interval.high, abs=0.02)
    assert by_four.interval.high > 1.7 * plain.interval.high
    assert by_one.interval.low <= plain.interval.low


def test_what_happened_to_nobody_is_not_certain():
    nobody = cohort(*(case(str(n), 500, family="F") for n in range(30)))
    assert apart_by_families(nobody, nobody, YEAR, seed=1) == apart_at(nobody, nobody, YEAR)


TIMES = st.lists(st.tuples(st.integers(0, 6), st.booleans()), min_size=1, max_size=12)


@draws(100)
@given(times=TIMES, day=st.integers(0, 7), data=st.data())
def test_a_case_that_is_drawn_twice_is_as_two(times, day, data):
    often = data.draw(st.lists(st.integers(0, 3), min_size=len(times), max_size=len(times)))
    cases = [
        case(str(n), 500, after if had else None, seen=after)
        for n, (after, had) in enumerate(times)
    ]
    found = shares_by(cohort(*cases), np.array([often], dtype=float), day)[0]
    several = [one for one, n in zip(cases, often, strict=True) for _ in range(n)]
    if not several:
        assert np.isnan(found)
        return
    assert found == pytest.approx(1 - cohort(*several).curve.share_after(day))
