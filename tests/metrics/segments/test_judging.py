"""Which unit's rule a family fits, against plain rules, and what is said of who fits none."""

from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.code_sets.children import NOTHING_FOUND
from data_access.unit_settings.segment_settings import Segments
from loading.demo.segments import SEGMENTS as OF_THE_DEMONSTRATION
from metrics.segments.judging import (
    NO_FACTOR,
    OTHER_FACTORS,
    Assessed,
    Outcome,
    judged,
)
from metrics.segments.rules import rules_on
from tests.left_out import needs
from tests.metrics.segments.plain import units_that_fit
from tests.metrics.test_outcome_vectors import FILE, VECTORS
from tests.worlds import AS_AT, SETTINGS

RULES = rules_on(SETTINGS.segments, AS_AT)
# One code of those that were split by who did it stands for all three.
FACTORS = (
    "18A", "3A", "4B", "2B", "1B", "19A", "11A", "4A", "15A", "14A", "2A", "1A", "3B", "3C", "16A",
)  # fmt: skip
ALL_FACTORS = sorted({*RULES.named, "17A", "24A", "10A", "5B", "21"})
SG = [one for one in VECTORS if one["metric"] == "segment"]


def proposal(*children: tuple[int | None, set[str]]) -> str | None:
    return judged([Assessed(age, frozenset(of)) for age, of in children], RULES).unit


def reason(*children: tuple[int | None, set[str]]) -> str:
    return judged([Assessed(age, frozenset(of)) for age, of in children], RULES).reason


def sets_of(factors):
    return (set(some) for n in range(len(factors) + 1) for some in combinations(factors, n))


def test_every_set_of_factors_at_six_and_at_seven_fits_the_unit_that_the_plain_rules_say():
    looked_at = 0
    for factors, age in product(sets_of(FACTORS), (6, 7)):
        fitting = units_that_fit([(age, factors)])
        assert len(fitting) <= 1
        assert [proposal((age, factors))] == (fitting or [None]), (age, factors)
        looked_at += 1
    assert looked_at == 65_536


def test_of_one_or_two_factors_as_many_sets_fit_nobody_as_were_counted():
    few = [{*some} for n in (1, 2) for some in combinations(FACTORS, n)]
    nobody = [sum(proposal((age, factors)) is None for factors in few) for age in (9, 3)]
    assert (len(few), nobody) == (120, [63, 108])


children = st.lists(
    st.tuples(st.none() | st.integers(0, 17), st.sets(st.sampled_from(ALL_FACTORS), max_size=4)),
    min_size=1,
    max_size=4,
)


@given(children)
def test_families_of_several_children_fit_the_unit_that_the_plain_rules_say(family):
    assert [proposal(*family)] == (units_that_fit(family) or [None])


@given(children)
def test_of_who_fits_none_a_reason_is_said_and_of_nobody_else(family):
    found = judged([Assessed(age, frozenset(of)) for age, of in family], RULES)
    assert bool(found.reason) == (found.outcome is Outcome.NO_FIT) == (found.unit is None)
    assert found.factors == frozenset().union(*(of for _, of in family)) - NOTHING_FOUND


@needs(FILE)
def test_the_worked_vectors_of_one_child_and_of_brothers_and_sisters():
    cases = [(vector["id"], case) for vector in SG for case in vector["cases"]]
    assert {name for name, _ in cases} == {"SG-01", "SG-02"}
    for name, case in cases:
        found = proposal(*((one["age"], set(one["factors"])) for one in case["children"]))
        assert found == (case["unit"] and f"U{case['unit']}"), (name, case)


def test_nobody_assessed_is_not_the_same_as_fitting_none():
    assert judged([], RULES).outcome is Outcome.NOT_ASSESSED
    assert judged([Assessed(9, frozenset())], RULES).outcome is Outcome.NO_FIT


@pytest.mark.parametrize(
    ("age", "factors", "said"),
    [
        (9, set(), NO_FACTOR),
        (9, {"21"}, NO_FACTOR),
        (9, {"17A", "24A"}, OTHER_FACTORS),
        (9, {"19C", "16A"}, "excluded by sexual abuse"),
        (9, {"11A", "19A"}, "excluded by sexual abuse and sexual exploitation"),
        (9, {"18C", "16A"}, "physical abuse or domestic abuse of the child, without a parent’s"),
        (9, {"14A", "18C"}, "physical abuse or domestic abuse of the child, without a parent’s"),
        (9, {"4B", "16A"}, "a parent’s mental health, drugs or alcohol, without physical abuse"),
        (6, {"14A"}, "drugs or alcohol: no child known to be 7 or over when assessed"),
        (None, {"14A"}, "drugs or alcohol: no child known to be 7 or over when assessed"),
        # Both are one thing away: whoever is too young lacks nothing that could have been recorded.
        (6, {"14A", "4B"}, "drugs or alcohol: no child known to be 7 or over when assessed"),
    ],
)
def test_who_fits_none_is_of_one_class(age, factors, said):
    assert said in reason((age, factors))


def test_what_excludes_in_one_child_excludes_the_family_and_the_age_is_that_of_who_has_it():
    assert proposal((9, {"14A"}), (3, set())) == "U2"
    assert proposal((9, set()), (3, {"14A"})) is None
    assert proposal((9, {"16A"}), (3, {"19C"})) is None


def test_a_rule_excluded_by_what_not_every_rule_excludes_says_what_excludes():
    """Where no rule needs a parent's alcohol, neglect beside it is one thing away from Unit 4."""
    only = Segments(SETTINGS.segments.groups, tuple(SETTINGS.segments.rules[2:]))
    found = judged([Assessed(9, frozenset({"16A", "4B"}))], rules_on(only, AS_AT))
    assert found.reason == "excluded by a parent’s mental health, drugs or alcohol"


def test_before_the_first_rule_nothing_is_proposed():
    assert rules_on(SETTINGS.segments, AS_AT.replace(year=2010)).rules == ()


def test_the_demonstration_council_the_tests_and_what_is_shipped_have_the_same_rules(shipped):
    assert OF_THE_DEMONSTRATION == SETTINGS.segments == shipped
