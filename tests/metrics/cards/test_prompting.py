"""A prompt holds by a condition on what is recorded, from the day that its number says."""

from dataclasses import replace
from typing import Any

import pytest

from data_access.cards.prompts import CONDITIONS, PROMPTED, Prompt, Stage
from metrics.cards.prompting import HOLDS, NEEDS, parts_prompted, prompts_that_hold
from tests.metrics.cards.made import ago, known, referred, row, scored, visited
from tests.worlds import SETTINGS


def prompt(when: str, number: int | None = None, stage: str = "CIN", name: str = "one") -> Prompt:
    return Prompt(name, stage, when, "Words.", "local", number)


def holds(when: str, number: int | None, stage: Stage = Stage.CIN, **said: Any) -> bool:
    settings = replace(SETTINGS, prompts=(prompt(when, number, stage.value),))
    return bool(list(prompts_that_hold(known(stage, settings=settings, **said))))


def test_each_condition_that_settings_may_name_is_known():
    assert set(HOLDS) == set(CONDITIONS)
    assert set(NEEDS) <= set(CONDITIONS)
    assert set(PROMPTED) == {*Stage} - {Stage.BETWEEN}


@pytest.mark.parametrize(
    ("when", "part"),
    [
        ("no_score_for", {"scores": [scored(28, 4)]}),
        ("not_seen_for", {"visits": [visited(28)]}),
        ("not_seen_alone_for", {"visits": [visited(28, alone=True), visited(1)]}),
    ],
)
def test_days_without_are_counted_from_the_last_and_the_number_itself_holds(when, part):
    assert holds(when, 28, **part)
    assert not holds(when, 29, **part)


def test_what_was_before_the_stage_began_counts_from_its_beginning():
    assert not holds("no_score_for", 28, began=27, scores=[scored(300, 4)])
    assert holds("no_score_for", 28, began=28, scores=[scored(300, 4)])


def test_an_attempt_to_see_the_child_is_no_visit():
    assert holds("not_seen_for", 50, visits=[visited(60), visited(2, seen=False)])


def test_a_stage_lasts_from_the_day_it_began():
    assert holds("stage_lasts", 100, began=100)
    assert not holds("stage_lasts", 101, began=100)


@pytest.mark.parametrize(("day", "told"), [(34, False), (35, True)])
def test_an_assessment_is_prompted_from_its_working_day_on(day, told):
    one = row(started_on=ago(50), ended_on=None, working_day=day, due_on=ago(-5))
    assert holds("assessment_open_for", 35, Stage.ASSESSMENT, assessments=[one]) == told


def test_the_open_referral_is_not_an_earlier_one():
    came = [referred(500, closed=400), referred(100)]
    of = {"referred_days": 100, "referrals": came}
    assert holds("earlier_referrals", 1, Stage.REFERRAL, **of)
    assert not holds("earlier_referrals", 2, Stage.REFERRAL, **of)


def test_an_earlier_plan_returned_from_elsewhere_is_one():
    assert not holds("earlier_protection_plan", None, Stage.CP)
    plans = [row(started_on=ago(100), ended_on=None, returned=1)]
    assert holds("earlier_protection_plan", None, Stage.CP, protection_plans=plans)


@pytest.mark.parametrize(("due", "told"), [(0, False), (1, True)])
def test_what_is_due_today_is_not_past(due, told):
    clock = row(is_running=True, kind="CP", clock_started_on=ago(30), due_on=ago(due))
    assert holds("visit_past_due", None, Stage.CP, clocks=[clock]) == told
    review = row(kind="CP", due_on=ago(due), state=None, days=0)
    assert holds("review_past_due", None, Stage.CP, reviews=[review]) == told


def test_moves_of_twelve_months_are_counted():
    placed = [row(started_on=ago(days), ended_on=None, kind="x") for days in (500, 300, 9)]
    assert holds("placements_in_a_year", 2, Stage.CLA, began=500, placements=placed)
    assert not holds("placements_in_a_year", 3, Stage.CLA, began=500, placements=placed)


@pytest.mark.parametrize("when", NEEDS)
def test_of_what_the_source_lacks_nothing_is_prompted(when):
    due = row(is_running=True, kind="CLA", clock_started_on=ago(30), due_on=ago(9))
    placed = [row(started_on=ago(9), ended_on=None, kind="x")]
    said = {"clocks": [due], "reviews": [due], "placements": placed}
    number = 1 if CONDITIONS[when] else None
    assert holds(when, number, Stage.CLA, **said)
    assert not holds(when, number, Stage.CLA, lacking=frozenset({NEEDS[when]}), **said)


def test_without_visits_nobody_is_prompted_of_as_not_seen_alone():
    assert not holds("not_seen_alone_for", 1, Stage.CLA, lacking=frozenset({"visit"}))


def test_prompts_are_of_their_stage_and_ask_for_their_parts():
    prompts = (prompt("review_past_due", stage="CP"), prompt("earlier_referrals", 2))
    assert parts_prompted(prompts, "CP") == ["reviews"]
    assert parts_prompted(prompts, "CIN") == ["referrals"]
    assert parts_prompted(prompts, "CLA") == []
