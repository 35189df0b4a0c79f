"""Three lead workers or more: which of them led within the twelve months."""

from datetime import date, timedelta

import pytest
from hypothesis import given

from metrics.definitions.handing_on.three_lead_workers import METRIC
from tests.draws import draws
from tests.metrics.plain import days, is_open, month_ends, months_later, newest_lead, tallied
from tests.metrics.plain_transfers import leads_of
from tests.worlds import CHILDREN, World, handed_on

END = date(2016, 9, 30)
SEPTEMBER = date(2016, 9, 1)


def _led_in_the_year(world: World, child_id: str, last: date) -> list[dict]:
    first = months_later(last + timedelta(1), -12)
    return [
        row
        for row in leads_of(world)
        if row["child_id"] == child_id and any(is_open(row, day) for day in days(first, last))
    ]


def reference(world: World) -> list[dict]:
    found = []
    for last in month_ends():
        for child_id in CHILDREN:
            lead = newest_lead(world, child_id, last)
            if lead:
                year = _led_in_the_year(world, child_id, last)
                workers = {row["worker_id"] for row in year} - {None}
                found.append(
                    {
                        "month": last.replace(day=1),
                        "unit_id": lead["unit_id"],
                        "worker_id": lead["worker_id"],
                        "child_id": child_id,
                        "numerator": int(len(workers) >= 3),
                        "denominator": 1,
                        "workers": len(workers),
                    }
                )
    return found


@draws(20)
@given(world=handed_on())
def test_rows_are_those_that_a_plain_count_finds(rows_of, world):
    found, expected = rows_of(METRIC, world), reference(world)
    by = ("month", "unit_id", "worker_id", "child_id", "workers")
    assert tallied(found, *by) == tallied(expected, *by)


def led_by(*leads: tuple) -> World:
    """Kit's leads: worker, first day and the day on which it ended."""
    world = World().add("child", child_id="Kit", restricted=False)
    for worker_id, started_on, ended_on in leads:
        world.add(
            "allocation",
            child_id="Kit",
            worker_id=worker_id,
            unit_id="U1",
            lead=True,
            started_on=started_on,
            ended_on=ended_on,
        )
    return world


def workers(rows_of, world: World) -> int:
    (row,) = (row for row in rows_of(METRIC, world) if row["month"] == SEPTEMBER)
    return row["workers"]


LONG_AGO, JANUARY, MAY = date(2014, 1, 6), date(2016, 1, 4), date(2016, 5, 2)


@pytest.mark.parametrize(
    ("first_ended", "number"), [(date(2015, 10, 2), 3), (date(2015, 10, 1), 2)]
)
def test_who_led_on_the_year_s_first_day_counts(rows_of, first_ended, number):
    """The twelve months to 30 September 2016 begin on 1 October 2015."""
    world = led_by(("Ann", LONG_AGO, first_ended), ("Bob", JANUARY, MAY), ("Cat", MAY, None))
    assert workers(rows_of, world) == number


def test_three_are_many_and_two_are_not(rows_of):
    of_two = led_by(("Ann", LONG_AGO, MAY), ("Bob", MAY, None))
    of_three = led_by(("Ann", LONG_AGO, JANUARY), ("Bob", JANUARY, MAY), ("Cat", MAY, None))
    for world, many in ((of_two, 0), (of_three, 1)):
        (row,) = (row for row in rows_of(METRIC, world) if row["month"] == SEPTEMBER)
        assert row["numerator"] == many


def test_a_worker_who_has_the_child_again_is_one(rows_of):
    world = led_by(("Ann", LONG_AGO, JANUARY), ("Bob", JANUARY, MAY), ("Ann", MAY, None))
    assert workers(rows_of, world) == 2


def test_a_lead_for_no_day_and_a_co_worker_are_none(rows_of):
    world = led_by(("Ann", LONG_AGO, None), ("Bob", MAY, MAY), ("Cat", JANUARY, MAY))
    world.rows["allocation"][-1]["lead"] = False
    assert workers(rows_of, world) == 1


def test_a_lead_who_begins_after_the_month_is_none(rows_of):
    world = led_by(("Ann", LONG_AGO, date(2016, 10, 3)), ("Bob", date(2016, 10, 3), None))
    assert workers(rows_of, world) == 1


def test_it_is_said_of_how_many_every_worker_is_known(companion_of):
    world = led_by(("Ann", LONG_AGO, MAY), (None, MAY, None))
    told = {row["month"]: row["numerator"] for row in companion_of(METRIC, "workers_named", world)}
    assert (told[date(2016, 4, 1)], told[SEPTEMBER]) == (1, 0)


def test_the_child_s_level_on_the_day_is_told(rows_of):
    world = led_by(("Ann", LONG_AGO, None))
    world.add("plan", child_id="Kit", kind="CLA", started_on=MAY)
    told = {row["month"]: row["level"] for row in rows_of(METRIC, world)}
    assert (told[date(2016, 4, 1)], told[SEPTEMBER]) == (None, "CLA")
