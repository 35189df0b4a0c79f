"""Transfers between units, against a look at each day, and case by case."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from sqlalchemy import select

from data_access.database import read
from data_access.meeting_store.matches.teams import TeamOfUnit
from data_access.schema import transfer
from loading.matching.parted import spells_in_units
from tests.draws import draws
from tests.metrics.plain_transfers import plain_transfers
from tests.worlds import APRIL, AS_AT, World, frame, handed_on, loaded, with_doors


def found_in(engine, world: World) -> list[dict]:
    in_order = select(transfer).order_by(transfer.c.child_id, transfer.c.moved_on)
    with loaded(engine, world, only_for=[transfer]) as loaded_engine:
        return [dict(row._mapping) for row in read(loaded_engine, in_order)]


def as_text(rows: list[dict]) -> list[str]:
    return sorted(str(sorted(row.items())) for row in rows)


@draws(40)
@given(world=handed_on())
def test_transfers_agree_with_a_look_at_each_day(shared_engine, world):
    assert as_text(found_in(shared_engine, world)) == as_text(plain_transfers(world))


Spell = tuple[str | None, int, int | None]


def led(*spells: Spell, workers: Sequence[str | None] = (), cases: Sequence = ()) -> World:
    """Kit's leads: unit, and the days after 1 April on which it began and ended; one case."""
    world = with_doors()
    world.add("referral", referral_id="R", child_id="Kit", received_on=APRIL)
    for at, (unit_id, start, end) in enumerate(spells):
        world.add(
            "allocation",
            child_id="Kit",
            worker_id=workers[at] if workers else None,
            unit_id=unit_id,
            referral_id=cases[at] if cases else "R",
            lead=True,
            started_on=APRIL + timedelta(start),
            ended_on=None if end is None else APRIL + timedelta(end),
        )
    return world


def moves(engine, world: World) -> list[tuple]:
    """From, to, day after 1 April, days between."""
    return [
        (row["from_unit"], row["to_unit"], (row["moved_on"] - APRIL).days, row["days_between"])
        for row in found_in(engine, world)
    ]


@pytest.mark.parametrize(
    ("world", "expected"),
    [
        (led(("A", 0, 10), ("B", 10, None)), [("A", "B", 10, 0)]),
        (led(("A", 0, 10), ("B", 38, None)), [("A", "B", 38, 28)]),
        (led(("A", 0, 10), ("B", 39, None)), []),
        # A unit that had the child for no day: it went from A to D, and once.
        (led(("A", 0, 10), ("B", 10, 10), ("D", 10, None)), [("A", "D", 10, 0)]),
        (led(("A", 0, 10), ("B", 10, 10), ("A", 10, None)), []),
        # Two leads at once: the one that began last counts, and then the other again.
        (led(("A", 0, None), ("B", 10, 20)), [("A", "B", 10, 0), ("B", "A", 20, 0)]),
        (led(("A", 0, 15), ("B", 10, None)), [("A", "B", 10, 0)]),
        # Days with a unit that nobody knows lie between.
        (led(("A", 0, 10), (None, 10, 38), ("B", 38, None)), [("A", "B", 38, 28)]),
        (led(("A", 0, 10), (None, 10, 39), ("B", 39, None)), []),
        (led(("A", 0, 10), (None, 10, 20), ("A", 20, None)), []),
        (led(("A", 0, 10), ("A", 10, None), workers=("Ann", "Bob")), []),
        (led(("B", 0, 10), ("C", 10, None)), []),
        (led(("B", 0, 10), ("D", 10, None)), []),
        (led(("C", 0, 10), ("B", 10, None)), [("C", "B", 10, 0)]),
        (led(("A", 0, 10), ("B", 10, 20), ("C", 20, None)), [("A", "B", 10, 0)]),
    ],
    ids=["the same day", "after 28 days", "after 29 days", "twice on a day",
         "away and back on a day", "two at once, one within the other", "two that overlap",
         "unknown for 28 days", "unknown for 29 days", "unknown and the same again",
         "another worker of the unit", "to a unit that continues it", "by way of another",
         "back to the unit continued", "to a unit, then continued"],
)  # fmt: skip
def test_a_change_of_the_unit_that_leads_is_a_transfer(shared_engine, world, expected):
    assert moves(shared_engine, world) == expected


def test_units_of_two_cases_are_no_transfer(shared_engine):
    world = led(("A", 0, 10), ("B", 12, None), cases=("R", "S"))
    world.add("referral", referral_id="S", child_id="Kit", received_on=APRIL + timedelta(12))
    assert moves(shared_engine, world) == []


def test_of_an_allocation_that_names_no_case_it_is_the_one_open_when_it_began(shared_engine):
    world = led(("A", 0, 10), ("B", 12, None), cases=(None, None))
    (row,) = found_in(shared_engine, world)
    assert (row["referral_id"], row["to_unit"]) == ("R", "B")
    world.rows["referral"][0]["closed_on"] = APRIL + timedelta(10)
    assert moves(shared_engine, world) == []
    world.add("referral", referral_id="S", child_id="Kit", received_on=APRIL + timedelta(12))
    assert moves(shared_engine, world) == []


def test_a_lead_that_began_before_the_referral_and_names_none_is_within_it(shared_engine):
    world = led(("A", -1, 10), ("B", 10, None), cases=(None, "R"))
    (row,) = found_in(shared_engine, world)
    assert (row["referral_id"], row["from_unit"], row["to_unit"]) == ("R", "A", "B")


def test_a_move_that_two_cases_tell_is_one_transfer_of_the_one_that_saw_the_way_back(shared_engine):
    world = led(("A", 0, 10), ("B", 10, 20), cases=(None,) * 2)
    world.add("referral", referral_id="S", child_id="Kit", received_on=APRIL + timedelta(5))
    (row,) = found_in(shared_engine, world)
    assert (row["referral_id"], row["back_on"]) == ("S", None)
    world = led(("A", 0, 10), ("B", 10, 20), ("A", 20, None), cases=(None,) * 3)
    closed = {"received_on": APRIL + timedelta(5), "closed_on": APRIL + timedelta(15)}
    world.add("referral", referral_id="S", child_id="Kit", **closed)
    there, _ = found_in(shared_engine, world)
    assert (there["referral_id"], there["back_on"]) == ("R", APRIL + timedelta(20))


def test_where_no_case_is_known_allocations_follow_each_other(shared_engine):
    world = led(("A", 0, 10), ("B", 12, None), cases=(None, None))
    world.rows["referral"].clear()
    (row,) = found_in(shared_engine, world)
    assert (row["referral_id"], row["days_between"]) == (None, 2)


def test_both_workers_are_told(shared_engine):
    world = led(("A", 0, 10), ("B", 10, None), workers=("Ann", None))
    (row,) = found_in(shared_engine, world)
    assert (row["from_worker_id"], row["to_worker_id"]) == ("Ann", None)


@pytest.mark.parametrize(
    ("spells", "back"),
    [
        ((("A", 0, 10), ("B", 10, 20), ("A", 20, None)), [20, None]),
        ((("A", 0, 10), ("B", 10, 20), ("D", 20, 30), ("A", 30, None)), [30, None]),
        # C continues B: who left B is back there.
        ((("B", 0, 10), ("A", 10, 20), ("C", 20, None)), [20, None]),
        ((("A", 0, 10), ("B", 10, None)), [None]),
    ],
    ids=["at once", "by way of another", "at the unit that continues it", "never"],
)
def test_it_is_said_when_the_child_was_back(shared_engine, spells, back):
    rows = found_in(shared_engine, led(*spells))
    days = [row["back_on"] and (row["back_on"] - APRIL).days for row in rows]
    assert days == back


def test_a_team_that_changes_its_unit_transfers_nobody(shared_engine):
    """The parts of its allocations, as the team map makes them; handed on, the child has moved."""
    world = led(("T", 0, 40), ("B", 40, None))
    day, later = APRIL + timedelta(10), APRIL + timedelta(20)
    lines = [
        TeamOfUnit("T", "A", ended_on=day),
        TeamOfUnit("T", "B", None, day, later),
        TeamOfUnit("T", "A", None, later),
    ]
    parted, _ = spells_in_units(frame(world, "allocation"), "allocation_id", (), {"T": lines})
    world.rows["allocation"] = parted.astype(object).where(parted.notna(), None).to_dict("records")
    assert len(world.rows["allocation"]) == 4
    assert moves(shared_engine, world) == [("A", "B", 40, 0)]


def test_what_lies_after_the_last_day_is_not_known(shared_engine):
    days = (AS_AT - APRIL).days
    world = led(("A", 0, days), ("B", days, None))
    assert moves(shared_engine, world) == [("A", "B", days, 0)]
    world = led(("A", 0, None), ("B", 10, days + 1))
    assert moves(shared_engine, world) == [("A", "B", 10, 0)]
