"""What schools, early help and services say of nobody here, or that can't add up."""

from datetime import date

import pytest

from loading.checks.outcomes.of_others import CHECKS
from tests.loading.test_checks import found_by

FAMILY = ("child", {"family_id": "F1"})


def issues(connection, *more: tuple[str, dict]) -> list[tuple[str, str]]:
    return [(issue.rule, issue.message) for issue in found_by(CHECKS, connection, *more)]


def test_a_row_of_a_known_family_stays(connection):
    of_family = ("early_help", {"child_id": None, "family_id": "F1"})
    assert issues(connection, FAMILY, of_family) == []


def test_a_row_of_an_unknown_child_stays_where_its_family_is_known(connection):
    of_family = ("intervention", {"child_id": "C9", "family_id": "F1"})
    assert issues(connection, FAMILY, of_family) == []


@pytest.mark.parametrize(
    ("said", "named"),
    [({"child_id": "C9"}, "C9"), ({"child_id": None, "family_id": "F9"}, "F9")],
)
def test_a_row_of_neither_is_left_out_and_names_what_it_said(connection, said, named):
    ((rule, message),) = issues(connection, FAMILY, ("early_help", said))
    assert rule == "of_nobody_here"
    assert message.startswith(f"{named} is neither a child nor a family")
    assert message.endswith("until then the row is left out.")


@pytest.mark.parametrize(("missed", "is_told"), [(7, False), (8, True)])
def test_sessions_attended_and_missed_are_no_more_than_were_possible(connection, missed, is_told):
    period = ("education_period", {"authorised": 3, "unauthorised": missed})
    assert bool(issues(connection, period)) is is_told


def test_how_help_ended_needs_the_day_on_which(connection):
    ended = {"ended_on": date(2016, 8, 1), "end_reason": "completed"}
    assert issues(connection, ("intervention", ended)) == []
    connection.rollback()
    told = issues(connection, ("intervention", {**ended, "ended_on": None}))
    assert [rule for rule, _ in told] == ["help_ended_at_no_day"]
