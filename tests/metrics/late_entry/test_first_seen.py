"""A visit without a recording date: what loads tell of when it was entered, and what they don't."""

from datetime import date
from types import SimpleNamespace

import pytest

from metrics.definitions.visits_out_of_timescale import METRIC
from metrics.late_entry.by_loads import entered_words
from metrics.model import Basis
from tests.worlds import World, basis

SEEN = date(2016, 9, 1)  # a Thursday; to be recorded within two working days, by Monday 5th


def world(recorded_on: date | None = None, not_seen_on: date | None = None) -> World:
    """A CIN plan whose first visit was made in time, and what loads say of that visit."""
    made = World().add("unit", unit_id="U1", name="Unit 1", kind="segmented")
    made.add("child", child_id="Kit", restricted=False)
    made.add("plan", child_id="Kit", kind="CIN", started_on=date(2016, 8, 30))
    said = {"visit_id": "V1", "child_id": "Kit", "visited_on": SEEN}
    made.add("visit", **said, kind="CIN", seen=True, recorded_on=recorded_on)
    seen = {"first_seen_on": date(2016, 10, 7), "not_seen_on": not_seen_on}
    return made.add("visit_seen", **said, **seen)


def first_due(rows_of, made: World, on: Basis | None = None) -> dict:
    rows = rows_of(METRIC, made, on or basis())
    return min(rows, key=lambda row: row["due_on"])


@pytest.mark.parametrize(
    ("recorded_on", "not_seen_on", "state"),
    [
        (None, None, "in_time"),  # nobody knows
        (None, date(2016, 8, 31), "in_time"),  # it was not made yet
        (None, date(2016, 9, 4), "in_time"),  # it may have been entered on Monday 5th
        (None, date(2016, 9, 5), "in_time_entered_late"),  # Tuesday 6th at the earliest
        (date(2016, 9, 5), date(2016, 9, 30), "in_time"),  # the date goes before what loads tell
        (date(2016, 9, 6), None, "in_time_entered_late"),
    ],
)
def test_it_is_entered_late_where_the_first_day_that_is_possible_is_late(
    rows_of, recorded_on, not_seen_on, state
):
    row = first_due(rows_of, world(recorded_on, not_seen_on))
    assert (row["visited_on"], row["numerator"], row["state"]) == (SEEN, 0, state)


def test_rows_say_between_which_loads_it_came_but_for_a_visit_with_a_recording_date(rows_of):
    told = first_due(rows_of, world(not_seen_on=date(2016, 9, 30)))
    assert told["not_seen_on"] == date(2016, 9, 30)
    assert told["first_seen_on"] == date(2016, 10, 7)
    dated = first_due(rows_of, world(date(2016, 9, 5), date(2016, 9, 30)))
    assert (dated["not_seen_on"], dated["first_seen_on"]) == (None, None)


@pytest.mark.parametrize(
    ("known_on", "made"),
    [(date(2016, 9, 30), False), (date(2016, 10, 1), True)],
)
def test_what_a_load_lacked_was_not_known_on_its_last_day(rows_of, known_on, made):
    row = first_due(rows_of, world(not_seen_on=date(2016, 9, 30)), basis(known_on=known_on))
    assert (row["visited_on"] == SEEN) is made


@pytest.mark.parametrize(
    ("missing", "seen", "words"),
    [
        (date(2016, 9, 30), date(2016, 10, 7), "1 October 2016 to 7 October 2016, by loads"),
        (date(2016, 10, 6), date(2016, 10, 7), "7 October 2016, by loads"),
        (date(2016, 8, 1), date(2016, 9, 2), "1 September 2016 to 2 September 2016, by loads"),
        (None, date(2016, 10, 7), None),
    ],
)
def test_the_interval_is_told_and_begins_with_the_visit_at_the_earliest(missing, seen, words):
    row = SimpleNamespace(visited_on=SEEN, not_seen_on=missing, first_seen_on=seen)
    assert entered_words(row) == words


def test_a_row_published_before_loads_told_it_says_nothing():
    assert entered_words(SimpleNamespace(visited_on=SEEN)) is None
