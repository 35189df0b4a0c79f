"""The small council with more held in Unit 2, somebody newly qualified there, and supervision."""

from datetime import date, timedelta
from shutil import copyfile

import pytest

from data_access.database import changing
from data_access.schema import metadata
from tests.ui.small_council import AS_AT, STARTED, build, council

SAMIRA = "Samira Featherstone"


def with_more_held():
    """The small council; Unit 2's worker holds seven more, of whom five were physically hurt.

    One of the seven is restricted, and hurt too. The same worker leads on a child of Unit 1 as
    well. Samira, newly qualified in Unit 2, holds nobody. Unit 2's worker had a session of one
    child thirty days ago, Unit 1's a group's long ago.
    """
    world = council()
    for number in range(7):
        child_id, began = f"KID-MORE-{number}", date(2016, 7, 1) + timedelta(number)
        world.add("child", child_id=child_id, name=f"More {number}", restricted=number == 6)
        _leads(world, child_id, "U2", began)
        assessed = {"started_on": date(2016, 7, 4), "authorised_on": date(2016, 7, 20)}
        world.add("assessment", assessment_id=f"A-{number}", child_id=child_id, **assessed)
        if number > 1:
            world.add("assessment_factor", assessment_id=f"A-{number}", factor="18B")
    _leads(world, "KID-U1-0", "U1", AS_AT - timedelta(7))
    world.add("worker", worker_id="SAMIRA", name=SAMIRA)
    in_post = {"role": "social_worker", "fte": 1.0, "started_on": STARTED, "agency": False}
    world.add("post", worker_id="SAMIRA", unit_id="U2", newly_qualified=True, **in_post)
    hours = {"worked_on": AS_AT - timedelta(25), "method": "diary", "hours": 1.0}
    world.add("time_record", worker_id="WORKER-U2", category="supervision", **hours)
    return _supervised(world)


def _leads(world, child_id: str, unit_id: str, began: date) -> None:
    held = {"worker_id": "WORKER-U2", "lead": True, "started_on": began}
    world.add("allocation", child_id=child_id, unit_id=unit_id, **held)


def _supervised(world):
    for id, unit, days, kind in (("L1", "U2", 30, "one_to_one"), ("L2", "U1", 90, "group")):
        held_on = AS_AT - timedelta(days)
        who = {"worker_id": f"WORKER-{unit}", "supervised_by": "Rowan Hart"}
        world.add("supervision", supervision_id=id, held_on=held_on, kind=kind, **who)
    for id, child_id in (("L1", "KID-U2-0"), ("L2", "KID-U1-0")):
        world.add("supervision_child", supervision_id=id, child_id=child_id)
    return world


@pytest.fixture(scope="session")
def held(tmp_path_factory) -> str:
    return build(tmp_path_factory.mktemp("held"), with_more_held())


@pytest.fixture
def of_before(held, tmp_path) -> str:
    """The same as an earlier version left it: without tables of supervision."""
    copied = tmp_path / "before.duckdb"
    copyfile(held.removeprefix("duckdb:///"), copied)
    with changing(f"duckdb:///{copied}") as connection:
        for table in ("supervision_child", "supervision"):
            metadata.tables[table].drop(connection)
    return f"duckdb:///{copied}"
