"""What a card asks beyond the journey is open to who may see the child; counted as figures are."""

from collections import Counter
from datetime import date

import pytest

from data_access.database import read
from data_access.problems import NotAllowed
from data_access.viewer import Viewer, read_records
from metrics.cards.asked import (
    OF_THE_CHILD,
    OF_THE_FAMILY,
    assessments,
    enquiries,
    factors,
    protection_plans,
    referrals,
    reviews,
    siblings,
)
from metrics.lists.child_story import PARTS
from metrics.lists.opened import Opened
from metrics.others.of_child import PARTS as OF_OTHERS
from metrics.others.of_child import told_by
from tests.metrics.lists.test_work_lists import TUESDAY, seen_on
from tests.worlds import AS_AT, basis, worked_out

KIT = Opened(("Kit",), "U1")
EVERY_PART = OF_THE_CHILD | OF_THE_FAMILY
# Of which this world has no row; proposals are asked of all at once in tests/ui/unit.
NEVER_HERE = ("agreed_intervals", "missing_episodes", "scores", "proposal")


def of_unit(*units: str) -> Viewer:
    return Viewer("worker", frozenset(units), may_see_names=True)


@pytest.fixture
def world():
    world = seen_on(TUESDAY, recorded_on=TUESDAY)
    world.rows["child"][0]["family_id"] = "F1"
    for child_id, unit_id, restricted in (
        ("Lou", "U2", False),
        ("Max", "U1", False),
        ("Nan", "U1", True),
    ):
        who = {"name": child_id, "family_id": "F1", "restricted": restricted}
        world.add("child", child_id=child_id, **who)
        began = {"lead": True, "started_on": date(2016, 9, 1)}
        world.add("allocation", child_id=child_id, worker_id="Ann", unit_id=unit_id, **began)
    world.add("referral", referral_id="R", child_id="Kit", received_on=date(2016, 7, 28))
    world.add("assessment", child_id="Kit", referral_id="R", started_on=date(2016, 8, 12))
    return world


def test_every_part_asked_of_many_children_has_of_each_what_it_has_asked_of_that_one(
    shared_engine, world
):
    """Of journeys, cards and what others tell: of the family's own rows, and of nobody's too."""
    for child_id, ended, number in (("Kit", None, 2), ("Lou", date(2016, 10, 3), 1)):
        days = {"started_on": date(2016, 8, 1), "ended_on": ended}
        world.add("plan", child_id=child_id, kind="CP", previous_plans=number, **days)
        world.add("placement", child_id=child_id, kind="U1", long_term=False, **days)
        world.add(
            "assessment", assessment_id=child_id, child_id=child_id, authorised_on=AS_AT, **days
        )
        world.add("assessment_factor", assessment_id=child_id, factor="16A")
        world.add("early_help", child_id=child_id, kind="family plan", **days)
        world.add("enquiry", enquiry_id=child_id, child_id=child_id, started_on=date(2016, 8, 1))
    world.add("early_help", family_id="F1", kind="of all", started_on=date(2016, 8, 1))
    alone = {"name": "Ola", "restricted": False, "family_id": None}
    world.add("child", child_id="Ola", **alone)
    everybody, asked = ("Kit", "Lou", "Max", "Ola"), {**PARTS, **EVERY_PART, **OF_OTHERS}
    asked["others"] = lambda *of: told_by(OF_OTHERS, *of)
    with worked_out(shared_engine, world) as engine:
        told = {
            name: [_rows(engine, query(Opened(ids, "U1"), basis())) for ids in _ways(everybody)]
            for name, query in asked.items()
        }
    for name, (together, *apart) in told.items():
        assert together == sum(apart, Counter()), name
    assert told["others"][0].total() == sum(told[name][0].total() for name in OF_OTHERS)
    empty = {name for name, (together, *_) in told.items() if not together}
    assert empty <= {*NEVER_HERE, *OF_OTHERS} - {"early_help"}


def _ways(child_ids: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All together, then each alone."""
    return [child_ids, *((child_id,) for child_id in child_ids)]


def _rows(engine, query) -> Counter:
    return Counter(map(tuple, read(engine, query)))


@pytest.mark.parametrize("part", EVERY_PART)
def test_every_part_of_the_child_is_closed_to_a_unit_that_never_held_it(shared_engine, world, part):
    with worked_out(shared_engine, world) as engine:
        rows = read_records(engine, EVERY_PART[part](KIT, basis()), of_unit("U3"))
        with pytest.raises(NotAllowed):
            read_records(engine, EVERY_PART[part](KIT, basis()), Viewer("nobody"))
    assert not rows


def held_of(engine, *units: str) -> list:
    """Kit's brothers and sisters who are held today, as the viewer of these units reads them."""
    rows = read_records(engine, siblings(KIT, basis()), of_unit(*units), ("child_id",))
    return [row for row in rows if row.is_held]


def test_brothers_and_sisters_are_told_of_units_that_are_open_and_never_restricted_ones(
    shared_engine, world
):
    with worked_out(shared_engine, world) as engine:
        told = {
            units: [(row.child_id, row.unit_name) for row in held_of(engine, *units)]
            for units in (("U1",), ("U2",), ("U1", "U2"))
        }
    assert told == {
        ("U1",): [("Max", "Team U1")],
        ("U2",): [("Lou", "Team U2")],
        ("U1", "U2"): [("Lou", "Team U2"), ("Max", "Team U1")],
    }


def test_a_sibling_is_told_by_who_holds_it_now_and_not_by_who_once_did(shared_engine, world):
    for one in world.rows["allocation"]:
        if one["child_id"] == "Max":
            one["ended_on"] = AS_AT
    with worked_out(shared_engine, world) as engine:
        assert not held_of(engine, "U1")
        assert [row.child_id for row in read_records(engine, siblings(KIT, basis()), of_unit("U1"))]


def test_brothers_and_sisters_are_told_once_by_who_holds_them_now(shared_engine, world):
    """Max, whom Unit 1 holds now, was Unit 2's before: a row of each, of which one is today's."""
    for one in world.rows["allocation"]:
        if one["child_id"] == "Max":
            once = {"unit_id": "U2", "started_on": date(2016, 1, 4), "ended_on": date(2016, 9, 1)}
            world.add("allocation", child_id="Max", worker_id="Ann", lead=True, **once)
            break
    with worked_out(shared_engine, world) as engine:
        rows = held_of(engine, "U1", "U2")
    assert [(row.child_id, row.unit_id) for row in rows] == [("Lou", "U2"), ("Max", "U1")]


def test_an_assessment_tells_its_working_day_and_the_last_in_time(shared_engine, world):
    """From Friday 12 August the 45th working day, past one bank holiday, is 17 October."""
    with worked_out(shared_engine, world) as engine:
        (one,) = read_records(engine, assessments(KIT, basis()), of_unit("U1"))
    assert (one.working_day, one.due_on, one.ended_on) == (44, date(2016, 10, 17), None)


def test_of_factors_those_of_the_last_authorised_assessment_are_told(shared_engine, world):
    for number, (day, factor) in enumerate(((5, "18C"), (9, "16A"))):
        id = f"A{number}"
        days = {"started_on": date(2016, 8, 1), "authorised_on": date(2016, 8, day)}
        world.add("assessment", assessment_id=id, child_id="Kit", **days)
        world.add("assessment_factor", assessment_id=id, factor=factor)
    with worked_out(shared_engine, world) as engine:
        found = read_records(engine, factors(KIT, basis()), of_unit("U1"))
    assert [(row.authorised_on, row.factor) for row in found] == [(date(2016, 8, 9), "16A")]


def test_protection_plans_that_follow_each_other_are_one_and_the_returned_number_stands_beside(
    shared_engine, world
):
    for began, ended, earlier in (
        (date(2015, 1, 5), date(2015, 3, 2), None),
        (date(2016, 2, 1), date(2016, 5, 2), 3),
        (date(2016, 5, 2), None, None),
    ):
        days = {"started_on": began, "ended_on": ended, "previous_plans": earlier}
        world.add("plan", child_id="Kit", kind="CP", **days)
    with worked_out(shared_engine, world) as engine:
        plans = read_records(engine, protection_plans(KIT, basis()), of_unit("U1"), ("started_on",))
    assert [(row.started_on, row.ended_on, row.returned) for row in plans] == [
        (date(2015, 1, 5), date(2015, 3, 2), 3),
        (date(2016, 2, 1), None, 3),
    ]


def test_a_review_far_off_is_told_too(shared_engine, world):
    world.add("plan", child_id="Kit", kind="CP", started_on=date(2016, 10, 3))
    with worked_out(shared_engine, world) as engine:
        (due,) = read_records(engine, reviews(KIT, basis()), of_unit("U1"))
    assert (due.kind, due.due_on, due.state) == ("CP", date(2017, 1, 3), None)


def test_a_referral_says_how_it_closed_in_words_and_an_enquiry_whether_a_conference_was_held(
    shared_engine, world
):
    old = {"received_on": date(2016, 1, 4), "closed_on": date(2016, 2, 1)}
    world.add("referral", child_id="Kit", closure_reason="RC8", **old)
    world.add("enquiry", enquiry_id="E", child_id="Kit", started_on=date(2016, 8, 15))
    held = {"kind": "initial", "held_on": date(2016, 8, 30), "transfer_in": False}
    world.add("conference", child_id="Kit", enquiry_id="E", **held)
    with worked_out(shared_engine, world) as engine:
        came = read_records(engine, referrals(KIT, basis()), of_unit("U1"), ("received_on",))
        (asked,) = read_records(engine, enquiries(KIT, basis()), of_unit("U1"))
    assert came[0].closure_reason not in (None, "RC8") and came[1].closure_reason is None
    assert asked.held_on == date(2016, 8, 30)
