"""Every child of a worker: whoever is held is listed, whether a visit is due or not."""

from datetime import date, timedelta

import pytest

from data_access.database import read
from metrics.lists.held_children import held_children, next_visits
from metrics.lists.opened import Opened
from metrics.lists.work_lists import held_by_worker
from metrics.model import SERVICE, Scope
from tests.worlds import AS_AT, World, basis, worked_out

FOUR_WEEKS = timedelta(weeks=4)
TUESDAY = date(2016, 10, 11)
STARTED = date(2016, 8, 1)


def of_ann(
    world: World, child_id: str, worker_id: str | None = "Ann", unit_id: str = "U1"
) -> World:
    world.add("child", child_id=child_id, name=f"{child_id} Example", restricted=False)
    held = {"child_id": child_id, "worker_id": worker_id, "unit_id": unit_id, "lead": True}
    return world.add("allocation", **held, started_on=STARTED)


def seen(world: World, child_id: str, day: date, kind: str = "CIN") -> World:
    world.add("plan", child_id=child_id, kind=kind, started_on=STARTED)
    return world.add("visit", child_id=child_id, kind=kind, visited_on=day)


@pytest.fixture
def world() -> World:
    """Ann holds five in unit 1: overdue, due soon, due later, of no plan, and one with two."""
    world = World()
    for unit_id in ("U1", "U2"):
        world.add("unit", unit_id=unit_id, name=f"Team {unit_id}", kind="segmented")
    world.add("worker", worker_id="Ann", name="Ann Example")
    world.add("worker", worker_id="Bob", name="Bob Example")
    seen(of_ann(world, "Over"), "Over", TUESDAY - FOUR_WEEKS)
    seen(of_ann(world, "Soon"), "Soon", AS_AT + timedelta(3) - FOUR_WEEKS)
    seen(of_ann(world, "Later"), "Later", AS_AT - timedelta(1))
    of_ann(world, "None")
    seen(of_ann(world, "Two"), "Two", AS_AT - timedelta(1))
    world.add("plan", child_id="Two", kind="CP", started_on=STARTED)
    seen(of_ann(world, "Elsewhere", unit_id="U2"), "Elsewhere", AS_AT)
    seen(of_ann(world, "Bobs", "Bob"), "Bobs", AS_AT)
    return of_ann(world, "Nobodys", None)


def test_every_child_of_the_worker_is_there_once_whether_due_or_not(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        rows = {
            row.child_id: row for row in read(engine, held_children(basis(), Scope("U1"), "Ann"))
        }
    assert {id: row.state for id, row in rows.items()} == {
        "Over": "overdue",
        "Soon": "due_soon",
        "Later": "later",
        "None": "nothing_due",
        "Two": "overdue",
    }
    assert (rows["Over"].due_on, rows["Over"].past_by) == (TUESDAY, 3)
    assert rows["Two"].kind == "CP"
    assert (rows["None"].due_on, rows["None"].last_seen_on, rows["None"].status) == (None,) * 3
    assert rows["Later"].last_seen_on == AS_AT - timedelta(1)


def test_children_whom_nobody_holds_are_a_list_of_their_own(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        rows = read(engine, held_children(basis(), Scope("U1"), None))
    assert [row.child_id for row in rows] == ["Nobodys"]


def test_the_list_of_each_worker_has_as_many_children_as_the_table_of_workers_says(
    shared_engine, world
):
    with worked_out(shared_engine, world) as engine:
        for row in read(engine, held_by_worker(basis(), Scope(SERVICE))):
            query = held_children(basis(), Scope(row.unit_id), row.worker_id)
            listed = {child.child_id for child in read(engine, query)}
            assert len(listed) == row.children


def test_the_columns_of_statuses_add_up_to_the_children_and_say_who_has_none(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        rows = read(engine, held_by_worker(basis(), Scope(SERVICE)))
        parts = ("cin", "cp", "cla", "assessment", "no_status")
        for row in rows:
            assert sum(getattr(row, part) for part in parts) == row.children
            query = held_children(basis(), Scope(row.unit_id), row.worker_id)
            without = [child for child in read(engine, query) if child.status is None]
            assert row.no_status == len(without)
    assert {(row.worker_id, row.unit_id, row.no_status) for row in rows} == {
        ("Ann", "U1", 1),
        ("Ann", "U2", 0),
        ("Bob", "U1", 0),
        (None, "U1", 1),
    }


def test_what_is_next_for_one_child_is_told_for_each_open_plan(shared_engine, world):
    with worked_out(shared_engine, world) as engine:
        rows = read(engine, next_visits(Opened(("Two",), "U9"), basis()))
        assert {(row.kind, row.state, row.unit_id) for row in rows} == {
            ("CP", "overdue", "U9"),
            ("CIN", "later", "U9"),
        }
        assert not read(engine, next_visits(Opened(("None",), "U1"), basis()))
