"""What a chart says in words, in every state that it can be in."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.catalogue import CATALOGUE
from metrics.model import Measure, Metric, Period, Polarity, Tally
from metrics.spc.chart_choice import ValueTraits, chart_of, days_between
from metrics.spc.chart_reading import ChartReading, Latest
from metrics.spc.charting import ChartRequest, without_gaps, xmr_reading
from metrics.spc.limits import Options
from metrics.spc.plain_numbers import plain_writer
from metrics.spc.words import chart_words, sentence_of
from tests.draws import draws
from tests.readings import readings

LAST = Period(2016, 9)
VISITS = CATALOGUE["visits_out_of_timescale"]
PLAIN = draws(200)
# 20% and 30% of 50 in turn: mean 25%, limits 25 ± 26.6 points.
EVEN = [(10, 50), (15, 50)] * 12


def chart(tallies: list, metric: Metric = VISITS, **asked) -> ChartReading:
    counted = [None if one is None else Tally(*one) for one in tallies]
    facts = ValueTraits.of(metric)
    return chart_of(LAST.run_up(len(counted)), counted, facts, ChartRequest(facts.better, **asked))


def words(tallies: list, metric: Metric = VISITS, **asked) -> str:
    return sentence_of(chart(tallies, metric, **asked), metric.measure.written)


FLAT = [(12, 50), (13, 50)] * 12  # mean 25%, limits 19.68 to 30.32


@pytest.mark.parametrize(
    ("tallies", "asked", "expected"),
    [
        (FLAT, {}, "26% in September 2016. Usual range 20–30%, nothing unusual."),
        (EVEN, {}, "30% in September 2016. Usual range 0–52%, nothing unusual."),
        (
            FLAT,
            {"target": 15},
            "26% in September 2016. As usual, and not good enough: usual range 20–30%."
            " Target 15%: will not be met without change.",
        ),
        (
            FLAT,
            {"target": 35},
            "26% in September 2016. Usual range 20–30%, nothing unusual."
            " Target 35%: consistently met.",
        ),
        (
            FLAT,
            {"target": 25},
            "26% in September 2016. Usual range 20–30%, nothing unusual. Target 25%: hit or miss.",
        ),
        (
            [*FLAT, (20, 50)],
            {},
            "40% in September 2016. Concerning: above the usual range of 19–32% in September 2016.",
        ),
        (
            [*FLAT, (19, 50), (20, 50)],
            {},
            "40% in September 2016. Concerning: above the usual range of 20–32% since August 2016.",
        ),
        (
            [*FLAT, *[(n, 100) for n in (22, 23, 24, 25, 26, 27, 28)]],
            {},
            "28% in September 2016. Concerning: 7 months rising in a row since March 2016.",
        ),
        (
            [*FLAT, *[(12, 50)] * 7],
            {},
            "24% in September 2016. Improving: 7 months in a row below the mean of 25%"
            " since March 2016.",
        ),
        ([*FLAT, None], {}, "No data for September 2016. Usual range 20–30%."),
        (
            [*FLAT, (0, 0)],
            {"target": 35},
            "No data for September 2016. Usual range 20–30%. Target 35%: consistently met.",
        ),
        (
            [*FLAT, (9, 10)],
            {"latest": Latest.PROVISIONAL},
            "90% so far in September 2016. September 2016 is not over and not judged yet."
            " Usual range 20–30%.",
        ),
        (
            [*FLAT, (9, 10)],
            {"latest": Latest.STILL_ENTERED},
            "90% so far in September 2016. September 2016 is still being entered and not judged"
            " yet. Usual range 20–30%.",
        ),
        (
            [(9, 29)] * 5,
            {"target": 10},
            "31% in September 2016. Only 5 months: no limits yet. Target 10%: too early to say.",
        ),
        ([(9, 29)], {}, "31% in September 2016. Only 1 month: no limits yet."),
        (
            [*FLAT, *[(9, 29)] * 3],
            {"rebased": (LAST.shift(-2),)},
            "31% in September 2016. Only 3 months since new limits began in July 2016:"
            " no limits yet.",
        ),
        (
            [*FLAT, None],
            {"rebased": (LAST,)},
            "No data for September 2016. Only 0 months since new limits began in September 2016:"
            " no limits yet.",
        ),
        (
            [(0, 30)] * 24,
            {"target": 5},
            "0% in September 2016. 24 months at 0%. Target 5%: consistently met.",
        ),
        (
            [(30, 30)] * 24,
            {"target": 5},
            "100% in September 2016. 24 months at 100%. Target 5%: will not be met without change.",
        ),
        (
            [*[(3, 12), (2, 12), (4, 12), (3, 12)] * 5, (1, 1)],
            {},
            "100% in September 2016. With n = 1, any value would be usual.",
        ),
        (
            [(3, 12), (2, 12), (4, 12), (3, 12)] * 5,
            {},
            "25% in September 2016. Usual range 0–67% with n = 12, so wide that little would be"
            " unusual.",
        ),
        ([None] * 5, {}, "No data for any month."),
        ([], {"target": 5}, "No data for any month. Target 5%: too early to say."),
        (
            [(10, 40), None, (11, 40), None] * 10,
            {},
            "No data for September 2016. No limits: neighbouring months with values are too few,"
            " or all the same.",
        ),
    ],
)
def test_the_sentence_says(tallies, asked, expected):
    assert words(tallies, **asked) == expected


def test_a_value_that_rounds_to_its_limit_is_said_to_be_just_beyond_it():
    """24 of 79 is 30.38%, above 30.32%; both are written 30%."""
    tallies = [*FLAT, (24, 79)]
    reading = chart(tallies, options=Options(fixed_after=24))
    assert sentence_of(reading, Measure.PERCENT.written) == (
        "30% in September 2016. Concerning: just above the usual range of 20–30% in September 2016."
    )


def test_two_of_three_near_a_limit():
    """Near limits 25 ± 3.55: 29% twice within the limits."""
    options = Options(fixed_after=24)
    tallies = [*FLAT, (29, 100), (26, 100), (29, 100)]
    assert words(tallies, options=options) == (
        "29% in September 2016. Concerning: at least two of the last three months near the top of"
        " the usual range, 20–30%, since July 2016."
    )


def test_where_neither_way_is_better_a_change_is_a_change():
    values = {month: 10.0 + n % 2 for n, month in enumerate(LAST.shift(-1).run_up(24))}
    reading = xmr_reading(
        without_gaps({**values, LAST: 30.0}), ChartRequest(Polarity.NEITHER, target=5.0)
    )
    told = chart_words(reading, plain_writer(reading))
    assert (told.shape, told.word) == ("◆", "Changed")
    assert told.variation == "Changed: above the usual range of 6.63–15.94 in September 2016."
    assert told.target == "Target 5."


@pytest.mark.parametrize(
    ("tallies", "asked", "shape", "word"),
    [
        (FLAT, {}, "●", "Nothing unusual"),
        ([*FLAT, (20, 50)], {}, "▼", "Concerning"),
        ([*FLAT, (5, 50)], {}, "▲", "Improving"),
        ([*FLAT, (20, 50), None], {}, "○", "No data"),
        ([*FLAT, (20, 50)], {"latest": Latest.PROVISIONAL}, "○", "Not judged yet"),
        (FLAT[:6], {}, "○", "No limits yet"),
    ],
)
def test_the_icon_is_the_latest_month_s_own(tallies, asked, shape, word):
    told = chart_words(chart(tallies, **asked), Measure.PERCENT.written)
    assert (told.shape, told.word) == (shape, word)


def test_signed_points_are_a_range_in_words():
    tallies = [(8, 8), (12, 8)] * 12
    told = words(tallies, CATALOGUE["distance_travelled"], target=1)
    assert told == (
        "+1.5 in September 2016. Usual range −0.1 to +2.6, nothing unusual."
        " Target +1.0: hit or miss."
    )


def test_days_between_events_are_told_by_the_day():
    days = [date(2012, 1, 1)]
    for apart in [20, 60, 40, 35, 45] * 4 + [3, 2, 4, 3, 2, 4, 3]:
        days.append(days[-1] + timedelta(apart))
    reading = days_between(days, ChartRequest(Polarity.LOWER_IS_BETTER))
    told = sentence_of(reading, plain_writer(reading))
    assert re.fullmatch(
        r"3 in \d+ \w+ 2014\. Concerning: 7 gaps in a row below the mean of [\d.]+"
        r" since \d+ \w+ 2014\.",
        told,
    ), told


@pytest.mark.parametrize(
    ("value", "written"), [(33.0, "33"), (1234.5, "1\u2009234.5"), (-3.25, "−3.3"), (-0.01, "0")]
)
def test_numbers_of_no_metric_have_the_decimals_that_their_range_needs(value, written):
    values = {month: 25.0 + 10 * (n % 2) for n, month in enumerate(LAST.run_up(24))}
    assert (
        plain_writer(xmr_reading(without_gaps(values), ChartRequest(Polarity.NEITHER)))(value)
        == written
    )


DAYS = CATALOGUE["time_in_cp"]


@pytest.mark.parametrize(
    ("metric", "tallies", "is_wide"),
    [
        (VISITS, [(24, 100), (52, 100)] * 12, True),  # 0–100% of shares
        (VISITS, EVEN, False),  # 0–52%
        (DAYS, [(3_000, 20), (14_000, 20)] * 12, True),  # from 0 to over twice the mean
        (DAYS, [(6_000, 20), (8_000, 20)] * 12, False),
    ],
)
def test_a_range_that_leaves_hardly_a_value_out_is_said_to_tell_little(metric, tallies, is_wide):
    said = words(tallies, metric)
    assert "Usual range" in said
    assert ("so wide that little would be unusual" in said) == is_wide
    assert ("nothing unusual" in said) != is_wide


def test_enormous_and_tiny_numbers_are_written_too():
    for size in (1e-12, 1e14):
        values = {month: size * (1 + n % 2) for n, month in enumerate(LAST.run_up(24))}
        reading = xmr_reading(without_gaps(values), ChartRequest(Polarity.NEITHER))
        assert "Usual range" in sentence_of(reading, plain_writer(reading))


WRITERS = (Measure.PERCENT.written, Measure.PER_FTE.written, Measure.POINTS.written)


@given(readings(), st.sampled_from(WRITERS))
@PLAIN
def test_no_state_yields_nonsense(reading, write):
    for writer in (write, plain_writer(reading)):
        told = chart_words(reading, writer)
        for text in (told.shape, told.word, told.variation, sentence_of(reading, writer)):
            assert text and text == text.strip()
            assert not re.search(r"None|nan|inf\b|NaN|  |\.\.|%%|––|[{}]", text), text
        assert told.variation.endswith(".")
        assert told.target == "" or told.target.endswith(".")
        assert ("Target" in told.target) == (reading.target is not None)
        assert told == chart_words(reading, writer)
        assert reading.why.endswith(".") and "{" not in reading.why


@given(readings())
@PLAIN
def test_words_and_icon_say_the_same(reading):
    told = chart_words(reading, Measure.PERCENT.written)
    if told.word in ("Improving", "Concerning", "Changed"):
        assert told.variation.startswith(f"{told.word}: ")
        assert reading.last is not None and reading.last.rule
    else:
        assert reading.last is None or not reading.last.rule
    if reading.assurance:
        assert "too early" not in told.target
