"""Absence and hours that no figure counts, as their worker had no post on any day of them."""

from datetime import date

import pytest
from sqlalchemy import delete

from data_access.schema import post
from loading.checks.checks import find_issues, who_mends
from loading.checks.unlinked.without_post import CHECKS
from tests.loading.test_checks import AS_AT, SETTINGS, fill, found_by
from tests.loading.test_checks import connection as connection

# The post begins on Monday, 6 January 2014, and a record of hours is of a week.
ENDED = date(2016, 10, 4)
RULES = {check.rule for check in CHECKS}


def test_absences_are_said_once_a_worker_with_the_first_of_them(connection):
    days = [date(2016, 10, 4), date(2016, 10, 11)]
    absences = [("absence", {"absence_id": f"B{day}", "first_day": day}) for day in days]
    (said,) = found_by(CHECKS, connection, ("post", {"ended_on": ENDED}), *absences)
    assert (said.rule, said.table_name, said.row_key) == ("absence_in_no_post", "worker", "W1")
    assert said.message.startswith(
        "2 absences for sickness, the first from 4 October 2016, are on no day of a post"
    )
    assert who_mends(said.rule) == "HR, in the staff record"


@pytest.mark.parametrize(
    "more",
    [
        # It goes on after the post, and its days in it count.
        [("post", {"ended_on": ENDED})],
        # Maternity leave is counted by no figure, with a post or without.
        [("post", {"ended_on": ENDED}), ("absence", {"first_day": ENDED, "reason": "MAT"})],
        # The post begins within the week.
        [("time_record", {"worked_on": date(2013, 12, 31)})],
    ],
)
def test_what_is_partly_in_a_post_or_no_figure_asks_for_is_no_break(connection, more):
    assert found_by(CHECKS, connection, *more) == []


def test_where_no_post_is_loaded_nothing_is_said(connection):
    fill(connection)
    connection.execute(delete(post))
    said = {issue.rule for issue in find_issues(connection, SETTINGS, AS_AT)}
    assert not said & RULES
