"""Re-referrals: what came before, what does not count twice, and whose work it is."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.coming_back.re_referral import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.coming_back.plain import (
    children_who_come_back,
    is_case,
    last_known,
    leads_then,
    year_before,
)
from tests.worlds import AS_AT, FIRST, SETTINGS, World

PLACED_WITHIN = timedelta(SETTINGS.placed_within_days)
IN_MAY = date(2016, 5, 4)


def referred(*days: date, **row) -> World:
    world = World()
    for day in days:
        world.add("referral", child_id="Kit", received_on=day, **row)
    return world


def expected_rows(world: World) -> list[tuple]:
    """Day by day and child by child, in plain Python."""
    found = []
    referrals = [row for row in world.of("referral") if row["received_on"] <= AS_AT]
    for child, day in sorted({(row["child_id"], row["received_on"]) for row in referrals}):
        if day < FIRST.start:
            continue
        earlier = [
            row for row in referrals if row["child_id"] == child and row["received_on"] < day
        ]
        is_back = any(row["received_on"] >= year_before(day) for row in earlier)
        is_open = any(is_case(row) and last_known(row) > day for row in earlier)
        unit, worker = whose(world, child, day)
        found.append((child, day, unit, worker, int(is_back), int(is_open)))
    return found


def whose(world: World, child: str, day: date) -> tuple:
    now = leads_then(world, child, day)
    if now:
        return now[-1]["unit_id"], now[-1]["worker_id"]
    soon = [
        row
        for row in world.of("allocation")
        if row["child_id"] == child
        and row["lead"]
        and day < row["started_on"] <= min(day + PLACED_WITHIN, AS_AT)
        and (row["ended_on"] is None or row["ended_on"] > row["started_on"])
    ]
    # The first to begin; of those of one day the id that sorts last.
    soon.sort(key=lambda row: row["allocation_id"], reverse=True)
    first = min(soon, key=lambda row: row["started_on"], default={})
    return first.get("unit_id"), first.get("worker_id")


@draws(60)
@given(world=children_who_come_back())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found = [
        (row["child_id"], row["received_on"], row["unit_id"], row["worker_id"], row["numerator"])
        for row in rows_of(METRIC, world)
    ]
    assert sorted(found, key=str) == sorted((row[:5] for row in expected_rows(world)), key=str)


@draws(40)
@given(world=children_who_come_back())
def test_referrals_while_a_case_is_open_are_those_that_a_plain_count_finds(companion_of, world):
    found = [
        (row["unit_id"], row["numerator"])
        for row in companion_of(METRIC, "re_referral_while_open", world)
    ]
    is_known = any(
        row["closed_on"] and not row["no_further_action"] for row in world.of("referral")
    )
    expected = [(row[2], row[5]) for row in expected_rows(world) if is_known]
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_where_no_case_has_a_day_of_closing_nobody_says_that_one_is_open(companion_of):
    world = referred(date(2016, 3, 1), IN_MAY)
    assert companion_of(METRIC, "re_referral_while_open", world) == []
    world.add("child", child_id="Lou", restricted=False)
    world.add("referral", child_id="Lou", received_on=IN_MAY, closed_on=IN_MAY)
    found = companion_of(METRIC, "re_referral_while_open", world)
    assert sorted(row["numerator"] for row in found) == [0, 0, 1]


@pytest.mark.parametrize(
    ("before", "day", "is_back"),
    [
        (date(2015, 5, 4), IN_MAY, 1),
        (date(2015, 5, 3), IN_MAY, 0),
        # Twelve months before 29 February is 28 February, and that of 28 February as well.
        (date(2015, 2, 28), date(2016, 2, 29), 1),
        (date(2015, 2, 27), date(2016, 2, 29), 0),
    ],
)
def test_the_same_day_a_year_before_is_within_twelve_months(rows_of, before, day, is_back):
    (row,) = rows_of(METRIC, referred(before, day))
    assert (row["received_before_on"] is not None, row["numerator"]) == (bool(is_back), is_back)


def test_two_referrals_on_one_day_are_one_and_not_each_others_re_referral(rows_of):
    (row,) = rows_of(METRIC, referred(IN_MAY, IN_MAY))
    assert (row["numerator"], row["denominator"]) == (0, 1)


def test_no_further_action_counts_and_counts_as_an_earlier_referral(rows_of):
    found = rows_of(METRIC, referred(date(2016, 3, 1), IN_MAY, no_further_action=True))
    assert sorted(row["numerator"] for row in found) == [0, 1]


def test_each_repeat_counts(rows_of):
    found = rows_of(METRIC, referred(date(2016, 3, 1), IN_MAY, date(2016, 9, 1)))
    assert sorted(row["numerator"] for row in found) == [0, 1, 1]


def test_twins_are_two_and_an_unborn_child_counts(rows_of):
    world = World()
    for child in ("Kit", "Lou"):
        world.add("child", child_id=child, born_on=date(2016, 9, 1), restricted=False)
        world.add("referral", child_id=child, received_on=IN_MAY)
    assert len(rows_of(METRIC, world)) == 2


@pytest.mark.parametrize(("days", "unit"), [(28, "U1"), (29, None)])
def test_work_that_is_given_out_within_28_days_is_that_unit_s(rows_of, days, unit):
    world = referred(IN_MAY)
    started = IN_MAY + timedelta(days)
    world.add("allocation", child_id="Kit", unit_id="U1", lead=True, started_on=started)
    assert [row["unit_id"] for row in rows_of(METRIC, world)] == [unit]


def test_a_case_is_not_open_on_its_last_day_nor_without_further_action(companion_of):
    world = referred(date(2016, 3, 1), closed_on=IN_MAY)
    world.add("referral", child_id="Kit", received_on=date(2016, 3, 2), no_further_action=True)
    world.add("referral", child_id="Kit", received_on=IN_MAY)
    found = companion_of(METRIC, "re_referral_while_open", world)
    # 2 March lies within the case of 1 March; 4 May is its last day.
    assert sorted(row["numerator"] for row in found) == [0, 0, 1]


def test_rows_made_to_match_the_published_year_give_its_figure(rows_of):
    """Newcastle, year to 31 March 2016: 348 of 2,265 referrals within 12 months, 15.4%."""
    world = World()
    for number in range(2265):
        day = date(2016, 2, 1) + timedelta(number % 250)
        world.add("referral", child_id=f"C{number:04}", received_on=day)
        # Of the others as many came on the day that lies just too long ago.
        before = year_before(day) - timedelta(0 if number < 348 else 1)
        if number < 2 * 348:
            world.add("referral", child_id=f"C{number:04}", received_on=before)
    tallies = [Tally(row["numerator"], row["denominator"]) for row in rows_of(METRIC, world)]
    year = sum(tallies, Tally())
    assert year == Tally(348, 2265)
    assert METRIC.measure.written(METRIC.measure.figure(year)) == "15.4%"
