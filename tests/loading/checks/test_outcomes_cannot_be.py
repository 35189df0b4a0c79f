"""Conferences, reviews and answers that can't be true beside others, and those on the edge."""

from datetime import date
from typing import Any

import pytest

from loading.checks.outcomes import cannot_be
from tests.loading.test_checks import found_by

ON_CP = ("plan", {"kind": "CP", "ended_on": date(2016, 10, 30)})
OF_WAVE = {"survey_wave_id": "G1", "respondent_id": "G1-1"}
CASES: list[tuple[str, bool, list[tuple[str, dict[str, Any]]], str]] = [
    ("held_before_its_enquiry", True, [("conference", {"held_on": date(2016, 5, 9)})], "9 May"),
    ("held_before_its_enquiry", False, [("conference", {"held_on": date(2016, 5, 10)})], ""),
    (
        "enquiry_of_another_child",
        True,
        [("child", {"child_id": "C2"}), ("conference", {"child_id": "C2"})],
        "E1",
    ),
    ("not_needed_and_held", True, [("enquiry", {"conference_not_needed": True})], "27 May 2016"),
    ("not_needed_and_held", False, [("enquiry", {"conference_not_needed": False})], ""),
    *(
        (
            "reviewed_on_no_plan",
            is_told,
            [ON_CP, ("review", {"cancelled": False, "held_on": date(2016, 10, day)})],
            f"{day} October 2016, when the child had no CP plan" if is_told else "",
        )
        for day, is_told in ((19, True), (20, False), (30, False), (31, True))
    ),
    (
        "cancelled_and_held",
        True,
        [ON_CP, ("review", {"held_on": date(2016, 10, 25)})],
        "25 October",
    ),
    (
        "answered_outside_its_wave",
        False,
        [("survey_wave", {"last_day": date(2016, 6, 1)}), ("survey_response", OF_WAVE)],
        "",
    ),
    (
        "answered_outside_its_wave",
        True,
        [("survey_wave", {"last_day": date(2016, 5, 31)}), ("survey_response", OF_WAVE)],
        "1 answer of it is of a day",
    ),
    (
        "answered_outside_its_wave",
        True,
        [("survey_wave", {"survey": "step_down"}), ("survey_response", OF_WAVE)],
        "or of another survey",
    ),
    (
        "more_answered_than_asked",
        True,
        [("survey_wave", {"asked": 0}), ("survey_response", OF_WAVE)],
        "1 respondent answered, and 0 were asked",
    ),
    (
        "more_answered_than_asked",
        False,
        [("survey_wave", {"asked": 1}), ("survey_response", OF_WAVE)],
        "",
    ),
    ("question_of_no_catalogue", True, [("survey_response", {"question": "Q1"})], "1 answer to"),
    ("question_of_no_catalogue", False, [("survey_response", {"question": "own"})], ""),
    (
        "question_of_no_catalogue",
        True,
        [("survey_response", {"survey": "parent_carer", "question": "own"})],
        "the parent_carer survey has 1 answer to 'own'",
    ),
]


@pytest.mark.parametrize(("rule", "is_told", "changes", "says"), CASES)
def test_what_cannot_be_is_told_and_what_just_can_is_not(connection, rule, is_told, changes, says):
    issues = found_by(cannot_be.CHECKS, connection, *changes)
    assert [issue.rule for issue in issues] == [rule] * is_told
    assert all(says in issue.message for issue in issues)
