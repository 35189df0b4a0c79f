"""Nobody outside the service can work out a hidden count, whatever totals they know."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.disclosure import Units, hidden_units, is_safe, is_small, protected
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Tally
from tests.exports.made_up import PLAIN, SEPTEMBER, Counted, figures

SHARE, NOT_SHARE = True, False
often = settings(max_examples=300, deadline=None)
COUNTS = st.one_of(st.sampled_from([0, 1, 5, 6, 7]), st.integers(0, 14))


@st.composite
def units_of_one_month(draw, is_share):
    """Two to four units, whose counts crowd about 0, 1, 5 and 6."""
    of_units: dict[str | None, Tally] = {}
    for name in "ABCD"[: draw(st.integers(2, 4))]:
        numerator = draw(COUNTS)
        of_units[name] = Tally(numerator, numerator + draw(COUNTS) if is_share else draw(COUNTS))
    return of_units


def possible(hidden, part, is_share):
    """What an attacker finds each hidden unit's `part` could be, by trying every number.

    The attacker knows the hidden units' sum, the other part of each to the last digit, which of
    them are small, that counts are whole and not below 0, and that a share is at most 1.
    """
    total = int(sum(getattr(tally, part) for tally in hidden.values()))
    could_be = {
        unit: {
            number
            for number in range(total + 1)
            if fits(changed(tally, part, number), tally, is_share)
        }
        for unit, tally in hidden.items()
    }
    return {
        unit: {number for number in numbers if total - number in sums(could_be, unit)}
        for unit, numbers in could_be.items()
    }


def sums(could_be, left_out):
    """Every sum that the other units' numbers can have."""
    reached = {0}
    for unit, numbers in could_be.items():
        if unit != left_out:
            reached = {so_far + number for so_far, number in product(reached, numbers)}
    return reached


def changed(tally, part, number):
    if part == "numerator":
        return Tally(number, tally.denominator)
    return Tally(tally.numerator, number)


def fits(guess, true, is_share):
    return not (is_share and guess.numerator > guess.denominator) and (
        counts_below_six(guess, is_share) == counts_below_six(true, is_share)
    )


def counts_below_six(tally, is_share):
    """Written again here, so as to share nothing with what is tested."""
    numbers = [tally.numerator, tally.denominator]
    if is_share:
        numbers.append(tally.denominator - tally.numerator)
    return any(number in range(1, 6) for number in numbers)


def total_of(of_units):
    return sum(of_units.values(), Tally())


@often
@given(
    st.sampled_from([SHARE, NOT_SHARE]).flatmap(
        lambda is_share: st.tuples(st.just(is_share), units_of_one_month(is_share))
    )
)
def test_every_hidden_count_could_be_at_least_two_numbers(drawn):
    is_share, of_units = drawn
    hidden = hidden_units(of_units, total_of(of_units), is_share)
    if SERVICE in hidden:
        # Without a total there is nothing to subtract from, as long as no unit is shown.
        assert hidden == {*of_units, SERVICE}
        return
    unseen = {unit: of_units[unit] for unit in of_units if unit in hidden}
    for part in ("numerator", "denominator"):
        if unseen:
            assert all(len(could) >= 2 for could in possible(unseen, part, is_share).values())


@often
@given(units_of_one_month(SHARE))
def test_no_small_count_is_shown(of_units):
    hidden = hidden_units(of_units, total_of(of_units), SHARE)
    shown = [tally for unit, tally in of_units.items() if unit not in hidden]
    if SERVICE not in hidden:
        shown.append(total_of(of_units))
    assert not any(counts_below_six(tally, SHARE) for tally in shown)


@often
@given(units_of_one_month(SHARE))
def test_nothing_is_hidden_without_a_small_count(of_units):
    everything = [*of_units.values(), total_of(of_units)]
    if not any(counts_below_six(tally, SHARE) for tally in everything):
        assert hidden_units(of_units, total_of(of_units), SHARE) == frozenset()


def test_one_small_unit_takes_another_with_it():
    of_units: Units = {"A": Tally(3, 40), "B": Tally(20, 60), "C": Tally(30, 90)}
    assert hidden_units(of_units, Tally(53, 190), SHARE) == {"A", "B"}


def test_a_unit_with_nothing_counted_cannot_hide_another():
    # B is known to be 0 of 0, so A would be what is left of the total.
    of_units: Units = {"A": Tally(3, 40), "B": Tally(0, 0), "C": Tally(30, 90)}
    assert hidden_units(of_units, Tally(33, 130), SHARE) == {"A", "C"}


def test_the_one_unit_of_a_service_hides_the_service():
    assert hidden_units({"A": Tally(3, 40)}, Tally(3, 40), SHARE) == {"A", SERVICE}


def test_two_fives_that_make_ten_are_not_safe_together():
    assert not is_safe({"A": Tally(5, 50), "B": Tally(5, 50)}, SHARE)


@pytest.mark.parametrize(
    "tally, why",
    [
        (Tally(1, 40), "one child"),
        (Tally(5, 40), "five children"),
        (Tally(35, 40), "five of forty were seen"),
        (Tally(0, 4), "four closures"),
        (Tally(0.5, 40), "half a day"),
        (Tally(-3, 40), "points lost"),
    ],
)
def test_counts_of_1_to_5_are_small(tally, why):
    assert is_small(tally, SHARE), why


@pytest.mark.parametrize("tally", [Tally(0, 0), Tally(0, 40), Tally(6, 40), Tally(40, 40)])
def test_nought_and_six_are_not_small(tally):
    assert not is_small(tally, SHARE)


def test_what_is_left_for_outsiders_holds_no_hidden_figure_and_no_companion():
    whole = figures()
    disclosed = protected(whole)
    assert ("caseload", "U1", SEPTEMBER) in disclosed.hidden
    assert not disclosed.hidden & set(disclosed.figures.tallies)
    assert {key for key, _, _ in disclosed.figures.tallies} <= {*CATALOGUE, ""}
    assert disclosed.figures.months == whole.months


def test_a_month_of_which_all_is_hidden_is_still_a_month():
    tiny: Counted = {key: {"U1": (1, 2), "U2": (1, 1)} for key in PLAIN}
    disclosed = protected(figures(tiny))
    assert disclosed.figures.months == figures(tiny).months
