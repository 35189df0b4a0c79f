"""Who counts in which line of factors, and with whom: open, assessed, in a unit."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from data_access.database import read
from metrics.model import SERVICE
from metrics.patterns.counting import FactorsOnADay, counted
from metrics.patterns.factors import NOTHING, factors_in_order
from metrics.segments.open_families import factors_of_the_open
from tests.worlds import SETTINGS, World, loaded

DAY = date(2016, 9, 30)
AUTHORISED = date(2016, 6, 1)


def child(world: World, child_id: str, *assessments: tuple[date, str], unit: str | None = "U1"):
    """An open child with these assessments, each with codes between spaces."""
    world.add("child", child_id=child_id, name=child_id, restricted=child_id == "restricted")
    world.add("referral", child_id=child_id, received_on=date(2016, 5, 1))
    if unit:
        lead = {"unit_id": unit, "worker_id": "Ann", "lead": True}
        world.add("allocation", child_id=child_id, started_on=date(2016, 5, 1), **lead)
    for authorised_on, codes in assessments:
        key = f"{child_id} {authorised_on}"
        one = {"child_id": child_id, "started_on": date(2016, 5, 2)}
        world.add("assessment", assessment_id=key, authorised_on=authorised_on, **one)
        for code in codes.split():
            world.add("assessment_factor", assessment_id=key, factor=code)
    return world


@pytest.fixture(scope="module")
def told(shared_engine) -> Iterator[FactorsOnADay]:
    world = World()
    child(world, "old", (AUTHORISED, "1B"), (AUTHORISED + timedelta(9), "18A 16A"))
    child(world, "split", (AUTHORISED, "18B 18C 16A"))
    child(world, "on the day", (DAY, "16A 24A"), unit="U2")
    child(world, "the day after", (DAY + timedelta(1), "16A"))
    child(world, "nothing found", (AUTHORISED, ""))
    child(world, "no unit", (AUTHORISED, "16A"), unit=None)
    child(world, "restricted", (AUTHORISED, "16A"))
    with loaded(shared_engine, world, SETTINGS, []) as engine:
        yield counted(read(engine, factors_of_the_open(DAY)))


def test_of_a_child_the_latest_assessment_authorised_by_the_day_counts_and_no_earlier_one(told):
    assert (SERVICE, "1B") not in told.having
    assert told.having["U1", "18A"] == 1
    assert told.having["U2", "16A"] == 1


def test_children_who_are_not_assessed_are_open_and_in_no_share(told):
    assert (told.opened["U1"], told.assessed["U1"], told.having["U1", NOTHING.key]) == (4, 3, 1)
    assert told.covered(SERVICE).numerator == 4
    assert told.share("U1", "16A").denominator == 3


def test_a_child_whom_no_unit_leads_is_counted_apart(told):
    assert told.no_unit == 1
    assert told.having[SERVICE, "16A"] == 3


def test_a_child_counts_once_in_what_was_split_whichever_of_its_codes_it_has(told):
    assert told.having["U1", "18"] == 2
    assert told.having["U1", "18B"] == told.having["U1", "18C"] == 1


def test_two_factors_together_are_of_one_child_and_parts_of_a_split_are_no_pair(told):
    pairs = {pair: n for (unit_id, pair), n in told.both.items() if unit_id == SERVICE}
    assert pairs == {("16A", "18"): 2, ("16A", "24A"): 1}


def test_factors_stand_in_the_census_s_order_with_a_split_beneath_its_whole():
    keys = [line.key for line in factors_in_order(["ZZ", "24A", "18C", "3A", "18A", "10A"])]
    assert keys == ["3A", "10A", "18", "18A", "18C", "24A", "ZZ"]
