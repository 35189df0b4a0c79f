"""How long cohorts were followed, and until when it is too early to compare them."""

from dataclasses import replace
from datetime import date, timedelta

from metrics.compare.follow_up import early_until, follow_up, is_early
from metrics.model import Period
from tests.metrics.compare.made import AS_AT, case, cohort


def entered(*days: date):
    return cohort(*(case(str(n), (AS_AT - day).days, 5) for n, day in enumerate(days)))


def test_how_long_each_could_be_seen_does_not_end_with_the_outcome():
    found = follow_up(
        cohort(case("a", 90, 3), case("b", 91, seen=10), case("c", 365), case("d", 400))
    )
    assert found is not None
    assert (found.cases, found.shortest, found.median, found.longest) == (4, 90, 365, 400)
    assert found.complete_to == {3: 3, 6: 2, 12: 2}
    assert (found.first, found.last) == (Period(2015, 9), Period(2016, 8))


def test_of_no_case_nothing_is_told_and_it_is_early():
    assert follow_up(cohort()) is None
    assert early_until(cohort(), entered(AS_AT)) is None
    assert is_early(cohort(), entered(date(2010, 1, 1)))


def test_it_is_early_until_half_of_each_are_followed_for_a_year():
    old = entered(date(2014, 1, 1), date(2014, 2, 1))
    young = entered(date(2015, 3, 10), date(2016, 2, 29), date(2016, 3, 1), date(2016, 9, 1))
    # Two of four have been on the day a year after the second entered, which 2017 has not.
    assert early_until(old, young) == date(2017, 2, 28)
    assert is_early(old, young) and not is_early(old)
    on_the_day = replace(young, as_at=date(2017, 2, 28))
    assert not is_early(replace(old, as_at=on_the_day.as_at), on_the_day)
    assert is_early(replace(young, as_at=on_the_day.as_at - timedelta(days=1)))


def test_of_an_odd_number_the_middle_one_is_waited_for():
    three = entered(date(2015, 1, 1), date(2016, 1, 1), date(2016, 10, 1))
    assert early_until(three) == date(2017, 1, 1)
