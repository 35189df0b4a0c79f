"""A share beside the rest's and beside its own a year ago."""

from dataclasses import replace

import pytest

from metrics.catalogue import CATALOGUE
from metrics.model import Period, Scope, Tally, View
from metrics.result import Result
from metrics.spc.differences import DIFFERENT, differences, differs, rest_of
from metrics.spc.proportions import differs_from_the_rest, newcombe

VISITS = CATALOGUE["visits_out_of_timescale"]
SEPTEMBER = Period(2016, 9)


def told(tally: Tally | None, unit_id: str = "U2", period: Period = SEPTEMBER) -> Result:
    return Result(VISITS, View(period, Scope(unit_id)), unit_id, tally)


def a_year_ago(tally: Tally | None) -> Result:
    return told(tally, period=Period(2015, 9))


def test_the_rest_is_everybody_else():
    assert rest_of(Tally(100, 500), Tally(18, 82)) == Tally(82, 418)


def test_a_unit_is_set_beside_the_rest_and_beside_itself_a_year_ago():
    said = differences(told(Tally(18, 82)), told(Tally(100, 500), "*"), a_year_ago(Tally(10, 80)))
    rest, before = newcombe(Tally(18, 82), Tally(82, 418)), newcombe(Tally(18, 82), Tally(10, 80))
    assert rest is not None
    assert before is not None
    assert said == (
        "Against the rest of the service: +2 points (95% interval −6 to +13).",
        "Against September 2015: +9 points (95% interval −2 to +21).",
    )
    assert [round(100 * end) for end in (rest.low, rest.high)] == [-6, 13]
    assert [round(100 * end) for end in (before.low, before.high)] == [-2, 21]


def test_the_service_is_set_beside_itself_only():
    whole = told(Tally(100, 500), "*")
    (said,) = differences(whole, whole, a_year_ago(Tally(100, 500)))
    assert said == "Against September 2015: 0 points (95% interval −5 to +5)."


@pytest.mark.parametrize("tally", [Tally(30, 50), Tally(12, 50), Tally(1, 2)])
def test_different_is_what_the_exact_tails_say(tally):
    service = told(Tally(100, 1000) + tally, "*")
    expected = differs_from_the_rest(tally, Tally(100, 1000))
    assert differs(told(tally), service) == expected
    said = " ".join(differences(told(tally), service, a_year_ago(None)))
    assert (DIFFERENT in said) == expected


def test_nothing_is_said_of_what_cannot_be_compared():
    assert differences(told(None), told(Tally(1, 2), "*"), a_year_ago(Tally(1, 2))) == ()
    assert differences(told(Tally(1, 2)), told(None, "*"), a_year_ago(None)) == ()
    # The only unit: there is no rest.
    assert differences(told(Tally(1, 2)), told(Tally(1, 2), "*"), a_year_ago(None)) == ()
    hours = replace(told(Tally(1, 2)), metric=CATALOGUE["direct_work"])
    assert differences(hours, told(Tally(9, 20), "*"), a_year_ago(Tally(1, 2))) == ()


def test_a_month_that_is_not_over_is_not_set_beside_a_whole_one():
    so_far = replace(told(Tally(5, 20), "*"), provisional=True)
    assert differences(so_far, so_far, a_year_ago(Tally(18, 82))) == ()


def of(key: str, tally: Tally, unit_id: str = "U2") -> Result:
    return replace(told(tally, unit_id), metric=CATALOGUE[key])


@pytest.mark.parametrize("key", ["re_referral", "step_down_re_referred"])
def test_a_metric_whose_units_are_not_to_be_compared_never_compares_them(key):
    own, service = of(key, Tally(0, 500)), of(key, Tally(300, 1000), "*")
    assert CATALOGUE[key].why_not_compared
    assert not differs(own, service)
    assert differences(own, service, None) == ()
    again = of("reassessed", Tally(0, 500)), of("reassessed", Tally(300, 1000), "*")
    assert differs(*again)


def test_a_rest_of_too_few_for_a_rate_makes_nobody_different():
    own = of("reassessed", Tally(0, 500))
    assert CATALOGUE["reassessed"].is_too_few(Tally(9, 9))
    assert not differs(own, of("reassessed", Tally(9, 509), "*"))
