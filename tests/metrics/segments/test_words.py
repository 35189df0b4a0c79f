"""The sentence of a proposal: why a rule with an age is not met."""

from datetime import date
from types import SimpleNamespace

import pytest

from metrics.segments.judging import Assessed, judged
from metrics.segments.proposing import Assessment, OpenChild, proposal
from metrics.segments.rules import rules_on
from metrics.segments.words import why
from tests.worlds import AS_AT, SETTINGS

RULES = rules_on(SETTINGS.segments, AS_AT)
ASSESSED = date(2016, 4, 1)
TOO_YOUNG = "No unit: Unit 2 is for a child who was 7 or over when assessed"


def said(*children: tuple[int | None, str]) -> str:
    """Of a family's children, each with the age when assessed and the factor found."""
    family = [
        OpenChild(str(at), "F", False, ASSESSED, age, "F") for at, (age, _) in enumerate(children)
    ]
    found = {
        str(at): Assessment(f"A{at}", ASSESSED, age, frozenset({factor}))
        for at, (age, factor) in enumerate(children)
    }
    row = SimpleNamespace(**proposal(family, found, RULES, AS_AT))
    row.state = row.reason
    return why(row, RULES, {"U2": "Unit 2"})


@pytest.mark.parametrize(
    "children",
    [[(None, "14A")], [(6, "14A"), (None, "14A")]],
    ids=["of the only child", "of one of two who count"],
)
def test_where_a_birth_date_is_missing_the_sentence_says_that_nobody_knows_the_age(children):
    assert said(*children) == f"{TOO_YOUNG}, which nobody knows, as a birth date is missing."


@pytest.mark.parametrize(
    "children",
    [[(6, "14A")], [(6, "14A"), (None, "17A")]],
    ids=["known to be younger", "of a child without the factor"],
)
def test_where_every_child_who_counts_is_known_to_be_younger_none_is_missing(children):
    assert said(*children) == f"{TOO_YOUNG}."


def test_where_a_child_who_counts_is_old_enough_no_birth_date_is_missed():
    assert said((7, "14A"), (None, "14A")).startswith("Unit 2: ")


def test_a_rule_that_is_not_met_for_another_reason_misses_no_birth_date():
    told = said((7, "14A"), (None, "14A"), (9, "19C"))
    assert told == "No unit: sexual abuse excludes Unit 2."
    family = [Assessed(age, frozenset(of)) for age, of in ((7, {"14A"}), (None, {"14A", "19C"}))]
    assert [one.born_unknown for one in judged(family, RULES).beside] == [False]
