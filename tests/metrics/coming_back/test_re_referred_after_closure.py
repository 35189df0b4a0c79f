"""Back within a year of closing: who is followed, who came back, and when it is told."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.coming_back.re_referred_after_closure import METRIC
from metrics.model import Period, months_before
from tests.draws import draws
from tests.metrics.coming_back.plain import (
    NEVER,
    children_who_come_back,
    is_case,
    last_known,
    leads_then,
    year_before,
)
from tests.worlds import AS_AT, FIRST, LAST, Row, World, basis

CLOSED = date(2015, 9, 15)
YEAR_LATER = date(2016, 9, 15)
GONE = ("RC1", "RC2", "RC5", "RC6")


def followed_to(closed_on: date) -> date:
    """The last day that is within twelve months of the closing: day by day."""
    day = closed_on
    while year_before(day + timedelta(1)) <= closed_on:
        day += timedelta(1)
    return day


def back_on(world: World, case: Row) -> date | None:
    return min(
        (
            other["received_on"]
            for other in world.of("referral")
            if other["child_id"] == case["child_id"]
            and other["referral_id"] != case["referral_id"]
            and other["received_on"] > case["received_on"]
            and case["closed_on"] <= other["received_on"] <= followed_to(case["closed_on"])
            and other["received_on"] <= AS_AT
        ),
        default=None,
    )


def is_left_out(world: World, case: Row) -> bool:
    others = (
        other
        for other in world.of("referral")
        if other["child_id"] == case["child_id"] and other["referral_id"] != case["referral_id"]
    )
    goes_on = any(
        is_case(other) and other["received_on"] < case["closed_on"] < last_known(other)
        for other in others
    )
    born = next(row["born_on"] for row in world.of("child") if row["child_id"] == case["child_id"])
    turns_18 = months_before(born, -18 * 12) if born else NEVER
    return case["closure_reason"] in GONE or goes_on or turns_18 <= followed_to(case["closed_on"])


def closings(world: World) -> list[Row]:
    return [row for row in world.of("referral") if is_case(row) and last_known(row) < NEVER]


def whose(world: World, case: Row) -> str | None:
    leads = leads_then(world, case["child_id"], case["closed_on"], True)
    return leads[-1]["unit_id"] if leads else None


def expected_rows(world: World) -> list[tuple]:
    found = []
    for case in closings(world):
        month = Period.of(case["closed_on"]).shift(12)
        is_over = followed_to(case["closed_on"]) <= AS_AT
        if FIRST <= month <= LAST and is_over and not is_left_out(world, case):
            back = back_on(world, case)
            found.append((month.start, case["child_id"], whose(world, case), back))
    return found


def expected_already_back(world: World) -> list[tuple]:
    found = []
    for month in LAST.run_up(LAST.months_after(FIRST) + 1):
        end = min(month.last_day, AS_AT)
        for case in closings(world):
            is_late = case["closed_on"] <= end < followed_to(case["closed_on"])
            if is_late and not is_left_out(world, case):
                back = back_on(world, case)
                is_back = back is not None and back <= end
                found.append((month.start, whose(world, case), int(is_back)))
    return found


@draws(60)
@given(world=children_who_come_back())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    rows = rows_of(METRIC, world)
    found = [(row["month"], row["child_id"], row["unit_id"], row["back_on"]) for row in rows]
    assert sorted(found, key=str) == sorted(expected_rows(world), key=str)
    assert all(row["numerator"] == (row["back_on"] is not None) for row in rows)


@draws(30)
@given(world=children_who_come_back())
def test_those_closed_since_are_those_that_a_plain_count_finds(companion_of, world):
    rows = companion_of(METRIC, "already_back", world)
    found = [(row["month"], row["unit_id"], row["numerator"]) for row in rows]
    assert sorted(found, key=str) == sorted(expected_already_back(world), key=str)


@draws(20)
@given(world=children_who_come_back())
def test_followed_and_left_out_are_all_closings_and_each_left_out_has_its_reason(
    rows_of, companion_of, world
):
    all_of_them = companion_of(METRIC, "not_followed", world)
    reasons = ("left_the_service", "turned_18", "another_case_open")
    by_reason = [row for key in reasons for row in companion_of(METRIC, key, world)]
    assert sum(row["numerator"] for row in all_of_them) == len(by_reason)
    assert len(all_of_them) == len(by_reason) + len(rows_of(METRIC, world))


def closure(*back: date, born_on: date | None = None, **case) -> World:
    world = World()
    world.add("child", child_id="Kit", born_on=born_on, restricted=False)
    first = {"child_id": "Kit", "received_on": date(2015, 1, 5), "closed_on": CLOSED, **case}
    world.add("referral", **first)
    for day in back:
        world.add("referral", child_id="Kit", received_on=day, no_further_action=True)
    return world


@pytest.mark.parametrize(
    ("day", "is_back"),
    [(CLOSED, 1), (YEAR_LATER, 1), (YEAR_LATER + timedelta(1), 0), (date(2015, 9, 14), 0)],
)
def test_back_is_from_the_day_of_closing_to_the_same_day_a_year_later(rows_of, day, is_back):
    (row,) = rows_of(METRIC, closure(day))
    assert (row["month"], row["numerator"]) == (date(2016, 9, 1), is_back)


@pytest.mark.parametrize(("as_at", "rows"), [(date(2016, 9, 14), 0), (YEAR_LATER, 1)])
def test_a_closure_is_not_told_before_its_year_is_known(rows_of, as_at, rows):
    assert len(rows_of(METRIC, closure(), replace(basis(), as_at=as_at))) == rows


@pytest.mark.parametrize(
    ("born_on", "rows"), [(date(1998, 9, 15), 0), (date(1998, 9, 16), 1), (None, 1)]
)
def test_who_turns_18_on_the_last_day_is_left_out(rows_of, born_on, rows):
    assert len(rows_of(METRIC, closure(born_on=born_on))) == rows


@pytest.mark.parametrize("reason", GONE)
def test_who_could_not_come_back_is_left_out_and_told(rows_of, companion_of, reason):
    world = closure(closure_reason=reason)
    assert rows_of(METRIC, world) == []
    assert len(companion_of(METRIC, "left_the_service", world)) == 1


def test_a_closing_while_another_case_goes_on_is_left_out_and_told(rows_of, companion_of):
    world = closure()
    world.add("referral", child_id="Kit", received_on=date(2015, 6, 1))
    assert rows_of(METRIC, world) == []
    assert len(companion_of(METRIC, "another_case_open", world)) == 1


def test_back_on_the_very_day_is_told_apart(companion_of):
    (row,) = companion_of(METRIC, "back_same_day", closure(CLOSED))
    assert (row["numerator"], row["denominator"]) == (1, 1)
    (row,) = companion_of(METRIC, "back_same_day", closure(YEAR_LATER))
    assert (row["numerator"], row["denominator"]) == (0, 1)
