"""Who is to be talked about at the transfer meeting: ready, co-worked, still assessed."""

from datetime import date, timedelta

import pytest

from data_access.database import read
from metrics.handing_on.waiting import BEING_ASSESSED, CO_WORKED, TO_TRANSFER, in_state
from metrics.model import SERVICE, Period, Scope, View
from tests.worlds import AS_AT, World, basis, with_doors, worked_out

REFERRED = AS_AT - timedelta(20)
AUTHORISED = AS_AT - timedelta(6)


def at_the_door(unit_id: str | None = "A", **referral) -> World:
    """Kit, referred 20 days ago and led by the front door since."""
    said = {"referral_id": "R", "child_id": "Kit", "received_on": REFERRED}
    world = with_doors().add("referral", **said | referral)
    return world.add(
        "allocation",
        child_id="Kit",
        unit_id=unit_id,
        worker_id="Ann",
        lead=True,
        started_on=REFERRED,
    )


def assessed(world: World, authorised_on: date | None = AUTHORISED, **said) -> World:
    of_kit = {"child_id": "Kit", "referral_id": "R", "started_on": REFERRED}
    return world.add("assessment", **of_kit | said, authorised_on=authorised_on)


def listed(engine, world: World, state: str, unit_id: str | None = SERVICE) -> list[tuple]:
    view = View(Period(2016, 9), Scope(unit_id))
    with worked_out(engine, world) as of:
        rows = read(of, in_state(state, basis(), view))
    return [(row.unit_id, row.child_id, row.since, row.days) for row in rows]


def test_who_is_assessed_and_has_no_unit_is_to_be_transferred_since_then(shared_engine):
    world = assessed(at_the_door())
    assert listed(shared_engine, world, TO_TRANSFER) == [("A", "Kit", AUTHORISED, 6)]
    assert listed(shared_engine, world, BEING_ASSESSED) == []
    assert listed(shared_engine, world, TO_TRANSFER, "B") == []


def test_the_first_authorisation_counts(shared_engine):
    world = assessed(assessed(at_the_door()), AS_AT)
    assert listed(shared_engine, world, TO_TRANSFER) == [("A", "Kit", AUTHORISED, 6)]


@pytest.mark.parametrize(
    "said",
    [
        {"authorised_on": None},
        {"authorised_on": AS_AT + timedelta(1)},
        {"referral_id": "before"},
        {"referral_id": None, "started_on": REFERRED - timedelta(1)},
        {"child_id": "Lou"},
    ],
    ids=["not yet", "after the last day", "of another case", "begun before the case", "another's"],
)
def test_until_then_the_child_is_still_assessed_since_the_referral(shared_engine, said):
    world = assessed(at_the_door(), **said)
    assert listed(shared_engine, world, BEING_ASSESSED) == [("A", "Kit", REFERRED, 20)]
    assert listed(shared_engine, world, TO_TRANSFER) == []


def test_an_assessment_that_names_no_case_is_of_the_one_in_which_it_began(shared_engine):
    world = assessed(at_the_door(), referral_id=None)
    assert listed(shared_engine, world, TO_TRANSFER) == [("A", "Kit", AUTHORISED, 6)]


def test_an_assessment_that_names_the_case_is_of_it_though_it_began_before(shared_engine):
    world = assessed(at_the_door(), started_on=REFERRED - timedelta(1))
    assert listed(shared_engine, world, TO_TRANSFER) == [("A", "Kit", AUTHORISED, 6)]


@pytest.mark.parametrize(
    "referral",
    [{"closed_on": AS_AT}, {"no_further_action": True}, {"received_on": AS_AT + timedelta(1)}],
    ids=["closed", "no further action", "after the last day"],
)
def test_what_is_no_open_case_waits_for_nothing(shared_engine, referral):
    world = at_the_door(**referral)
    assert listed(shared_engine, world, BEING_ASSESSED) == []


def test_who_has_come_to_a_unit_waits_no_more(shared_engine):
    world = assessed(at_the_door("B"))
    assert listed(shared_engine, world, TO_TRANSFER) == []


def test_whom_a_unit_leads_by_an_older_referral_waits_for_none(shared_engine):
    world = assessed(at_the_door("B"))
    world.rows["allocation"][0].update(started_on=REFERRED - timedelta(9), referral_id="before")
    assert listed(shared_engine, world, TO_TRANSFER) == []
    # Once a lead names the case it goes by those that do.
    world.add(
        "allocation",
        child_id="Kit",
        unit_id="A",
        worker_id="Bob",
        lead=True,
        referral_id="R",
        started_on=REFERRED,
    )
    assert listed(shared_engine, world, TO_TRANSFER) == [("A", "Kit", AUTHORISED, 6)]


def test_whom_nobody_leads_is_listed_in_no_unit(shared_engine):
    world = at_the_door()
    world.rows["allocation"].clear()
    assert listed(shared_engine, world, BEING_ASSESSED) == [(None, "Kit", REFERRED, 20)]


def co_worked(unit_id: str, since: int, **said) -> World:
    allocation = {"child_id": "Kit", "unit_id": unit_id, "worker_id": "Bob", "lead": False}
    allocation["started_on"] = AS_AT - timedelta(since)
    return at_the_door().add("allocation", **allocation | said)


def test_a_child_with_a_co_worker_of_another_unit_is_in_that_unit_s_list(shared_engine):
    world = co_worked("B", 4)
    assert listed(shared_engine, world, CO_WORKED) == [("B", "Kit", AS_AT - timedelta(4), 4)]
    assert listed(shared_engine, world, CO_WORKED, "A") == []
    with worked_out(shared_engine, world) as of:
        view = View(Period(2016, 9), Scope())
        (row,) = read(of, in_state(CO_WORKED, basis(), view))
        (waits,) = read(of, in_state(BEING_ASSESSED, basis(), view))
    assert (row.worker_id, row.with_unit) == ("Bob", "Team A")
    assert (waits.with_unit, waits.with_since) == ("Team B", AS_AT - timedelta(4))


@pytest.mark.parametrize(
    "world",
    [co_worked("A", 4), co_worked("B", 4, ended_on=AS_AT), co_worked("B", -1)],
    ids=["of the same unit", "ended", "not begun"],
)
def test_a_co_worker_of_the_same_unit_or_of_another_day_is_none(shared_engine, world):
    assert listed(shared_engine, world, CO_WORKED) == []


def test_two_co_workers_of_a_unit_are_one_row_since_the_first(shared_engine):
    world = co_worked("B", 4)
    world.add(
        "allocation",
        child_id="Kit",
        unit_id="B",
        worker_id="Cat",
        lead=False,
        started_on=AS_AT - timedelta(2),
    )
    assert listed(shared_engine, world, CO_WORKED) == [("B", "Kit", AS_AT - timedelta(4), 4)]
