"""Which interval sets a due date: agreed, standard, or by law; and how its days are counted."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from data_access.settings import Limb
from metrics.definitions.visits_out_of_timescale import METRIC
from tests.worlds import SETTINGS, World, basis

MONDAY = date(2016, 8, 1)
FRIDAY = date(2016, 8, 26)  # the Monday after is a bank holiday
SATURDAY = date(2016, 8, 6)


def looked_after(kind: str | None, order: str | None, *visits: date, **placement) -> World:
    """A child looked after from Monday 1 August 2016, placed that day, and seen on these days."""
    plan = {"kind": "CLA", "started_on": MONDAY, "legal_status": order}
    world = World().add("plan", child_id="K", **plan)
    placed = {"started_on": MONDAY, "long_term": False, "kind": kind, **placement}
    world.add("placement", child_id="K", **placed)
    for visited_on in visits:
        world.add("visit", child_id="K", kind="CLA", visited_on=visited_on)
    return world


def on_plan(started_on: date, every: int, period: str, **agreed) -> World:
    world = World().add("plan", child_id="K", kind="CP", started_on=started_on)
    said = {"every": every, "period": period, "effective_from": started_on, **agreed}
    return world.add("visit_interval", child_id="K", kind="CP", **said)


def due_from(rows: list[dict], started_on: date) -> dict:
    return next(row for row in rows if row["clock_started_on"] == started_on)


EARLY, BEFORE_REVIEW, REVIEW = date(2016, 8, 8), date(2016, 8, 29), date(2016, 8, 30)


@pytest.mark.parametrize(
    ("kind", "order", "seen_on", "days_by_law"),
    [
        ("U6", "C1", EARLY, 42),  # (2)(b)
        ("U6", "C1", BEFORE_REVIEW, 42),
        (None, None, EARLY, 42),
        ("P1", "C1", EARLY, 7),  # (4)(a): weekly until the first review
        ("P1", "C1", BEFORE_REVIEW, 7),
        ("P1", "C1", REVIEW, 28),  # (4)(b)
        ("P1", None, EARLY, 7),  # the order not known: as if interim
        ("P1", "V2", REVIEW, 28),
        ("P1", "C2", EARLY, 42),  # (5)(b)
        ("P1", "C2", REVIEW, 42),
        ("U3", "C2", EARLY, 7),  # (4)(a): a connected person approved for a time
        ("U3", None, REVIEW, 28),
        ("U1", "C1", EARLY, 42),  # a relative for the long term is approved
    ],
)
def test_the_law_on_visits_follows_the_placement(rows_of, kind, order, seen_on, days_by_law):
    """From 1 August 2016 twenty working days, one of them a bank holiday, end on the 30th."""
    row = due_from(rows_of(METRIC, looked_after(kind, order, seen_on)), seen_on)
    assert row["lawful_due_on"] - seen_on == timedelta(days_by_law)
    assert row["due_on"] - seen_on == timedelta(28)
    assert row["looser_than"] == ("law" if days_by_law < 28 else None)
    assert row["set_by"] == "standard"


def test_the_start_of_any_placement_has_a_week_by_law(rows_of):
    for kind, order in (("U6", None), ("P1", "C1"), ("P1", "C2"), ("U3", None)):
        row = due_from(rows_of(METRIC, looked_after(kind, order)), MONDAY)
        assert row["lawful_due_on"] == MONDAY + timedelta(7)


@pytest.mark.parametrize(("weeks", "days_by_law"), [(24, 42), (24 - 1 / 7, 28)])
def test_a_relative_is_approved_for_a_time_for_24_weeks_at_most(rows_of, weeks, days_by_law):
    placed_on = date(2016, 2, 29)
    seen_on = placed_on + timedelta(weeks=weeks)
    world = looked_after("U3", None, seen_on, started_on=placed_on)
    world.rows["plan"][0]["started_on"] = placed_on
    row = due_from(rows_of(METRIC, world), seen_on)
    assert row["lawful_due_on"] - seen_on == timedelta(days_by_law)


def test_a_child_home_on_a_care_order_has_six_weeks_however_long_it_is_meant_to_last(rows_of):
    seen_on, placed_on = date(2016, 8, 1), date(2015, 7, 31)
    world = looked_after("P1", "C2", seen_on, started_on=placed_on, long_term=True)
    world.rows["plan"][0]["started_on"] = placed_on
    row = due_from(rows_of(METRIC, world), seen_on)
    assert row["lawful_due_on"] - seen_on == timedelta(42)


def test_a_move_takes_the_child_to_the_limb_of_the_new_placement(rows_of):
    first, second = date(2016, 8, 3), date(2016, 8, 10)
    world = looked_after("U6", "C1", first, second)
    world.add("placement", child_id="K", kind="P1", started_on=EARLY, long_term=False)
    rows = rows_of(METRIC, world)
    assert due_from(rows, second)["lawful_due_on"] - second == timedelta(7)
    assert due_from(rows, EARLY)["lawful_due_on"] - EARLY == timedelta(7)


def test_the_limbs_are_those_of_the_settings(rows_of):
    parents = Limb("connected_person", "in a children’s home", ("K2",))
    on = basis(replace(SETTINGS, visit_limbs=(parents,)))
    row = due_from(rows_of(METRIC, looked_after("K2", None, EARLY), on), EARLY)
    assert row["lawful_due_on"] - EARLY == timedelta(7)
    none = basis(replace(SETTINGS, visit_limbs=()))
    row = due_from(rows_of(METRIC, looked_after("P1", "C1", EARLY), none), EARLY)
    assert row["lawful_due_on"] - EARLY == timedelta(42)


@pytest.mark.parametrize(
    ("start", "every", "period", "by_day_0", "by_day_1"),
    [
        (MONDAY, 7, "days", "2016-08-08", "2016-08-07"),  # Monday to Sunday
        (MONDAY, 1, "weeks", "2016-08-08", "2016-08-07"),
        (MONDAY, 1, "months", "2016-09-01", "2016-08-31"),
        (date(2016, 1, 31), 1, "months", "2016-02-29", "2016-02-28"),  # clipped, then a day less
        (MONDAY, 5, "working_days", "2016-08-08", "2016-08-05"),
        (FRIDAY, 2, "working_days", "2016-08-31", "2016-08-30"),  # over the bank holiday
        (SATURDAY, 5, "working_days", "2016-08-12", "2016-08-12"),  # no working day to count
        (MONDAY, 1, "days", "2016-08-02", "2016-08-02"),  # never the day of the visit itself
        (FRIDAY, 1, "working_days", "2016-08-30", "2016-08-30"),
    ],
)
def test_the_day_of_a_visit_is_day_0_or_day_1(rows_of, start, every, period, by_day_0, by_day_1):
    for counts_as, due_on in ((0, by_day_0), (1, by_day_1)):
        on = basis(replace(SETTINGS, day_of_visit_counts_as=counts_as))
        row = due_from(rows_of(METRIC, on_plan(start, every, period), on), start)
        assert str(row["due_on"]) == due_on


def test_the_standard_is_counted_in_the_same_way_and_the_law_is_not(rows_of):
    on = basis(replace(SETTINGS, day_of_visit_counts_as=1))
    row = due_from(rows_of(METRIC, looked_after("U6", None, EARLY), on), EARLY)
    assert row["standard_due_on"] - EARLY == timedelta(27)
    assert row["lawful_due_on"] - EARLY == timedelta(42)


@pytest.mark.parametrize(
    ("weeks", "looser_than"), [(4, None), (5, "standard"), (6, "standard"), (7, "standard and law")]
)
def test_an_interval_that_is_looser_is_marked_and_says_who_agreed_it(rows_of, weeks, looser_than):
    world = looked_after("U6", None, EARLY)
    agreed = {"every": weeks, "period": "weeks", "effective_from": EARLY}
    said = {"authorised_by": "Team manager", "reason": "settled"}
    world.add("visit_interval", child_id="K", kind="CLA", **agreed, **said)
    row = due_from(rows_of(METRIC, world, basis(known_on=date(2016, 10, 31))), EARLY)
    assert row["looser_than"] == looser_than
    if weeks > 4:
        assert (row["set_by"], row["authorised_by"], row["reason"]) == ("agreed", *said.values())


def test_a_date_that_the_standard_set_names_nobody(rows_of):
    world = on_plan(MONDAY, 8, "weeks", effective_from=EARLY, authorised_by="Team manager")
    (row,) = rows_of(METRIC, world)
    assert (row["set_by"], row["authorised_by"], row["looser_than"]) == ("standard", None, None)


def test_working_days_from_before_the_calendar_are_not_lost(rows_of):
    """The calendar of these tests starts in 2015, which has 253 working days; and 47 of 2016."""
    world = on_plan(date(2014, 5, 1), 300, "working_days")
    (row,) = rows_of(METRIC, world)
    assert (row["state"], str(row["due_on"])) == ("overdue", "2016-03-08")
