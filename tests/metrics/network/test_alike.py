"""Adults of one name are a question to who keeps the source; of who is restricted none is asked."""

from datetime import date

import pytest

from data_access.database import read
from data_access.schema import relationship
from metrics.network.alike import adults_alike, named_adults
from tests.worlds import World, loaded

TODAY = date(2016, 10, 14)


@pytest.fixture
def alike(shared_engine):
    def groups(world: World) -> list[list[str]]:
        with loaded(shared_engine, world, only_for=[relationship]) as engine:
            found = adults_alike(read(engine, named_adults(TODAY)))
        return [[adult.person_id for adult in group] for group in found]

    return groups


def adult(world: World, number: str, name: str | None, child: str = "A", **said) -> World:
    if child not in {one["child_id"] for one in world.rows["child"]}:
        world.add("child", child_id=child, family_id=f"F{child}", restricted=child == "Hidden")
    world.add("person", person_id=number, name=name, **said)
    tied = {"role": "mother", "verified": True, "source": "case system"}
    return world.add("relationship", child_id=child, person_id=number, **tied)


def test_two_numbers_of_one_name_are_asked_about_whatever_the_capitals_accents_and_spaces(alike):
    world = adult(World(), "P1", "Zoë  Bell")
    adult(world, "P2", "zoe bell", "B")
    assert alike(adult(world, "P3", "Zoe Bellamy", "B")) == [["P1", "P2"]]


def test_who_is_of_another_sex_is_somebody_else_and_who_is_of_none_may_be_either(alike):
    world = adult(World(), "P1", "Kim Lee", sex="F")
    adult(world, "P2", "Kim Lee", sex="M")
    assert alike(world) == []
    assert alike(adult(world, "P3", "Kim Lee")) == [["P1", "P3"], ["P2", "P3"]]


def test_nobody_is_asked_about_who_is_linked_to_a_restricted_child_or_its_family(alike):
    world = adult(World(), "P1", "Kim Lee")
    adult(world, "P2", "Kim Lee", "Hidden")
    assert alike(world) == []
    world.add("child", child_id="C", family_id="FHidden", restricted=False)
    assert alike(adult(world, "P3", "Kim Lee", "C")) == []


def test_adults_without_a_name_or_a_link_are_of_no_group(alike):
    world = adult(adult(World(), "P1", None), "P2", None)
    for number in ("P3", "P4"):
        world.add("person", person_id=number, name="Kim Lee")
    assert alike(world) == []


def test_each_adult_says_of_how_many_children_and_which_sources(shared_engine):
    world = adult(adult(World(), "P1", "Kim Lee"), "P2", "Kim Lee", "B")
    tied = {"role": "aunt", "verified": False}
    world.add("relationship", child_id="B", person_id="P1", source="census", **tied)
    with loaded(shared_engine, world, only_for=[relationship]) as engine:
        ((one, other),) = adults_alike(read(engine, named_adults(TODAY)))
    assert (one.children, one.sources) == (2, ("case system", "census"))
    assert (other.children, other.sources) == (1, ("case system",))
