"""Columns that as a whole can hardly be what they are taken for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from data_access.settings import Settings
from loading.checks.checks import find_issues
from loading.checks.columns_in_doubt import CHECKS, DAYS_TO_CATCH_UP, ENOUGH_VISITS
from tests.loading.test_checks import AS_AT, SETTINGS, fill


def found(connection, *more, settings: Settings = SETTINGS) -> list[tuple[str, str | None, str]]:
    """What these rules find among the good rows with these changes."""
    fill(connection, *more)
    rules = {check.rule for check in CHECKS}
    issues = find_issues(connection, settings, AS_AT)
    return [(i.rule, i.row_key, i.message) for i in issues if i.rule in rules]


def scores(**facts: object) -> list[tuple[str, dict]]:
    return [("scale_score", {"scale_score_id": f"Q{n}", **facts}) for n in range(2, 5)]


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"scale": "Safety scale"}, "a scale that is none of safety, danger: distance travelled"),
        ({"rater": "Ash Bell"}, "counts social_worker alone"),
        ({"scale": "danger", "rater": "parent"}, None),
    ],
)
def test_scores_of_another_scale_or_rater_are_told_once_and_without_a_name(
    connection, facts, words
):
    issues = found(connection, *scores(**facts))
    assert [issue[:2] for issue in issues] == [("scores_of_another_kind", "Q2")] * bool(words)
    for *_, said in issues:
        assert said.startswith("3 scores, of which this is one")
        assert words in said
        assert "Ash" not in said


def test_the_scale_that_the_settings_name_is_no_other(connection):
    settings = replace(SETTINGS, scale="Safety scale")
    assert found(connection, *scores(scale="Safety scale"), settings=settings) == []


def test_a_scale_with_its_best_at_either_end_is_told_by_the_end_that_is_rarer(connection):
    # The good row has its best end high, and so has one more.
    more = [*scores(best="low"), ("scale_score", {"scale_score_id": "Q9"})]
    ((rule, key, said),) = found(connection, *more)
    assert (rule, key) == ("best_both_ways", "Q1")
    assert said.startswith("2 of 5 scores of one scale")


def test_two_scales_may_have_their_best_at_different_ends(connection):
    assert found(connection, *scores(scale="danger", best="low")) == []


def visits(number: int, days_late: int) -> list[tuple[str, dict]]:
    made_on = AS_AT - timedelta(days_late)
    return [
        ("visit", {"visit_id": f"W{n:02}", "visited_on": made_on, "recorded_on": AS_AT})
        for n in range(number)
    ]


@pytest.mark.parametrize(
    ("number", "days_late", "is_told"),
    [
        (ENOUGH_VISITS, DAYS_TO_CATCH_UP + 1, True),
        (ENOUGH_VISITS, DAYS_TO_CATCH_UP, False),
        (ENOUGH_VISITS - 1, DAYS_TO_CATCH_UP + 1, False),
    ],
)
def test_many_visits_recorded_on_one_day_long_after_are_told(
    connection, number, days_late, is_told
):
    issues = found(connection, *visits(number, days_late))
    assert [issue[:2] for issue in issues] == [("recorded_on_one_day", "W00")] * is_told


def test_a_day_of_catching_up_among_many_others_is_no_doubt(connection):
    others = [
        ("visit", {"visit_id": f"X{n}", "recorded_on": AS_AT - timedelta(n)})
        for n in range(1, 3 * ENOUGH_VISITS + 2)
    ]
    assert found(connection, *visits(ENOUGH_VISITS, DAYS_TO_CATCH_UP + 1), *others) == []
