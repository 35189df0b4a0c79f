"""Which adults are linked to other families: by number, and nothing of who is restricted."""

from dataclasses import replace
from datetime import date

import pytest

from data_access.guard.linked import MayAsk, may_ask
from data_access.problems import NotAllowed
from data_access.schema import relationship
from data_access.viewer import Act, Viewer, local_viewer
from metrics.network.found import MOST_NODES, found_from
from tests.worlds import SETTINGS, World, loaded

TODAY = date(2016, 10, 14)
RIGHT = frozenset({Act.SEE_NETWORK})


@pytest.fixture
def world() -> World:
    """Families A, B and C of a child each; B's is held by Unit 2, and its case is open."""
    made = World().add("unit", unit_id="U2", name="Unit 2", kind="segmented")
    for family in "ABC":
        made.add("child", child_id=f"K{family}", family_id=family, restricted=False)
    made.add("allocation", child_id="KB", unit_id="U2", lead=True, started_on=date(2016, 1, 1))
    return made.add("referral", child_id="KB", received_on=date(2016, 1, 1))


def tie(world: World, child: str, adult: str, **said) -> World:
    known = {person["person_id"] for person in world.rows["person"]}
    if adult not in known:
        world.add("person", person_id=adult)
    said = {"role": "father", "verified": True, **said}
    return world.add("relationship", child_id=child, person_id=adult, **said)


@pytest.fixture
def found(shared_engine):
    def ask(world: World, adult: str | None = None):
        with loaded(shared_engine, world, only_for=[relationship]) as engine:
            return found_from(engine, "KA", TODAY, MayAsk(), adult)

    return ask


def told(answer) -> list[tuple[str, str]]:
    return [(link.person_id, link.family) for link in answer.links]


def test_an_adult_of_two_families_is_found_with_the_other_family_s_facts(found, world):
    tie(tie(world, "KA", "P"), "KB", "P", role="uncle", started_on=date(2015, 3, 1))
    answer = found(world)
    (link,) = answer.links
    assert (link.own[0].role, link.other.role) == ("father", "uncle") and link.is_verified
    facts = answer.families[link.family]
    assert facts.is_open and [row.unit_name for row in facts.leads] == ["Unit 2"]
    assert answer.children == ("KB",) and not answer.has_hidden


def test_of_a_family_that_is_closed_all_whom_its_last_unit_led_last_are_held(found, world):
    world.rows["allocation"][0]["ended_on"] = date(2016, 9, 1)
    world.add("unit", unit_id="U3", name="Unit 3", kind="segmented")
    for child, unit, month in (("KB2", "U2", 6), ("KB3", "U2", 3), ("KB3", "U3", 5)):
        if child not in {row["child_id"] for row in world.rows["child"]}:
            world.add("child", child_id=child, family_id="B", restricted=False)
        led = {"child_id": child, "unit_id": unit, "lead": True, "started_on": date(2016, 1, month)}
        world.add("allocation", **led, ended_on=date(2016, month, 1))
    tie(tie(world, "KA", "P"), "KB", "P")
    facts = found(world).families["family B"]
    assert facts.held == {"U2": ("KB", "KB2")}
    assert [row.child_id for row in facts.leads] == ["KB"], "who did last is told once"


def test_a_link_is_verified_only_where_both_sides_are(found, world):
    tie(tie(world, "KA", "P", verified=False), "KB", "P")
    assert [link.is_verified for link in found(world).links] == [False]


@pytest.mark.parametrize(("ended_on", "is_ended"), [(TODAY, True), (date(2016, 10, 15), False)])
def test_a_link_that_has_ended_stays(found, world, ended_on, is_ended):
    tie(tie(world, "KA", "P"), "KB", "P", ended_on=ended_on)
    assert [link.is_ended for link in found(world).links] == [is_ended]


def test_of_a_family_with_a_restricted_child_only_that_there_is_a_link_is_known(found, world):
    world.add("child", child_id="KB2", family_id="B", restricted=True)
    tie(tie(world, "KA", "P"), "KB", "P")
    answer = found(world)
    assert answer.has_hidden and not (answer.links or answer.children or answer.families)


def test_what_is_hidden_is_told_alike_of_one_link_and_of_many(found, world):
    world.rows["child"][1]["restricted"] = world.rows["child"][2]["restricted"] = True
    tie(tie(world, "KA", "P"), "KB", "P")
    one = found(world)
    tie(tie(tie(world, "KC", "P"), "KA", "Q"), "KC", "Q")
    assert found(world) == one


def test_an_adult_known_through_a_restricted_brother_alone_is_hidden(found, world):
    world.add("child", child_id="KA2", family_id="A", restricted=True)
    tie(tie(world, "KA2", "P"), "KB", "P")
    answer = found(world)
    assert answer.has_hidden and not answer.links


def test_one_step_further_leads_from_the_chosen_adult_s_families_and_not_back(found, world):
    for child, adult in (("KA", "P"), ("KB", "P"), ("KB", "Q"), ("KC", "Q"), ("KA", "R")):
        tie(world, child, adult)
    assert told(found(world)) == [("P", "family B")]
    assert told(found(world, "P")) == [("Q", "family C")]
    assert told(found(world, "R")) == told(found(world, "nobody")) == []


@pytest.mark.parametrize(("others", "is_too_many"), [(23, False), (24, True)])
def test_more_than_twenty_five_families_and_adults_are_not_told(found, world, others, is_too_many):
    tie(world, "KA", "P")
    for number in range(others):
        world.add("child", child_id=f"N{number}", family_id=f"N{number}", restricted=False)
        tie(world, f"N{number}", "P")
    answer = found(world)
    assert MOST_NODES == 25 and answer.too_many is is_too_many
    assert len(answer.links) == (0 if is_too_many else others)


@pytest.mark.parametrize(
    "viewer",
    [local_viewer(SETTINGS), Viewer("Ann", session="S"), Viewer("Ann", acts=RIGHT)],
    ids=["at this machine", "without the right", "whom nobody can audit"],
)
def test_nobody_may_ask_without_the_right_and_a_session(viewer):
    with pytest.raises(NotAllowed):
        may_ask(viewer)
    assert may_ask(replace(viewer, acts=RIGHT, session="S")) == MayAsk()
