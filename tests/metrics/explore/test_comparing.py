"""Two figures side by side: how far apart, and whether chance could do it."""

from metrics.catalogue import CATALOGUE
from metrics.explore.comparing import difference
from metrics.model import Tally

VISITS, CASELOAD = CATALOGUE["visits_out_of_timescale"], CATALOGUE["caseload"]


def test_shares_are_told_apart_only_where_the_interval_leaves_out_no_difference():
    """Newcombe (1998), table II, example a: 56 of 70 and 48 of 80, 0.0524 to 0.3339."""
    apart = difference(VISITS, Tally(56, 70), Tally(48, 80))
    assert apart.range_words == "+5.2 to +33.4"
    assert (apart.written(apart.apart), apart.verdict) == ("+20.0", "told apart")
    assert difference(VISITS, Tally(9, 31), Tally(7, 32)).verdict == "not told apart"


def test_what_is_no_share_is_set_beside_without_an_interval():
    apart = difference(CASELOAD, Tally(83, 5), Tally(80, 5))
    assert (apart.written(apart.apart), apart.verdict, apart.range_words) == ("+0.60", "", "–")


def test_what_has_no_value_is_set_beside_nothing():
    for other in (None, Tally(0, 0)):
        assert difference(VISITS, Tally(1, 2), other).apart is None


def test_a_difference_has_a_decimal_more_than_its_figures_so_they_do_not_contradict():
    """18.52 and 18.46 are shown as 18.5 and 18.5."""
    apart = difference(CASELOAD, Tally(18.52, 1), Tally(18.46, 1))
    assert apart.written(apart.apart) == "+0.06"


def test_what_lies_below_is_told_apart_as_what_lies_above():
    assert difference(VISITS, Tally(48, 80), Tally(56, 70)).verdict == "told apart"
