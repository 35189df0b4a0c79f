"""Words at a chart's edge: beside their own band, clear of the value's, with no axis below 0."""

from dataclasses import replace

import pytest

from charts.trend.edge_words import clear_of, ends_of, is_free_above
from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.charting import ChartRequest

MONTHS = Period(2016, 9).run_up(14)
SHARE = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100, 0, 100)


@pytest.mark.parametrize(
    ("value", "band", "stands"),
    [(200, (50, 150), 100), (100, (50, 160), 146), (110, (50, 160), 64), (30, (20, 40), 76)],
)
def test_a_band_s_words_stand_at_its_middle_or_as_near_as_the_value_leaves_room(
    value, band, stands
):
    assert clear_of(value, band, (20, 290), 46) == stands


@pytest.mark.parametrize("counts", [[0] * 13 + [3], [0, 1] * 7])
def test_the_axis_of_a_share_has_no_room_below_nothing(counts):
    tallies = [Tally(count, 100) for count in counts]
    reading = chart_of(MONTHS, tallies, SHARE, ChartRequest(SHARE.better, None))
    assert ends_of([*counts, 0.0], reading).low == 0
    assert ends_of([*counts, -4.0], replace(reading, floor=None)).low < -4


@pytest.mark.parametrize(
    ("values", "is_above"),
    [
        ([12.0, 14.0], False),
        ([8.0, None, 5.0], True),
        ([11.0, 4.0], False),
        ([17.0, 9.0], True),
        ([], True),
    ],
)
def test_a_target_s_words_stand_on_the_side_from_which_the_line_is_further(values, is_above):
    assert is_free_above(10.0, values) is is_above
