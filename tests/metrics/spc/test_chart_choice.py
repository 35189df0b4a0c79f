"""The numbers get the chart that suits them, and small numbers are not taken for signals."""

from datetime import date, timedelta
from functools import partial
from math import comb, exp, factorial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import noise
from metrics.catalogue import CATALOGUE
from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of, days_between
from metrics.spc.chart_reading import Chart, ChartReading, Footing, Latest, Mark, Rule
from metrics.spc.charting import ChartRequest, Run, xmr_reading
from metrics.spc.limits import Options
from tests.draws import draws

LOWER = Polarity.LOWER_IS_BETTER
SHARE = ValueTraits(Kind.SHARE, LOWER, 100, 0, 100)
COUNT = ValueTraits(Kind.COUNT, LOWER, 1, 0)
RATIO = ValueTraits(Kind.RATIO, LOWER, 1, 0)
LAST = Period(2016, 9)
PLAIN = draws(100)


def chart(tallies: list, traits: ValueTraits = SHARE, **asked) -> ChartReading:
    counted = [None if one is None else Tally(*one) for one in tallies]
    return chart_of(LAST.run_up(len(counted)), counted, traits, ChartRequest(LOWER, **asked))


def around(x: float, n: float, months: int = 24) -> list[tuple[float, float]]:
    """x-1 and x+1 of n in turn."""
    return [(x - 1, n), (x + 1, n)] * (months // 2)


@pytest.mark.parametrize(
    ("tallies", "facts", "expected", "because"),
    [
        (around(6, 20), SHARE, Chart.XMR, "change between one month and the next"),
        (around(6, 19), SHARE, Chart.SHARES, "it is small: 19 in a usual month"),
        (around(4, 50), SHARE, Chart.SHARES, "fewer than 5 on one side"),
        (around(46, 50), SHARE, Chart.SHARES, "fewer than 5 on one side"),
        ([(5, 20), (30, 90)] * 12, SHARE, Chart.SHARES, "differ a lot in size: from 20 to 90"),
        (around(6.5, 20), SHARE, Chart.XMR, "change between"),
        (around(2.9, 0), SHARE, Chart.LINE, "no values"),
        (around(1.5, 0.5), RATIO, Chart.XMR, "change between"),
        ([(5, 2), (90, 30)] * 12, RATIO, Chart.XMR_BY_SIZE, "months differ a lot in size"),
        ([(0, 1), (3, 1)] * 12, COUNT, Chart.COUNTS, "fewer than 2"),
        ([(1, 1), (3, 1)] * 12, COUNT, Chart.XMR, "change between"),
        ([(1, 12), (3, 12)] * 6, SHARE, Chart.LINE, "limits need 13 months"),
        ([(2, 12)] * 24, SHARE, Chart.LINE, "Every month is the same"),
    ],
)
def test_the_chart_is_chosen_by_the_numbers_and_says_why(tallies, facts, expected, because):
    reading = chart(tallies, facts)
    assert reading.chart is expected
    assert because in reading.why


def test_the_metrics_of_the_card_get_their_facts_from_their_declarations():
    facts = {key: ValueTraits.of(metric) for key, metric in CATALOGUE.items()}
    assert facts["visits_out_of_timescale"] == SHARE
    assert facts["direct_work"] == ValueTraits(Kind.RATIO, Polarity.HIGHER_IS_BETTER, 100, 0, 100)
    assert facts["caseload"] == ValueTraits(Kind.RATIO, LOWER, 1, 0, None)
    assert facts["distance_travelled"].floor is None


def test_a_p_chart_s_limits_are_exact_and_each_month_s_own():
    """60 of 240 over 20 months of 12, then 3 of 6: a quarter in all but the last."""
    tallies = [(3, 12), (2, 12), (4, 12), (3, 12)] * 5 + [(3, 6)]
    reading = chart(tallies)
    share = 63 / 246
    assert reading.points[0].mean == pytest.approx(100 * share)
    for point, n in ((reading.points[0], 12), (reading.points[-1], 6)):
        most = max(k for k in range(n + 1) if at_least(k, n, share) >= 0.0013499)
        fewest = min(k for k in range(n + 1) if at_most(k, n, share) >= 0.0013499)
        assert (point.lower, point.upper) == pytest.approx((100 * fewest / n, 100 * most / n))


def at_least(k: int, n: int, share: float) -> float:
    return sum(comb(n, x) * share**x * (1 - share) ** (n - x) for x in range(k, n + 1))


def at_most(k: int, n: int, share: float) -> float:
    return sum(comb(n, x) * share**x * (1 - share) ** (n - x) for x in range(k + 1))


def test_a_poisson_chart_s_limits_are_exact():
    reading = chart([(0, 1), (1, 1), (2, 1), (1, 1)] * 6, COUNT)
    chances = [exp(-1) / factorial(k) for k in range(30)]
    most = max(k for k in range(20) if sum(chances[k:]) >= 0.0013499)
    assert (reading.points[0].lower, reading.points[0].upper) == (0, most)


def test_what_single_values_would_mark_by_chance_is_not_marked():
    """3 of 10 where 5% is usual: 1 in 90, and the month before it none of 10."""
    tallies = [(0, 10), (1, 10), (0, 10), (0, 10)] * 6 + [(0, 10), (3, 10)]
    values = np.array([100 * x / n for x, n in tallies])
    single = xmr_reading(Run(LAST.run_up(len(values)), values), ChartRequest(LOWER))
    assert single.mark is Mark.CONCERN
    assert chart(tallies).mark is Mark.COMMON_CAUSE


def test_what_small_numbers_do_show_is_marked():
    tallies = [(1, 10), (2, 10), (0, 10), (1, 10)] * 6
    assert chart([*tallies, (7, 10)]).variation == "concern_high"
    lasting = chart([*tallies, *[(3, 10)] * 6])
    assert (lasting.variation, lasting.since) == ("concern_high", LAST.shift(-5))
    assert lasting.last is not None and lasting.last.rule in (Rule.SHIFT, Rule.TWO_IN_THREE)


def test_one_of_one_is_never_a_signal():
    tallies = [(3, 12), (2, 12), (4, 12), (3, 12)] * 5 + [(1, 1)]
    reading = chart(tallies)
    assert reading.mark is Mark.COMMON_CAUSE
    assert reading.last is not None
    assert (reading.last.lower, reading.last.upper) == (0, 100)


def test_brothers_and_sisters_seen_together_widen_the_limits():
    """The same share; children who come in fours, all seen or none."""
    alone = chart([(4, 16), (3, 16), (5, 16), (4, 16)] * 6)
    together = chart([(0, 16), (8, 16), (4, 16), (4, 16)] * 6)
    assert alone.points[0].mean == together.points[0].mean
    assert upper(together) > upper(alone)


def upper(reading: ChartReading) -> float:
    limit = reading.points[0].upper
    assert limit is not None
    return limit


def test_a_chart_by_size_is_wider_for_a_small_month_by_the_root_of_its_size():
    reading = chart([(8, 4), (48, 16), (12, 4), (32, 16)] * 6, RATIO)
    widths = [point.upper - point.mean for point in reading.points if point.upper and point.mean]
    assert widths[0] == pytest.approx(2 * widths[1])


def test_a_chart_by_size_without_any_change_to_measure_has_no_limits():
    """Twice 8 ÷ 4 and 32 ÷ 16, then a month alone: nothing changes between neighbours."""
    reading = chart([(8, 4), (32, 16)] * 7 + [None, (60, 20)], RATIO)
    assert (reading.footing, reading.mark) == (Footing.NO_RANGE, None)


def test_months_without_a_value_are_gaps_and_not_zeros():
    reading = chart([*around(3, 12), (0, 0), None], target=5.0)
    assert [point.value for point in reading.points[-2:]] == [None, None]
    assert [point.mark for point in reading.points[-2:]] == [None, None]
    assert reading.latest is Latest.MISSING
    assert reading.points[-1].numerator is None
    assert reading.points[-2].denominator == 0


def test_a_month_that_is_not_over_changes_no_limit():
    before, after = (
        chart(around(3, 12)),
        chart([*around(3, 12), (12, 12)], latest=Latest.PROVISIONAL),
    )
    assert before.points[0].upper == after.points[0].upper
    assert (after.mark, after.latest) == (None, Latest.PROVISIONAL)


def test_a_count_is_its_numerator_whatever_it_is_told_of():
    reading = chart([(1, 300), (3, 280)] * 12, COUNT)
    assert [point.value for point in reading.points[:2]] == [1, 3]


def test_months_are_given_without_gaps():
    with pytest.raises(AssertionError, match="left out"):
        chart_of([LAST, LAST.shift(2)], [None, None], SHARE, ChartRequest(LOWER))


def test_no_month_at_all_is_no_error():
    assert chart([]).footing is Footing.NO_DATA


def test_days_between_rare_events_are_marked_when_they_become_shorter():
    """Forty days apart, then every few days: fewer is better, so shorter is of concern."""
    day, days = date(2012, 1, 1), []
    for apart in [20, 60, 40, 35, 45] * 4 + [3, 2, 4, 3, 2, 4, 3]:
        day += timedelta(apart)
        days.append(day)
    reading = days_between(days, ChartRequest(LOWER))
    assert reading.chart is Chart.DAYS_BETWEEN
    assert reading.variation == "concern_low"
    assert reading.last is not None and reading.last.when == days[-1]
    assert days_between(days[:21], ChartRequest(LOWER)).variation == "common_cause"


def test_few_events_have_no_limits():
    assert days_between([], ChartRequest(LOWER)).footing is Footing.NO_DATA
    assert days_between([date(2016, 1, 1)] * 3, ChartRequest(LOWER)).footing is Footing.TOO_FEW


SMALL = st.lists(
    st.integers(0, 14).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
    min_size=13,
    max_size=30,
)


@given(SMALL)
@PLAIN
def test_counting_the_others_turns_the_chart_over(tallies):
    """Those not seen instead of those seen: marks stay, high and low change places."""
    seen, unseen = chart(tallies), chart([(n - x, n) for x, n in tallies])
    for one, other in zip(seen.points, unseen.points, strict=True):
        assert one.rule == other.rule
        assert one.is_high is None or one.is_high is not other.is_high


@given(SMALL)
@PLAIN
def test_a_marked_month_is_where_its_mark_says(tallies):
    """Outside is beyond the limit drawn; a shift's months lie on that side of the mean drawn."""
    reading = chart(tallies)
    for point in reading.points:
        if point.rule is None or point.value is None or point.mean is None:
            continue
        limit = point.upper if point.is_high else point.lower
        assert limit is not None
        beyond = point.value - limit if point.is_high else limit - point.value
        assert (point.rule is Rule.OUTSIDE) == (beyond > 1e-9)
        if point.rule is Rule.SHIFT:
            assert (point.value > point.mean) == point.is_high


@pytest.mark.parametrize(
    ("draw", "step", "facts", "size", "judged_by"),
    [
        (
            lambda rng: rng.binomial(10, 0.1, (200, 24)),
            3,
            SHARE,
            10,
            partial(noise.share_marked, n=10),
        ),
        (
            lambda rng: rng.binomial(15, 0.3, (200, 24)),
            4,
            SHARE,
            15,
            partial(noise.share_marked, n=15),
        ),
        (lambda rng: rng.poisson(0.6, (200, 24)), 2, COUNT, 1, noise.count_marked),
        (lambda rng: rng.poisson(9, (200, 24)), 6, COUNT, 1, noise.xmr_marked),
    ],
    ids=["10% of 10", "30% of 15", "rare counts", "counts"],
)
def test_the_simulation_judges_as_the_product_does(draw, step, facts, size, judged_by):
    """Half of the series take a step at the end, so that there is much to mark."""
    x = draw(np.random.default_rng(3)).astype(float)
    x[::2, -6:] = np.minimum(x[::2, -6:] + step, size if facts is SHARE else np.inf)
    expected = judged_by(x)
    for series, is_marked in zip(x, expected, strict=True):
        reading = chart([(count, size) for count in series], facts)
        assert (reading.mark is Mark.CONCERN or reading.mark is Mark.IMPROVEMENT) == is_marked
    assert 20 < expected.sum() < 190


@pytest.mark.parametrize("n", noise.SIZES)
@pytest.mark.parametrize("share", noise.SHARES)
def test_pure_noise_is_marked_in_less_than_3_of_100_months(n, share):
    rng = np.random.default_rng(noise.SEED)
    assert noise.shares(rng, 800, n, share).chosen < 0.03


def test_pure_noise_on_single_values_is_marked_in_about_1_2_of_100_months():
    assert 0.008 < noise.normal(np.random.default_rng(noise.SEED), 4000).chosen < 0.018


@pytest.mark.parametrize("mean", noise.MEANS)
def test_pure_noise_in_counts_is_marked_in_less_than_3_of_100_months(mean):
    assert noise.counts(np.random.default_rng(noise.SEED), 2000, mean).chosen < 0.03


def test_a_run_length_of_6_marks_more():
    values = [*around(6, 20), (5, 20), *[(8, 20)] * 6]
    assert chart(values, options=Options(run_length=6)).mark is Mark.CONCERN
    assert chart(values).mark is Mark.COMMON_CAUSE
