"""How long families who fit no unit wait for a long-term one: who still waits is never a number."""

from datetime import date, timedelta

import pytest

from data_access.database import read
from data_access.schema import segment_proposal
from metrics.model import Scope
from metrics.segments.judging import Outcome
from metrics.segments.placed import Placed, counted_by_state, waits
from tests.worlds import AS_AT, World, basis, loaded, with_doors
from ui.segments.placed import placed_words

AUTHORISED = AS_AT - timedelta(60)
DOOR, AREA = "A", "C"


def proposed(child_id: str, as_on: date, unit_id: str, since: date = AUTHORISED) -> dict:
    """A day's row of a family that fits no rule."""
    empty = ("child_ids", "factors", "beside", "assessment_ids", "ages", "assessed")
    return {
        **dict.fromkeys(empty, "[]"),
        "as_on": as_on,
        "child_id": child_id,
        "unit_id": unit_id,
        "outcome": Outcome.NO_FIT,
        "waiting_since": since,
    }


def world_of(*cases: tuple[str, int | None, int | None]) -> World:
    """Children with the days from authorisation to an area unit's lead and to the closure."""
    world = with_doors()
    for child_id, came, closed in cases:
        ended = None if closed is None else AUTHORISED + timedelta(closed)
        at_door = {"child_id": child_id, "referral_id": child_id}
        world.add("child", child_id=child_id, restricted=False)
        began = AUTHORISED - timedelta(20)
        world.add("referral", **at_door, received_on=began, closed_on=ended)
        moved = ended if came is None else AUTHORISED + timedelta(came)
        held = {"worker_id": "Ann", "lead": True}
        world.add("allocation", **at_door, **held, unit_id=DOOR, started_on=began, ended_on=moved)
        if came is not None:
            world.add(
                "allocation", **at_door, **held, unit_id=AREA, started_on=moved, ended_on=ended
            )
    return world


@pytest.fixture
def states(shared_engine):
    def counted(world: World, *rows: dict, unit_id: str | None = None):
        with loaded(shared_engine, world) as engine:
            with engine.begin() as connection:
                connection.execute(segment_proposal.insert(), list(rows))
            scope = Scope(unit_id) if unit_id else Scope()
            found = read(engine, counted_by_state(waits(scope, basis())))
        return {row.state: row for row in found}

    return counted


def test_who_came_who_waits_who_was_closed_and_who_had_a_unit_are_told_apart(states):
    world = world_of(
        ("Day", 0, None), ("Ten", 10, None), ("Wait", None, None), ("Gone", None, 40),
        ("Had", -1, None), ("Left", 20, 50),
    )  # fmt: skip
    then = AUTHORISED + timedelta(5)
    names = ("Day", "Ten", "Wait", "Gone", "Had", "Left")
    found = states(world, *(proposed(name, then, DOOR) for name in names))
    assert {state: row.families for state, row in found.items()} == {
        Placed.CAME: 3, Placed.WAITS: 1, Placed.CLOSED: 1, Placed.HAD_ONE: 1,
    }  # fmt: skip
    assert (found[Placed.CAME].half, found[Placed.CAME].nine_in_ten) == (10, 20)
    assert found[Placed.WAITS].half is None


def test_a_wait_counts_once_and_for_the_unit_that_held_the_family_last(states):
    world = world_of(("Ten", 10, None))
    days = (AUTHORISED + timedelta(5), AUTHORISED + timedelta(35))
    rows = [proposed("Ten", days[0], DOOR), proposed("Ten", days[1], AREA)]
    assert states(world, *rows)[Placed.CAME].families == 1
    assert not states(world, *rows, unit_id=DOOR)
    assert states(world, *rows, unit_id=AREA)[Placed.CAME].half == 10


def test_a_later_case_does_not_end_the_wait_of_one_that_was_closed(states):
    world = world_of(("Gone", None, 10))
    again = AUTHORISED + timedelta(30)
    later = {"child_id": "Gone", "referral_id": "again"}
    world.add("referral", **later, received_on=again)
    world.add("allocation", **later, unit_id=AREA, worker_id="Ann", lead=True, started_on=again)
    found = states(world, proposed("Gone", AUTHORISED + timedelta(5), DOOR))
    assert list(found) == [Placed.CLOSED]


def test_of_who_was_authorised_before_the_allocations_begin_no_days_are_known(states):
    world = world_of(("Ten", 10, None), ("Old", 10, None))
    first = AUTHORISED - timedelta(20)
    then = AUTHORISED + timedelta(5)
    found = states(world, proposed("Ten", then, DOOR), proposed("Old", then, DOOR, first))
    assert found[Placed.CAME].families == found[Placed.NOT_KNOWN].families == 1
    assert found[Placed.NOT_KNOWN].half is None
    day_later = proposed("Old", then, DOOR, first + timedelta(1))
    assert states(world, day_later)[Placed.CAME].half == 29


class Told:
    def __init__(self, families: int, half: int | None = None, nine_in_ten: int | None = None):
        self.families, self.half, self.nine_in_ten = families, half, nine_in_ten


def test_days_have_their_n_and_who_waits_is_in_neither_number():
    said = placed_words({Placed.CAME: Told(10, 1, 21), Placed.WAITS: Told(1)})
    assert said == (
        "half of 10 within 1 day, nine in ten within 21 days. 1 still waits. Those are in neither"
        " number."
    )


def test_of_fewer_than_ten_no_days_are_told_and_of_none_no_nought():
    assert "days" not in placed_words({Placed.CAME: Told(9, 3, 4)})
    none = placed_words({Placed.WAITS: Told(12)})
    assert none.startswith("none has come to one since its authorisation. 12 still wait.")
