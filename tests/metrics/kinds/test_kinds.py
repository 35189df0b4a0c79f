"""Each kind of figure is judged and said as it allows, whichever metric declares it."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.settings_file.reading import read_settings
from metrics.catalogue import CATALOGUE
from metrics.figures import Figures
from metrics.model import FEWEST, SERVICE, FigureKind, Measure, Metric, Period, Scope, Tally, View
from metrics.result import Result
from metrics.sentence import (
    headline,
    interval_words,
    reading_sentences,
    sentence,
    sentence_in_two,
    why_no_value,
)
from metrics.spc.chart_choice import Kind, ValueTraits
from metrics.spc.chart_reading import Chart, Footing, Mark
from metrics.spc.words import point_words, word_of
from tests.exports.made_up import SEPTEMBER, settings
from tests.kinds import KINDS, OF, kinds_of_figures, made_up
from tests.servers import PROJECT

UNIT = View(SEPTEMBER, Scope("U2"))
WITHOUT_LIMITS = [metric for metric in KINDS if not metric.kind.has_limits]
every_kind = pytest.mark.parametrize("metric", KINDS, ids=lambda metric: metric.key)


@pytest.fixture(scope="module")
def figures() -> Figures:
    return kinds_of_figures()


def told(figures, key, view=UNIT):
    """Untyped: a figure that is told here has its chart."""
    return figures.compared_result(OF[key], view)


def told_of(figures, metric):
    return figures.compared_result(metric, UNIT)


def with_tally(key: str, tally: Tally, month=SEPTEMBER) -> Figures:
    return kinds_of_figures({(key, "U2", month): tally})


@pytest.mark.parametrize("metric", WITHOUT_LIMITS, ids=lambda metric: metric.key)
def test_what_shares_months_with_its_neighbours_is_never_judged(metric):
    """Not even where the last value lies far from all before it."""
    wild = kinds_of_figures({(metric.key, "U2", SEPTEMBER): Tally(39, 40)})
    reading = told_of(wild, metric).chart
    assert {point.mark for point in reading.points} == {None}
    assert {point.lower for point in reading.points} == {None}
    assert (reading.usual, reading.assurance) == (None, None)
    assert word_of(reading) == "Not judged" == point_words(reading, reading.last)


@every_kind
def test_limits_are_drawn_for_those_kinds_alone_that_may_have_them(figures, metric):
    reading = told_of(figures, metric).chart
    assert (reading.footing is Footing.LIMITS) == metric.kind.has_limits
    assert reading.is_joined == metric.kind.has_limits


@every_kind
def test_every_kind_says_its_n_and_never_ends_a_sentence_twice(figures, metric):
    result = told_of(figures, metric)
    n, *_ = reading_sentences(result)
    assert n.startswith(f"n = {result.tally.denominator:g} ")
    assert ".." not in sentence(result) and "  " not in sentence(result)
    first, rest = sentence_in_two(result)
    assert f"{first} {rest}" == sentence(result) and rest


def test_a_followed_figure_says_when_they_were_closed_and_until_when_they_were_followed(figures):
    first, _ = sentence_in_two(told(figures, "made_followed"))
    assert first.endswith(", closed in September 2015, followed to September 2016.")


def test_a_followed_figure_that_does_not_say_how_long_says_when_its_follow_up_ended(monkeypatch):
    bare = replace(OF["made_followed"], followed=None)
    result = told_of(kinds_of_figures(), bare)
    assert ", of those whose follow-up ended in September 2016." in sentence(result)


def test_a_rolling_figure_stands_beside_the_same_month_of_the_years_before(figures):
    result = told(figures, "made_rolling")
    months = [point.when for point in result.chart.points]
    assert months == [SEPTEMBER.shift(-24), SEPTEMBER.shift(-12), SEPTEMBER]
    assert " in the 12 months to September 2016. 19.0% a year before, in September 2015." in (
        sentence(result)
    )


def test_a_rolling_figure_without_a_value_a_year_before_says_so():
    young = kinds_of_figures(months=6)
    assert "There is no value of a year before." in sentence(told(young, "made_rolling"))


def test_a_sum_to_date_is_one_value_and_has_no_chart(figures):
    result = told(figures, "made_to_date")
    assert len(result.chart.points) == 1 and not result.chart.is_drawn
    assert "20% as at 30 September 2016." in sentence(result)


def test_a_sum_to_date_is_set_beside_no_earlier_one_that_it_holds_and_beside_no_other_unit(figures):
    """Units are followed for unlike times."""
    of_months, to_date = (
        " ".join(reading_sentences(told(figures, key))) for key in ("made_monthly", "made_to_date")
    )
    for words in ("Against the rest of the service", "Against September 2015"):
        assert words in of_months and words not in to_date


def test_rounds_of_a_survey_are_its_only_points(figures):
    result = told(figures, "made_wave")
    assert [point.when.month for point in result.chart.points] == [3, 9, 3, 9, 3, 9]
    assert " in the round of September 2016. 24% in the round before, March 2016." in (
        sentence(result)
    )


def test_a_month_without_a_round_says_which_was_the_latest(figures):
    result = told(figures, "made_wave", View(SEPTEMBER.shift(-1), Scope("U2")))
    assert sentence(result).endswith("no round in August 2016; the latest, of March 2016: 24%.")
    assert why_no_value(result) == "no round; 24% in March 2016"


def test_a_snapshot_is_judged_by_how_much_it_changes_and_by_no_chance_of_shares():
    """The same things stand there in the next month: its months are no draws of their own."""
    shares = made_up("made_share", 950, FigureKind.SNAPSHOT)
    assert ValueTraits.of(shares).kind is Kind.RATIO
    stock = made_up("made_stock", 951, FigureKind.SNAPSHOT, measure=Measure.COUNT)
    assert ValueTraits.of(stock).kind is Kind.STOCK
    assert ValueTraits.of(OF["made_count"]).kind is Kind.COUNT


def test_a_stock_that_is_seldom_there_gets_no_limits_of_a_count_of_events(monkeypatch):
    stock = made_up("made_count", 907, FigureKind.SNAPSHOT, measure=Measure.COUNT)
    reading = told_of(kinds_of_figures(), stock).chart
    assert (reading.chart, reading.footing) == (Chart.LINE, Footing.STANDS)
    assert told(kinds_of_figures(), "made_count").chart.chart is Chart.COUNTS


def test_none_of_something_is_a_number_where_it_is_counted():
    result = told(with_tally("made_count", Tally(0, 0)), "made_count")
    assert (result.value, result.written) == (0, "0")
    assert headline(result).endswith(": 0")
    assert result.chart.last.value == 0


def test_a_count_is_judged_by_itself_and_not_by_what_it_is_told_of_beside():
    figures = with_tally("made_count", Tally(9, 1))
    reading = told(figures, "made_count").chart
    assert (reading.last.value, reading.mark) == (9, Mark.NEUTRAL)
    assert reading.last.denominator == 1


FEW = Tally(3, 9)


def test_of_too_few_the_two_numbers_are_told_and_no_rate():
    result = told(with_tally("made_wave", FEW), "made_wave")
    assert result.value is None and result.is_too_few
    assert why_no_value(result) == "3 of 9: too few for a rate"
    whole = sentence(result)
    assert "3 of 9 closures followed in the round of September 2016: fewer than 10" in whole
    n, *_ = reading_sentences(result)
    assert n.startswith("n = 9 closures followed; 3 of 9, fewer than 10, so no rate is told")
    assert interval_words(result) is None and "%" not in f"{whole} {n}"


def test_a_month_of_too_few_is_no_point_of_the_chart_and_keeps_its_numbers():
    few = replace(OF["made_monthly"], fewest=10)
    month = SEPTEMBER.shift(-3)
    figures = kinds_of_figures({("made_monthly", "U2", month): FEW})
    (point,) = [one for one in told_of(figures, few).chart.points if one.when == month]
    assert (point.value, point.numerator, point.denominator) == (None, 3, 9)


def test_too_few_are_set_beside_nothing():
    few = replace(OF["made_monthly"], fewest=10)
    figures = kinds_of_figures({("made_monthly", "U2", SEPTEMBER): FEW})
    assert told_of(figures, few).differences == ()


@pytest.mark.parametrize(
    ("measure", "value", "written"),
    [
        (Measure.DAYS, 90.4, "90 days"),
        (Measure.DAYS, 1, "1 day"),
        (Measure.DAYS, 1234, "1\u2009234 days"),
        (Measure.COUNT, 0, "0"),
        (Measure.COUNT, 12345, "12\u2009345"),
        (Measure.PER_1000, 12.34, "12.3"),
    ],
)
def test_each_measure_is_written_as_people_read_it(measure, value, written):
    assert measure.written(value) == written


def test_the_unit_of_a_range_is_said_once(figures):
    usual = sentence(told(figures, "made_days"))
    assert "90 days in September 2016." in usual
    narrow = kinds_of_figures({("made_days", "U2", SEPTEMBER): Tally(40 * 300, 40)})
    assert "above the usual range of 78–119 days" in sentence(told(narrow, "made_days"))


@pytest.mark.parametrize(
    ("key", "worth"),
    [
        ("made_monthly", "one closure = 2.5 points"),
        ("made_per_1000", "one closure = 25.0 per 1,000"),
        ("made_days", None),
        ("made_count", None),
    ],
)
def test_what_one_is_worth_is_told_where_it_is_the_same_for_each(figures, key, worth):
    n, *_ = reading_sentences(told(figures, key))
    assert (worth in n) if worth else (" = " not in n.removeprefix("n = "))


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)
def test_a_declaration_fits_its_kind(metric: Metric):
    if metric.kind in (FigureKind.SNAPSHOT, FigureKind.ROLLING, FigureKind.CUMULATIVE):
        assert not metric.adds_up_over_months, "its months share what they count"
    assert (metric.followed is not None) <= (metric.kind is FigureKind.FOLLOWED)
    assert not (metric.fewest and metric.measure is Measure.COUNT), "a count has no rate"
    assert metric.happened_on is None or metric.happened_on in metric.drill_down


def of_the_council(metric: Metric, tally: Tally) -> Result:
    """A unit's figure of a metric of the catalogue, of which nothing else is known."""
    load = replace(kinds_of_figures(months=0).load, data_from=date(2010, 4, 1))
    tallies: dict[tuple[str, str | None, Period], Tally] = {(metric.key, "U2", SEPTEMBER): tally}
    return Figures(load, settings(targets=()), tallies, {"U2": "Unit 2"}).result(metric, UNIT)


@pytest.mark.parametrize("metric", CATALOGUE.values(), ids=lambda metric: metric.key)
def test_every_metric_says_its_n_what_one_is_worth_and_no_rate_of_too_few(metric: Metric):
    n, *_ = reading_sentences(of_the_council(metric, Tally(20, 40)))
    assert n.startswith("n = 40 ")
    if metric.is_share_of_things:
        assert f"{metric.words.one_counted} = 2.5 points" in n
    if metric.fewest:
        few = of_the_council(metric, Tally(3, metric.fewest - 1))
        assert few.value is None and "%" not in sentence(few)
        assert of_the_council(metric, Tally(3, metric.fewest)).value is not None


SHIPPED = read_settings(PROJECT / "config.toml").boards
OUTCOMES = [CATALOGUE[key] for board in SHIPPED[1:] for key in board.metrics]
OF_NO_THINGS = ("training_time", "attendance")  # Hours, and sessions of school.


@pytest.mark.parametrize("metric", OUTCOMES, ids=lambda metric: metric.key)
def test_every_rate_of_an_outcome_needs_ten_things_unless_it_is_of_no_things(metric: Metric):
    is_rate = metric.measure is not Measure.COUNT and metric.key not in OF_NO_THINGS
    assert metric.fewest == (FEWEST if is_rate else 0)


def test_how_many_stand_there_has_a_plain_line_and_no_limits_however_it_grows():
    stock = replace(OF["made_count"], kind=FigureKind.SNAPSHOT, adds_up_over_months=False)
    grown: dict[tuple[str, str | None, Period], Tally] = {
        ("made_count", "U2", SEPTEMBER.shift(-at)): Tally(300 - 5 * at, 300 - 5 * at)
        for at in range(36)
    }
    result = told_of(kinds_of_figures(grown), stock)
    assert (result.chart.chart, result.chart.footing) == (Chart.LINE, Footing.STANDS)
    assert all(point.mark is point.upper is None for point in result.chart.points)
    assert "300 in September 2016. 295 the month before, 240 a year before." in sentence(result)
    assert "mostly counted in the next" in result.chart.why


def test_where_every_month_is_too_few_the_chart_says_so_and_not_that_there_are_no_data():
    few = replace(OF["made_monthly"], fewest=100)
    why = told_of(kinds_of_figures(), few).chart.why
    assert (
        why
        == "No month counts as many as 100: no rate is told of fewer, so there is nothing to draw."
    )


def test_of_too_few_stays_no_sum_of_days_is_told_that_invites_the_division():
    few = replace(OF["made_days"], fewest=10)
    result = told_of(kinds_of_figures({("made_days", "U2", SEPTEMBER): Tally(2041, 5)}), few)
    assert why_no_value(result) == "n = 5: too few for a mean"
    said = " ".join([sentence(result), *reading_sentences(result)])
    assert "fewer than 10, so no mean is told" in said
    assert "041" not in said
    assert said.count("n = 5") == 1


def test_the_service_and_a_unit_have_their_months_by_the_same_rule(figures):
    service = told(figures, "made_rolling", View(SEPTEMBER, Scope(SERVICE)))
    assert len(service.chart.points) == 3
    assert len(figures.trend(OF["made_rolling"], Scope(), SEPTEMBER)) == 3


def test_without_targets_nothing_is_said_of_one(figures):
    assert settings(targets=()).relative_targets == ()
    assert told(figures, "made_monthly").target_note is None
