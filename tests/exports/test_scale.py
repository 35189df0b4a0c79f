"""The scale of a slide's line: by one rule, for every measure and any run of values."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from exports.scale import LEAST_OF_THE_HIGHEST, USUAL_TAKES_AT_MOST, scale_of, target_drawn
from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Period, Scope, Tally, View
from metrics.result import Result
from metrics.spc.month_charts import trend_reading

AS_AT = date(2018, 1, 31)
FIRST = Period(2015, 1)


def run(values, key: str = "direct_work", target: float | None = None) -> list[Result]:
    """Months of a metric, each of these values as it is shown."""
    metric = CATALOGUE[key]
    whole = 100 if metric.measure.is_share else 1
    return [
        Result(
            metric,
            View(FIRST.shift(at), Scope("U1")),
            "Unit 1",
            Tally(value * 10 / whole, 10),
            target=target,
        )
        for at, value in enumerate(values)
    ]


def judged(results):
    return trend_reading(results, AS_AT)


STEADY = [27 + at % 3 for at in range(20)]


def test_a_few_percent_are_not_drawn_between_0_and_100():
    scale = scale_of(run(STEADY), judged(run(STEADY)))
    assert 20 <= scale["min"] < 27
    assert 29 < scale["max"] <= 35


def test_a_flat_line_is_not_made_to_look_like_a_fall():
    scale = scale_of(run([50.0, 50.1, 49.9]), None)
    assert scale["max"] - scale["min"] >= LEAST_OF_THE_HIGHEST * 50


@settings(settings.get_profile("oracle"))
@given(
    st.lists(st.floats(0.1, 99, allow_subnormal=False), min_size=13, max_size=36),
    st.sampled_from([key for key, one in CATALOGUE.items() if one.measure is Measure.PERCENT]),
)
@example(STEADY, "direct_work")
@example([99.0, 1.0] * 10, "direct_work")
@example([0.1] * 13, "direct_work")
def test_every_value_and_limit_is_on_it_and_chance_takes_half_at_most(values, key):
    results = run(values, key)
    reading = judged(results)
    scale = scale_of(results, reading)
    height = scale["max"] - scale["min"]
    shown = [result.value for result in results if result.value is not None]
    limits = [reading.drawn(end) for point in reading.points for end in (point.lower, point.upper)]
    ends = [*shown, *(end for end in limits if end is not None)]
    assert min(ends) >= scale["min"] - 1e-6
    assert max(ends) <= scale["max"] + 1e-6
    assert scale["min"] >= 0
    if reading.usual:
        low, high = (reading.drawn(end) or 0 for end in reading.usual)
        most = max(USUAL_TAKES_AT_MOST * height, 0)
        # At the ends of what a share can be there is no more room for it.
        assert high - low <= most + 1e-6 or (scale["min"] == 0 or scale["max"] >= 100)


@pytest.mark.parametrize(("target", "is_drawn"), [(28.0, True), (50.0, False), (5.0, False)])
def test_a_target_is_drawn_where_it_is_near(target, is_drawn):
    results = run(STEADY, target=target)
    assert (target_drawn(results, judged(results)) is not None) == is_drawn
    scale = scale_of(results, judged(results))
    assert (scale["min"] <= target <= scale["max"]) == is_drawn


def test_what_can_be_below_nothing_is_drawn_below_it():
    results = run([-1.0, 0.5, -0.5], "distance_travelled")
    assert scale_of(results, None)["min"] <= -1


def test_months_without_any_value_have_a_scale_as_well():
    blank = [replace(result, tally=None) for result in run([1.0, 2.0])]
    assert scale_of(blank, None)["max"] > scale_of(blank, None)["min"]
