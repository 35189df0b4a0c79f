"""Our own years beside those of other places, and a month that points another way than its year."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from metrics.catalogue import CATALOGUE
from metrics.council.own_years import month_and_year, own_years
from metrics.council.published import PublishedYears, published_of
from metrics.figures import Figures
from metrics.model import SERVICE, Period, Scope, Tally, View
from tests.exports.made_up import SEPTEMBER
from tests.metrics.test_agenda_rules import council

APRIL = Period(2015, 4)


def of_months(key: str, tally_of: Callable[[Period], Tally | None], last: Period = SEPTEMBER):
    known = {month: tally_of(month) for month in last.run_up(42)}
    tallies: dict[tuple[str, str | None, Period], Tally] = {
        (key, SERVICE, month): tally for month, tally in known.items() if tally
    }
    return replace(council({}), tallies=tallies)


def told(figures: Figures, key: str, last: Period = SEPTEMBER) -> dict[int, str]:
    metric = CATALOGUE[key]
    return own_years(figures, metric, published_of(metric, figures.settings)[0], last)


def months_apart(month: Period) -> Tally:
    """Until March 2016 19 of 100 each month, then 21; in September 2016 alone 17."""
    return Tally(17 if month == SEPTEMBER else 19 if month < Period(2016, 4) else 21, 100)


def test_a_year_is_the_months_that_were_counted_added_up_and_the_last_is_so_far():
    assert told(of_months("re_referral", months_apart), "re_referral") == {
        2016: "19.0% (228 of 1\u2009200)",
        2017: "20.3% (122 of 600) so far, April to September 2016",
    }


def test_a_year_of_which_a_month_has_no_figure_is_left_out():
    gap = Period(2015, 12)
    figures = of_months("re_referral", lambda month: None if month == gap else Tally(1, 10))
    assert list(told(figures, "re_referral")) == [2017]


def test_no_month_after_the_one_that_is_looked_at_is_in_its_year():
    figures = of_months("re_referral", months_apart)
    of_2016 = told(figures, "re_referral", Period(2016, 1))[2016]
    assert of_2016 == "19.0% (190 of 1\u2009000) so far, April 2015 to January 2016"


@pytest.mark.parametrize("key", ["turnover", "agency_share", "vacancy_share"])
def test_what_is_of_a_day_or_of_twelve_months_is_told_as_of_that_month(key):
    figures = of_months(key, lambda month: Tally(5 if month == SEPTEMBER else 9, 100))
    assert told(figures, key) == {2016: "5.0% (5 of 100)"}


@pytest.mark.parametrize(
    "key", ["cp_reviews_in_time", "returned_home", "children_looked_after", "time_in_cin"]
)
def test_what_is_counted_otherwise_has_no_year_beside_it(key):
    figures = of_months(key, lambda month: Tally(50, 100))
    assert told(figures, key) == {}


def test_a_figure_of_a_part_or_in_another_measure_has_none():
    metric = CATALOGUE["re_referral"]
    figures = of_months("re_referral", months_apart)
    (whole,) = published_of(metric, figures.settings)
    assert isinstance(whole, PublishedYears)
    for one in (replace(whole, part="of girls"), replace(whole, unit="")):
        assert own_years(figures, metric, one, SEPTEMBER) == {}


def view(month: Period = SEPTEMBER) -> View:
    return View(month, Scope())


def test_a_month_that_points_another_way_than_its_year_is_told_in_a_sentence():
    figures = of_months("re_referral", months_apart)
    assert month_and_year(figures, CATALOGUE["re_referral"], view()) == (
        "September 2016 is 2.0 points below September 2015, and April to September 2016 together"
        " 1.3 points above the same months a year before: 20.3% (122 of 600) against 19.0% (114 of"
        " 600). One month alone says little."
    )


def test_what_is_written_as_it_was_a_year_before_points_nowhere():
    """In each year 190 of 1 000 but for the last month: 18.9 and 19.1 are both written as 19%."""

    def tally(month: Period) -> Tally:
        if month == SEPTEMBER:
            return Tally(170, 1000)
        return Tally(196 if month > Period(2016, 3) else 191, 1000)

    key = "assessments_in_45_days"
    assert month_and_year(of_months(key, tally), CATALOGUE[key], view()) is None


@pytest.mark.parametrize(
    ("key", "month"),
    [
        ("re_referral", Period(2016, 8)),
        ("re_referral", Period(2016, 4)),
        ("agency_share", SEPTEMBER),
        ("children_looked_after", SEPTEMBER),
    ],
    ids=["both up", "the year's first month", "no sum over months", "no share"],
)
def test_nothing_is_said_where_they_agree_or_there_is_no_year(key, month):
    assert month_and_year(of_months(key, months_apart), CATALOGUE[key], view(month)) is None
