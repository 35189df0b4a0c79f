"""Passed back: who is at the former unit again within 28 days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.handing_on.bounced import METRIC
from tests.draws import draws
from tests.metrics.handing_on.handed import NAMES, PASSED_ON, passed
from tests.metrics.plain import AS_AT, tallied
from tests.metrics.plain_transfers import plain_transfers
from tests.worlds import FIRST, SETTINGS, World, basis, handed_on

DAYS = 28


def reference(world: World) -> list[dict]:
    """Every transfer of which the 28 days after it are known, the last of them its month."""
    found = []
    for row in plain_transfers(world):
        followed_to = row["moved_on"] + timedelta(DAYS)
        if FIRST.start <= followed_to <= AS_AT:
            is_back = row["back_on"] is not None and row["back_on"] <= followed_to
            said = {"month": followed_to.replace(day=1), "unit_id": row["to_unit"]}
            said |= {"worker_id": row["to_worker_id"], "numerator": int(is_back), "denominator": 1}
            found.append({**row, **said, "back_on": row["back_on"] if is_back else None})
    return found


@draws(16)
@given(world=handed_on())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id", "moved_on", "back_on")
    assert tallied(found, *by) == tallied(expected, *by)


def bounced(found: list[dict]) -> dict[tuple, int]:
    return {(row["came_from"], row["unit_id"]): row["numerator"] for row in found}


@pytest.mark.parametrize(("stayed", "is_back"), [(1, 1), (28, 1), (29, 0)])
def test_back_on_the_28th_day_is_within_them(rows_of, stayed, is_back):
    found = rows_of(METRIC, passed("B", "E", "B", stayed=stayed))
    assert bounced(found)[(NAMES["B"], "E")] == is_back


def test_a_referral_that_a_unit_sends_back_to_the_front_door_is_back(rows_of):
    (row,) = (row for row in rows_of(METRIC, passed("A", "B", "A")) if row["moved_on"] == PASSED_ON)
    assert (row["unit_id"], row["worker_id"], row["numerator"]) == ("B", "Bob", 1)
    assert row["back_on"] == PASSED_ON + timedelta(10)


def test_it_is_back_by_way_of_a_third_unit_and_where_its_unit_is_continued(rows_of):
    assert bounced(rows_of(METRIC, passed("B", "E", "A", "B")))[(NAMES["B"], "E")] == 1
    assert bounced(rows_of(METRIC, passed("B", "E", "C")))[(NAMES["B"], "E")] == 1


def test_it_counts_in_the_month_in_which_the_28_days_end_and_not_before(rows_of):
    found = rows_of(METRIC, passed("B", "E", "B", stayed=16))
    # The second transfer, on 17 September, is followed to 15 October: a day more than is known.
    assert [(row["month"], row["moved_on"]) for row in found] == [(date(2016, 9, 1), PASSED_ON)]
    found = rows_of(METRIC, passed("B", "E", "B", stayed=15))
    assert {row["month"]: row["numerator"] for row in found} == {
        date(2016, 9, 1): 1,
        date(2016, 10, 1): 0,
    }


def test_a_case_that_is_closed_did_not_come_back(rows_of):
    (row,) = rows_of(METRIC, passed("B", "E", until=5))
    assert (row["numerator"], row["back_on"]) == (0, None)


def test_how_many_days_is_a_setting(rows_of):
    within = basis(replace(SETTINGS, back_within_days=9))
    found = rows_of(METRIC, passed("B", "E", "B", stayed=10), within)
    assert bounced(found) == {(NAMES["B"], "E"): 0, ("E", "B"): 0}
