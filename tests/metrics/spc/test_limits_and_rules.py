"""Limits, rules and phases: worked examples, a plain-loops oracle, and what must always hold."""

import subprocess
import sys
from collections.abc import Sequence
from math import isnan, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.model import Period, Polarity
from metrics.spc.chart_reading import Assurance, ChartReading, Footing, Latest, Mark, Rule
from metrics.spc.charting import ChartRequest, Run, xmr_reading
from metrics.spc.limits import NHS_ENGLAND, PLOT_THE_DOTS, Options, mean_moving_range, xmr
from metrics.spc.rules import point_findings
from tests.draws import draws
from tests.metrics.spc import oracle as spc_oracle

HIGHER, LOWER = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
LAST = Period(2016, 9)
PLAIN = draws(150)
# Quarters are exact in binary, and few enough to make ties, runs and trends.
QUARTERS = st.integers(-12, 12).map(lambda number: number / 4)
MONTHS = st.lists(st.one_of(QUARTERS, QUARTERS, QUARTERS, st.none()), min_size=13, max_size=40)
RISING = st.tuples(st.lists(QUARTERS, min_size=4, max_size=12), st.integers(5, 9)).map(
    lambda drawn: [*drawn[0], *(drawn[0][-1] + step / 4 for step in range(drawn[1])), *drawn[0]]
)
SERIES = st.one_of(MONTHS, RISING)


def read(values: Sequence[float | None], better: Polarity = HIGHER, **asked) -> ChartReading:
    return xmr_reading(months(values), ChartRequest(better, **asked))


def months(values: Sequence[float | None]) -> Run:
    return Run(LAST.run_up(len(values)), array(values))


def array(values: Sequence[float | None]) -> np.ndarray:
    return np.array([nan if value is None else value for value in values], dtype=float)


def rules(reading: ChartReading) -> list[str | None]:
    return [point.rule.value if point.rule else None for point in reading.points]


# Mean 10, moving ranges of 2 throughout: limits 10 ± 5.32, near 10 ± 3.55.
STEADY = [9.0, 11.0] * 10


def test_limits_are_the_mean_and_2_66_mean_moving_ranges():
    """13 values 1, 2, 3 … 13: mean 7, every moving range 1."""
    (point, *_) = read([float(number) for number in range(1, 14)]).points
    assert point.mean == 7
    assert (point.lower, point.upper) == pytest.approx((7 - 2.66, 7 + 2.66))


def test_limits_are_kept_raw_and_clipped_only_where_drawn():
    reading = read([0.0, 8.0] * 7, floor=0, ceiling=10)
    assert reading.last is not None and reading.last.lower is not None
    assert reading.last.lower < 0
    assert (reading.drawn(reading.last.lower), reading.drawn(reading.last.upper)) == (0, 10)


@pytest.mark.parametrize(("value", "is_outside"), [(15.32, False), (15.33, True)])
def test_a_value_on_a_limit_is_not_outside(value, is_outside):
    """Limits fixed on STEADY: 10 ± 2.66 × 2."""
    reading = read([*STEADY, value], options=Options(fixed_after=20))
    assert (rules(reading)[-1] == "outside") == is_outside


@pytest.mark.parametrize(
    ("end", "rule", "run"),
    [
        ([30.0], "outside", 1),
        ([8.0, 9.0, 9.5, 10.0, 10.5, 11.0, 11.5], "trend", 7),
        ([8.0, 9.0, 9.5, 9.5, 10.5, 11.0, 11.5], None, 0),  # a tie breaks a trend
        ([8.0, 9.0, 9.5, None, 10.5, 11.0, 11.5], None, 0),  # a gap breaks a trend
        ([9.0, 11.5, 12, 11.5, 12, 11.5, 12, 11.5], "shift", 7),
        ([9.0, 12, 11.5, 12, None, 11.5, 12, 11.5, 12], None, 0),  # a gap breaks a run
        ([9.0, 14.9, 11.0, 14.9], "two_in_three", 3),
        ([9.0, 14.9, 9.0, 14.9], None, 0),  # the third lies on the other side
    ],
)
def test_the_latest_month_is_marked_by(end, rule, run):
    reading = read(STEADY + end)
    assert rules(reading)[-1] == rule
    assert (reading.run, reading.since) == (run, LAST.shift(1 - run) if run else None)


def test_every_point_of_a_run_is_marked_and_none_before_it():
    reading = read([*STEADY, 9.0, 11.5, 12, 11.5, 12, 11.5, 12, 11.5])
    assert rules(reading)[-8:] == [None, *["shift"] * 7]


def test_a_point_on_the_mean_breaks_a_shift():
    """The mean of these 21 is 10 exactly: seven on one side, but for one on it."""
    above = [11.0, 11.0, 11.0, 10.0, 11.0, 11.0, 11.0]
    values = [9.0, 10.0, 9.0, 10.0, 9.0, 10.0, 9.0, *above, 9.0, 10.0, 10.0, 10.0, 9.0, 10.0, 10.0]
    values[-1] += 10 * len(values) - sum(values)
    assert sum(values) == 210
    assert "shift" not in rules(read(values))


def test_the_nearer_reason_goes_first_and_the_point_has_one_mark():
    reading = read([*STEADY, 9.5, 10, 10.5, 11, 11.5, 12, 30])
    assert rules(reading)[-2:] == ["trend", "outside"]


def test_which_way_is_better_decides_what_a_mark_means():
    for better, mark in (
        (HIGHER, Mark.IMPROVEMENT),
        (LOWER, Mark.CONCERN),
        (Polarity.NEITHER, Mark.NEUTRAL),
    ):
        reading = read([*STEADY, 30.0], better)
        assert (reading.mark, reading.variation) == (mark, f"{mark.value}_high")


def test_a_falling_trend_is_low_even_above_the_mean():
    reading = read([*STEADY, 15.0, 14.5, 14.0, 13.5, 13.0, 12.5, 12.0])
    assert reading.variation == "concern_low"


@pytest.mark.parametrize("months_known", [0, 1, 12])
def test_fewer_than_13_months_have_no_limits_and_no_icon(months_known):
    reading = read([None] * 5 + [5.0, 50.0] * (months_known // 2) + [7.0] * (months_known % 2))
    assert reading.footing in (Footing.TOO_FEW, Footing.NO_DATA)
    assert reading.variation is None
    assert reading.assurance is None
    assert {point.lower for point in reading.points} == {None}


def test_13_months_have_limits():
    assert read([5.0, 6.0] * 6 + [5.0]).footing is Footing.LIMITS


@pytest.mark.parametrize(
    ("better", "target", "met"),
    [
        (HIGHER, 5.0, Assurance.PASS),
        (HIGHER, 5.1, Assurance.FAIL),
        (LOWER, 5.0, Assurance.PASS),
        (LOWER, 4.9, Assurance.FAIL),
        (Polarity.NEITHER, 5.0, None),
        (HIGHER, None, None),
    ],
)
def test_a_constant_series_has_no_limits_and_meets_its_target_or_not(better, target, met):
    reading = read([5.0] * 20, better, target=target)
    assert reading.footing is Footing.CONSTANT
    assert reading.last is not None
    assert (reading.last.mean, reading.last.lower, reading.last.upper) == (5.0, None, None)
    assert (reading.variation, reading.assurance) == ("common_cause", met)


def test_a_float_s_last_digit_is_no_variation():
    assert read([0.1 + 0.2, 0.3] * 10).footing is Footing.CONSTANT


def test_small_changes_of_great_numbers_are_still_seen():
    great = 1e9
    reading = read([*(great + value / 100 for value in STEADY), great + 0.3])
    assert rules(reading)[-1] == "outside"


def test_two_levels_that_never_meet_have_no_limits_rather_than_false_alarms():
    reading = read([5.0] * 10 + [None] + [9.0] * 10)
    assert reading.footing is Footing.NO_RANGE
    assert reading.variation is None


def test_every_second_month_missing_leaves_no_changes_to_measure():
    assert read([1.0, None, 2.0, None] * 10).footing is Footing.NO_RANGE


def test_a_missing_latest_month_never_shows_an_older_icon():
    reading = read([*STEADY, 30.0, None], target=2)
    assert reading.latest is Latest.MISSING
    assert (reading.variation, reading.since) == (None, None)
    assert reading.points[-2].mark is Mark.IMPROVEMENT
    assert reading.assurance is Assurance.PASS


def test_a_month_that_is_not_over_is_shown_and_neither_judged_nor_counted():
    reading = read([*STEADY, 30.0], latest=Latest.PROVISIONAL)
    assert reading.last is not None
    assert (reading.last.value, reading.last.mark, reading.last.rule) == (30.0, None, None)
    assert reading.last.upper == pytest.approx(10 + 2.66 * 2)


def test_rebasing_starts_new_limits_and_no_run_crosses_it():
    values = [*STEADY, *[12.0, 11.0] * 2, *[12.0, 13.0] * 7]
    assert rules(read(values))[-1] == "shift"
    rebased = read(values, rebased=(LAST.shift(-13),))
    assert set(rules(rebased)[-14:]) == {None}
    assert rebased.last is not None and rebased.last.mean == 12.5
    assert (rebased.phase_from, rebased.phase_points) == (LAST.shift(-13), 14)


def test_a_phase_of_fewer_than_13_has_no_limits_yet_and_older_ones_keep_theirs():
    reading = read([*STEADY, *[5.0] * 12], rebased=(LAST.shift(-11),), target=3)
    assert (reading.footing, reading.variation, reading.assurance) == (Footing.TOO_FEW, None, None)
    assert reading.points[0].upper == pytest.approx(10 + 2.66 * 2)
    assert reading.points[-1].upper is None


def test_only_the_last_phase_counts_for_the_target():
    values = [*STEADY, *(value + 20 for value in STEADY)]
    reading = read(values, rebased=(LAST.shift(-19),), target=20)
    assert reading.assurance is Assurance.PASS
    assert read(values[:20], target=20).assurance is Assurance.FAIL


def test_limits_can_be_fixed_after_the_first_months():
    """The limits of the first 20, 10 ± 5.32, judge what comes after."""
    reading = read([*STEADY, *[20.0, 20.5] * 5], options=Options(fixed_after=20))
    assert (reading.points[-1].mean, reading.points[-1].upper) == pytest.approx((10, 15.32))
    assert rules(reading)[-10:] == ["outside"] * 10


def test_screening_drops_great_changes_once_and_keeps_the_mean():
    """Changes: 16 of 2 and two of 20, mean 4; 20 is over 3.267 × 4, so 2 is left."""
    values = array([9.0, 11.0] * 5 + [31.0, 11.0] + [9.0, 11.0] * 4 + [9.0])
    changes = np.abs(np.diff(values))
    assert sorted(set(changes)) == [2, 20]
    assert mean_moving_range(values, screens_outliers=True) == 2
    assert mean_moving_range(values) == changes.mean()


def test_screening_is_left_out_where_nothing_would_be_left_or_too_much_repeats():
    assert mean_moving_range(array([5.0] * 13 + [6.0]), screens_outliers=True) == 1 / 13
    many_ties = array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 30.0, 2.0])
    assert mean_moving_range(many_ties, True) == mean_moving_range(many_ties)


def test_where_a_third_repeats_and_no_more_great_changes_are_screened_out():
    """Twelve values of which four repeat: changes 0 × 4, 1 × 5, 29, 28; mean 62 ÷ 11."""
    a_third = array([1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 31.0, 3.0])
    assert np.count_nonzero(np.diff(a_third) == 0) == 4
    assert mean_moving_range(a_third, True) == 5 / 9
    assert mean_moving_range(a_third) == 62 / 11


def test_where_more_repeats_plot_the_dots_has_narrower_limits_than_ours():
    """Changes 0 × 5, 1 × 4, 29, 28; mean 61 ÷ 11. The package leaves out the last two."""
    many_ties = array([1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 1.0, 2.0, 1.0, 30.0, 2.0])
    changes = np.abs(np.diff(many_ties))
    of_the_package = changes[changes < 3.267 * changes.mean()].mean()
    assert of_the_package == 4 / 9
    assert mean_moving_range(many_ties, True) == 61 / 11


@pytest.mark.parametrize(("counts_outside", "rule"), [(True, "two_in_three"), (False, None)])
def test_two_in_three_can_leave_out_the_point_beyond_the_limit(counts_outside, rule):
    """Limits fixed on STEADY, near ones at 13.55: one point beyond the limit, one near it."""
    options = Options(fixed_after=20, near_counts_outside=counts_outside)
    assert rules(read([*STEADY, 30.0, 11.0, 14.0], options=options))[-3:] == ["outside", None, rule]


def test_the_options_of_the_two_tools():
    assert (PLOT_THE_DOTS.run_length, PLOT_THE_DOTS.screens_outliers) == (7, True)
    assert not PLOT_THE_DOTS.near_counts_outside
    assert NHS_ENGLAND.run_length == 6


@given(SERIES, st.sampled_from([6, 7]), st.booleans())
@PLAIN
def test_rules_agree_with_plain_loops(values, run_length, counts_outside):
    options = Options(run_length=run_length, near_counts_outside=counts_outside)
    phase = xmr(array(values), options)
    if phase.footing is not Footing.LIMITS:
        assert {one.rule for one in point_findings(phase, options)} <= {None}
        return
    mean, width = spc_oracle.mean_and_width(values)
    assert phase.mean == pytest.approx(mean)
    assert phase.upper[0] - phase.mean == pytest.approx(width)
    expected = spc_oracle.rules(values, mean, width, run_length, counts_outside)
    found = [
        (one.rule.value if one.rule else None, one.direction)
        for one in point_findings(phase, options)
    ]
    if any(is_on_an_edge(value, mean, width) for value in values if value is not None):
        return
    turning = {at for at in range(len(values)) if expected[at][0] == "trend"}
    for at, (ours, theirs) in enumerate(zip(found, expected, strict=True)):
        assert ours[0] == theirs[0], (at, values)
        assert at in turning or ours == theirs


def is_on_an_edge(value: float, mean: float, width: float) -> bool:
    """Where two ways of adding floats may fall on different sides."""
    away = abs(value - mean)
    return any(abs(away - edge) < 1e-9 for edge in (0, width, width * 2 / 3))


@given(SERIES, QUARTERS.map(lambda number: number * 8))
@PLAIN
def test_adding_to_every_month_moves_the_limits_and_marks_nothing_else(values, more):
    moved = [None if value is None else value + more for value in values]
    assert marks(read(values)) == marks(read(moved))


@given(SERIES, st.sampled_from([0.25, 2.0, 1024.0]))
@PLAIN
def test_another_unit_of_measure_marks_the_same(values, times):
    scaled = [None if value is None else value * times for value in values]
    assert marks(read(values)) == marks(read(scaled))


def marks(reading: ChartReading) -> list:
    return [(point.rule, point.mark, point.is_high) for point in reading.points]


@given(SERIES)
@PLAIN
def test_turning_the_polarity_round_swaps_improvement_and_concern(values):
    swapped = {Mark.IMPROVEMENT: Mark.CONCERN, Mark.CONCERN: Mark.IMPROVEMENT}
    for one, other in zip(read(values).points, read(values, LOWER).points, strict=True):
        assert one.rule == other.rule
        assert other.mark == (swapped.get(one.mark, one.mark) if one.mark else None)


@given(SERIES, st.integers(1, 30))
@PLAIN
def test_a_rebase_makes_two_series_that_know_nothing_of_each_other(values, back):
    cut = max(len(values) - back, 1)
    whole = read(values, rebased=(LAST.shift(cut - len(values) + 1),))
    apart = rules(read(values[:cut])) + rules(read(values[cut:]))
    assert rules(whole) == apart


@given(SERIES)
@PLAIN
def test_a_month_without_a_value_is_never_marked(values):
    for point in read(values).points:
        if point.value is None:
            assert (point.rule, point.mark, point.is_high) == (None, None, None)


@given(SERIES, st.integers(1, 6), st.integers(0, 40))
@PLAIN
def test_how_long_a_gap_is_makes_no_difference(values, months_more, place):
    """A longer gap at the same place: the same limits, the same marks around it."""
    at = place % (len(values) + 1)
    short = [*values[:at], None, *values[at:]]
    long = [*values[:at], *[None] * (1 + months_more), *values[at:]]
    known = [pair for pair in zip(short, rules(read(short)), strict=True) if pair[0] is not None]
    again = [pair for pair in zip(long, rules(read(long)), strict=True) if pair[0] is not None]
    assert known == again


@given(SERIES)
@PLAIN
def test_reading_backwards_marks_the_same_points(values):
    """Time turned round: rises become falls; what is marked stays marked."""
    there = [rule is not None for rule in rules(read(values))]
    back = [rule is not None for rule in rules(read(values[::-1]))]
    assert there == back[::-1]


def test_the_generator_draws_every_rule_and_footing():
    seen: set = set()

    @given(SERIES)
    @settings(PLAIN, max_examples=400, derandomize=True)
    def draw(values):
        reading = read(values)
        seen.update({reading.footing, *rules(reading)})

    draw()
    assert {rule.value for rule in Rule} | {Footing.LIMITS, Footing.TOO_FEW} <= seen


def test_limits_need_no_statistics_library():
    """They take over a second to import, which every page would pay."""
    code = (
        "import sys, metrics.spc.limits, metrics.spc.charting\n"
        "import metrics.spc.chart_choice, metrics.spc.words\n"
        "sys.exit(bool({'scipy', 'statsmodels'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_nothing_is_not_a_number_in_what_comes_out():
    for point in read([*STEADY, None]).points:
        numbers = (point.value, point.mean, point.lower, point.upper)
        assert not any(isnan(number) for number in numbers if number is not None)
