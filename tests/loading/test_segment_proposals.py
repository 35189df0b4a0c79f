"""What is proposed of each open family, derived; against open families written plainly."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_access.database import read
from data_access.schema import segment_proposal
from data_access.unit_settings.segment_settings import NO_SEGMENTS
from data_access.viewer import Viewer, read_records
from loading.derived.segment_proposals import fill_segment_proposals, judged_days
from tests.draws import draws
from tests.metrics.segments.plain import units_that_fit
from tests.worlds import AS_AT, CALENDAR, SETTINGS, World, loaded

DAY = date(2016, 3, 1)
FIRST = CALENDAR[0]


def family(*children: str, family_id: str | None = "F", **of_all) -> World:
    world = World()
    for child_id in children:
        one = {"born_on": date(2007, 1, 1), "restricted": False, "family_id": family_id, **of_all}
        world.add("child", child_id=child_id, name=child_id, **one)
        world.add("referral", child_id=child_id, received_on=DAY)
    return world


def assessed(world: World, child_id: str, on: date | None, *factors: str) -> World:
    assessment_id = f"A{len(world.rows['assessment'])}"
    world.add(
        "assessment",
        assessment_id=assessment_id,
        child_id=child_id,
        started_on=DAY,
        authorised_on=on,
    )
    for factor in factors:
        world.add("assessment_factor", assessment_id=assessment_id, factor=factor)
    return world


def proposals(engine, world: World, day: date | None = AS_AT, segments=SETTINGS.segments):
    """Every row that is derived of the world, of one day or of all."""
    with loaded(engine, world) as loaded_engine:
        with loaded_engine.begin() as connection:
            fill_segment_proposals(connection, segments, FIRST, AS_AT)
        query = select(*segment_proposal.c).order_by("as_on", "child_id")
        return read(
            loaded_engine, query if day is None else query.where(segment_proposal.c.as_on == day)
        )


def only(engine, world: World):
    (row,) = proposals(engine, world)
    return row


def test_a_family_that_fits_is_told_with_what_it_rests_on(shared_engine):
    world = assessed(family("A", "B"), "A", date(2016, 4, 1), "18C", "17A")
    assessed(world, "B", date(2016, 4, 5), "1B")
    row = only(shared_engine, world)
    assert (row.outcome, row.proposed_unit, row.reason) == ("fits", "U1", None)
    assert row.rule == "Physical abuse with parental underlying issues"
    assert json.loads(row.factors) == ["17A", "18C", "1B"]
    assert json.loads(row.assessment_ids) == ["A0", "A1"]
    assert (row.authorised_on, row.waiting_days) == (
        date(2016, 4, 5),
        (AS_AT - date(2016, 4, 5)).days,
    )
    assert json.loads(row.ages) == [9, 9]
    assert json.loads(row.beside) == [
        {
            "unit": "U1",
            "met": ["18C", "1B"],
            "missing": [],
            "excluded_by": [],
            "age_from": None,
            "born_unknown": False,
        }
    ]


def test_a_sibling_s_assessment_that_is_not_authorised_changes_nothing(shared_engine):
    world = assessed(family("A", "B"), "A", date(2016, 4, 1), "16A")
    before = only(shared_engine, world)
    for not_yet in (None, AS_AT + timedelta(1)):
        assessed(world, "B", not_yet, "19C")
    assert only(shared_engine, world) == before
    assessed(world, "B", AS_AT, "19C")
    assert only(shared_engine, world).reason == "excluded by sexual abuse"


def test_nobody_s_assessment_authorised_is_not_assessed_and_waits_for_nothing(shared_engine):
    row = only(shared_engine, assessed(family("A"), "A", None, "16A"))
    assert (row.outcome, row.waiting_days, row.authorised_on) == ("not_assessed", None, None)


def test_of_several_assessments_the_last_to_be_authorised_counts(shared_engine):
    world = assessed(family("A"), "A", date(2016, 4, 1), "19C")
    assessed(world, "A", date(2016, 5, 1), "16A")
    assert only(shared_engine, world).proposed_unit == "U4"


@pytest.mark.parametrize(
    ("authorised", "unit"), [(date(2016, 4, 1), "U2"), (date(2016, 3, 31), None)]
)
def test_the_seventh_birthday_is_looked_for_on_the_day_of_authorisation(
    shared_engine, authorised, unit
):
    world = family("A", born_on=date(2009, 4, 1))
    row = only(shared_engine, assessed(world, "A", authorised, "14A"))
    assert row.proposed_unit == unit
    assert bool(row.reason) == (unit is None)


def test_whoever_has_no_family_is_one_alone(shared_engine):
    world = assessed(family("A", "B", family_id=None), "A", date(2016, 4, 1), "16A")
    assert [row.outcome for row in proposals(shared_engine, world)] == ["fits", "not_assessed"]


def test_a_case_without_further_action_or_closed_is_not_open(shared_engine):
    world = family("A", "B", "C")
    world.rows["referral"][0]["no_further_action"] = True
    world.rows["referral"][1]["closed_on"] = AS_AT
    world.rows["referral"][2]["received_on"] = AS_AT + timedelta(1)
    assert proposals(shared_engine, world) == []
    world.rows["referral"][1]["closed_on"] = AS_AT + timedelta(1)
    assert only(shared_engine, world).child_id == "B"


def test_whoever_is_referred_again_waits_since_then(shared_engine):
    world = assessed(family("A"), "A", date(2015, 4, 1), "16A")
    world.rows["assessment"][0]["started_on"] = date(2015, 3, 1)
    assert only(shared_engine, world).waiting_days == (AS_AT - DAY).days


def test_a_family_with_a_restricted_child_is_closed_to_whoever_may_not_see_one(shared_engine):
    world = assessed(family("A", "B"), "A", date(2016, 4, 1), "16A")
    world.rows["child"][1]["restricted"] = True
    for child_id in "AB":
        world.add("allocation", child_id=child_id, unit_id="U1", lead=True, started_on=DAY)
    assert only(shared_engine, world).child_id == "B"
    every = select(*segment_proposal.c).where(segment_proposal.c.as_on == AS_AT)
    seen = [
        len(read_records(shared_engine, every, Viewer("x", frozenset({"U1"}), True, restricted)))
        for restricted in (True, False)
    ]
    assert seen == [1, 0]


def test_the_unit_is_that_of_the_lead_on_the_day_and_since_when_it_has_led(shared_engine):
    world = family("A")
    for unit_id, started_on, ended_on in (
        ("FRONT", DAY, date(2016, 4, 10)),
        ("U1", date(2016, 4, 10), date(2016, 6, 1)),
        # Another worker of the same unit, after a gap.
        ("U1", date(2016, 6, 4), None),
    ):
        world.add(
            "allocation", child_id="A", unit_id=unit_id, lead=True,
            started_on=started_on, ended_on=ended_on,
        )  # fmt: skip
    held = {
        row.as_on: (row.unit_id, row.held_since) for row in proposals(shared_engine, world, None)
    }
    assert held[AS_AT] == ("U1", date(2016, 4, 10))
    assert held[date(2016, 3, 31)] == ("FRONT", DAY)


def test_a_child_nobody_holds_is_in_no_unit(shared_engine):
    row = only(shared_engine, family("A"))
    assert (row.unit_id, row.held_since) == (None, None)


def test_families_are_judged_on_the_last_day_and_at_twelve_ends_of_months_by_the_rules_of_then(
    shared_engine,
):
    world = assessed(family("A"), "A", date(2015, 11, 2), "16A")
    world.rows["referral"][0]["received_on"] = date(2015, 9, 1)
    told = {
        row.as_on: (row.outcome, row.proposed_unit) for row in proposals(shared_engine, world, None)
    }
    assert len(told) == 13
    assert told[date(2015, 10, 31)] == ("not_assessed", None)
    # The rule of Unit 4 applies from 4 January 2016.
    assert told[date(2015, 12, 31)] == ("no_fit", None)
    assert told[date(2016, 1, 31)] == told[AS_AT] == ("fits", "U4")


def test_days_before_the_data_or_the_first_rule_are_left_out_and_without_rules_all():
    segments = SETTINGS.segments
    assert len(judged_days(segments, FIRST, AS_AT)) == 13
    assert judged_days(segments, date(2016, 8, 31), AS_AT) == [
        date(2016, 8, 31), date(2016, 9, 30), AS_AT,
    ]  # fmt: skip
    assert judged_days(segments, FIRST, date(2015, 5, 31)) == [date(2015, 5, 31)]
    assert judged_days(NO_SEGMENTS, FIRST, AS_AT) == []
    ends = judged_days(segments, FIRST, date(2016, 9, 30))
    assert (len(ends), len(set(ends)), ends[-1]) == (13, 13, date(2016, 9, 30))


def test_without_rules_nothing_is_proposed(shared_engine):
    assert proposals(shared_engine, family("A"), None, NO_SEGMENTS) == []


FACTORS = st.sets(
    st.sampled_from(["18A", "4B", "14A", "3B", "16A", "19C", "17A", "21"]), max_size=3
)
NEAR = st.sampled_from([DAY, date(2016, 9, 30), AS_AT, AS_AT + timedelta(1)])


@st.composite
def councils(draw) -> World:
    world = World()
    for number in range(draw(st.integers(1, 6))):
        child_id = f"K{number}"
        world.add(
            "child", child_id=child_id, name=child_id, restricted=draw(st.booleans()),
            family_id=draw(st.sampled_from(["F", "G", None])),
            born_on=draw(st.sampled_from([None, date(2009, 3, 1), date(2009, 10, 14)])),
        )  # fmt: skip
        for _ in range(draw(st.integers(0, 2))):
            world.add(
                "referral", child_id=child_id, received_on=draw(NEAR),
                closed_on=draw(st.none() | NEAR),
                no_further_action=draw(st.sampled_from([None, False, True])),
            )  # fmt: skip
        for _ in range(draw(st.integers(0, 2))):
            assessed(world, child_id, draw(st.none() | NEAR), *sorted(draw(FACTORS)))
    return world


def plainly(world: World) -> dict[str, list[str | None] | None]:
    """By family that is open on the last day: which rules fit it; None where none is assessed."""
    told: dict[str, list] = {}
    for child in world.rows["child"]:
        if any(
            one["child_id"] == child["child_id"] and one["received_on"] <= AS_AT
            and (one["closed_on"] is None or one["closed_on"] > AS_AT)
            and one["no_further_action"] is not True
            for one in world.rows["referral"]
        ):  # fmt: skip
            told.setdefault(child["family_id"] or child["child_id"], []).extend(
                _found(world, child)
            )
    return {key: units_that_fit(found) if found else None for key, found in told.items()}


def _found(world: World, child) -> list[tuple[int | None, set[str]]]:
    by_then = [
        one
        for one in world.rows["assessment"]
        if one["child_id"] == child["child_id"]
        and one["authorised_on"] is not None
        and one["authorised_on"] <= AS_AT
    ]
    if not by_then:
        return []
    last = max(by_then, key=lambda one: (one["authorised_on"], one["assessment_id"]))
    born, on = child["born_on"], last["authorised_on"]
    age = born and on.year - born.year - ((on.month, on.day) < (born.month, born.day))
    of_it = {
        one["factor"]
        for one in world.rows["assessment_factor"]
        if one["assessment_id"] == last["assessment_id"]
    }
    return [(age, of_it)]


@draws(40)
@given(world=councils())
def test_who_fits_who_fits_none_and_who_is_not_assessed_are_all_open_families(shared_engine, world):
    found = {row.family_id or row.child_id: row for row in proposals(shared_engine, world)}
    expected = plainly(world)
    assert found.keys() == expected.keys()
    for key, units in expected.items():
        assert (found[key].outcome == "not_assessed") == (units is None)
        assert [found[key].proposed_unit] == (units or [None])
