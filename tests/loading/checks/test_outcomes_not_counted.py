"""Rows that no figure counts, or that count otherwise than they say: told, and on the edge not."""

from datetime import date
from typing import Any

import pytest

from loading.checks.checks import find_issues
from loading.checks.outcomes import not_counted
from tests.loading.test_checks import AS_AT, SETTINGS, fill, found_by

C2 = ("child", {"child_id": "C2"})
FIRST = {"plan_id": "N0", "kind": "CP", "started_on": date(2014, 5, 1)}
NOW = {"plan_id": "N2", "kind": "CP", "started_on": date(2016, 10, 20), "previous_plans": 0}
FOUND = ("offence_match", {"found": True})
CASES: list[tuple[str, bool, list[Any], str]] = [
    *(
        ("conference_of_no_enquiry", is_told, [C2, ("conference", {"child_id": "C2", **met})], says)
        for met, is_told, says in (
            ({"enquiry_id": None}, True, "90 days up to 27 May 2016"),
            ({"enquiry_id": "E9"}, True, "90 days up to 27 May 2016"),
            ({"enquiry_id": "E1"}, False, ""),
            ({"enquiry_id": None, "kind": "review"}, False, ""),
            ({"enquiry_id": None, "transfer_in": True}, False, ""),
            ({"enquiry_id": None, "held_on": None}, False, ""),
        )
    ),
    *(
        ("conference_of_no_enquiry", is_told, [("conference", {"enquiry_id": None, **met})], "")
        for met, is_told in (
            ({"held_on": date(2016, 8, 8)}, False),
            ({"held_on": date(2016, 8, 9)}, True),
            ({"held_on": date(2016, 5, 9)}, True),
        )
    ),
    *(
        (
            "no_plan_before",
            is_told,
            [("plan", {**FIRST, **earlier}), ("plan", {**NOW, **returned})],
            "CP plan N0 of the child had ended before" if is_told else "",
        )
        for earlier, returned, is_told in (
            ({"ended_on": date(2016, 10, 19)}, {}, True),
            ({"ended_on": date(2016, 10, 20)}, {}, False),
            ({"ended_on": date(2016, 10, 19)}, {"previous_plans": 1}, False),
            ({"ended_on": date(2016, 10, 19)}, {"previous_plans": None}, False),
            ({"ended_on": date(2016, 10, 19), "kind": "CLA"}, {}, False),
        )
    ),
    ("left_at_no_day", True, [("post", {"leaving_reason": "1"})], "it counts as held"),
    ("left_at_no_day", True, [("post", {"leaving_to": "3"})], "it counts as held"),
    ("left_at_no_day", False, [("post", {"leaving_reason": "10", "leaving_to": "9"})], ""),
    (
        "left_at_no_day",
        False,
        [("post", {"leaving_reason": "1", "ended_on": date(2016, 11, 1)})],
        "",
    ),
    *(
        ("asked_the_other_way", is_told, [("survey_question", asked)], "'often_stressed'")
        for asked, is_told in (
            ({"question": "often_stressed"}, True),
            ({"question": "often_stressed", "words": "I am rarely stressed"}, False),
            ({"question": "often_stressed", "reversed": True}, False),
            ({"question": "often_stressed", "survey": "parent_carer"}, False),
        )
    ),
    (
        "respondent_may_be_named",
        True,
        [("survey_response", {"respondent_id": "Ash Bell"})],
        "1 row",
    ),
    ("respondent_may_be_named", False, [("survey_response", {"respondent_id": "R7"})], ""),
    ("charged_and_not_found", True, [("offence_match", {"found": False})], "1 September 2016"),
    ("charged_and_not_found", False, [], ""),
    (
        "period_not_over",
        True,
        [("education_period", {"ended_on": date(2016, 11, 2)})],
        "2 November",
    ),
    ("period_not_over", False, [("education_period", {"ended_on": date(2016, 11, 1)})], ""),
]


@pytest.mark.parametrize(("rule", "is_told", "changes", "says"), CASES)
def test_what_no_figure_counts_is_told_and_what_one_counts_is_not(
    connection, rule, is_told, changes, says
):
    issues = found_by(not_counted.CHECKS, connection, FOUND, *changes)
    assert [issue.rule for issue in issues] == [rule] * is_told
    assert all(says in issue.message for issue in issues)


def test_no_message_shows_what_may_be_a_name(connection):
    fill(connection, ("survey_response", {"respondent_id": "Ash Bell"}))
    assert "Ash" not in str(find_issues(connection, SETTINGS, AS_AT))


def test_every_rule_is_told_by_a_case():
    assert {rule for rule, is_told, *_ in CASES if is_told} == {
        check.rule for check in not_counted.CHECKS
    }
