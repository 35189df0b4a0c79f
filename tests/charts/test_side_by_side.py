"""Values that no line may join, as rounds of a survey: each is told, and drawn from 0."""

from urllib.parse import unquote

import pytest

from charts.spark import sparkline
from charts.trend.drawn import drawn
from metrics.model import Scope, View
from tests.exports.made_up import SEPTEMBER
from tests.kinds import OF, kinds_of_figures

UNIT = View(SEPTEMBER, Scope("U2"))


@pytest.mark.parametrize("key", ["made_rolling", "made_wave"])
def test_each_value_is_written_beside_its_dot(key):
    result = kinds_of_figures().compared_result(OF[key], UNIT)
    assert result.chart is not None
    known = [point.value for point in result.chart.points if point.value is not None]
    assert len(known) >= 2
    picture = unquote(drawn(result)).partition("</svg>")[0]
    for value in known:
        assert f">{result.metric.measure.written(value)}<" in picture


def test_a_small_picture_has_a_bar_from_0_to_each_value_and_of_joined_months_none():
    figures = kinds_of_figures()
    bars = {
        key: unquote(sparkline(result.chart)).count("stroke-width='3'")
        for key in ("made_rolling", "made_monthly")
        if (result := figures.compared_result(OF[key], UNIT)).chart
    }
    assert bars == {"made_rolling": 3, "made_monthly": 0}
