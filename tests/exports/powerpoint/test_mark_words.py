"""The word of a chart's marks lies neither on its line nor over its axis."""

import pytest
from pptx.util import Inches

from exports.powerpoint.mark_words import Side, Words
from metrics.model import Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.chart_reading import Mark
from metrics.spc.charting import ChartRequest

SHARE = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100, 0, 100)
BOX = (Inches(0), Inches(0), Inches(7), Inches(3.5))
SCALE = {"min": 0.0, "max": 25.0}


def words_of(counts) -> Words:
    months = Period(2016, 9).run_up(len(counts))
    tallies = [Tally(count, 1000) for count in counts]
    return Words(chart_of(months, tallies, SHARE, ChartRequest(SHARE.better)), SCALE, BOX)


def test_a_word_stands_above_the_highest_of_its_marks_and_not_across_the_line_of_others():
    words = words_of([60] * 4 + [61, 62, 60, 61, 90, 130, 90, 60, 61, 60, 62, 60, 61, 62, 60, 61])
    assert words.beside([8, 9, 10], "Concerning") == (9, Side.ABOVE)


def test_a_word_never_stands_over_the_axis():
    words = words_of([20, *[110, 111] * 10, 245])
    assert words.beside([0], "Improving") == (0, Side.RIGHT)


@pytest.mark.parametrize(("count", "side"), [(180, Side.ABOVE), (50, Side.BELOW)])
def test_a_word_stands_on_the_side_without_the_line(count, side):
    counts = [110, 111] * 6 + [count] + [110, 111] * 6
    words = words_of(counts)
    assert words.reading.points[12].mark in (Mark.CONCERN, Mark.IMPROVEMENT)
    assert words.beside([12], "Concerning")[1] is side
