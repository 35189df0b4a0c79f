"""Whom somebody may look for: kept at derive, with the name as it is looked for."""

from datetime import date

import pytest
from sqlalchemy import update

from data_access.guard.asked import Asked
from data_access.viewer import Viewer, read_records
from metrics.lists.search import SEARCHED, every_child
from tests.test_every_metric import derived
from tests.worlds import SETTINGS, World, basis

EVERYBODY = Viewer("everybody", frozenset({"*"}), may_see_names=True)
NOT_BY_NAME = Viewer("analyst", frozenset({"*"}))
BY_NAME = Asked(words="ZoE", among=("child_name",))


@pytest.fixture
def zoe(shared_engine):
    world = World().add("unit", unit_id="U1", name="Team U1", kind="segmented")
    world.add("child", child_id="Kit", name="Zoë O’Neil", restricted=False)
    world.add("child", child_id="Lou", name="Lou", restricted=False)
    led = {"lead": True, "unit_id": "U1", "started_on": date(2016, 5, 2)}
    for child_id in ("Kit", "Lou"):
        world.add("allocation", child_id=child_id, **led)
    derived(shared_engine, world)
    return shared_engine


def _found(engine, viewer, asked=BY_NAME):
    rows = read_records(engine, every_child(basis()), viewer, ("child_name",), asked=asked)
    return [row.child_id for row in rows]


def test_a_child_is_found_by_the_name_as_it_was_folded_at_derive(zoe):
    assert _found(zoe, EVERYBODY) == ["Kit"]
    kept = SEARCHED.table(SETTINGS)
    with zoe.begin() as connection:
        connection.execute(update(kept).values(child_name_folded="nobody"))
    assert _found(zoe, EVERYBODY) == []


def test_who_sees_no_names_finds_nobody_by_the_folded_one(zoe):
    assert _found(zoe, NOT_BY_NAME) == []
    folded = Asked(words="zoe", among=("child_name", "child_name_folded"))
    assert _found(zoe, NOT_BY_NAME, folded) == []
    rows = read_records(zoe, every_child(basis()), NOT_BY_NAME)
    assert {row.child_name_folded for row in rows} == {None}
