"""Sickness, against a count day by day and worked examples."""

from datetime import date

import pytest
from hypothesis import given

from metrics.definitions.sickness import METRIC
from metrics.model import Tally
from tests.draws import draws
from tests.metrics.plain import MONTHS, agreed_in, days_of, is_open, is_working, tallied
from tests.worlds import World, absent


def reference(world: World) -> list[dict]:
    counted = []
    for year, month in MONTHS:
        for post in world.of("post"):
            in_post = [d for d in days_of(year, month) if is_working(d) and is_open(post, d)]
            if post["agency"] or not in_post:
                continue
            lost = sum(_share_lost(world, post["worker_id"], day) for day in in_post)
            counted.append(
                {
                    "month": date(year, month, 1),
                    "unit_id": post["unit_id"],
                    "worker_id": post["worker_id"],
                    "numerator": post["fte"] * lost,
                    "denominator": post["fte"] * len(in_post),
                }
            )
    return counted


def _share_lost(world: World, worker_id: str, day: date) -> float:
    covering = [
        0.5 if row["half_day"] else 1.0
        for row in world.of("absence")
        if row["worker_id"] == worker_id
        and row["reason"] == "SIC"
        and row["first_day"] <= day
        and (row["last_day"] is None or day <= row["last_day"])
    ]
    return max(covering, default=0.0)


@draws()
@given(world=absent())
def test_agrees_with_a_count_day_by_day(rows_of, world):
    rows = rows_of(METRIC, world)
    assert tallied(rows, "month", "unit_id", "worker_id") == tallied(
        reference(world), "month", "unit_id", "worker_id"
    )
    assert len(rows) == len(reference(world))


def staff(world: World, worker_id: str, fte: float, ended_on: date | None = None) -> None:
    world.add(
        "post",
        worker_id=worker_id,
        unit_id="U1",
        role="social_worker",
        fte=fte,
        agency=False,
        newly_qualified=False,
        started_on=date(2016, 1, 1),
        ended_on=ended_on,
    )


def sick(world: World, worker_id: str, first: str, last: str | None, half_day=False) -> None:
    world.add(
        "absence",
        worker_id=worker_id,
        reason="SIC",
        first_day=date.fromisoformat(first),
        last_day=date.fromisoformat(last) if last else None,
        half_day=half_day,
    )


def test_august_2016_loses_32_and_a_half_of_100_point_2_fte_days(rows_of):
    """Overlaps count once, open ends stop at month end or the post's end, a half day is half."""
    world = World()
    for worker_id, fte in {"P1": 1.0, "P2": 0.6, "P3": 1.0, "P4": 1.0, "P6": 0.5}.items():
        staff(world, worker_id, fte)
    staff(world, "P5", 1.0, ended_on=date(2016, 8, 13))  # HR: last day 12 August
    sick(world, "P1", "2016-08-01", "2016-08-05")
    sick(world, "P2", "2016-08-10", None)
    sick(world, "P3", "2016-08-01", "2016-08-05")
    sick(world, "P3", "2016-08-04", "2016-08-10")
    sick(world, "P4", "2016-08-18", "2016-08-18", half_day=True)
    sick(world, "P5", "2016-07-01", None)
    august = [row for row in rows_of(METRIC, world) if row["month"] == date(2016, 8, 1)]
    lost = {row["worker_id"]: round(float(row["numerator"]), 6) for row in august}
    assert lost == {"P1": 5, "P2": 15 * 0.6, "P3": 8, "P4": 0.5, "P5": 10, "P6": 0}
    total = tallied(august, "month")[(date(2016, 8, 1),)]
    assert total == pytest.approx((32.5, 22 * (1 + 0.6 + 1 + 1 + 0.5) + 10))
    assert METRIC.measure.written(METRIC.measure.figure(Tally(*total))) == "32.4%"


def test_friday_to_tuesday_over_the_bank_holiday_is_two_days(rows_of):
    world = World()
    staff(world, "P1", 1.0)
    sick(world, "P1", "2016-08-26", "2016-08-30")
    assert tallied(rows_of(METRIC, world), "month")[(date(2016, 8, 1),)] == (2, 22)


def test_the_published_newcastle_rate_of_2025_is_4_0_percent():
    """DfE, Children's social work workforce 2025: 2,448.9 days on 242.6 FTE × 253."""
    assert METRIC.measure.written(METRIC.measure.figure(Tally(2448.9, 242.6 * 253))) == "4.0%"


# Worked examples, on which the query and the count by days agree: one edge each.
def august(rows_of, world: World) -> dict:
    """FTE days lost and in post of each worker; August has 22 working days."""
    return agreed_in("2016-08", rows_of(METRIC, world), reference(world), "worker_id")


def test_only_sickness_counts_and_agency_posts_do_not(rows_of):
    world = World()
    for worker_id in ("Ann", "Bob", "Cal"):
        staff(world, worker_id, 1.0)
        sick(world, worker_id, "2016-08-01", "2016-08-02")
    world.rows["absence"][1]["reason"] = "MAT"
    world.rows["post"][2]["agency"] = True
    assert august(rows_of, world) == {"Ann": (2, 22), "Bob": (0, 22)}


def test_the_last_day_of_an_absence_is_lost_and_the_last_of_a_post_is_not_in_it(rows_of):
    """Monday to Wednesday; Bob's post ends on the Wednesday, which is the first day not in it."""
    world = World()
    staff(world, "Ann", 1.0)
    staff(world, "Bob", 1.0, ended_on=date(2016, 8, 3))
    for worker_id in ("Ann", "Bob"):
        sick(world, worker_id, "2016-08-01", "2016-08-03")
    assert august(rows_of, world) == {"Ann": (3, 22), "Bob": (2, 2)}


def test_a_whole_day_goes_before_a_half_and_two_halves_are_a_half(rows_of):
    world = World()
    for worker_id, other_is_half in (("Ann", False), ("Bob", True)):
        staff(world, worker_id, 0.5)
        sick(world, worker_id, "2016-08-01", "2016-08-01", half_day=True)
        sick(world, worker_id, "2016-08-01", "2016-08-01", half_day=other_is_half)
    assert august(rows_of, world) == {"Ann": (0.5 * 1, 0.5 * 22), "Bob": (0.5 * 0.5, 0.5 * 22)}


def test_each_of_a_worker_s_posts_loses_its_own_fte(rows_of):
    world = World()
    for fte in (0.6, 0.2):
        staff(world, "Ann", fte)
    sick(world, "Ann", "2016-08-01", "2016-08-05")
    assert august(rows_of, world) == {"Ann": (0.8 * 5, pytest.approx(0.8 * 22))}
