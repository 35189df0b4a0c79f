"""Months put together: quarters and years from April, and twelve months up to any."""

import pytest

from metrics.explore.spans import Over, span_of, spans_up_to
from metrics.model import Period

LATEST = Period(2016, 10)
KNOWN = [Period(2014, 11).shift(back) for back in range(24)]


@pytest.mark.parametrize(
    ("over", "month", "first", "last", "words"),
    [
        (Over.MONTH, (2016, 9), (2016, 9), (2016, 9), "September 2016"),
        (Over.QUARTER, (2016, 3), (2016, 1), (2016, 3), "January to March 2016 (Q4 2015/16)"),
        (Over.QUARTER, (2016, 4), (2016, 4), (2016, 6), "April to June 2016 (Q1 2016/17)"),
        (Over.QUARTER, (2016, 10), (2016, 10), (2016, 10), "October 2016 (Q3 2016/17)"),
        (Over.YEAR, (2016, 3), (2015, 4), (2016, 3), "2015/16 (April 2015 to March 2016)"),
        (Over.YEAR, (2016, 4), (2016, 4), (2016, 10), "2016/17 (April to October 2016)"),
        (Over.TWELVE, (2016, 9), (2015, 10), (2016, 9), "twelve months to September 2016"),
    ],
)
def test_a_span_has_the_month_in_it_and_is_named(over, month, first, last, words):
    span = span_of(over, Period(*month), LATEST)
    assert (span.first, span.last, str(span)) == (Period(*first), Period(*last), words)


def test_a_month_that_is_not_over_is_in_its_span_when_it_is_asked_for():
    span = span_of(Over.QUARTER, Period(2016, 11), LATEST)
    assert (span.last, span.is_whole) == (Period(2016, 11), False)


def test_a_part_of_a_year_is_set_beside_the_same_part():
    so_far = span_of(Over.YEAR, LATEST, LATEST)
    before = so_far.shift(-12)
    assert [len(one.months) for one in (so_far, before)] == [7, 7]
    assert str(before) == "2015/16 (April to October 2015)"


def test_a_span_moved_by_other_than_its_length_is_called_no_quarter_or_year():
    assert str(span_of(Over.YEAR, LATEST, LATEST).shift(-5)) == "November 2015 to May 2016"


@pytest.mark.parametrize("over", Over)
def test_spans_follow_one_another_without_a_gap_up_to_the_one_asked_for(over):
    asked = span_of(over, Period(2016, 9), LATEST)
    spans = spans_up_to(asked, KNOWN)
    assert spans[-1] == asked
    for earlier, later in zip(spans, spans[1:], strict=False):
        step = 1 if over in (Over.MONTH, Over.TWELVE) else len(later.months)
        if over is not Over.TWELVE and later is not spans[-1]:
            assert later.first.months_after(earlier.last) == 1
        assert later.last.months_after(earlier.last) in (1, step, len(later.months))
    assert spans[0].first <= KNOWN[0] or over in (Over.MONTH, Over.TWELVE)
    if over is Over.TWELVE:
        assert spans[0].first == KNOWN[0]
    if over is Over.MONTH:
        assert spans[0].last == KNOWN[0]
