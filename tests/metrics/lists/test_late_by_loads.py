"""Visits without a recording date which loads tell to have been entered late, and the others."""

from datetime import date

import pytest

from data_access.database import read
from metrics.lists.late_by_loads import late_by_loads
from metrics.model import Period, Scope, View
from tests.metrics.late_entry.test_first_seen import SEEN, world
from tests.worlds import World, basis, loaded

SEPTEMBER = View(Period(2016, 9), Scope())


def told(engine, made: World, view: View = SEPTEMBER) -> list[dict]:
    with loaded(engine, made) as database:
        return [row._asdict() for row in read(database, late_by_loads(basis(), view))]


@pytest.mark.parametrize(
    ("recorded_on", "not_seen_on", "late"),
    [
        (None, None, False),
        (None, date(2016, 8, 31), False),  # on its own day at the earliest
        (None, date(2016, 9, 4), False),  # on Monday 5th at the earliest, the second working day
        (None, date(2016, 9, 5), True),
        (date(2016, 9, 20), date(2016, 9, 5), False),  # dated: among those recorded late
    ],
)
def test_a_visit_is_listed_where_even_the_first_day_of_entry_is_after_the_standard(
    shared_engine, recorded_on, not_seen_on, late
):
    assert bool(told(shared_engine, world(recorded_on, not_seen_on))) is late


def test_it_says_between_which_days_it_was_entered_and_the_fewest_working_days(shared_engine):
    (row,) = told(shared_engine, world(not_seen_on=date(2016, 9, 30)))
    assert (row["visited_on"], row["entered_from"], row["first_seen_on"]) == (
        SEEN,
        date(2016, 10, 1),
        date(2016, 10, 7),
    )
    assert row["working_days"] == 21  # Friday 2nd to Friday 30th, as 1 October is a Saturday


@pytest.mark.parametrize(
    "view",
    [View(Period(2016, 10), Scope()), View(Period(2016, 9), Scope("U1"))],
    ids=["another month", "a unit that did not lead"],
)
def test_it_is_of_the_month_and_the_unit_of_the_visit(shared_engine, view):
    assert told(shared_engine, world(not_seen_on=date(2016, 9, 30)), view) == []
