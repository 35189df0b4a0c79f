"""The chart for the back of a room: whatever the months, it is drawn, and large enough to read."""

import re
from itertools import pairwise
from urllib.parse import unquote

import pytest
from hypothesis import given

from charts.room import room_chart
from metrics.model import Measure, Period, Polarity, Tally
from metrics.spc.chart_choice import Kind, ValueTraits, chart_of
from metrics.spc.charting import ChartRequest
from tests.readings import readings

MONTHS = Period(2016, 9).run_up(20)
SHARE = ValueTraits(Kind.SHARE, Polarity.LOWER_IS_BETTER, 100, 0, 100)
written = Measure.PERCENT.written


def drawn(*counts: int | None, target: float | None = None, agreed=()) -> str:
    tallies = [None if count is None else Tally(count, 50) for count in counts]
    reading = chart_of(MONTHS[-len(counts) :], tallies, SHARE, ChartRequest(SHARE.better, target))
    return unquote(room_chart(reading, written, "what it says", agreed))


@given(readings())
def test_any_months_are_drawn_inside_the_picture_and_in_letters_of_24_pixels_or_more(reading):
    picture = unquote(room_chart(reading, written, "says"))
    assert all(int(size) >= 24 for size in re.findall(r"font-size='(\d+)'", picture))
    heights = [float(y) for y in re.findall(r"cy='([\d.-]+)'", picture)]
    assert all(0 <= y <= 384 for y in heights)


def test_no_months_are_no_picture():
    assert drawn(None, None) == ""


def test_a_month_without_a_value_breaks_the_line():
    assert drawn(5, 6, None, 7, 8).count("stroke-width='4'") == 2


def test_the_latest_value_is_written_large_and_a_concern_has_its_shape_and_colour():
    picture = drawn(*[5, 6, 5, 4, 6, 5, 5, 6, 4, 5, 5, 6, 4, 5, 6], 30)
    assert re.search(r"fill='#B5480F' font-size='38'[^>]*>60%<", picture)
    assert "<path d='M" in picture
    assert ">usual<" in picture


def test_a_target_and_the_month_of_an_action_are_drawn_with_their_words():
    picture = drawn(*range(5, 17), target=5.0, agreed=[MONTHS[-6]])
    assert ">target 5%<" in picture
    assert ">action agreed<" in picture


def test_the_picture_says_what_it_shows():
    assert 'alt="what it says"' in drawn(5, 6)


@pytest.mark.parametrize("height", [290, 480])
def test_the_chart_is_as_wide_as_the_screen_and_as_high_as_the_words_leave_it(height):
    tallies = [Tally(count, 50) for count in range(5, 17)]
    reading = chart_of(MONTHS[-12:], tallies, SHARE, ChartRequest(SHARE.better))
    picture = unquote(room_chart(reading, written, "says", (), height))
    assert f"viewBox='0 0 1208 {height}'" in picture
    heights = [float(y) for y in re.findall(r"cy='([\d.-]+)'", picture)]
    assert max(heights) - min(heights) > 0.45 * height


@given(readings())
def test_the_names_of_months_stand_apart(reading):
    picture = unquote(room_chart(reading, written, "says"))
    named = re.findall(r"<text x='([\d.]+)'[^>]*middle'>[A-Z][a-z]{2} \d\d<", picture)
    places = sorted(map(float, named))
    assert all(after - before >= 110 for before, after in pairwise(places))
