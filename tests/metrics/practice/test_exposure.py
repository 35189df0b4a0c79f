"""What each worker carries, since when it is mostly one kind of harm, and to whom it is open."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from data_access.database import read, write
from data_access.guard.of_staff import read_of_staff
from data_access.problems import NotAllowed
from data_access.schema import allocation, calendar_day
from data_access.settings import EVERY_UNIT
from data_access.unit_settings.practice import EXPOSURE_GROUPS, Practice
from data_access.viewer import Viewer
from loading.calendar import calendar_days
from metrics.model import Basis, Months, Period, Scope
from metrics.practice.exposure import LISTED_BY, carried, exposures
from tests.metrics.test_outcome_vectors import VECTORS, whole
from tests.worlds import AS_AT, CALENDAR, SETTINGS, World, loaded

JUNE = Period(2016, 6)
PHYSICAL = "physical_abuse"
EX = [one for one in VECTORS if one["metric"] == "exposure"]


def of_months(*counts: tuple[int, int]) -> list[SimpleNamespace]:
    """Rows of one worker: held and of physical abuse, a month each, the last of them June."""
    none = {one.group: 0 for one in EXPOSURE_GROUPS} | {"assessed": 0, "cp": 0, "cla": 0}
    who = {"unit_id": "U1", "worker_id": "W1", "worker_name": None}
    return [
        SimpleNamespace(
            **who, **{**none, PHYSICAL: n}, held=held, month=JUNE.shift(at - len(counts) + 1).start
        )
        for at, (held, n) in enumerate(counts)
    ]


def since(*counts: tuple[int, int]) -> Period | None:
    (one,) = carried(of_months(*counts), JUNE, Practice())
    return one.since.get(PHYSICAL)


def test_from_half_of_five_children_a_worker_holds_mostly_that_kind():
    assert since((6, 3)) == JUNE
    assert since((7, 3)) is None
    assert since((4, 4)) is None, "of so few no share tells anything"
    assert since((5, 3)) == JUNE


def test_months_in_a_row_are_followed_back_to_the_first_that_was_not():
    assert since((6, 6), (6, 0), (6, 3), (6, 3)) == JUNE.shift(-1)
    assert since((6, 6), (6, 6), (6, 0)) is None


def test_who_holds_nobody_at_the_month_s_end_is_not_told_of():
    assert carried(of_months((6, 3)), JUNE.shift(1), Practice()) == []


def council() -> World:
    """Ann and Bob of Unit 1, Cy of Unit 2, a child each; Ann's is assessed."""
    world = World()
    for worker, unit in (("Ann", "U1"), ("Bob", "U1"), ("Cy", "U2")):
        world.add("worker", worker_id=worker, name=f"{worker} Example")
        world.add(
            "allocation",
            child_id=f"K-{worker}",
            worker_id=worker,
            unit_id=unit,
            lead=True,
            started_on=date(2016, 1, 4),
        )
    days = {"started_on": date(2016, 1, 5), "authorised_on": date(2016, 2, 1)}
    world.add("assessment", assessment_id="S1", child_id="K-Ann", **days)
    return world.add("assessment_factor", assessment_id="S1", factor="11A")


def told_to(engine, **rights) -> list[str]:
    month = Period.of(AS_AT)
    query = exposures(Months(month, month), Basis(SETTINGS, AS_AT), Scope())
    rows = read_of_staff(engine, query, Viewer("one", **rights), LISTED_BY)
    return [row.worker_id for row in rows]


def test_what_workers_carry_is_for_themselves_and_their_own_managers(shared_engine):
    everything = {"units": frozenset({EVERY_UNIT}), "figures": frozenset({EVERY_UNIT})}
    with loaded(shared_engine, council()) as engine:
        assert told_to(engine, staff=frozenset({"U1"}), units=frozenset({"U1", "U2"})) == [
            "Ann",
            "Bob",
        ]
        assert told_to(engine, worker="Bob") == ["Bob"]
        assert told_to(engine, staff=frozenset({"U2"}), worker="Ann") == ["Ann", "Cy"]
        assert told_to(engine, staff=frozenset({EVERY_UNIT})) == [], "every unit is no unit"
        with pytest.raises(NotAllowed, match="managers of the worker’s unit alone"):
            told_to(engine, **everything, may_see_names=True, may_see_restricted=True)


def test_an_assessed_child_counts_in_its_group_and_another_in_none(shared_engine):
    month = Period.of(AS_AT)
    query = exposures(Months(month, month), Basis(SETTINGS, AS_AT), Scope("U1"))
    with loaded(shared_engine, council()) as engine:
        found = {
            row.worker_id: (row.held, row.assessed, row.sexual_abuse) for row in read(engine, query)
        }
    assert found == {"Ann": (1, 1, 1), "Bob": (1, 0, 0)}


def test_no_read_of_workers_tells_of_a_child(shared_engine):
    with pytest.raises(NotAllowed, match="not of workers alone"):
        viewer = Viewer("one", staff=frozenset({"U1"}))
        read_of_staff(shared_engine, select(allocation), viewer, ("worker_id",))


@pytest.mark.parametrize("vector", EX, ids=lambda one: f"{one['id']}: {one['title']}")
def test_a_worked_world_gives_what_each_worker_carries(shared_engine, vector):
    whole(shared_engine, vector["rows"], vector["load"])
    with shared_engine.begin() as connection:
        write(connection, calendar_day, calendar_days(*CALENDAR))
    day = date.fromisoformat(vector["on"])
    month = Period.of(day)
    query = exposures(Months(month, month), Basis(SETTINGS, day), Scope())
    rows = read(shared_engine, query)
    wanted = vector["expected_workers"]
    found = {row.worker_id: row._asdict() for row in rows}
    assert found.keys() == wanted.keys()
    assert all(found[who].items() >= expected.items() for who, expected in wanted.items()), found
