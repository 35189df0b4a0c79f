"""Two rules that may both fit a family are found, whatever they are, and none that may not."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_access.unit_settings.segment_settings import FactorGroup, SegmentRule, Segments
from metrics.segments.judging import Assessed, fits
from metrics.segments.overlaps import fits_both, overlaps, overlaps_told
from metrics.segments.rules import as_judged
from tests.worlds import SETTINGS

CODES = ("1A", "2A", "4A", "16A")
GROUPS = tuple(FactorGroup(code, f"group {code}", (code,)) for code in CODES)
some_groups = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple)
rules = st.builds(
    SegmentRule,
    unit=st.just("U"),
    name=st.just("a rule"),
    needs=st.lists(some_groups, min_size=1, max_size=2).map(tuple),
    applies_from=st.just(date(2016, 1, 1)),
    source=st.just("made up"),
    without=st.lists(st.sampled_from(CODES), max_size=2, unique=True).map(tuple),
    child_age_from=st.none() | st.sampled_from((7, 12)),
)


def with_age_of_a_need(rule: SegmentRule) -> SegmentRule:
    return replace(rule, child_age_of=rule.needs[0] if rule.child_age_from else ())


@given(rules.map(with_age_of_a_need), rules.map(with_age_of_a_need))
def test_two_rules_overlap_if_some_set_of_factors_and_ages_of_two_children_fits_both(one, other):
    segments = Segments(GROUPS, (one, replace(other, unit="V")))
    first, second = as_judged(segments, segments.rules)
    sets = [frozenset(some) for n in range(len(CODES) + 1) for some in combinations(CODES, n)]
    families = (
        [Assessed(12, elder), Assessed(age, younger)]
        for elder, younger, age in product(sets, sets, (6, 7))
    )
    both = any(fits(first, family) and fits(second, family) for family in families)
    assert fits_both(first, second) == both
    found = list(overlaps(segments))
    assert len(found) == both
    for overlap in found:
        family = [Assessed(17, frozenset(overlap.factors))]
        assert fits(first, family) and fits(second, family)


def test_the_shipped_rules_never_overlap(shipped):
    assert not list(overlaps(shipped))


@pytest.mark.parametrize(
    ("left_out", "second"), [("parent", 3), ("child", 3), ("domestic_abuse_others", 4)]
)
def test_a_rule_that_no_longer_excludes_a_group_overlaps_with_the_one_that_needs_it(
    left_out, second
):
    changed = [
        replace(rule, without=tuple(one for one in rule.without if one != left_out))
        if number == second
        else rule
        for number, rule in enumerate(SETTINGS.segments.rules, 1)
    ]
    told = list(overlaps_told(Segments(SETTINGS.segments.groups, tuple(changed))))
    # A parent's alcohol beside domestic abuse fits Unit 1 only with harm to the child.
    assert bool(told) == (left_out != "parent")


def test_an_overlap_is_told_with_a_family_that_fits_both():
    first, second = SETTINGS.segments.rules[1:3]
    both = (first, replace(second, without=()))
    assert list(overlaps_told(Segments(SETTINGS.segments.groups, both))) == [
        "the 1st [[segment]] and the 2nd [[segment]] both fit a family with 14A, 3B at 17: no"
        " family may be for two units, so add a group to without of one of them"
    ]


def test_a_rule_that_excludes_one_of_two_groups_that_another_needs_overlaps_by_the_other():
    first, *_, last = SETTINGS.segments.rules
    narrow = replace(last, without=("domestic_abuse_child",))
    (found,) = overlaps(Segments(SETTINGS.segments.groups, (first, narrow)))
    assert found.factors == ("16A", "18A", "1B")


def test_rules_that_are_not_in_force_together_do_not_overlap():
    """An entry that another of its unit has followed is no longer in force."""
    first, _, third, _ = SETTINGS.segments.rules
    wide = replace(third, without=(), needs=(("neglect",),))
    narrow = replace(third, without=("physical_abuse", "domestic_abuse_child"))
    groups = SETTINGS.segments.groups
    later = replace(first, applies_from=date(2020, 1, 1))
    narrow = replace(narrow, applies_from=date(2018, 1, 1))
    assert not list(overlaps(Segments(groups, (wide, narrow, later))))
    assert len(list(overlaps(Segments(groups, (wide, narrow, first))))) == 1
