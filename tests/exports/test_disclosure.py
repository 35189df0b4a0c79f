"""Nobody outside the service can work out a hidden count, whatever totals they know."""

import random
from collections.abc import Mapping
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports import disclosure, disclosure_counts
from exports.disclosure import pairs_of, protected
from metrics.catalogue import CATALOGUE
from metrics.model import SERVICE, Tally
from metrics.stored.people import people_key
from tests.exports.attacker import every_world, widths
from tests.exports.made_up import PLAIN, SEPTEMBER, Counted, figures

Units = Mapping[str | None, Tally]
SHARE, NOT_SHARE = True, False
WIDTH = 6
often = settings(max_examples=300, deadline=None)
COUNTS = st.one_of(st.sampled_from([0, 1, 5, 6, 7]), st.integers(0, 14))


@st.composite
def units_of_one_month(draw, is_share):
    """Two to six units, whose counts crowd about 0, 1, 5 and 6."""
    of_units: dict[str | None, Tally] = {}
    for name in "ABCDEF"[: draw(st.integers(2, 6))]:
        numerator = draw(COUNTS)
        of_units[name] = Tally(numerator, numerator + draw(COUNTS) if is_share else draw(COUNTS))
    return of_units


def small_council(number):
    """One month of a small council, drawn by its number: units of few cases, some of none."""
    chance = random.Random(number)
    is_share = chance.random() < 0.7
    few = [0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 12, 20]
    of_units: dict[str | None, Tally] = {}
    for name in "ABCDEFG"[: chance.randint(2, 7)]:
        numerator, other = chance.choice(few), chance.choice(few)
        of_units[name] = Tally(numerator, numerator + other if is_share else other)
    return of_units, is_share


def hidden_units(of_units: Units, service: Tally, is_share: bool) -> frozenset[str | None]:
    """By the counts of one figure alone."""
    counts = {one: disclosure_counts.parts(tally, is_share) for one, tally in of_units.items()}
    return disclosure.hidden_units(counts, disclosure_counts.parts(service, is_share))


def is_small(tally: Tally, is_share: bool) -> bool:
    return disclosure_counts.is_small(disclosure_counts.parts(tally, is_share))


def counts_below_six(tally, is_share):
    """Written again here, so as to share nothing with what is tested."""
    numbers = [tally.numerator, tally.denominator]
    if is_share:
        numbers.append(tally.denominator - tally.numerator)
    return any(number in range(1, 6) for number in numbers)


def total_of(of_units):
    return sum(of_units.values(), Tally())


def narrow_counts(number):
    """The hidden counts of a council that whoever knows the rule can place within five numbers."""
    of_units, is_share = small_council(number)
    hidden = hidden_units(of_units, total_of(of_units), is_share)
    if SERVICE in hidden:
        assert hidden == {*of_units, SERVICE}, "without a total there is nothing to subtract from"
        return []
    found = widths(of_units, hidden, pairs_of(of_units), is_share)
    return [(number, cell, width) for cell, width in found.items() if width < WIDTH]


def test_whoever_knows_the_rule_and_every_total_places_no_hidden_count_within_five_numbers():
    assert not [found for number in range(24) for found in narrow_counts(number)]


@pytest.mark.thorough
def test_the_same_holds_for_500_small_councils():
    assert not [found for number in range(500) for found in narrow_counts(number)]


@pytest.mark.parametrize(
    "of_units",
    [
        {"A": Tally(3, 5), "B": Tally(6, 12)},
        {"A": Tally(1, 1), "B": Tally(7, 7)},
        {"A": Tally(0, 2), "B": Tally(8, 14), "C": Tally(0, 0)},
        {"A": Tally(2, 3), "B": Tally(0, 0), "C": Tally(6, 6), "D": Tally(0, 6)},
    ],
)
def test_trying_every_world_that_the_rule_would_hide_alike_finds_as_many_numbers(of_units):
    """Nothing is taken on trust here: the rule itself is asked of every world there could be."""
    hidden = hidden_units(of_units, total_of(of_units), SHARE)
    if SERVICE in hidden:
        return
    worlds = every_world(of_units, hidden, lambda world: hidden_units(world, total_of(world), True))
    for unit_id, part in product(hidden, ("numerator", "denominator")):
        if getattr(total_of(of_units), part):
            could_be = {getattr(world[unit_id], part) for world in worlds}
            assert max(could_be) - min(could_be) + 1 >= WIDTH


@pytest.mark.parametrize("other", [Tally(20, 60), Tally(6, 40), Tally(90, 200), Tally(0, 70)])
def test_which_units_are_hidden_beside_a_small_one_does_not_depend_on_their_own_figures(other):
    of_units: Units = {"A": Tally(3, 40), "B": other, "C": Tally(30, 90), "D": Tally(31, 80)}
    enough = {**of_units, "A": Tally(3, 40), "B": Tally(9, 60)}
    hidden = hidden_units(of_units, total_of(of_units), SHARE)
    assert hidden >= hidden_units(enough, total_of(enough), SHARE) == {"A", "B"}


def test_units_stand_in_pairs_by_their_ids_whatever_their_names_and_order():
    assert pairs_of(["U3", None, "U1", "U2"]) == [["U1", "U2"], ["U3", None]]
    assert pairs_of(["U1", "U2", "U3", "U4", None]) == [["U1", "U2"], ["U3", "U4", None]]
    assert pairs_of(["U1"]) == [["U1"]]


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


def test_one_small_unit_takes_its_pair_with_it():
    of_units: Units = {"A": Tally(30, 90), "B": Tally(31, 80), "C": Tally(3, 40), "D": Tally(9, 60)}
    assert hidden_units(of_units, total_of(of_units), SHARE) == {"C", "D"}


def test_a_pair_whose_sum_is_small_takes_another_pair_with_it():
    # B is 0 of 0, so that A would be what is left of the total.
    of_units: Units = {"A": Tally(3, 40), "B": Tally(0, 0), "C": Tally(30, 90), "D": Tally(9, 60)}
    assert hidden_units(of_units, total_of(of_units), SHARE) == {"A", "B", "C", "D"}


def test_the_one_unit_of_a_service_hides_the_service():
    assert hidden_units({"A": Tally(3, 40)}, Tally(3, 40), SHARE) == {"A", SERVICE}


def test_a_service_whose_units_could_be_few_numbers_is_hidden_as_well():
    # Six in all, each of them seen: every unit's count would be 1 to 5.
    of_units: Units = {"A": Tally(1, 1), "B": Tally(5, 5)}
    assert hidden_units(of_units, Tally(6, 6), SHARE) == {"A", "B", SERVICE}


def test_of_what_the_service_has_none_a_pair_may_have_none():
    of_units: Units = {"A": Tally(0, 4), "B": Tally(0, 30), "C": Tally(0, 40), "D": Tally(0, 50)}
    assert hidden_units(of_units, Tally(0, 124), SHARE) == {"A", "B"}


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


@pytest.mark.parametrize(
    ("hidden", "pairs", "is_enough"), [(6, 1, False), (7, 1, True), (7, 2, False), (0, 1, False)]
)
def test_what_is_hidden_adds_up_to_enough_for_each_count_to_be_any_of_six(hidden, pairs, is_enough):
    assert disclosure_counts.can_be_many((hidden, 100), (50, 1000), pairs) is is_enough


def told(changes, months=1):
    """What is hidden of the made-up figures with other tallies, by key, unit and months back."""
    whole = figures(months=months)
    places = {
        (key, one, SEPTEMBER.shift(-back)): tally for (key, one, back), tally in changes.items()
    }
    return protected(replace(whole, tallies={**whole.tallies, **places})).hidden


@pytest.fixture
def units_told(monkeypatch) -> None:
    """As if no unit's figure could be worked out from those of others."""
    for key, metric in list(CATALOGUE.items()):
        monkeypatch.setitem(CATALOGUE, key, replace(metric, units_stay_inside=False))


@pytest.mark.usefixtures("units_told")
def test_days_of_one_child_are_hidden_with_the_pair():
    key, one = "days_by_status", "U1"
    counted = {(key, one, 0): Tally(31, 31), (people_key(key), one, 0): Tally(1, 1)}
    hidden = {unit for metric, unit, _ in told(counted) if metric == key}
    assert one in hidden and len(hidden) > 1


def test_a_figure_of_which_nobody_knows_how_many_people_are_behind_it_is_hidden():
    whole = figures(months=1)
    of_people = people_key("days_by_status")
    known = {place: tally for place, tally in whole.tallies.items() if place[0] != of_people}
    hidden = protected(replace(whole, tallies=known)).hidden
    assert ("days_by_status", SERVICE, SEPTEMBER) in hidden
    assert not {("step_up", SERVICE, SEPTEMBER)} & hidden
    again = protected(replace(whole, tallies=known, live=whole)).hidden
    assert ("days_by_status", SERVICE, SEPTEMBER) not in again


def test_of_children_on_their_way_through_a_case_only_the_whole_service_is_told():
    stays = [key for key, metric in CATALOGUE.items() if metric.units_stay_inside]
    assert {"children_looked_after", "step_down", "closed", "re_referred_after_closure"} <= {*stays}
    many = {
        (one, unit, 0): Tally(80 * of, 200 * of)
        for key in stays
        for unit, of in (("U1", 1), ("EAST", 1), (SERVICE, 2))
        for one in (key, people_key(key))
    }
    hidden = told(many)
    assert {(key, unit, SEPTEMBER) for key in stays for unit in ("U1", "EAST")} <= hidden
    assert not {(key, SERVICE, SEPTEMBER) for key in stays} & hidden


@pytest.mark.usefixtures("units_told")
def test_what_lies_between_a_figure_and_its_part_hides_both():
    up = {("step_up", one, 0): Tally(n, 100 * n) for one, n in (("U1", 8), (SERVICE, 435))}
    care = {("step_up_to_care", one, 0): Tally(n, 800) for one, n in (("U1", 6), (SERVICE, 400))}
    hidden = told({**up, **care})
    assert {(key, "U1", SEPTEMBER) for key in ("step_up", "step_up_to_care")} <= hidden


@pytest.mark.usefixtures("units_told")
def test_what_is_summed_to_date_is_told_at_the_ends_of_quarters_and_not_where_few_came_to_it():
    key = "step_down_re_referred"
    came = {"U1": (34, 68), "EAST": (430, 870), SERVICE: (491, 983)}
    few = {
        (one, unit, 0): Tally(*now) for one in (key, people_key(key)) for unit, now in came.items()
    }
    hidden = {(one, month) for metric, one, month in told(few, 6) if metric == key}
    assert (SERVICE, SEPTEMBER) not in hidden and ("U1", SEPTEMBER) in hidden
    assert ("U1", SEPTEMBER.shift(-3)) not in hidden
    assert {(SERVICE, SEPTEMBER.shift(-1)), ("U1", SEPTEMBER.shift(-2))} <= hidden
