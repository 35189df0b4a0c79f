"""Among whom a case is drawn, over worlds small enough to count by hand; on each engine."""

from datetime import date, timedelta

import pytest

from data_access.database import read
from metrics.lists.case_frames import children_in, frame_rules
from metrics.model import SERVICE, Scope
from tests.worlds import AS_AT, SETTINGS, World, basis, worked_out

LONG_AGO, LATELY = date(2016, 2, 1), date(2016, 9, 1)
SIX_MONTHS_AGO = date(2016, 4, 14)
DAY = timedelta(1)


def held(world: World, child_id: str, since: date = LONG_AGO, unit_id: str = "U1") -> World:
    world.add("child", child_id=child_id, name=child_id, restricted=False)
    world.add("plan", child_id=child_id, kind="CP", started_on=since)
    return world.add(
        "allocation",
        child_id=child_id,
        worker_id="Ann",
        unit_id=unit_id,
        lead=True,
        started_on=since,
    )


def scored(world: World, child_id: str, day: date, score: float, scale: str = "danger") -> World:
    return world.add(
        "scale_score",
        child_id=child_id,
        scale=scale,
        rater=SETTINGS.rater,
        scored_on=day,
        score=score,
        best="low",
    )


@pytest.fixture
def framed(shared_engine):
    """The children of a frame over a world."""

    def children(world: World, rule: str, plan: str | None = None, unit: str | None = SERVICE):
        query = children_in({"rule": rule, "plan": plan}, Scope(unit), basis())
        with worked_out(shared_engine, world) as engine:
            return sorted(row.child_id for row in read(engine, query))

    return children


def test_any_child_held_today_is_one_whose_lead_allocation_is_open(framed):
    world = held(held(World(), "Kit"), "Lou")
    world.rows["allocation"][1]["ended_on"] = AS_AT
    assert framed(world, "any") == ["Kit"]


def test_a_frame_is_of_one_unit_and_one_kind_of_plan(framed):
    world = held(held(World(), "Kit"), "Lou", unit_id="U2")
    world.rows["plan"][0]["kind"] = "CIN"
    assert framed(world, "any", unit="U2") == ["Lou"]
    assert framed(world, "any", plan="CIN") == ["Kit"]


def test_a_score_that_nobody_changed_for_six_months_is_unchanged(framed):
    world = scored(held(World(), "Kit"), "Kit", SIX_MONTHS_AGO, 4)
    assert framed(scored(world, "Kit", LATELY, 4), "unchanged_danger") == ["Kit"]


@pytest.mark.parametrize(
    ("first", "then", "why"),
    [
        ((SIX_MONTHS_AGO, 4), (SIX_MONTHS_AGO + DAY, 5), "changed since"),
        ((SIX_MONTHS_AGO + DAY, 4), (LATELY, 4), "first scored within the six months"),
    ],
)
def test_a_score_that_changed_or_is_too_new_is_not(framed, first, then, why):
    world = scored(scored(held(World(), "Kit"), "Kit", *first), "Kit", *then)
    assert framed(world, "unchanged_danger") == [], why


def test_of_two_earlier_scores_the_last_before_the_six_months_counts(framed):
    world = scored(held(World(), "Kit"), "Kit", LONG_AGO, 9)
    world = scored(scored(world, "Kit", LONG_AGO + DAY, 4), "Kit", LATELY, 4)
    assert framed(world, "unchanged_danger") == ["Kit"]


def test_another_scale_says_nothing_of_this_one(framed):
    world = scored(held(World(), "Kit"), "Kit", LONG_AGO, 4, scale="safety")
    assert framed(world, "unchanged_danger") == []
    assert framed(world, "unchanged_safety") == ["Kit"]


@pytest.mark.parametrize("rule", ["unchanged_danger", "not_scored"])
def test_a_child_who_was_not_held_six_months_ago_is_not_in_the_frame(framed, rule):
    world = scored(held(World(), "Kit", since=LATELY), "Kit", LONG_AGO, 4)
    assert framed(world, rule) == []


def test_who_has_no_score_for_six_months_is_not_scored(framed):
    world = held(held(World(), "Kit"), "Lou")
    world = scored(world, "Kit", SIX_MONTHS_AGO, 4, scale="safety")
    world = scored(world, "Lou", SIX_MONTHS_AGO + DAY, 4, scale="safety")
    assert framed(world, "not_scored") == ["Kit"]


def test_whose_visit_is_overdue_is_in_the_work_list(framed):
    world = held(held(World(), "Kit"), "Lou", since=AS_AT - 7 * DAY)
    assert framed(world, "overdue") == ["Kit"]


def test_every_rule_is_in_words():
    assert "no change on the danger scale for 6 months" in {
        rule.words for rule in frame_rules(SETTINGS).values()
    }
